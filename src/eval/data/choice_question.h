// A multiple choice question with lettered options, and the two usual ways to put it: the options
// in the prompt and a letter as the answer (MMLU), or the text of each option as a continuation
// (ARC). Thread-safety: pure functions.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "eval/sample.h"

namespace assay::eval::data {

struct ChoiceQuestion {
  std::string question;
  std::vector<std::string> options;
  int right = -1;         ///< index into options
  bool numbered = false;  ///< options are called 1, 2, ... instead of A, B, ...
  /// What option `index` is called: "B" or "2".
  [[nodiscard]] std::string label(std::size_t index) const;
  /// The option that a text names ("B", "(b)", "B.", "2"); nothing where it is none.
  [[nodiscard]] std::optional<int> labelled(std::string_view text) const;
};

/// Reads "QUESTION\nA. ...\nB. ..." or with 1, 2, ... (options in order, each at the beginning of a
/// line; an option may go on over several lines). Nothing where there are not at least two options.
std::optional<ChoiceQuestion> parse_lettered(std::string_view text);

/// "QUESTION\nA. ...\nB. ...\nAnswer:" with the letters as choices, a space before each.
void ask_by_letter(const ChoiceQuestion& question, std::string_view answer_word, Sample& sample);
/// The same prompt text alone.
std::string lettered_prompt(const ChoiceQuestion& question, std::string_view answer_word);

}  // namespace assay::eval::data
