// The default choice for a proportion from INDEPENDENT items, and for the difference of two.
// Several observations of one item (repeats, paraphrases, personas) are a cluster: use
// stats/clustered.h instead.
// Thread-safety: pure functions.
#pragma once

#include <cstdint>

#include "stats/estimate.h"

namespace assay::stats {

/// What a rate is used for. `safety`: a bound must hold, so exact intervals only. `capability`:
/// shown to compare and to read, so shorter intervals where they are known to cover.
enum class Purpose { capability, safety };

struct ProportionOptions {
  Purpose purpose = Purpose::capability;
  Sides sides = Sides::two;  ///< one-sided intervals are always exact
  double level = 0.95;
};

/// The rate successes / n with its interval, and the range it would have if each of the
/// `unassessed` observations had been a failure or a success.
///
/// Clopper-Pearson for safety, for one-sided claims, and wherever there are fewer than 15
/// successes or fewer than 15 failures (40 for levels under 95%, always under 90%); Wilson
/// otherwise. With that rule the two-sided 95% interval covers at least 93% at every p for every n
/// (computed exactly in tests/unit/stats/coverage_test.cpp).
Estimate proportion(std::int64_t successes, std::int64_t n, std::int64_t unassessed = 0,
                    const ProportionOptions& options = {});

/// p1 - p2 of two independent groups: square-and-add of the limits that proportion() chooses, so
/// Newcombe's interval where Wilson's is chosen and a wider one at the edges.
Estimate difference_of_proportions(std::int64_t successes1, std::int64_t n1,
                                   std::int64_t successes2, std::int64_t n2, double level = 0.95,
                                   std::int64_t unassessed = 0);

}  // namespace assay::stats
