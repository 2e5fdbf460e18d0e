// Two attacks, two models, or before and after a defence: is the effort to break different?
// Differences are always second - first.
//
// Legal call order: fill both lists with the same cluster numbers for the same behaviours ->
// compare_effort. Where the lists share their behaviours the comparison is paired; where they have
// none in common it is one of independent groups; anything between is refused.
// Thread-safety: pure functions.
#pragma once

#include <span>

#include "stats/estimate.h"
#include "stats/log_rank.h"
#include "stats/survival.h"

namespace assay::stats {

struct EffortComparison {
  /// Over all costs up to the smaller of the two budgets. Paired: stratified by behaviour, by sign
  /// flips where either side has as many trials, else by its chi-square. Unpaired: log-rank,
  /// clustered where behaviours hold several trials.
  LogRank test;
  Estimate mean_difference;     ///< of restricted means, in `options.unit`, second - first
  Estimate success_difference;  ///< of success at the cost asked for, second - first
  bool paired = false;
};

/// `horizon` of the restricted means, and `cost` at which success is compared; both must be within
/// what both sides tried. Paired and nobody censored before: the mean of the behaviours'
/// differences (compare_paired). Paired with censoring: BCa bootstrap over behaviours. Unpaired:
/// square-and-add of each side's limits.
EffortComparison compare_effort(std::span<const SurvivalTime> first,
                                std::span<const SurvivalTime> second, double horizon, double cost,
                                const SurvivalOptions& options = {});

}  // namespace assay::stats
