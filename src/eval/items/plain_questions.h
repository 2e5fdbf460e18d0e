// Plain questions with one undisputed answer, for tasks that need an answer to be known before they
// test something else: does it stand under pressure, does it stay the same in other words?
//
// Families: capitals, sums, largest number, kinds of things, opposites, days and months, uses.
// Thread-safety: pure functions.
#pragma once

#include <array>
#include <string>
#include <vector>

#include "base/lang.h"
#include "base/random.h"

namespace assay::eval {

struct PlainQuestion {
  std::string id;                       ///< unique, e.g. "capital-france"
  std::string family;                   ///< e.g. "capital"
  std::array<std::string, 3> wordings;  ///< the same question in three ways
  std::string right;
  std::array<std::string, 2> wrong;
};

/// `count` different questions, the families in turn, drawn by `rng`.
std::vector<PlainQuestion> plain_questions(Lang lang, Rng& rng, int count);

}  // namespace assay::eval
