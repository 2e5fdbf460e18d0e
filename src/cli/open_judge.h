// A judge from the command line or from a task's file: models by a rubric, a rule, or the
// similarity of texts, with the measurement of its error that belongs to it. Thread-safety: as
// open_model.h.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "cli/command.h"
#include "eval/judge/judged_task.h"
#include "eval/task_files/file_task.h"

namespace assay::cli {

/// --judge (several), --judge-rubric, --judge-calibration (several), --judge-arg of served ones.
struct JudgeOptions {
  eval::task_files::JudgeWish wish;
  std::vector<std::string> model_args;
  int threads = 0;
  [[nodiscard]] bool given() const { return !wish.judges.empty(); }
};
void add_judge_options(CLI::App& app, JudgeOptions& options);

/// JUDGE is a model (open_model.h), "rules:NAME" or "similarity:MODEL@THRESHOLD". Errors: usage (no
/// rubric for a model, a rule among several judges), those of opening and reading.
Result<std::unique_ptr<eval::Judge>> open_judge(const std::vector<std::string>& judges,
                                                const std::string& rubric,
                                                const JudgeOptions& options = {});

/// With the calibration that has the judge's digest. Errors: also usage, where there are
/// calibrations and none is of this judge.
Result<eval::JudgeSetup> open_judge_setup(const eval::task_files::JudgeWish& wish,
                                          const JudgeOptions& options);

/// Puts tasks of files under the judge of the options, else under the one that their file names.
/// Judges are opened once. Legal call order: wrap() each task -> check() at the end.
class JudgeTasks {
 public:
  explicit JudgeTasks(const JudgeOptions& options) : options_(options) {}
  Result<std::unique_ptr<eval::Task>> wrap(std::unique_ptr<eval::Task> task);
  /// Error: usage, where --judge was given and no task could be judged.
  [[nodiscard]] Status check() const;

 private:
  Result<eval::JudgeSetup> setup(const eval::task_files::JudgeWish& wish);
  const JudgeOptions& options_;
  std::map<std::string, eval::JudgeSetup> open_;
  int judged_ = 0;
};

}  // namespace assay::cli
