// Several answers to one sample (epochs) as one score. Thread-safety: pure functions.
#pragma once

#include <vector>

#include "eval/runner.h"
#include "eval/task.h"

namespace assay::eval {

const char* to_string(Reducer reducer);
Result<Reducer> parse_reducer(std::string_view name);

/// mean, pass_at_k: every epoch stays an observation of its own, in the cluster of its sample
/// (pass_at_k adds a figure, below). Input and output are ordered by sample, then epoch.
/// majority: success or failure where that is the verdict of more than half of the epochs, else
/// unassessed. at_least_k: success with k successes, failure where k are out of reach, else
/// unassessed. One score a sample then, with the first epoch of the winning verdict as its answer.
[[nodiscard]] std::vector<Scored> reduce(std::vector<Scored> scored, Reducer reducer, int k);

/// Chance that at least one of k answers to a sample is a success (stats/passk.h).
[[nodiscard]] Figure pass_at_k_figure(const std::vector<Scored>& scored, int k,
                                      const SummaryContext& context);

}  // namespace assay::eval
