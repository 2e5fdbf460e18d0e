// How many items a wanted precision needs: the inverse of intervals.h and power.h. Exact searches
// for Clopper-Pearson; closed forms, rounded up, for differences.
//
// The results are numbers of INDEPENDENT items. Several answers to one item are worth less:
// multiply by a design effect. Answers without a verdict are worth nothing: divide by the share
// that gets one. Both are in needed_answers().
// Thread-safety: pure functions.
#pragma once

#include <cstdint>
#include <optional>
#include <span>

#include "stats/clustered.h"
#include "stats/power.h"

namespace assay::stats {

/// Width of the two-sided Clopper-Pearson interval when about n * rate successes are seen: the
/// wider of the two whole counts next to it. 1 for n < 1.
double expected_width(std::int64_t n, double rate, double level = 0.95);

/// Least n from which on expected_width(n, rate) stays at most `width` (checked for the next 200 n,
/// over its saw-tooth). Nothing for a width outside (0, 1] or more than 10^8 items.
std::optional<std::int64_t> items_for_width(double rate, double width, double level = 0.95);

/// Least n such that `failures` among n show a rate of at most `rate` at `level` (one-sided
/// Clopper-Pearson): 299 for none and 1% at 95%, 473 for one. Nothing for a rate outside (0, 1),
/// negative failures, or more than 10^8 items.
std::optional<std::int64_t> items_for_bound(double rate, std::int64_t failures,
                                            double level = 0.95);

/// Pairs for McNemar's test to see a difference when a share `discordant` of the pairs disagrees;
/// Connor 1987, Biometrics 43, 207-211. Nothing where |difference| > discordant.
std::optional<std::int64_t> pairs_for_difference(double difference, double discordant,
                                                 const PowerOptions& options = {});

/// Items in EACH of two independent groups of the same size to see baseline against baseline +
/// difference (a rise or a fall; where both are possible, the greater number). Fleiss, Levin & Paik
/// 2003, equation 4.14. Nothing where neither rate exists.
std::optional<std::int64_t> items_for_group_difference(double baseline, double difference,
                                                       const PowerOptions& options = {});

/// Design effect: variance of the mean by clusters (CR2) over that of as many independent
/// observations, at least 1; 1 where nothing varies or no cluster has two observations.
/// Kish 1965, Survey Sampling, section 5.4.
double design_effect(std::span<const Observation> observations);

/// independent * design_effect / (1 - unassessed), rounded up. `unassessed` in [0, 1).
std::int64_t needed_answers(std::int64_t independent, double design_effect, double unassessed);

}  // namespace assay::stats
