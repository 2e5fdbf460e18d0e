#include "stats/power.h"

#include <algorithm>
#include <boost/math/distributions/non_central_t.hpp>
#include <cmath>

#include "stats/special.h"

namespace assay::stats {
namespace {

bool valid(const PowerOptions& options) {
  return options.alpha > 0.0 && options.alpha < 1.0 && options.power > options.alpha &&
         options.power < 1.0;
}

/// Least x in [low, high] with increasing(x) >= 0; nothing if there is none.
template <class Function>
std::optional<double> first_root(Function increasing, double low, double high) {
  if (increasing(high) < 0.0) return std::nullopt;
  for (int step = 0; step < 200; ++step) {
    const double middle = 0.5 * (low + high);
    if (middle <= low || middle >= high) break;
    (increasing(middle) < 0.0 ? low : high) = middle;
  }
  return high;
}

/// Distance d in (0, limit] from the baseline in direction `sign` that has the asked power.
std::optional<double> detectable_towards(double n1, double n2, double baseline, double sign,
                                         const PowerOptions& options) {
  const double z_alpha = normal_quantile(1.0 - options.alpha / 2.0);
  const double z_power = normal_quantile(options.power);
  const double limit = sign > 0.0 ? 1.0 - baseline : baseline;
  if (limit <= 0.0) return std::nullopt;
  const auto excess = [&](double d) {
    const double other = baseline + sign * d;
    const double pooled = (n1 * baseline + n2 * other) / (n1 + n2);
    const double null_se =
        std::sqrt(std::max(0.0, pooled * (1.0 - pooled) * (1.0 / n1 + 1.0 / n2)));
    const double se =
        std::sqrt(std::max(0.0, baseline * (1.0 - baseline) / n1 + other * (1.0 - other) / n2));
    return d - z_alpha * null_se - z_power * se;
  };
  return first_root(excess, 0.0, limit);
}

}  // namespace

std::optional<double> detectable_above_chance(std::int64_t n, double chance,
                                              const PowerOptions& options) {
  if (n <= 0 || !(chance >= 0.0 && chance < 1.0) || !valid(options)) return std::nullopt;
  const auto size = static_cast<double>(n);
  std::int64_t low = 0;  // P(X >= low) > alpha/2
  std::int64_t high = n + 1;
  while (high - low > 1) {
    const std::int64_t middle = low + (high - low) / 2;
    const double tail = 1.0 - binomial_cdf(static_cast<double>(middle) - 1.0, size, chance);
    (tail > options.alpha / 2.0 ? low : high) = middle;
  }
  if (high > n) return std::nullopt;  // not even n successes would be significant
  const auto critical = static_cast<double>(high);
  const double rate = beta_quantile(options.power, critical, size - critical + 1.0);
  return rate > chance ? std::optional<double>(rate - chance) : std::nullopt;
}

std::optional<double> detectable_between_groups(double n1, double n2, double baseline,
                                                const PowerOptions& options) {
  if (!(n1 > 0.0 && n2 > 0.0) || !(baseline >= 0.0 && baseline <= 1.0) || !valid(options)) {
    return std::nullopt;
  }
  const auto rise = detectable_towards(n1, n2, baseline, 1.0, options);
  const auto fall = detectable_towards(n1, n2, baseline, -1.0, options);
  if (rise && fall) return std::max(*rise, *fall);
  return rise ? rise : fall;
}

std::optional<double> detectable_paired(double n, double discordant, const PowerOptions& options) {
  if (!(n > 0.0) || !(discordant > 0.0 && discordant <= 1.0) || !valid(options)) {
    return std::nullopt;
  }
  const double z_alpha = normal_quantile(1.0 - options.alpha / 2.0);
  const double z_power = normal_quantile(options.power);
  const auto excess = [&](double d) {
    return d * std::sqrt(n) - z_alpha * std::sqrt(discordant) -
           z_power * std::sqrt(std::max(0.0, discordant - d * d));
  };
  return first_root(excess, 0.0, discordant);
}

std::optional<double> detectable_mean(double n, double sd, const PowerOptions& options) {
  if (!(n > 1.0) || !(sd > 0.0) || !valid(options)) return std::nullopt;
  const double df = n - 1.0;
  const double critical = t_quantile(1.0 - options.alpha / 2.0, df);
  const auto excess = [&](double effect) {
    const boost::math::non_central_t_distribution<double> t(df, effect * std::sqrt(n));
    return boost::math::cdf(boost::math::complement(t, critical)) + boost::math::cdf(t, -critical) -
           options.power;
  };
  double high = 1.0 / std::sqrt(n);
  while (excess(high) < 0.0 && high < 1e6) high *= 2.0;
  const auto effect = first_root(excess, 0.0, high);
  return effect ? std::optional<double>(*effect * sd) : std::nullopt;
}

std::int64_t items_for_upper_bound(double rate, double level) {
  if (rate <= 0.0) return 0;
  if (rate >= 1.0) return 1;
  return static_cast<std::int64_t>(std::ceil(std::log1p(-level) / std::log1p(-rate) - 1e-12));
}

std::optional<std::int64_t> items_for_effect(double chance, double effect,
                                             const PowerOptions& options) {
  if (!(effect > 0.0) || chance + effect > 1.0 || !valid(options)) return std::nullopt;
  constexpr std::int64_t kLongest = 10'000'000;
  const auto enough = [&](std::int64_t n) {
    const auto seen = detectable_above_chance(n, chance, options);
    return seen && *seen <= effect;
  };
  std::int64_t high = 1;
  while (!enough(high) && high < kLongest) high *= 2;
  if (high >= kLongest) return std::nullopt;
  std::int64_t n = std::max<std::int64_t>(1, high / 2);
  for (std::int64_t run = 0; run <= 20; ++n) run = enough(n) ? run + 1 : 0;
  return n - 21;
}

}  // namespace assay::stats
