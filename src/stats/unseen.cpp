#include "stats/unseen.h"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "stats/special.h"

namespace assay::stats {
namespace {

struct Spectrum {
  double n = 0.0;      // draws
  double kinds = 0.0;  // distinct kinds seen
  double once = 0.0;   // kinds seen once
  double twice = 0.0;  // kinds seen twice
  bool valid = true;
};

Spectrum spectrum(std::span<const std::int64_t> counts) {
  Spectrum out;
  for (const std::int64_t count : counts) {
    if (count < 0) out.valid = false;
    if (count <= 0) continue;
    out.n += static_cast<double>(count);
    out.kinds += 1.0;
    if (count == 1) out.once += 1.0;
    if (count == 2) out.twice += 1.0;
  }
  return out;
}

bool level_ok(double level) { return level > 0.0 && level < 1.0; }

/// Variance of Chao's estimator (Chao 1987 for f2 > 0; Chiu et al. 2014, appendix, for f2 = 0).
double chao_variance(const Spectrum& s, double total) {
  const double a = (s.n - 1.0) / s.n;
  if (s.twice > 0.0) {
    const double r = s.once / s.twice;
    return s.twice * (0.5 * a * r * r + a * a * r * r * r + 0.25 * a * a * r * r * r * r);
  }
  const double f = s.once;
  return a * f * (f - 1.0) / 2.0 + a * a * f * (2.0 * f - 1.0) * (2.0 * f - 1.0) / 4.0 -
         a * a * f * f * f * f / (4.0 * total);
}

/// Limits where singletons give no correction (Colwell's equation 14).
Interval nearly_complete(const Spectrum& s, double z) {
  const double p = std::exp(-s.n / s.kinds);
  const double centre = s.kinds / (1.0 - p);
  const double half = z * std::sqrt(s.kinds * p / (1.0 - p));
  return {std::max(s.kinds, centre - half), std::max(s.kinds + 1.0, centre + half)};
}

}  // namespace

Estimate missing_mass(std::span<const std::int64_t> counts, double level, Sides sides,
                      MissingMassBound bound) {
  const Spectrum s = spectrum(counts);
  if (!s.valid || !level_ok(level)) return no_estimate("impossible counts or level");
  if (s.n == 0.0) return no_estimate("no observations");
  const double delta = tail_of(level, sides);
  const bool original = bound == MissingMassBound::mcallester_schapire;
  using std::numbers::sqrt2;
  using std::numbers::sqrt3;
  const double reach = original ? (2.0 * sqrt2 + sqrt3) * std::sqrt(std::log(3.0 / delta) / s.n)
                                : (1.0 + sqrt2) * std::sqrt(std::log(2.0 / delta) / s.n);
  Estimate out;
  out.value = s.once / s.n;
  out.interval = {0.0, 1.0};
  if (sides != Sides::lower) out.interval.high = std::min(1.0, out.value + reach);
  if (sides != Sides::upper) out.interval.low = std::max(0.0, out.value - reach - 1.0 / s.n);
  out.level = level;
  out.sides = sides;
  out.method = original ? "good-turing+mcallester-schapire" : "good-turing+mcallester-ortiz";
  out.unit = "proportion";
  out.n = out.clusters = static_cast<std::int64_t>(s.n);
  out.assumptions.emplace_back("observations are independent draws from one distribution");
  return out;
}

Estimate chao1(std::span<const std::int64_t> counts, double level) {
  const Spectrum s = spectrum(counts);
  const double infinity = std::numeric_limits<double>::infinity();
  if (!s.valid || !level_ok(level)) {
    return no_estimate("impossible counts or level", {0.0, infinity});
  }
  if (s.n == 0.0) return no_estimate("no observations", {0.0, infinity});
  const double a = (s.n - 1.0) / s.n;
  const double unseen =
      s.twice > 0.0 ? a * s.once * s.once / (2.0 * s.twice) : a * s.once * (s.once - 1.0) / 2.0;
  const double z = normal_quantile(1.0 - tail_of(level, Sides::two));
  Estimate out;
  out.value = s.kinds + unseen;
  if (unseen > 0.0) {
    const double variance = std::max(0.0, chao_variance(s, out.value));
    const double k = std::exp(z * std::sqrt(std::log1p(variance / (unseen * unseen))));
    out.interval = {s.kinds + unseen / k, s.kinds + std::max(1.0, unseen * k)};
  } else {
    out.interval = nearly_complete(s, z);
  }
  out.level = level;
  out.method = "chao1";
  out.unit = "kinds";
  out.n = out.clusters = static_cast<std::int64_t>(s.n);
  out.assumptions.emplace_back("a lower bound: kinds too rare to be met even once are not counted");
  return out;
}

}  // namespace assay::stats
