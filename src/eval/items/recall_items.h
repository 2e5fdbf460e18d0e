// Items of the task long_context_recall: five facts of one kind about five persons, spread over a
// filler text of a stated length, and a question for one of them.
// Thread-safety: pure functions.
#pragma once

#include <array>
#include <cstddef>
#include <string>
#include <vector>

#include "base/lang.h"
#include "base/random.h"

namespace assay::eval {

constexpr std::size_t kRecallFacts = 5;

/// Who has which number; the same set of facts is put into fillers of every length.
struct RecallFacts {
  std::size_t kind = 0;  ///< row of the table of wordings
  std::array<std::string, kRecallFacts> persons;
  std::array<std::string, kRecallFacts> values;
};

RecallFacts recall_facts(Lang lang, Rng& rng);
/// Words (English) or characters (Chinese) of filler: 0, or at least `length`; the facts stand at
/// its beginning, quarter, middle, three quarters and end, in the order of the persons.
std::string recall_text(Lang lang, const RecallFacts& facts, int length, Rng& rng);
/// "Question: ... Answer: The locker code of Anna is", asking for the fact in that place.
std::string recall_question(Lang lang, const RecallFacts& facts, std::size_t place);
/// A sentence of filler: no digits, none of the persons.
std::string filler_sentence(Lang lang, Rng& rng);

}  // namespace assay::eval
