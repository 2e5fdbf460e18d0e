#include "stats/share_interval.h"

#include <algorithm>
#include <cmath>

#include "stats/bootstrap.h"
#include "stats/special.h"

namespace assay::stats {
namespace {

/// share +- t x jackknife standard error (Tukey; Efron & Tibshirani 1993, chapter 11).
Interval jackknife_interval(double share, std::span<const double> jackknife, double tail) {
  const auto k = static_cast<double>(jackknife.size());
  if (k < 2.0) return {share, share};
  double mean = 0.0;
  for (const double value : jackknife) mean += value / k;
  double squares = 0.0;
  for (const double value : jackknife) squares += (value - mean) * (value - mean);
  const double half = t_quantile(1.0 - tail, k - 1.0) * std::sqrt(squares * (k - 1.0) / k);
  return {share - half, share + half};
}

}  // namespace

Interval share_interval(double share, std::vector<double> draws, std::span<const double> jackknife,
                        double level, double unseen) {
  const double tail = tail_of(level, Sides::two);
  Interval out = jackknife_interval(share, jackknife, tail);
  auto bca = bca_interval(draws, share, jackknife, level);
  if (!bca && !draws.empty()) {
    std::sort(draws.begin(), draws.end());
    bca = Interval{sorted_quantile(draws, tail), sorted_quantile(draws, 1.0 - tail)};
  }
  if (bca) out = {std::min(out.low, bca->low), std::max(out.high, bca->high)};
  if (share == 0.0) out.high = std::max(out.high, unseen);
  if (share == 1.0) out.low = std::min(out.low, 1.0 - unseen);
  if (!(out.low < out.high)) out = {share - unseen, share + unseen};
  return {std::max(0.0, out.low), std::min(1.0, out.high)};
}

}  // namespace assay::stats
