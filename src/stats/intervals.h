// Intervals for a binomial proportion from independent observations.
//
// These are the raw formulas. Callers that report a figure use stats/proportion.h, which chooses
// between them; clustered observations need stats/clustered.h.
// Counts are doubles because an effective sample size need not be whole.
// `sides` two closes both ends with (1-level)/2 each; upper gives [0, high], lower [low, 1], with
// the whole 1-level on the closed side. n <= 0 gives [0, 1].
// Thread-safety: pure functions.
#pragma once

#include "stats/estimate.h"

namespace assay::stats {

/// Exact (never covers less than `level`). Clopper & Pearson 1934, Biometrika 26, 404-413.
Interval clopper_pearson(double successes, double n, double level, Sides sides = Sides::two);

/// Score interval. Wilson 1927, JASA 22, 209-212. Covers about `level` on average over p, less at
/// some p when few successes or failures are expected; see stats/proportion.h.
Interval wilson(double successes, double n, double level, Sides sides = Sides::two);

/// Difference p1 - p2 of independent proportions from the limits of each, squared and added.
/// Newcombe 1998, Statist. Med. 17, 873-890, method 10 (with Wilson limits of level `level`);
/// with other limits: MOVER, Zou & Donner 2008, Statist. Med. 27, 1693-1702.
Interval square_and_add(double p1, Interval limits1, double p2, Interval limits2);

}  // namespace assay::stats
