// Answers that people labelled, for measuring a judge: JSONL or CSV with
//
//   prompt, answer        texts; prompt may be empty
//   label                 of a person; several people: a list, or label_1, label_2, ... as well
//   reference             optional, the target that a rubric or rule compares with
//   topic, lang           optional; lang is en (if nothing is said) or zh
//
// A label is a label of the rubric, or success / failure (also 1 / 0, true / false); empty or null:
// this person did not label the answer. Thread-safety: pure functions of the file system.
#pragma once

#include <filesystem>
#include <vector>

#include "eval/data/records.h"
#include "eval/judge/judge.h"

namespace assay::eval {

struct LabelledAnswer {
  JudgeItem item;
  std::string topic;
  std::vector<std::optional<Verdict>> labels;  ///< by person, in the same order in each answer

  /// What most people say; unassessed where they are split, or say so.
  [[nodiscard]] Verdict consensus() const;
};

/// Errors: format, with file and line. `rubric` may be null.
Result<std::vector<LabelledAnswer>> parse_labels(const std::vector<data::Record>& records,
                                                 const Rubric* rubric);
/// Errors: also those of reading, and usage (neither .jsonl nor .csv nor .tsv).
Result<std::vector<LabelledAnswer>> read_labels(const std::filesystem::path& file,
                                                const Rubric* rubric);

}  // namespace assay::eval
