// Rescore: the stored answers of a run are judged again, without the model. Built-in tasks by their
// own scorer as it is now; recorded tasks (of imported logs) by a scorer of eval/scorers/named.h,
// or by another one that the log recorded ("log:NAME"). The result is a new run that names the old
// one; each of its records keeps the old score as "previous". The old run is not touched.
//
// Legal call order: rescore_run() on a store opened for writing. Thread-safety: one thread per
// store.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/cancel.h"
#include "eval/judge/judged_task.h"
#include "eval/registry.h"
#include "store/store.h"

namespace assay::logs {

struct RescoreOptions {
  std::string scorer;                     ///< of recorded tasks; "" = the one that gave the verdict
  Json scorer_options;                    ///< of a scorer by name, or null
  std::optional<double> threshold;        ///< with log:NAME
  std::optional<eval::JudgeSetup> judge;  ///< instead of a scorer; of any task that is not built in
  std::vector<std::string> tasks;         ///< only these; empty = all
  const CancelToken* cancel = nullptr;
};

struct Rescored {
  std::string run;
  std::int64_t samples = 0;
  std::int64_t changed = 0;        ///< verdicts that differ from the old ones
  std::vector<std::string> notes;  ///< tasks that were left out, and why
};

/// Errors: not_found, usage (no such scorer; nothing to score), those of the store, cancelled.
Result<Rescored> rescore_run(store::Store& store, const eval::Registry& registry,
                             std::string_view run, const RescoreOptions& options = {});

}  // namespace assay::logs
