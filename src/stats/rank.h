// Rank correlation: do two orderings of the same things agree?
// Thread-safety: pure function.
#pragma once

#include <span>

#include "stats/estimate.h"

namespace assay::stats {

/// Spearman's correlation (mid-ranks for ties) with Fisher's z and the standard error of Bonett &
/// Wright 2000, Psychometrika 65, 23-28: sqrt((1 + r^2/2)/(n - 3)). At r = +-1 the limit is that of
/// the largest correlation below 1 that n things without ties can have (one adjacent swap), so it
/// is not of zero width. No estimate for n < 3 or where one side does not vary; [-1, 1] for n = 3.
Estimate spearman(std::span<const double> x, std::span<const double> y, double level = 0.95);

}  // namespace assay::stats
