// Bounds and power: what a small number of failures, or of items, does not show.
// Thread-safety: pure functions.
#pragma once

#include <optional>
#include <vector>

#include "base/lang.h"
#include "eval/figure.h"

namespace assay::report {

/// One sentence for each rate with at most 3 failures, or at most 3 successes (and at most one in
/// ten): "0 of 300 ... does
/// not mean never: at most 0.99%", by the one-sided Clopper-Pearson bound. Items count, not
/// repeats of them: with several answers an item, only "none at all" gives a bound, from the
/// number of items. With unassessed answers, the bound also for all of them going wrong.
std::vector<Text> bounds(const std::vector<eval::Figure>& figures);

/// What the first primary figure (else the first) could not have seen at 80% power: its own
/// minimum_detectable, else by stats/power.h for its number of independent items.
std::optional<Text> power(const std::vector<eval::Figure>& figures);

}  // namespace assay::report
