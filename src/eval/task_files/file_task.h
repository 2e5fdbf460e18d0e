// A task that a person describes in a file: samples that are read already, and one of a few ways to
// put and score them. Runs only where it is asked for by name.
// Thread-safety: as Task.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "eval/scorers/named.h"
#include "eval/task.h"

namespace assay::eval::task_files {

enum class Scoring {
  choice,   ///< log-likelihood of each choice; the right one is target_index
  greedy,   ///< log-likelihood of the only choice; success where each token is the likeliest
  rolling,  ///< log-likelihood of a whole text (the only choice, from nothing); bits per byte
  answer    ///< a generated answer: compared with targets, or by a scorer of scorers/named.h
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

/// Who judges the answers, as the file says (see eval/judge); no judges: whoever runs it names
/// them.
struct JudgeWish {
  std::vector<std::string> judges;
  std::string rubric;  ///< a file, or ""
  std::vector<std::string> calibrations;
};

struct FileTaskSpec {
  TaskInfo info;
  Scoring scoring = Scoring::choice;
  AnswerRule rule;
  std::string scorer;              ///< of an answer, by name; "" = by the rule
  Json scorer_options;             ///< or null
  std::optional<JudgeWish> judge;  ///< set: answers are scored by a judge
  std::vector<Sample> samples;     ///< in the order of the data
};

/// What a file task's file says of a judge; null where it names none, and for other tasks.
const JudgeWish* judge_wish(const Task& task);

/// The answer that a rule takes from a text; nothing where its pattern does not match.
std::optional<std::string> extract_answer(const AnswerRule& rule, std::string_view text);
bool answers_match(const AnswerRule& rule, std::string_view answer, std::string_view target);

/// Fills in what follows from the samples: needs, languages, counts, texts left empty. Errors:
/// those of make_scorer(); `where` names the file in them.
Result<std::unique_ptr<Task>> make_file_task(FileTaskSpec spec, const std::string& where);

}  // namespace assay::eval::task_files
