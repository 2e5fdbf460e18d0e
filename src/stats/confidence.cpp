#include "stats/confidence.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>
#include <numbers>
#include <unordered_map>
#include <utility>

#include "stats/bootstrap.h"
#include "stats/intervals.h"
#include "stats/special.h"

namespace assay::stats {
namespace {

using Statistic = std::function<double(std::span<const Forecast>)>;

bool valid(std::span<const Forecast> forecasts, const CalibrationOptions& options) {
  return !forecasts.empty() && options.bins > 0 && options.level > 0.0 && options.level < 1.0 &&
         std::all_of(forecasts.begin(), forecasts.end(), [](const Forecast& f) {
           return f.probability >= 0.0 && f.probability <= 1.0;
         });
}

/// Inner edges of the bins, at the quantiles of the probabilities.
std::vector<double> mass_edges(std::span<const Forecast> forecasts, std::size_t bins) {
  std::vector<double> sorted;
  for (const Forecast& f : forecasts) sorted.push_back(f.probability);
  std::sort(sorted.begin(), sorted.end());
  std::vector<double> edges;
  for (std::size_t i = 1; i < bins; ++i) {
    edges.push_back(sorted_quantile(sorted, static_cast<double>(i) / static_cast<double>(bins)));
  }
  return edges;
}

std::vector<MassBin> bins_of(std::span<const Forecast> forecasts, std::span<const double> edges) {
  std::vector<MassBin> all(edges.size() + 1);
  for (const Forecast& f : forecasts) {
    const auto at = std::lower_bound(edges.begin(), edges.end(), f.probability);
    MassBin& bin = all[static_cast<std::size_t>(at - edges.begin())];
    bin.mean_probability += f.probability;
    bin.accuracy += f.correct ? 1.0 : 0.0;
    ++bin.n;
  }
  std::erase_if(all, [](const MassBin& bin) { return bin.n == 0; });
  for (MassBin& bin : all) {
    bin.mean_probability /= static_cast<double>(bin.n);
    bin.accuracy /= static_cast<double>(bin.n);
  }
  return all;
}

double plain_error(std::span<const MassBin> bins) {
  double gap = 0.0;
  double n = 0.0;
  for (const MassBin& bin : bins) {
    gap += static_cast<double>(bin.n) * std::abs(bin.accuracy - bin.mean_probability);
    n += static_cast<double>(bin.n);
  }
  return gap / n;
}

/// Mean of |N(d, s^2)|.
double folded_mean(double d, double s) {
  if (s <= 0.0) return std::abs(d);
  const double z = d / s;
  return s * std::sqrt(2.0 / std::numbers::pi) * std::exp(-0.5 * z * z) +
         d * std::erf(z / std::numbers::sqrt2);
}

double bias_of(std::span<const MassBin> bins) {
  double bias = 0.0;
  double n = 0.0;
  for (const MassBin& bin : bins) {
    const auto size = static_cast<double>(bin.n);
    const double d = bin.accuracy - bin.mean_probability;
    const double s = std::sqrt(bin.accuracy * (1.0 - bin.accuracy) / size);
    bias += size * (folded_mean(d, s) - std::abs(d));
    n += size;
  }
  return bias / n;
}

/// Forecasts by cluster, and the statistic of any choice of clusters.
class Clusters {
 public:
  explicit Clusters(std::span<const Forecast> forecasts) {
    std::unordered_map<std::uint32_t, std::size_t> place;
    for (const Forecast& f : forecasts) {
      const auto [it, fresh] = place.try_emplace(f.cluster, groups_.size());
      if (fresh) groups_.emplace_back();
      groups_[it->second].push_back(f);
    }
  }
  [[nodiscard]] std::size_t size() const { return groups_.size(); }
  [[nodiscard]] ClusterStatistic statistic(const Statistic& of) const {
    return [this, of](std::span<const std::uint32_t> indices) {
      std::vector<Forecast> drawn;
      for (const std::uint32_t i : indices) {
        drawn.insert(drawn.end(), groups_[i].begin(), groups_[i].end());
      }
      return of(drawn);
    };
  }

