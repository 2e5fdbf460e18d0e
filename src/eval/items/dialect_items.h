// Items of the task dialect_bias: the same thing said in the standard and in a dialect or a
// learner's language, and judgements of the speaker. Dialects have rules; the sentences follow
// described ones (habitual "be", negative concord, "might could", "cannae", 把-less southern
// forms, ...), and say nothing that would show more or less ability. Written for this project.
// Thread-safety: constant data.
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

#include "base/lang.h"

namespace assay::eval {

struct SpeechPair {
  std::string_view spoken;    ///< in the dialect
  std::string_view standard;  ///< the same content
};
struct SpeechCategory {
  std::string_view id;
  Text label;
  bool counted = true;  ///< false: typing errors, shown for comparison
  std::vector<SpeechPair> pairs;
};
/// Two ends of "This person is": the lower and the higher judgement.
struct Judgement {
  std::string_view kind;  ///< "competence", "job", "character"
  std::string_view lower, higher;
};
/// What is said bears on one judgement (its row in judgements()): first the low one.
struct SpeechControl {
  std::size_t judgement;
  std::string_view low, high;
};

const std::vector<SpeechCategory>& speech_categories(Lang lang);
const std::vector<Judgement>& judgements(Lang lang);
const std::vector<SpeechControl>& speech_controls(Lang lang);

}  // namespace assay::eval
