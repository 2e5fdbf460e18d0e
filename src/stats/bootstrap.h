// Bootstrap over independent clusters, with the bias-corrected and accelerated (BCa) interval.
// Efron 1987, JASA 82, 171-185; Efron & Tibshirani 1993, chapter 14; resampling of whole clusters:
// Davison & Hinkley 1997, section 3.8.
//
// Order: draw (ratio_draws or statistic_draws) -> jackknife values -> bca_interval. Draws depend
// on the Rng's seed only. A degenerate bootstrap (all draws equal, or all on one side of the
// estimate) has no BCa interval: bca_interval returns nothing and the caller takes another method.
// Thread-safety: pure functions; one Rng per thread.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <vector>

#include "base/random.h"
#include "stats/estimate.h"

namespace assay::stats {

constexpr int kBootstrapDraws = 10000;

/// Value of a statistic on the clusters with these indices (repeats allowed).
using ClusterStatistic = std::function<double(std::span<const std::uint32_t>)>;

/// Draws of sum(sums[i]) / sum(sizes[i]) over clusters resampled with replacement.
/// O(draws x clusters), about 3 ns per resampled cluster.
std::vector<double> ratio_draws(std::span<const double> sums, std::span<const double> sizes,
                                int draws, Rng& rng);
/// The statistic with each cluster left out, for sums and sizes (O(clusters)).
std::vector<double> ratio_jackknife(std::span<const double> sums, std::span<const double> sizes);

/// Draws of any statistic; NaN draws (statistic undefined on that resample) are left out.
std::vector<double> statistic_draws(std::size_t clusters, const ClusterStatistic& statistic,
                                    int draws, Rng& rng);
std::vector<double> statistic_jackknife(std::size_t clusters, const ClusterStatistic& statistic);

/// BCa limits at `level`. The open side of a one-sided interval is -+infinity.
std::optional<Interval> bca_interval(std::vector<double> draws, double estimate,
                                     std::span<const double> jackknife, double level,
                                     Sides sides = Sides::two);

/// Studentised (bootstrap-t) limits of sum(sums)/sum(sizes): each draw is divided by its own
/// linearised standard error, so skewness is corrected to second order, as by BCa, and the tails
/// are honest with few clusters, as those of BCa are not. Hall 1988, Ann. Statist. 16, 927-953;
/// Davison & Hinkley 1997, section 5.2.1. Nothing where the standard error is 0.
std::optional<Interval> bootstrap_t_interval(std::span<const double> sums,
                                             std::span<const double> sizes, int draws, Rng& rng,
                                             double level, Sides sides = Sides::two);

/// Linear interpolation between order statistics of a sorted range; fraction in [0, 1].
double sorted_quantile(std::span<const double> sorted, double fraction);

/// Fills `out` with uniform indices below n (n > 0), two per 64 random bits, unbiased
/// (Lemire 2019, ACM TOMACS 29(1)).
void fill_indices(std::span<std::uint32_t> out, std::uint32_t n, Rng& rng);

}  // namespace assay::stats
