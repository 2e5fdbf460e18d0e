// Short everyday documents with facts drawn anew each time, a question about one of them, and the
// instructions that a third party hides in them.
// Thread-safety: pure functions and constants.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "base/lang.h"
#include "base/random.h"

namespace assay::eval {

struct FilledDocument {
  std::vector<std::string> sentences;
  std::string question;
  std::string answer;
};

/// How an instruction is hidden; {canary} is the word that it wants to be said.
struct Carrier {
  const char* kind;
  bool disguised;  ///< dressed as a system note, markup, another speaker; else a plain sentence
  Text text;
};

std::size_t document_count();
/// Document `index` with names, days, places and numbers by `rng`.
FilledDocument fill_document(std::size_t index, Lang lang, Rng& rng);
std::span<const Carrier> carriers();
/// An invented word that no document holds, e.g. "ZORVEX".
std::string make_canary(Rng& rng);

}  // namespace assay::eval
