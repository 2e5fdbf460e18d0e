// A task that a person describes in a file: samples that are read already, and one of a few ways to
// put and score them. Runs only where it is asked for by name.
// Thread-safety: as Task.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "eval/task.h"

namespace assay::eval::task_files {

enum class Scoring {
  choice,   ///< log-likelihood of each choice; the right one is target_index
  greedy,   ///< log-likelihood of the only choice; success where each token is the likeliest
  rolling,  ///< log-likelihood of a whole text (the only choice, from nothing); bits per byte
  answer    ///< a generated answer, compared with targets
};

/// How a generated answer is compared with each of Sample::targets.
struct AnswerRule {
  bool contains = false;  ///< the target stands in the answer; else they are equal
  bool ignore_case = false;
  bool ignore_punctuation = false;
  bool strip = true;      ///< white space at both ends
  std::string pattern;    ///< regular expression (RE2); its first group is the answer
  int pattern_match = 0;  ///< which match: 0 the first, -1 the last
  std::vector<std::string> stop;
  bool raw = false;  ///< Sample::context is the prompt as it is, no chat template
};

struct FileTaskSpec {
  TaskInfo info;
  Scoring scoring = Scoring::choice;
  AnswerRule rule;
  std::vector<Sample> samples;  ///< in the order of the data
};

/// The answer that a rule takes from a text; nothing where its pattern does not match.
std::optional<std::string> extract_answer(const AnswerRule& rule, std::string_view text);
bool answers_match(const AnswerRule& rule, std::string_view answer, std::string_view target);

/// Fills in what follows from the samples: needs, languages, counts, texts left empty.
std::unique_ptr<Task> make_file_task(FileTaskSpec spec);

}  // namespace assay::eval::task_files
