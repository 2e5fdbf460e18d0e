#include "stats/rank.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <vector>

#include "stats/special.h"

namespace assay::stats {
namespace {

std::vector<double> mid_ranks(std::span<const double> values) {
  std::vector<std::size_t> order(values.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::sort(order.begin(), order.end(),
            [&](std::size_t a, std::size_t b) { return values[a] < values[b]; });
  std::vector<double> out(values.size());
  for (std::size_t i = 0; i < order.size();) {
    std::size_t end = i;
    while (end < order.size() && values[order[end]] == values[order[i]]) ++end;
    const double rank = (static_cast<double>(i) + static_cast<double>(end) + 1.0) / 2.0;
    for (; i < end; ++i) out[order[i]] = rank;
  }
  return out;
}

double pearson(const std::vector<double>& x, const std::vector<double>& y) {
  const auto n = static_cast<double>(x.size());
  const double mx = std::accumulate(x.begin(), x.end(), 0.0) / n;
  const double my = std::accumulate(y.begin(), y.end(), 0.0) / n;
  double xy = 0.0;
  double xx = 0.0;
  double yy = 0.0;
  for (std::size_t i = 0; i < x.size(); ++i) {
    xy += (x[i] - mx) * (y[i] - my);
    xx += (x[i] - mx) * (x[i] - mx);
    yy += (y[i] - my) * (y[i] - my);
  }
  return std::clamp(xy / std::sqrt(xx * yy), -1.0, 1.0);
}

bool finite(std::span<const double> values) {
  return std::all_of(values.begin(), values.end(), [](double v) { return std::isfinite(v); });
}

}  // namespace

Estimate spearman(std::span<const double> x, std::span<const double> y, double level) {
  constexpr Interval kWidest{-1.0, 1.0};
  if (x.size() != y.size() || x.size() < 3 || !finite(x) || !finite(y) ||
      !(level > 0.0 && level < 1.0)) {
    return no_estimate("needs two finite series of one length of at least 3", kWidest);
  }
  const auto n = static_cast<double>(x.size());
  Estimate out;
  out.value = pearson(mid_ranks(x), mid_ranks(y));
  if (!out.known()) return no_estimate("one series does not vary", kWidest);
  out.interval = kWidest;
  if (x.size() > 3) {
    const double most = 1.0 - 12.0 / (n * (n * n - 1.0));  // one adjacent swap
    const double r = std::clamp(out.value, -most, most);
    const double half = normal_quantile(1.0 - tail_of(level, Sides::two)) *
                        std::sqrt((1.0 + r * r / 2.0) / (n - 3.0));
    out.interval = {std::tanh(std::atanh(r) - half), std::tanh(std::atanh(r) + half)};
    if (out.value >= most) out.interval.high = 1.0;
    if (out.value <= -most) out.interval.low = -1.0;
  }
  out.level = level;
  out.method = "spearman-bonett-wright";
  out.unit = "correlation";
  out.n = out.clusters = static_cast<std::int64_t>(x.size());
  out.assumptions.emplace_back("things are independent draws");
  return out;
}

}  // namespace assay::stats
