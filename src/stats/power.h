// What a test of this size could have seen: minimum detectable effects, and the number of items
// that a stated precision needs. Nothing is returned where no effect, however large, would be seen.
// For clustered items pass the number of clusters (or the effective size), not of observations.
// Thread-safety: pure functions.
#pragma once

#include <cstdint>
#include <optional>

namespace assay::stats {

struct PowerOptions {
  double alpha = 0.05;  ///< two-sided
  double power = 0.8;
};

/// Smallest rise above `chance` that the exact two-sided binomial test (alpha/2 a side) sees with
/// the given power among n independent items. Closed form: the critical count c is the least with
/// P(X >= c | chance) <= alpha/2, and the detectable rate is the beta(c, n-c+1) quantile at
/// `power`.
std::optional<double> detectable_above_chance(std::int64_t n, double chance,
                                              const PowerOptions& options = {});

/// Smallest difference between two independent groups, the first with rate `baseline`, seen by the
/// two-sided z test; the larger of the rise and the fall where both are possible.
/// Fleiss, Levin & Paik 2003, Statistical Methods for Rates and Proportions, equation 4.14 (no
/// continuity correction).
std::optional<double> detectable_between_groups(double n1, double n2, double baseline,
                                                const PowerOptions& options = {});

/// Smallest difference between two paired proportions when a share `discordant` of the n pairs
/// disagrees; McNemar. Connor 1987, Biometrics 43, 207-211.
std::optional<double> detectable_paired(double n, double discordant,
                                        const PowerOptions& options = {});

/// Smallest mean (or mean paired difference) told from 0 by a two-sided one-sample t test of
/// n independent values with standard deviation `sd`; noncentral t.
std::optional<double> detectable_mean(double n, double sd, const PowerOptions& options = {});

/// Items needed so that no failure among them shows a rate of at most `rate` at `level`
/// (one-sided Clopper-Pearson): 299 for 1% at 95%.
std::int64_t items_for_upper_bound(double rate, double level = 0.95);

/// Items needed to see a rise of `effect` above `chance` (least n for which detectable_above_chance
/// is at most `effect` and stays so for the next 20 n, over the test's saw-tooth).
std::optional<std::int64_t> items_for_effect(double chance, double effect,
                                             const PowerOptions& options = {});

}  // namespace assay::stats
