// The interval of a share of variance from resampling over items. Internal to src/stats.
// Thread-safety: pure functions.
#pragma once

#include <span>
#include <vector>

#include "stats/estimate.h"

namespace assay::stats {

/// The hull of the BCa and the jackknife interval: with few items, the first alone covers a share
/// that is not small too rarely (87% at 15 items).
/// `unseen`: upper limit of a share that no item shows. Within [0, 1], never of zero width.
Interval share_interval(double share, std::vector<double> draws, std::span<const double> jackknife,
                        double level, double unseen);

}  // namespace assay::stats
