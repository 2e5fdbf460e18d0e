#include "stats/intervals.h"

#include <algorithm>
#include <cmath>

#include "stats/special.h"

namespace assay::stats {

Interval clopper_pearson(double successes, double n, double level, Sides sides) {
  if (!(n > 0.0)) return {0.0, 1.0};
  const double tail = tail_of(level, sides);
  const double failures = n - successes;
  Interval out{0.0, 1.0};
  if (sides != Sides::upper) out.low = beta_quantile(tail, successes, failures + 1.0);
  if (sides != Sides::lower) out.high = beta_quantile(1.0 - tail, successes + 1.0, failures);
  return out;
}

Interval wilson(double successes, double n, double level, Sides sides) {
  if (!(n > 0.0)) return {0.0, 1.0};
  const double z = normal_quantile(1.0 - tail_of(level, sides));
  const double p = successes / n;
  const double z2n = z * z / n;
  const double centre = (p + z2n / 2.0) / (1.0 + z2n);
  const double half = z * std::sqrt(p * (1.0 - p) / n + z2n / (4.0 * n)) / (1.0 + z2n);
  Interval out{0.0, 1.0};
  if (sides != Sides::upper && successes > 0.0) out.low = std::max(0.0, centre - half);
  if (sides != Sides::lower && successes < n) out.high = std::min(1.0, centre + half);
  return out;
}

Interval square_and_add(double p1, Interval limits1, double p2, Interval limits2) {
  const double difference = p1 - p2;
  const double below = std::hypot(p1 - limits1.low, limits2.high - p2);
  const double above = std::hypot(limits1.high - p1, p2 - limits2.low);
  return {std::max(-1.0, difference - below), std::min(1.0, difference + above)};
}

}  // namespace assay::stats
