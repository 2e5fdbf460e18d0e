#include "stats/paired.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <vector>

#include "stats/cluster_table.h"
#include "stats/power.h"
#include "stats/special.h"

namespace assay::stats {
namespace {

/// Tango's statistic at the difference d; decreasing in d. `gains` - `losses` = n x difference.
double tango_statistic(double gains, double losses, double n, double d) {
  const double b = -gains - losses + (2.0 * n - gains + losses) * d;
  const double c = -losses * d * (1.0 - d);
  const double q = (std::sqrt(std::max(0.0, b * b - 8.0 * n * c)) - b) / (4.0 * n);
  const double variance = n * std::max(0.0, 2.0 * q + d * (1.0 - d));
  const double distance = gains - losses - n * d;
  if (variance <= 0.0) return distance == 0.0 ? 0.0 : std::copysign(1e300, distance);
  return distance / std::sqrt(variance);
}

/// Where the statistic falls to `target`, by bisection to the last bit.
double tango_limit(double gains, double losses, double n, double target) {
  double low = -1.0;
  double high = 1.0;
  for (int step = 0; step < 100; ++step) {
    const double middle = 0.5 * (low + high);
    (tango_statistic(gains, losses, n, middle) > target ? low : high) = middle;
  }
  return 0.5 * (low + high);
}

struct Pairs {
  PairedCounts counts;
  std::vector<Observation> differences;
  bool binary = true;
};

Pairs summarise(std::span<const PairedScore> pairs) {
  Pairs out;
  for (const PairedScore& pair : pairs) {
    out.differences.push_back({pair.second - pair.first, pair.cluster});
    const bool first = pair.first == 1.0;
    const bool second = pair.second == 1.0;
    out.binary = out.binary && (first || pair.first == 0.0) && (second || pair.second == 0.0);
    ++(first ? (second ? out.counts.both : out.counts.only_first)
             : (second ? out.counts.only_second : out.counts.neither));
  }
  return out;
}

ClusterOptions difference_options(const PairedOptions& options, bool binary) {
  ClusterOptions out;
  out.level = options.level;
  out.unassessed = options.unassessed;
  out.seed = options.seed;
  out.draws = options.draws;
  out.unit = options.unit;
  const std::optional<Interval> scores =
      binary && !options.support ? Interval{0.0, 1.0} : options.support;
  if (scores) out.support = Interval{scores->low - scores->high, scores->high - scores->low};
  return out;
}

std::optional<double> detectable(const Pairs& pairs, const ClusterTable& table) {
  if (pairs.binary && table.clusters() == table.n) {
    const auto discordant = static_cast<double>(pairs.counts.only_first + pairs.counts.only_second);
    return detectable_paired(table.n, std::min(1.0, (discordant + 1.0) / (table.n + 2.0)));
  }
  const double variance = cr2_mean_variance(table).variance;
  return detectable_mean(table.clusters(), std::sqrt(variance * table.clusters()));
}

}  // namespace

double mcnemar_exact_p(std::int64_t only_first, std::int64_t only_second) {
  const auto n = static_cast<double>(only_first + only_second);
  const auto least = static_cast<double>(std::min(only_first, only_second));
  if (only_first == only_second) return 1.0;
  return std::min(1.0, 2.0 * binomial_cdf(least, n, 0.5));
}

double mcnemar_mid_p(std::int64_t only_first, std::int64_t only_second) {
  const auto n = static_cast<double>(only_first + only_second);
  const auto least = static_cast<double>(std::min(only_first, only_second));
  if (only_first == only_second) return 1.0;
  return 2.0 * binomial_cdf(least, n, 0.5) - binomial_pmf(least, n, 0.5);
}

Interval tango(const PairedCounts& counts, double level) {
  if (counts.n() <= 0) return {-1.0, 1.0};
  const double z = normal_quantile(1.0 - tail_of(level, Sides::two));
  const auto gains = static_cast<double>(counts.only_second);
  const auto losses = static_cast<double>(counts.only_first);
  const auto n = static_cast<double>(counts.n());
  return {tango_limit(gains, losses, n, z), tango_limit(gains, losses, n, -z)};
}

double sign_flip_p(std::span<const double> cluster_sums, std::uint64_t seed, int draws) {
  std::vector<double> sums;
  for (const double sum : cluster_sums) {
    if (sum != 0.0) sums.push_back(sum);
  }
  if (sums.empty()) return 1.0;
  const double seen = std::abs(std::accumulate(sums.begin(), sums.end(), 0.0));
  double size = 0.0;
  for (const double sum : sums) size += std::abs(sum);
  const double reached = seen - 1e-12 * size;  // ties count as reached in spite of rounding
  if (sums.size() < 31 && (std::int64_t{1} << sums.size()) <= draws) {
    const std::uint32_t flips = 1U << sums.size();
    std::int64_t extreme = 0;
    for (std::uint32_t mask = 0; mask < flips; ++mask) {
      double total = 0.0;
      for (std::size_t i = 0; i < sums.size(); ++i) {
        total += (mask >> i) & 1U ? -sums[i] : sums[i];
      }
      if (std::abs(total) >= reached) ++extreme;
    }
    return static_cast<double>(extreme) / static_cast<double>(flips);
  }
  Rng rng = Rng::named(seed, "stats/sign-flip");
  std::int64_t extreme = 1;
  for (int b = 0; b < draws; ++b) {
    double total = 0.0;
    std::uint64_t bits = 0;
    for (std::size_t i = 0; i < sums.size(); ++i, bits >>= 1U) {
      if (i % 64 == 0) bits = rng.bits();
      total += bits & 1U ? -sums[i] : sums[i];
    }
    if (std::abs(total) >= reached) ++extreme;
  }
  return static_cast<double>(extreme) / (static_cast<double>(draws) + 1.0);
}

PairedComparison compare_paired(std::span<const PairedScore> pairs, const PairedOptions& options) {
  const Pairs data = summarise(pairs);
  const ClusterOptions cluster_options = difference_options(options, data.binary);
  PairedComparison out;
  out.difference = clustered_mean(data.differences, cluster_options);
  if (!out.difference.known()) return out;
  const bool alone = out.difference.clusters == out.difference.n;
  const ClusterTable table = tabulate(data.differences);
  if (data.binary && alone) {
    out.difference.interval = tango(data.counts, options.level);
    out.difference.method = "tango";
    out.difference.assumptions = {"pairs are independent draws from the population of such items"};
    out.p_value = mcnemar_mid_p(data.counts.only_first, data.counts.only_second);
    out.test = "mcnemar-mid-p";
  } else {
    out.p_value = sign_flip_p(table.sums, options.seed, options.draws);
    out.test = "sign-flip";
  }
  out.difference.minimum_detectable = detectable(data, table);
  return out;
}

Estimate paired_bootstrap(std::span<const PairedScore> pairs, const PairedOptions& options) {
  const Pairs data = summarise(pairs);
  ClusterOptions cluster_options = difference_options(options, data.binary);
  cluster_options.method = ClusterMethod::bca;
  return clustered_mean(data.differences, cluster_options);
}

}  // namespace assay::stats
