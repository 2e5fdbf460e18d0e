// The figures of survival.h: success at a cost, quantiles of cost, restricted mean.
#include <algorithm>
#include <cmath>
#include <limits>
#include <set>

#include "stats/clustered.h"
#include "stats/intervals.h"
#include "stats/special.h"
#include "stats/survival.h"

namespace assay::stats {
namespace {

constexpr double kInf = std::numeric_limits<double>::infinity();
constexpr double kSkewRule = 25.0;  // as in clustered.cpp
constexpr const char* kFixedBudgets =
    "trials were stopped by budgets fixed beforehand, not because they looked hopeless";

std::optional<std::string> refuse(std::span<const SurvivalTime> times,
                                  const SurvivalOptions& options) {
  if (!(options.level > 0.0 && options.level < 1.0)) return "impossible level";
  if (options.unassessed < 0) return "impossible count of unassessed trials";
  if (times.empty()) return "no trials";
  return std::nullopt;
}

const char* name_of(Pointwise method) {
  switch (method) {
    case Pointwise::log_log: return "kaplan-meier, log-log";
    case Pointwise::plain: return "kaplan-meier, plain";
    case Pointwise::beta_product: break;
  }
  return "kaplan-meier, beta product";
}

Estimate described(Estimate out, const SurvivalCurve& curve, const SurvivalOptions& options,
                   std::string unit) {
  out.level = options.level;
  out.sides = options.sides;
  out.unit = std::move(unit);
  out.n = curve.n;
  out.clusters = curve.clusters;
  out.unassessed = options.unassessed;
  return out;
}

/// Each trial as a number, for the statistics of complete data.
template <class Value>
std::vector<Observation> observations(std::span<const SurvivalTime> times, Value value) {
  std::vector<Observation> out;
  out.reserve(times.size());
  for (const SurvivalTime& t : times) out.push_back({value(t), t.cluster});
  return out;
}

ClusterOptions cluster_options(const SurvivalOptions& options, Interval support, std::string unit) {
  ClusterOptions out;
  out.level = options.level;
  out.sides = options.sides;
  out.purpose = Purpose::safety;
  out.support = support;
  out.unassessed = options.unassessed;
  out.seed = options.seed;
  out.draws = options.draws;
  out.unit = std::move(unit);
  return out;
}

Interval worst_case(double value, Interval support, std::int64_t n, std::int64_t unassessed) {
  const auto known = static_cast<double>(n);
  const auto missing = static_cast<double>(unassessed);
  return {(value * known + missing * support.low) / (known + missing),
          (value * known + missing * support.high) / (known + missing)};
}

std::string beyond(double asked, double tried, const std::string& unit) {
  return "asked at " + std::to_string(asked) + " " + unit + ", but nobody was followed beyond " +
         std::to_string(tried);
}

/// Limits of a mean in [0, horizon] whose estimated variance is 0: a share q of clusters could do
/// anything else and would have been missed.
Interval nothing_varies(double value, double horizon, const SurvivalCurve& curve,
                        const SurvivalOptions& options) {
  const double tail = tail_of(options.level, Sides::two);
  const double q = 1.0 - std::pow(tail, 1.0 / static_cast<double>(curve.clusters));
  return {value - q * value, value + q * (horizon - value)};
}

/// Clusters with a trial that was followed to its event or to the horizon.
double followed_clusters(std::span<const SurvivalTime> times, double horizon) {
  std::set<std::uint32_t> out;
  for (const SurvivalTime& t : times) {
    if (t.cause != 0 || t.time >= horizon) out.insert(t.cluster);
  }
  return static_cast<double>(out.size());
}

}  // namespace

Estimate success_at(std::span<const SurvivalTime> times, double cost,
                    const SurvivalOptions& options) {
  if (auto reason = refuse(times, options)) return no_estimate(*reason);
  const SurvivalCurve curve = kaplan_meier(times);
  if (!curve.refused.empty()) return no_estimate(curve.refused);
  if (!curve.reaches(cost)) {
    const Interval s = survival_interval(curve, curve.last, options.level);
    return described(no_estimate(beyond(cost, curve.last, options.unit), {1.0 - s.high, 1.0}),
                     curve, options, "proportion");
  }
  if (complete_up_to(times, cost) && options.pointwise == Pointwise::beta_product) {
    const auto broken = observations(times, [cost](const SurvivalTime& t) {
      return t.cause != 0 && t.time <= cost ? 1.0 : 0.0;
    });
    return clustered_mean(broken, cluster_options(options, {0.0, 1.0}, "proportion"));
  }
  Estimate out;
  out.value = 1.0 - curve.survival(cost);
  const Sides mirrored = options.sides == Sides::two     ? Sides::two
                         : options.sides == Sides::upper ? Sides::lower
                                                         : Sides::upper;
  const Interval s = survival_interval(curve, cost, options.level, options.pointwise, mirrored);
  out.interval = {1.0 - s.high, 1.0 - s.low};
  out.method = name_of(options.pointwise);
  out.assumptions = {kFixedBudgets};
  out.worst_case = worst_case(out.value, {0.0, 1.0}, curve.n, options.unassessed);
  return described(std::move(out), curve, options, "proportion");
}

CostQuantile cost_quantile(std::span<const SurvivalTime> times, double p,
                           const SurvivalOptions& options) {
  CostQuantile out;
  const Interval any{0.0, kInf};
  if (auto reason = refuse(times, options)) {
    out.estimate = no_estimate(*reason, any);
    return out;
  }
  const SurvivalCurve curve = kaplan_meier(times);
  if (!curve.refused.empty() || !(p > 0.0 && p < 1.0)) {
    out.estimate = no_estimate(curve.refused.empty() ? "impossible quantile" : curve.refused, any);
    return out;
  }
  out.tried = curve.last;
  const double target = 1.0 - p;
  constexpr double rounding = 1e-12;
  Interval limits{kInf, kInf};
  const auto low_at = [&](double t) {
    return survival_interval(curve, t, options.level, options.pointwise).low <= target + rounding;
  };
  if (options.sides == Sides::upper || low_at(-1.0)) limits.low = 0.0;
  double value = kInf;
  for (std::size_t j = 0; j < curve.steps.size(); ++j) {
    const CurveStep& step = curve.steps[j];
    if (step.survival <= target + rounding) value = std::min(value, step.time);
    // Until the next cost, the lower limit of S may fall (those censored are silent): look there.
    const double next = j + 1 < curve.steps.size() ? curve.steps[j + 1].time : step.time + 2.0;
    if (limits.low == kInf && low_at(0.5 * (step.time + next))) limits.low = step.time;
    if (limits.high == kInf && options.sides != Sides::lower &&
        survival_interval(curve, step.time, options.level, options.pointwise).high <=
            target + rounding) {
      limits.high = step.time;
    }
  }
  out.reached = std::isfinite(value);
  if (!out.reached) {
    out.estimate = no_estimate("not reached: fewer broke within the costs that were tried",
                               {std::min(limits.low, curve.last), kInf});
  } else {
    out.estimate.value = value;
    out.estimate.interval = {std::min(limits.low, value), std::max(limits.high, value)};
    out.estimate.method = std::string("brookmeyer-crowley, ") +
                          (options.pointwise == Pointwise::beta_product ? "beta product"
                           : options.pointwise == Pointwise::log_log    ? "log-log"
                                                                        : "plain");
    out.estimate.assumptions = {kFixedBudgets};
  }
  out.estimate = described(std::move(out.estimate), curve, options, options.unit);
  return out;
}

Estimate restricted_mean(std::span<const SurvivalTime> times, double horizon,
                         const SurvivalOptions& options) {
  const Interval any{0.0, std::max(horizon, 0.0)};
  if (auto reason = refuse(times, options)) return no_estimate(*reason, any);
  const SurvivalCurve curve = kaplan_meier(times);
  if (!curve.refused.empty()) return no_estimate(curve.refused, any);
  if (!(horizon > 0.0) || !std::isfinite(horizon)) return no_estimate("impossible horizon", any);
  if (!curve.reaches(horizon)) {
    return described(no_estimate(beyond(horizon, curve.last, options.unit), any), curve, options,
                     options.unit);
  }
  if (complete_up_to(times, horizon)) {
    const auto cost = observations(times, [horizon](const SurvivalTime& t) {
      return t.cause == 0 ? horizon : std::min(t.time, horizon);
    });
    return clustered_mean(cost, cluster_options(options, {0.0, horizon}, options.unit));
  }
  const AreaUnderCurve found = area_under(times, horizon);
  Estimate out;
  out.value = found.area;
  out.method = "restricted mean";
  const auto df = std::max(1.0, static_cast<double>(curve.clusters) - 1.0);
  const double t = t_quantile(1.0 - tail_of(options.level, options.sides), df);
  const double half = t * std::sqrt(found.variance);
  out.interval = half > 0.0 && std::isfinite(half)
                     ? Interval{found.area - half, found.area + half}
                     : nothing_varies(found.area, horizon, curve, options);
  out.interval = {std::max(0.0, out.interval.low), std::min(horizon, out.interval.high)};
  const double rule = kSkewRule * found.skewness * found.skewness;
  if (!(static_cast<double>(curve.clusters) > rule)) {
    const double k = followed_clusters(times, horizon);
    const Interval unit =
        clopper_pearson(k * found.area / horizon, k, options.level, options.sides);
    out.interval = {std::min(out.interval.low, horizon * unit.low),
                    std::max(out.interval.high, horizon * unit.high)};
    out.method = "restricted mean, clopper-pearson-clusters";
  }
  if (options.sides == Sides::upper) out.interval.low = 0.0;
  if (options.sides == Sides::lower) out.interval.high = horizon;
  out.assumptions = {kFixedBudgets};
  out.worst_case = worst_case(out.value, any, curve.n, options.unassessed);
  return described(std::move(out), curve, options, options.unit);
}

}  // namespace assay::stats
