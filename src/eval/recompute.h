// Figures made again from stored samples: whether a stored outcome follows from its samples, and a
// stored verdict from its answer. Thread-safety: one thread per Store.
#pragma once

#include <string>
#include <vector>

#include "eval/registry.h"
#include "eval/runner.h"
#include "eval/stored_sample.h"

namespace assay::eval {

/// A task's stored outcome, and what its samples give.
struct Recomputed {
  TaskOutcome stored;
  Result<TaskOutcome> again;  ///< the error says why it can't be made here
};

/// `order`: "task/lang" of the outcomes in the order in which they were made, since a task may use
/// the figures of earlier ones; those that it does not name come last. Errors: those of the store;
/// format.
Result<std::vector<Recomputed>> recompute(store::Store& store, const std::string& run,
                                          const Registry& registry,
                                          const std::vector<std::string>& order);

/// In which fields two figures differ beyond rounding (1e-9, relative), e.g. "interval.high";
/// empty: in none. `note` and `label` are texts and not compared.
std::vector<std::string> differences(const stats::Estimate& a, const stats::Estimate& b);
std::vector<std::string> differences(const Figure& a, const Figure& b);

/// May a stored answer be scored again here: without a judge's call or a sandbox?
[[nodiscard]] bool scores_again(const Task& task);

}  // namespace assay::eval
