#include "stats/incidence.h"

#include <algorithm>
#include <cmath>
#include <map>

#include "stats/clustered.h"
#include "stats/special.h"

namespace assay::stats {
namespace {

/// Weighted trials in order of cost; a bootstrap draw changes the weights only.
struct Trial {
  double time;
  int cause;
  std::size_t cluster;
};

double weighted_incidence(const std::vector<Trial>& trials, std::span<const double> weights,
                          int cause, double cost) {
  double at_risk = 0.0;
  for (const Trial& t : trials) at_risk += weights[t.cluster];
  double survival = 1.0;
  double incidence = 0.0;
  for (std::size_t i = 0; i < trials.size() && trials[i].time <= cost;) {
    const double time = trials[i].time;
    double all = 0.0;
    double mine = 0.0;
    double leaving = 0.0;
    for (; i < trials.size() && trials[i].time == time; ++i) {
      const double w = weights[trials[i].cluster];
      leaving += w;
      if (trials[i].cause != 0) all += w;
      if (trials[i].cause == cause) mine += w;
    }
    if (at_risk > 0.0) {
      incidence += survival * mine / at_risk;
      survival *= 1.0 - all / at_risk;
    }
    at_risk -= leaving;
  }
  return incidence;
}

std::optional<Interval> cluster_limits(std::span<const SurvivalTime> times, int cause, double cost,
                                       const SurvivalOptions& options) {
  std::map<std::uint32_t, std::size_t> dense;
  std::vector<Trial> trials;
  for (const SurvivalTime& t : times) {
    trials.push_back({t.time, t.cause, dense.try_emplace(t.cluster, dense.size()).first->second});
  }
  std::stable_sort(trials.begin(), trials.end(),
                   [](const Trial& a, const Trial& b) { return a.time < b.time; });
  std::vector<double> weights(dense.size());
  const auto statistic = [&](std::span<const std::uint32_t> indices) {
    std::fill(weights.begin(), weights.end(), 0.0);
    for (const std::uint32_t i : indices) weights[i] += 1.0;
    return weighted_incidence(trials, weights, cause, cost);
  };
  Rng rng = Rng::named(options.seed, "stats/incidence");
  std::vector<double> draws = statistic_draws(dense.size(), statistic, options.draws, rng);
  std::sort(draws.begin(), draws.end());
  if (draws.empty() || draws.front() == draws.back()) return std::nullopt;
  const double tail = tail_of(options.level, options.sides);
  return Interval{sorted_quantile(draws, tail), sorted_quantile(draws, 1.0 - tail)};
}

std::optional<Interval> delta_limits(double incidence, double variance,
                                     const SurvivalOptions& options) {
  if (!(incidence > 0.0 && incidence < 1.0) || !(variance > 0.0)) return std::nullopt;
  const double log_s = std::log1p(-incidence);
  const double z = normal_quantile(1.0 - tail_of(options.level, options.sides));
  const double reach = std::exp(z * std::sqrt(variance) / ((1.0 - incidence) * std::abs(log_s)));
  return Interval{-std::expm1(log_s / reach), -std::expm1(log_s * reach)};
}

}  // namespace

std::vector<IncidenceStep> aalen_johansen(std::span<const SurvivalTime> times, int cause) {
  const SurvivalCurve curve = kaplan_meier(times);
  std::map<double, double> mine;
  for (const SurvivalTime& t : times) {
    if (t.cause == cause && cause != 0) mine[t.time] += 1.0;
  }
  struct Part {
    double incidence, before, at_risk, all, own;
  };
  std::vector<Part> parts;
  std::vector<IncidenceStep> out;
  double incidence = 0.0;
  double before = 1.0;  // survival of any cause just before the step
  for (const CurveStep& s : curve.steps) {
    if (s.events <= 0.0) continue;
    const auto found = mine.find(s.time);
    const double own = found == mine.end() ? 0.0 : found->second;
    incidence += before * own / s.at_risk;
    parts.push_back({incidence, before, s.at_risk, s.events, own});
    double variance = 0.0;
    for (const Part& p : parts) {
      const double left = p.at_risk - p.all;
      const double gap = incidence - p.incidence;
      if (left > 0.0) variance += gap * gap * p.all / (p.at_risk * left);
      const double square = p.at_risk * p.at_risk;
      variance += p.before * p.before * p.own * (p.at_risk - p.own) / (square * p.at_risk);
      variance -= 2.0 * gap * p.before * p.own / square;
    }
    out.push_back({s.time, incidence, std::max(0.0, variance)});
    before = s.survival;
  }
  return out;
}

Estimate incidence_at(std::span<const SurvivalTime> times, int cause, double cost,
                      const SurvivalOptions& options) {
  const SurvivalCurve curve = kaplan_meier(times);
  if (!curve.refused.empty()) return no_estimate(curve.refused);
  if (cause <= 0) return no_estimate("a cause is a positive number");
  if (!(options.level > 0.0 && options.level < 1.0)) return no_estimate("impossible level");
  if (complete_up_to(times, cost)) {
    std::vector<Observation> broken;
    for (const SurvivalTime& t : times) {
      broken.push_back({t.cause == cause && t.time <= cost ? 1.0 : 0.0, t.cluster});
    }
    ClusterOptions complete;
    complete.level = options.level;
    complete.sides = options.sides;
    complete.purpose = Purpose::safety;
    complete.unassessed = options.unassessed;
    complete.seed = options.seed;
    complete.draws = options.draws;
    complete.support = Interval{0.0, 1.0};
    return clustered_mean(broken, complete);
  }
  if (!curve.reaches(cost)) return no_estimate("nobody was followed to this cost");
  IncidenceStep at;
  for (const IncidenceStep& s : aalen_johansen(times, cause)) {
    if (s.time <= cost) at = s;
  }
  const bool clustered = curve.clusters < curve.n;
  std::optional<Interval> limits = clustered ? cluster_limits(times, cause, cost, options)
                                             : delta_limits(at.incidence, at.variance, options);
  Estimate out;
  out.value = at.incidence;
  out.method = clustered ? "aalen-johansen, cluster bootstrap" : "aalen-johansen, log-log";
  if (!limits) {
    // Nothing (or everything) was this cause: what would be known of one cause, where those
    // censored count as gone.
    const Interval s = survival_interval(curve, cost, options.level, Pointwise::beta_product);
    limits = at.incidence <= 0.0 ? Interval{0.0, 1.0 - s.low} : Interval{1.0 - s.high, 1.0};
    out.method = "kaplan-meier, beta product";
  }
  out.interval = {std::min(limits->low, out.value), std::max(limits->high, out.value)};
  if (options.sides == Sides::upper) out.interval.low = 0.0;
  if (options.sides == Sides::lower) out.interval.high = 1.0;
  out.level = options.level;
  out.sides = options.sides;
  out.unit = "proportion";
  out.n = curve.n;
  out.clusters = curve.clusters;
  out.unassessed = options.unassessed;
  out.assumptions = {"trials were stopped by budgets fixed beforehand"};
  return out;
}

}  // namespace assay::stats
