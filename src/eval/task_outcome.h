// From the stored samples of a task to its outcome: counts, figures, status, examples.
// Thread-safety: one thread per Store.
#pragma once

#include <string>
#include <vector>

#include "eval/runner.h"

namespace assay::eval {

struct OutcomeContext {
  const RunPlan* plan = nullptr;
  const model::ModelInfo* model = nullptr;
  const std::vector<TaskOutcome>* earlier = nullptr;
  std::int64_t planned = 0;
  int epochs = 1;
  bool plain = false;      ///< asked in plain form
  bool tool_text = false;  ///< asked in tool form
  bool examples = true;    ///< with some for the report
  model::Ledger ledger;
};

/// The outcome of a task that has ended. Its status is the summary's, but `partly` where fewer were
/// done than planned or model calls failed, and `not_assessable` where nothing could be assessed. A
/// floor that was cut short before it was reached is `not_measured`.
[[nodiscard]] Result<TaskOutcome> conclude(store::Store& store, const std::string& run,
                                           const Task& task, Lang lang,
                                           const OutcomeContext& context);

/// The outcome of a task that was not asked at all.
[[nodiscard]] TaskOutcome without_samples(const std::string& task, Lang lang, Status status,
                                          Text reason, std::int64_t planned);

/// Counts verdicts and reasons into an outcome.
void count_verdict(TaskOutcome& outcome, int verdict, const std::string& explanation);

/// The sum of two costs; energy counts as measured where all of what was spent was.
[[nodiscard]] model::Ledger sum(const model::Ledger& a, const model::Ledger& b);

/// What was spent between two looks at one ledger.
[[nodiscard]] model::Ledger difference(const model::Ledger& now, const model::Ledger& then);

/// What a stored task has cost so far, all ranks together.
[[nodiscard]] Result<model::Ledger> cost_so_far(const store::TaskRow& row);

/// Why this model cannot be put to a task with such needs, with what would help; or nothing.
[[nodiscard]] std::optional<Text> unmet_need(const Needs& needs, const model::Capabilities& can,
                                             bool sandbox);

}  // namespace assay::eval
