// The summary that capability tasks share: the rate of right answers over all items and within each
// group, each an Estimate with chance and the range left open by unassessed items; and, for
// multiple choice, the rate corrected for guessing. Thread-safety: pure functions.
#pragma once

#include <span>

#include "eval/task.h"

namespace assay::eval {

struct GroupLabel {
  std::string group;  ///< Sample::group
  Text label;         ///< what its figure is called
};

/// Figure "accuracy.LANG" (primary) and "accuracy.GROUP.LANG" for each group that has samples.
Summary grouped_summary(const std::vector<Scored>& scored, const SummaryContext& context,
                        const Text& label, std::span<const GroupLabel> groups, double chance);

/// (rate - chance) / (1 - chance): 0 for a guesser, 1 for one who knows everything. The interval
/// and the worst case are those of the rate, put through the same (increasing, linear) map; so they
/// cover exactly when the rate's do. Abbott 1925, J. Econ. Entomol. 18, 265-267.
Figure chance_corrected(const Figure& accuracy, double chance, std::string id, Text label);

}  // namespace assay::eval
