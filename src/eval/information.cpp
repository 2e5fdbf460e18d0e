#include "eval/information.h"

#include <algorithm>
#include <cmath>

namespace assay::eval {
namespace {

constexpr double kUnknown = 1.0;

double width_of(const stats::Estimate& estimate) {
  if (!estimate.known()) return kUnknown;
  double width = estimate.interval.high - estimate.interval.low;
  if (estimate.sides == stats::Sides::upper) {
    width = 2.0 * (estimate.interval.high - estimate.value);
  } else if (estimate.sides == stats::Sides::lower) {
    width = 2.0 * (estimate.value - estimate.interval.low);
  }
  if (!std::isfinite(width)) return kUnknown;
  return width / std::max(1.0, std::abs(estimate.value));
}

}  // namespace

double uncertainty(const TaskOutcome& outcome) {
  const bool some_primary = std::any_of(outcome.figures.begin(), outcome.figures.end(),
                                        [](const Figure& figure) { return figure.primary; });
  double widest = 0.0;
  bool any = false;
  for (const Figure& figure : outcome.figures) {
    if (some_primary && !figure.primary) continue;
    widest = std::max(widest, width_of(figure.estimate));
    any = true;
  }
  return any ? widest : kUnknown;
}

double narrowing(double width, std::int64_t n, std::int64_t more) {
  if (more <= 0) return 0.0;
  const auto before = static_cast<double>(n);
  return width * (1.0 - std::sqrt(before / (before + static_cast<double>(more))));
}

}  // namespace assay::eval
