#include "stats/variance_shares.h"

#include <algorithm>
#include <cmath>
#include <span>
#include <utility>

#include "stats/bootstrap.h"
#include "stats/intervals.h"
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

/// The hull of the BCa and the jackknife interval: with few items, the first alone covers a share
/// that is not small too rarely (87% at 15 items). Within [0, 1], never of zero width.
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

}  // namespace

std::vector<double> clipped_shares(const Eigen::VectorXd& components) {
  std::vector<double> out;
  const double floor = 1e-12 * components.cwiseAbs().sum();
  double total = 0.0;
  for (const double c : components) {
    out.push_back(c > floor ? c : 0.0);
    total += out.back();
  }
  if (!(total > 0.0)) return {};
  for (double& share : out) share /= total;
  return out;
}

ResampledShares resample_shares(const Eigen::MatrixXd& columns, std::size_t sources, int draws,
                                Rng& rng, const SharesOf& shares_of) {
  ResampledShares out;
  out.draws.resize(sources);
  out.jackknife.resize(sources);
  const auto keep = [&](const Eigen::VectorXd& sums, double items,
                        std::vector<std::vector<double>>& to) {
    const auto values = shares_of(sums, items);
    for (std::size_t i = 0; i < values.size(); ++i) to[i].push_back(values[i]);
  };
  const auto items = static_cast<double>(columns.cols());
  std::vector<std::uint32_t> indices(static_cast<std::size_t>(columns.cols()));
  for (int b = 0; b < draws; ++b) {
    fill_indices(indices, static_cast<std::uint32_t>(indices.size()), rng);
    Eigen::VectorXd sums = Eigen::VectorXd::Zero(columns.rows());
    for (const std::uint32_t i : indices) sums += columns.col(i);
    keep(sums, items, out.draws);
  }
  const Eigen::VectorXd all = columns.rowwise().sum();
  for (Eigen::Index i = 0; i < columns.cols(); ++i) {
    keep(all - columns.col(i), items - 1.0, out.jackknife);
  }
  return out;
}

double unseen_share(double items, double range, double variance, double level) {
  const double q = clopper_pearson(0.0, items, level).high;
  return std::min(1.0, q * range * range / (4.0 * variance));
}

std::vector<ShareEstimate> share_estimates(const std::vector<std::string>& sources,
                                           const std::vector<double>& values,
                                           ResampledShares resampled, const ShareContext& context) {
  std::vector<ShareEstimate> out;
  for (std::size_t i = 0; i < sources.size(); ++i) {
    Estimate share = values.empty() ? no_estimate("the scores do not vary") : Estimate{};
    share.level = context.level;
    share.unit = "share of variance";
    share.n = context.n;
    share.clusters = context.clusters;
    if (!values.empty()) {
      share.value = values[i];
      share.interval = share_interval(values[i], std::move(resampled.draws[i]),
                                      resampled.jackknife[i], context.level, context.unseen);
      share.method = "variance-components";
      share.assumptions = {
          "items are independent draws; the contexts (wordings, personas, ...) are those that were "
          "used"};
    }
    out.push_back({sources[i], std::move(share)});
  }
  return out;
}

}  // namespace assay::stats
