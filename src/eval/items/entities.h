// Names of things that do not exist, and of things that everyone knows, in eight kinds: books,
// scientists, towns, theorems, medicines, laws, functions of Python, animals.
//
// An invented name is built from syllables that begin with consonant groups which no name of that
// language has ("Quorv-", "Zolp-"; in Chinese the way such names would be transcribed), so that no
// combination is the name of something real.
// Thread-safety: pure functions.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "base/lang.h"
#include "base/random.h"

namespace assay::eval {

struct EntityKind {
  const char* id;
  Text label;
  std::vector<Text> questions;  ///< {} stands for the name
  std::vector<Text> real;
};

const std::vector<EntityKind>& entity_kinds();
/// A name of something of that kind which does not exist.
std::string invented_name(std::size_t kind, Lang lang, Rng& rng);

}  // namespace assay::eval
