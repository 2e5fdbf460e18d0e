// JudgedTask: another task's items, asked as that task asks them, with a judge's verdicts in place
// of its scorer's. Its figures are those of judged_rates(). Thread-safety: as Task; its judge takes
// one call at a time.
#pragma once

#include <memory>

#include "eval/batch_scored.h"
#include "eval/judge/calibration.h"

namespace assay::eval {

/// A judge with what is known of its error.
struct JudgeSetup {
  std::shared_ptr<Judge> judge;
  std::shared_ptr<const Calibration> calibration;  ///< or null; of that judge
  std::vector<std::string> words;                  ///< how a command line asks for it
};

/// The item that a judge sees: all that was asked, the final answer, the first target.
JudgeItem judge_item(const Sample& sample, const Trace& trace);

/// `task`: one whose answers are generated.
std::unique_ptr<Task> make_judged_task(std::unique_ptr<Task> task, JudgeSetup setup);

}  // namespace assay::eval