 private:
  std::vector<std::vector<Forecast>> groups_;
};

Estimate frame(std::span<const Forecast> forecasts, std::size_t clusters,
               const CalibrationOptions& options, const char* unit) {
  Estimate out;
  out.level = options.level;
  out.unit = unit;
  out.n = static_cast<std::int64_t>(forecasts.size());
  out.clusters = static_cast<std::int64_t>(clusters);
  out.unassessed = options.unassessed;
  out.assumptions.emplace_back("clusters are independent draws");
  return out;
}

/// At most a share of the clusters could be otherwise: what holds where the bootstrap is
/// degenerate.
Interval around(double value, std::size_t clusters, double level) {
  const double q = clopper_pearson(0.0, static_cast<double>(clusters), level).high;
  return {std::max(0.0, value - q), std::min(1.0, value + q)};
}

/// BCa over clusters of a statistic in [0, 1].
Estimate bootstrapped(std::span<const Forecast> forecasts, const CalibrationOptions& options,
                      const char* name, const char* unit, const Statistic& of) {
  const Clusters clusters(forecasts);
  Estimate out = frame(forecasts, clusters.size(), options, unit);
  out.value = of(forecasts);
  if (!std::isfinite(out.value)) return no_estimate("not defined for these outcomes");
  Rng rng = Rng::named(options.seed, std::string("stats/") + name);
  const ClusterStatistic statistic = clusters.statistic(of);
  const auto draws = statistic_draws(clusters.size(), statistic, options.draws, rng);
  const auto jackknife = statistic_jackknife(clusters.size(), statistic);
  const auto interval = bca_interval(draws, out.value, jackknife, options.level);
  out.interval = interval ? Interval{std::clamp(interval->low, 0.0, out.value),
                                     std::clamp(interval->high, out.value, 1.0)}
                          : around(out.value, clusters.size(), options.level);
  out.method = std::string(name) + (interval ? "-bca" : "-clusters");
  return out;
}

/// t times the standard deviation of the draws; 0 where they do not vary.
double half_width(std::span<const double> draws, std::size_t clusters, double level) {
  if (draws.size() < 2 || clusters < 2) return 0.0;
  double mean = 0.0;
  for (const double draw : draws) mean += draw / static_cast<double>(draws.size());
  double squares = 0.0;
  for (const double draw : draws) squares += (draw - mean) * (draw - mean);
  const double deviation = std::sqrt(squares / static_cast<double>(draws.size() - 1));
  return t_quantile(1.0 - tail_of(level, Sides::two), static_cast<double>(clusters) - 1.0) *
         deviation;
}

/// Surest first.
std::vector<Forecast> by_confidence(std::span<const Forecast> forecasts) {
  std::vector<Forecast> sorted(forecasts.begin(), forecasts.end());
  std::sort(sorted.begin(), sorted.end(),
            [](const Forecast& a, const Forecast& b) { return a.probability > b.probability; });
  return sorted;
}

/// Wrong ones among the surest 1, 2, ..., n; ties spread evenly.
std::vector<double> wrong_so_far(std::span<const Forecast> forecasts) {
  const std::vector<Forecast> sorted = by_confidence(forecasts);
  std::vector<double> out;
  double before = 0.0;
  for (std::size_t begin = 0; begin < sorted.size();) {
    std::size_t end = begin;
    double wrong = 0.0;
    while (end < sorted.size() && sorted[end].probability == sorted[begin].probability) {
      wrong += sorted[end++].correct ? 0.0 : 1.0;
    }
    const auto block = static_cast<double>(end - begin);
    for (std::size_t i = begin; i < end; ++i) {
      out.push_back(before + wrong * static_cast<double>(i - begin + 1) / block);
    }
    before += wrong;
    begin = end;
  }
  return out;
}

double auroc_of(std::span<const Forecast> forecasts) {
  const std::vector<Forecast> sorted = by_confidence(forecasts);
  double right_above = 0.0;
  double wrong = 0.0;
  double pairs = 0.0;
  for (std::size_t begin = 0; begin < sorted.size();) {
    std::size_t end = begin;
    double right_here = 0.0;
    while (end < sorted.size() && sorted[end].probability == sorted[begin].probability) {
      right_here += sorted[end++].correct ? 1.0 : 0.0;
    }
    const double wrong_here = static_cast<double>(end - begin) - right_here;
    pairs += wrong_here * (right_above + 0.5 * right_here);
    right_above += right_here;
    wrong += wrong_here;
    begin = end;
  }
  return pairs / (right_above * wrong);  // NaN where one of them is 0
}

/// What a calibrated forecaster with these probabilities stays under, but for the upper tail.
double chance_error(std::span<const Forecast> forecasts, std::span<const double> edges,
                    const CalibrationOptions& options, Rng& rng) {
  std::vector<Forecast> drawn(forecasts.begin(), forecasts.end());
  std::vector<double> draws(static_cast<std::size_t>(options.draws));
  for (double& draw : draws) {
    for (Forecast& f : drawn) f.correct = rng.chance(f.probability);
    draw = plain_error(bins_of(drawn, edges));
  }
  std::sort(draws.begin(), draws.end());
  return sorted_quantile(draws, 1.0 - tail_of(options.level, Sides::two));
}

}  // namespace

std::vector<MassBin> equal_mass_bins(std::span<const Forecast> forecasts, std::size_t bins) {
  if (forecasts.empty() || bins == 0) return {};
  return bins_of(forecasts, mass_edges(forecasts, bins));
}

Estimate debiased_calibration_error(std::span<const Forecast> forecasts,
                                    const CalibrationOptions& options) {
  if (!valid(forecasts, options)) return no_estimate("no forecasts in [0, 1]");
  const auto edges = mass_edges(forecasts, static_cast<std::size_t>(options.bins));
  const auto debiased = [&edges](std::span<const Forecast> drawn) {
    const auto bins = bins_of(drawn, edges);
    return plain_error(bins) - bias_of(bins);
  };
  const Clusters clusters(forecasts);
  Estimate out = frame(forecasts, clusters.size(), options, "expected calibration error");
  const auto bins = bins_of(forecasts, edges);
  const double plug_in = plain_error(bins);
  out.value = std::max(0.0, plug_in - bias_of(bins));
  Rng rng = Rng::named(options.seed, "stats/ece-mass");
  const auto draws =
      statistic_draws(clusters.size(), clusters.statistic(debiased), options.draws, rng);
  const double half = half_width(draws, clusters.size(), options.level);
  out.interval = half > 0.0 ? Interval{out.value - half, out.value + half}
                            : around(plug_in, clusters.size(), options.level);
  const bool could_be_calibrated = plug_in <= chance_error(forecasts, edges, options, rng);
  out.interval.low = could_be_calibrated ? 0.0 : std::clamp(out.interval.low, 0.0, out.value);
  out.interval.high = std::clamp(out.interval.high, out.value, 1.0);
  out.method = "ece-equal-mass-debiased";
  out.assumptions.emplace_back("bins of equal mass hide what cancels within a bin");
  return out;
}

BrierParts brier_parts(std::span<const Forecast> forecasts, std::size_t bins) {
  BrierParts out;
  if (forecasts.empty() || bins == 0) return out;
  const auto n = static_cast<double>(forecasts.size());
  double rate = 0.0;
  for (const Forecast& f : forecasts) {
    const double y = f.correct ? 1.0 : 0.0;
    out.brier += (f.probability - y) * (f.probability - y) / n;
    rate += y / n;
  }
  for (const MassBin& bin : equal_mass_bins(forecasts, bins)) {
    const double share = static_cast<double>(bin.n) / n;
    const double gap = bin.mean_probability - bin.accuracy;
    out.reliability += share * gap * gap;
    out.resolution += share * (bin.accuracy - rate) * (bin.accuracy - rate);
  }
  out.uncertainty = rate * (1.0 - rate);
  out.within = out.brier - out.reliability + out.resolution - out.uncertainty;
  return out;
}

BrierEstimates brier_decomposition(std::span<const Forecast> forecasts,
                                   const CalibrationOptions& options) {
  if (!valid(forecasts, options)) {
    return {no_estimate("no forecasts in [0, 1]"), no_estimate("no forecasts in [0, 1]")};
  }
  const auto bins = static_cast<std::size_t>(options.bins);
  return {bootstrapped(
              forecasts, options, "brier-reliability", "Brier score",
              [bins](std::span<const Forecast> f) { return brier_parts(f, bins).reliability; }),
          bootstrapped(
              forecasts, options, "brier-resolution", "Brier score",
              [bins](std::span<const Forecast> f) { return brier_parts(f, bins).resolution; })};
}

Estimate selective_risk(std::span<const Forecast> forecasts, double coverage,
                        const CalibrationOptions& options) {
  if (!valid(forecasts, options) || !(coverage > 0.0 && coverage <= 1.0)) {
    return no_estimate("no forecasts in [0, 1], or a coverage outside (0, 1]");
  }
  return bootstrapped(
      forecasts, options, "selective-risk", "proportion", [coverage](std::span<const Forecast> f) {
        const double wanted = std::ceil(coverage * static_cast<double>(f.size()) - 1e-9);
        const auto kept = std::max<std::size_t>(1, static_cast<std::size_t>(wanted));
        return wrong_so_far(f)[kept - 1] / static_cast<double>(kept);
      });
}

Estimate risk_coverage_area(std::span<const Forecast> forecasts,
                            const CalibrationOptions& options) {
  if (!valid(forecasts, options)) return no_estimate("no forecasts in [0, 1]");
  return bootstrapped(forecasts, options, "aurc", "area", [](std::span<const Forecast> f) {
    const std::vector<double> wrong = wrong_so_far(f);
    double sum = 0.0;
    for (std::size_t i = 0; i < wrong.size(); ++i) sum += wrong[i] / static_cast<double>(i + 1);
    return sum / static_cast<double>(wrong.size());
  });
}

Estimate confidence_auroc(std::span<const Forecast> forecasts, const CalibrationOptions& options) {
  if (!valid(forecasts, options)) return no_estimate("no forecasts in [0, 1]");
  return bootstrapped(forecasts, options, "auroc", "probability", auroc_of);
}

}  // namespace assay::stats
