#include "stats/sample_size.h"

#include <algorithm>
#include <cmath>

#include "stats/cluster_table.h"
#include "stats/intervals.h"
#include "stats/special.h"

namespace assay::stats {
namespace {

constexpr std::int64_t kMost = 100'000'000;
constexpr std::int64_t kSawTooth = 200;  // n that are looked at after the first that is enough

bool valid_level(double level) { return level > 0.0 && level < 1.0; }

bool valid(const PowerOptions& options) {
  return options.alpha > 0.0 && options.alpha < 1.0 && options.power > options.alpha &&
         options.power < 1.0;
}

double width_at(double successes, double n, double level) {
  const Interval interval = clopper_pearson(successes, n, level);
  return interval.high - interval.low;
}

std::optional<std::int64_t> whole(double n) {
  if (!(n <= static_cast<double>(kMost))) return std::nullopt;
  return std::max<std::int64_t>(1, static_cast<std::int64_t>(std::ceil(n - 1e-9)));
}

/// Least n >= 1 that is enough, for a condition that stays true once it is.
template <class Enough>
std::optional<std::int64_t> least(const Enough& enough) {
  std::int64_t high = 1;
  while (high < kMost && !enough(high)) high *= 2;
  high = std::min(high, kMost);
  if (!enough(high)) return std::nullopt;
  std::int64_t low = high / 2;  // not enough, or 0
  while (high - low > 1) {
    const std::int64_t middle = low + (high - low) / 2;
    (enough(middle) ? high : low) = middle;
  }
  return high;
}

std::optional<double> group_size(double baseline, double other, const PowerOptions& options) {
  if (other < 0.0 || other > 1.0) return std::nullopt;
  const double pooled = 0.5 * (baseline + other);
  const double null =
      normal_quantile(1.0 - options.alpha / 2.0) * std::sqrt(2.0 * pooled * (1.0 - pooled));
  const double real = normal_quantile(options.power) *
                      std::sqrt(baseline * (1.0 - baseline) + other * (1.0 - other));
  return (null + real) * (null + real) / ((other - baseline) * (other - baseline));
}

}  // namespace

double expected_width(std::int64_t n, double rate, double level) {
  if (n < 1 || !(rate >= 0.0 && rate <= 1.0) || !valid_level(level)) return 1.0;
  const auto size = static_cast<double>(n);
  const double below = std::floor(size * rate + 1e-9);
  const double above = std::min(size, std::ceil(size * rate - 1e-9));
  return std::max(width_at(below, size, level), width_at(above, size, level));
}

std::optional<std::int64_t> items_for_width(double rate, double width, double level) {
  if (!(width > 0.0 && width <= 1.0) || !(rate >= 0.0 && rate <= 1.0) || !valid_level(level)) {
    return std::nullopt;
  }
  const auto enough = [&](std::int64_t n) { return expected_width(n, rate, level) <= width; };
  const auto first = least(enough);
  if (!first) return std::nullopt;
  // The width falls in a saw-tooth: bisection may have met any of its steps.
  std::int64_t n = std::max<std::int64_t>(1, *first - kSawTooth);
  for (std::int64_t run = 0; run <= kSawTooth; ++n) run = enough(n) ? run + 1 : 0;
  return n - kSawTooth - 1;
}

std::optional<std::int64_t> items_for_bound(double rate, std::int64_t failures, double level) {
  if (!(rate > 0.0 && rate < 1.0) || failures < 0 || !valid_level(level)) return std::nullopt;
  const auto seen = static_cast<double>(failures);
  return least([&](std::int64_t n) {
    if (n <= failures) return false;
    return clopper_pearson(seen, static_cast<double>(n), level, Sides::upper).high <= rate;
  });
}

std::optional<std::int64_t> pairs_for_difference(double difference, double discordant,
                                                 const PowerOptions& options) {
  const double d = std::fabs(difference);
  if (!(d > 0.0) || !(discordant > 0.0 && discordant <= 1.0) || d > discordant || !valid(options)) {
    return std::nullopt;
  }
  const double root = normal_quantile(1.0 - options.alpha / 2.0) * std::sqrt(discordant) +
                      normal_quantile(options.power) * std::sqrt(discordant - d * d);
  return whole(root * root / (d * d));
}

std::optional<std::int64_t> items_for_group_difference(double baseline, double difference,
                                                       const PowerOptions& options) {
  const double d = std::fabs(difference);
  if (!(d > 0.0) || !(baseline >= 0.0 && baseline <= 1.0) || !valid(options)) return std::nullopt;
  const auto rise = group_size(baseline, baseline + d, options);
  const auto fall = group_size(baseline, baseline - d, options);
  if (!rise && !fall) return std::nullopt;
  return whole(std::max(rise.value_or(0.0), fall.value_or(0.0)));
}

double design_effect(std::span<const Observation> observations) {
  const ClusterTable table = tabulate(observations);
  if (table.clusters() < 2.0 || table.clusters() >= table.n || !(table.spread > 0.0)) return 1.0;
  const double independent = table.spread / (table.n - 1.0) / table.n;
  return std::max(1.0, cr2_mean_variance(table).cr2 / independent);
}

std::int64_t needed_answers(std::int64_t independent, double design_effect, double unassessed) {
  const double assessed = std::clamp(1.0 - unassessed, 1e-9, 1.0);
  const double answers = static_cast<double>(independent) * std::max(1.0, design_effect) / assessed;
  return static_cast<std::int64_t>(std::ceil(std::min(answers, 1e15) - 1e-9));
}

}  // namespace assay::stats
