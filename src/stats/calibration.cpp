#include "stats/calibration.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

#include "stats/bootstrap.h"
#include "stats/intervals.h"
#include "stats/special.h"

namespace assay::stats {
namespace {

struct BinSums {
  double n = 0.0;
  double probability = 0.0;
  double correct = 0.0;
};

std::size_t bin_of(double probability, std::size_t bins) {
  return std::min(bins - 1, static_cast<std::size_t>(probability * static_cast<double>(bins)));
}

double error_of(const std::vector<BinSums>& sums) {
  double gap = 0.0;
  double n = 0.0;
  for (const BinSums& bin : sums) {
    gap += std::abs(bin.correct - bin.probability);
    n += bin.n;
  }
  return gap / n;
}

/// Forecasts of each cluster as (bin, sums), so that a draw adds few numbers.
struct ClusterBins {
  std::vector<std::vector<std::pair<std::size_t, BinSums>>> clusters;
  std::size_t bins = 0;

  double error(std::span<const std::uint32_t> indices, std::vector<BinSums>& scratch) const {
    std::fill(scratch.begin(), scratch.end(), BinSums{});
    for (const std::uint32_t index : indices) {
      for (const auto& [bin, sums] : clusters[index]) {
        scratch[bin].n += sums.n;
        scratch[bin].probability += sums.probability;
        scratch[bin].correct += sums.correct;
      }
    }
    return error_of(scratch);
  }
};

ClusterBins gather(std::span<const Forecast> forecasts, std::size_t bins) {
  ClusterBins out;
  out.bins = bins;
  std::unordered_map<std::uint32_t, std::size_t> place;
  for (const Forecast& f : forecasts) {
    const auto [it, fresh] = place.try_emplace(f.cluster, out.clusters.size());
    if (fresh) out.clusters.emplace_back();
    out.clusters[it->second].push_back(
        {bin_of(f.probability, bins), {1.0, f.probability, f.correct ? 1.0 : 0.0}});
  }
  return out;
}

/// The error that a calibrated forecaster with these forecasts stays under with probability
/// `level`: outcomes drawn from the stated probabilities themselves.
double chance_error(std::span<const Forecast> forecasts, const CalibrationOptions& options,
                    Rng& rng) {
  const auto bins = static_cast<std::size_t>(options.bins);
  std::vector<double> draws(static_cast<std::size_t>(options.draws));
  std::vector<BinSums> sums(bins);
  for (double& draw : draws) {
    std::fill(sums.begin(), sums.end(), BinSums{});
    for (const Forecast& f : forecasts) {
      BinSums& bin = sums[bin_of(f.probability, bins)];
      bin.n += 1.0;
      bin.probability += f.probability;
      bin.correct += rng.chance(f.probability) ? 1.0 : 0.0;
    }
    draw = error_of(sums);
  }
  std::sort(draws.begin(), draws.end());
  return sorted_quantile(draws, options.level);
}

bool valid(std::span<const Forecast> forecasts, const CalibrationOptions& options) {
  return !forecasts.empty() && options.bins > 0 && options.level > 0.0 && options.level < 1.0 &&
         std::all_of(forecasts.begin(), forecasts.end(), [](const Forecast& f) {
           return f.probability >= 0.0 && f.probability <= 1.0;
         });
}

}  // namespace

Estimate brier_score(std::span<const Forecast> forecasts, ClusterOptions options) {
  std::vector<Observation> scores;
  for (const Forecast& f : forecasts) {
    const double gap = f.probability - (f.correct ? 1.0 : 0.0);
    scores.push_back({gap * gap, f.cluster});
  }
  options.support = Interval{0.0, 1.0};
  options.unit = "Brier score";
  return clustered_mean(scores, options);
}

std::vector<CalibrationBin> reliability(std::span<const Forecast> forecasts,
                                        const CalibrationOptions& options) {
  if (!valid(forecasts, options)) return {};
  const auto bins = static_cast<std::size_t>(options.bins);
  std::vector<std::vector<Observation>> outcomes(bins);
  std::vector<double> sums(bins, 0.0);
  for (const Forecast& f : forecasts) {
    const std::size_t bin = bin_of(f.probability, bins);
    outcomes[bin].push_back({f.correct ? 1.0 : 0.0, f.cluster});
    sums[bin] += f.probability;
  }
  std::vector<CalibrationBin> out(bins);
  for (std::size_t i = 0; i < bins; ++i) {
    ClusterOptions cluster_options;
    cluster_options.level = options.level;
    cluster_options.seed = options.seed;
    out[i].low = static_cast<double>(i) / static_cast<double>(bins);
    out[i].high = static_cast<double>(i + 1) / static_cast<double>(bins);
    out[i].mean_probability = outcomes[i].empty()
                                  ? std::numeric_limits<double>::quiet_NaN()
                                  : sums[i] / static_cast<double>(outcomes[i].size());
    out[i].accuracy = clustered_mean(outcomes[i], cluster_options);
  }
  return out;
}

Estimate expected_calibration_error(std::span<const Forecast> forecasts,
                                    const CalibrationOptions& options) {
  if (!valid(forecasts, options)) return no_estimate("no forecasts in [0, 1]");
  const ClusterBins data = gather(forecasts, static_cast<std::size_t>(options.bins));
  const std::size_t k = data.clusters.size();
  std::vector<BinSums> scratch(data.bins);
  std::vector<std::uint32_t> all(k);
  for (std::size_t i = 0; i < k; ++i) all[i] = static_cast<std::uint32_t>(i);
  Estimate out;
  out.value = data.error(all, scratch);
  Rng rng = Rng::named(options.seed, "stats/ece");
  auto draws = statistic_draws(
      k, [&](std::span<const std::uint32_t> i) { return data.error(i, scratch); }, options.draws,
      rng);
  std::sort(draws.begin(), draws.end());
  const double tail = tail_of(options.level, Sides::two);
  out.interval = {2.0 * out.value - sorted_quantile(draws, 1.0 - tail),
                  2.0 * out.value - sorted_quantile(draws, tail)};
  if (draws.front() == draws.back()) {  // at most a share of the clusters could be otherwise
    const double q = clopper_pearson(0.0, static_cast<double>(k), options.level).high;
    out.interval = {out.value - q, out.value + q};
  }
  // The reflected interval can end below the estimate where the bias is large; the estimate stays
  // inside, and a forecaster that could be calibrated is not denied it.
  out.interval.high = std::clamp(out.interval.high, out.value, 1.0);
  const bool could_be_calibrated = out.value <= chance_error(forecasts, options, rng);
  out.interval.low = could_be_calibrated ? 0.0 : std::clamp(out.interval.low, 0.0, out.value);
  out.level = options.level;
  out.method = "ece-basic-bootstrap";
  out.unit = "expected calibration error";
  out.n = static_cast<std::int64_t>(forecasts.size());
  out.clusters = static_cast<std::int64_t>(k);
  out.unassessed = options.unassessed;
  out.assumptions.emplace_back("clusters are independent draws; bins of equal width");
  return out;
}

}  // namespace assay::stats
