#include "stats/survival.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <unordered_map>

#include "stats/special.h"

namespace assay::stats {
namespace {

constexpr double kInf = std::numeric_limits<double>::infinity();

std::string refusal(std::span<const SurvivalTime> times) {
  if (times.empty()) return "no trials";
  for (const SurvivalTime& t : times) {
    if (!std::isfinite(t.time) || t.time < 0.0) return "a cost is not a non-negative number";
    if (t.cause < 0) return "a cause is negative";
  }
  return {};
}

/// Trials in order of cost, with clusters numbered densely.
struct Sorted {
  std::vector<SurvivalTime> times;
  std::vector<std::uint32_t> sizes;  ///< trials a cluster

  explicit Sorted(std::span<const SurvivalTime> unsorted)
      : times(unsorted.begin(), unsorted.end()) {
    std::unordered_map<std::uint32_t, std::uint32_t> dense;
    for (SurvivalTime& t : times) {
      t.cluster =
          dense.try_emplace(t.cluster, static_cast<std::uint32_t>(dense.size())).first->second;
      if (t.cluster == sizes.size()) sizes.push_back(0);
      ++sizes[t.cluster];
    }
    std::stable_sort(times.begin(), times.end(),
                     [](const SurvivalTime& a, const SurvivalTime& b) { return a.time < b.time; });
  }
  [[nodiscard]] bool clustered() const { return sizes.size() < times.size(); }
};

/// What each cluster adds to log S: the sum over events of -(dN - Y d / n) / (n - d), whose squares
/// sum to Greenwood's variance where each cluster is one trial.
class Influence {
 public:
  explicit Influence(const Sorted& sorted)
      : risk_(sorted.sizes.begin(), sorted.sizes.end()),
        sums_(sorted.sizes.size(), 0.0),
        events_(sorted.sizes.size(), 0.0),
        unbroken_(risk_),
        broken_(sorted.sizes.size(), 0.0) {}

  void event(std::uint32_t cluster) { events_[cluster] += 1.0; }
  void leave(std::uint32_t cluster) { risk_[cluster] -= 1.0; }

  /// Closes a cost with d events among n at risk; `weight` multiplies the contribution.
  void close(double n, double d, double weight = 1.0) {
    for (std::size_t c = 0; c < sums_.size(); ++c) {
      if (d > 0.0 && n > d) {
        sums_[c] -= weight * (events_[c] - risk_[c] * d / n) / (n - d);
      }
      broken_[c] += events_[c];
      unbroken_[c] -= events_[c];
      events_[c] = 0.0;
    }
  }
  [[nodiscard]] double variance() const {
    double sum = 0.0;
    for (const double s : sums_) sum += s * s;
    const auto k = static_cast<double>(sums_.size());
    return k > 1.0 ? sum * k / (k - 1.0) : kInf;
  }
  [[nodiscard]] double skewness() const {
    double squares = 0.0;
    double cubes = 0.0;
    for (const double s : sums_) {
      squares += s * s;
      cubes += s * s * s;
    }
    const auto k = static_cast<double>(sums_.size());
    return squares > 0.0 ? cubes / k / std::pow(squares / k, 1.5) : 0.0;
  }
  [[nodiscard]] double broken() const { return count(broken_); }
  [[nodiscard]] double unbroken() const { return count(unbroken_); }

 private:
  static double count(const std::vector<double>& values) {
    return static_cast<double>(
        std::count_if(values.begin(), values.end(), [](double v) { return v > 0.0; }));
  }
  std::vector<double> risk_, sums_, events_, unbroken_, broken_;
};

void fill_steps(const Sorted& sorted, SurvivalCurve& curve) {
  const bool clustered = sorted.clustered();
  Influence influence(sorted);
  auto at_risk = static_cast<double>(sorted.times.size());
  CurveStep now;
  for (std::size_t i = 0; i < sorted.times.size();) {
    const double time = sorted.times[i].time;
    const std::size_t first = i;
    now.time = time;
    now.at_risk = at_risk;
    now.events = 0.0;
    for (; i < sorted.times.size() && sorted.times[i].time == time; ++i) {
      if (sorted.times[i].cause == 0) continue;
      now.events += 1.0;
      if (clustered) influence.event(sorted.times[i].cluster);
    }
    const double left = at_risk - now.events;
    if (now.events > 0.0) {
      now.survival *= left / at_risk;
      now.greenwood += left > 0.0 ? now.events / (at_risk * left) : kInf;
      curve.events += static_cast<std::int64_t>(now.events);
    }
    if (clustered) {
      influence.close(at_risk, now.events);
      for (std::size_t k = first; k < i; ++k) influence.leave(sorted.times[k].cluster);
      now.robust = left > 0.0 ? influence.variance() : kInf;
      now.broken = influence.broken();
      now.unbroken = influence.unbroken();
    } else {
      now.robust = now.greenwood;
      now.broken = static_cast<double>(curve.events);
      now.unbroken = static_cast<double>(curve.n - curve.events);
    }
    at_risk -= static_cast<double>(i - first);
    curve.steps.push_back(now);
  }
}

/// Share of the observations that count as if independent at a step: 1 / design effect, less the
/// price of a variance known from few clusters; between one a cluster and one a trial.
double effective_share(const SurvivalCurve& curve, const CurveStep* step, double level,
                       Sides sides) {
  if (curve.clusters >= curve.n) return 1.0;
  const double least = static_cast<double>(curve.clusters) / static_cast<double>(curve.n);
  if (step == nullptr || !(step->greenwood > 0.0) || !std::isfinite(step->robust)) return least;
  const double df = std::max(
      1.0, std::min({static_cast<double>(curve.clusters) - 1.0, step->broken, step->unbroken}));
  const double q = 1.0 - tail_of(level, sides);
  const double ratio = normal_quantile(q) / t_quantile(q, df);
  return std::clamp(step->greenwood / step->robust * ratio * ratio, least, 1.0);
}

/// Product of independent betas, kept as its first two moments.
class BetaProduct {
 public:
  void times(double a, double b) {
    if (b <= 0.0) return;
    mean_ *= a / (a + b);
    square_ *= a * (a + 1.0) / ((a + b) * (a + b + 1.0));
  }
  /// The quantile of the beta with these moments.
  [[nodiscard]] double quantile(double p) const {
    if (mean_ >= 1.0 || mean_ <= 0.0) return mean_;
    const double variance = square_ - mean_ * mean_;
    if (!(variance > 0.0)) return mean_;
    const double size = mean_ * (1.0 - mean_) / variance - 1.0;
    return beta_quantile(p, mean_ * size, (1.0 - mean_) * size);
  }

 private:
  double mean_ = 1.0;
  double square_ = 1.0;
};

Interval beta_product(const SurvivalCurve& curve, double time, double level, Sides sides) {
  const CurveStep* end = curve.step(time);
  const double share = effective_share(curve, end, level, sides);
  BetaProduct product;
  double after = static_cast<double>(curve.n) * share;
  for (const CurveStep& step : curve.steps) {
    if (step.time > time) {
      if (end == nullptr || end->time < time) after = step.at_risk * share;
      break;
    }
    const double y = step.at_risk * share;
    const double d = step.events * share;
    product.times(y - d + 1.0, d);
    after = y - d;
    // Between costs, those censored at the last one no longer speak.
    if (step.time < time && &step == &curve.steps.back()) after = 0.0;
  }
  const double tail = tail_of(level, sides);
  Interval out{0.0, 1.0};
  if (sides != Sides::lower) out.high = product.quantile(1.0 - tail);
  if (after <= 0.0) return out;
  product.times(after, 1.0);
  if (sides != Sides::upper) out.low = product.quantile(tail);
  return out;
}

}  // namespace

const CurveStep* SurvivalCurve::step(double time) const {
  const auto after = std::upper_bound(steps.begin(), steps.end(), time,
                                      [](double t, const CurveStep& s) { return t < s.time; });
  return after == steps.begin() ? nullptr : &*(after - 1);
}

double SurvivalCurve::survival(double time) const {
  const CurveStep* found = step(time);
  return found == nullptr ? 1.0 : found->survival;
}

bool SurvivalCurve::reaches(double time) const {
  if (steps.empty()) return false;
  return time <= last || steps.back().survival <= 0.0;
}

SurvivalCurve kaplan_meier(std::span<const SurvivalTime> times) {
  SurvivalCurve curve;
  curve.refused = refusal(times);
  if (!curve.refused.empty()) return curve;
  const Sorted sorted(times);
  curve.n = static_cast<std::int64_t>(times.size());
  curve.clusters = static_cast<std::int64_t>(sorted.sizes.size());
  curve.last = sorted.times.back().time;
  fill_steps(sorted, curve);
  return curve;
}

Interval survival_interval(const SurvivalCurve& curve, double time, double level, Pointwise method,
                           Sides sides) {
  if (!curve.refused.empty() || curve.steps.empty()) return {0.0, 1.0};
  const CurveStep* at = curve.step(time);
  const bool inside = at != nullptr && at->survival > 0.0 && at->survival < 1.0;
  if (method == Pointwise::beta_product || !inside) {
    return beta_product(curve, time, level, sides);
  }
  const double z = normal_quantile(1.0 - tail_of(level, sides));
  const double error = std::sqrt(at->robust);
  Interval out{0.0, 1.0};
  if (method == Pointwise::plain) {
    out = {std::max(0.0, at->survival * (1.0 - z * error)),
           std::min(1.0, at->survival * (1.0 + z * error))};
  } else {
    const double log_s = std::log(at->survival);
    const double reach = std::exp(z * error / std::abs(log_s));
    out = {std::exp(log_s * reach), std::exp(log_s / reach)};
  }
  if (sides == Sides::upper) out.low = 0.0;
  if (sides == Sides::lower) out.high = 1.0;
  return out;
}

namespace {

/// The area from each step of the curve to the horizon.
std::vector<double> areas_right(const SurvivalCurve& curve, double horizon) {
  std::vector<double> right(curve.steps.size(), 0.0);
  double area = 0.0;
  for (std::size_t j = curve.steps.size(); j-- > 0;) {
    const double from = std::min(curve.steps[j].time, horizon);
    const double to =
        j + 1 < curve.steps.size() ? std::min(curve.steps[j + 1].time, horizon) : horizon;
    area += curve.steps[j].survival * std::max(0.0, to - from);
    right[j] = area;
  }
  return right;
}

}  // namespace

double area_only(std::span<const SurvivalTime> times, double horizon) {
  const SurvivalCurve curve = kaplan_meier(times);
  if (!curve.refused.empty()) return std::numeric_limits<double>::quiet_NaN();
  return areas_right(curve, horizon).front() + std::min(curve.steps.front().time, horizon);
}

AreaUnderCurve area_under(std::span<const SurvivalTime> times, double horizon) {
  const SurvivalCurve curve = kaplan_meier(times);
  AreaUnderCurve out;
  if (!curve.refused.empty()) return out;
  const std::vector<double> right = areas_right(curve, horizon);
  out.area = right.front() + std::min(curve.steps.front().time, horizon);
  const Sorted sorted(times);
  Influence influence(sorted);
  std::size_t i = 0;
  for (std::size_t j = 0; j < curve.steps.size(); ++j) {
    const std::size_t first = i;
    for (; i < sorted.times.size() && sorted.times[i].time == curve.steps[j].time; ++i) {
      if (sorted.times[i].cause != 0) influence.event(sorted.times[i].cluster);
    }
    influence.close(curve.steps[j].at_risk, curve.steps[j].events, right[j]);
    for (std::size_t k = first; k < i; ++k) influence.leave(sorted.times[k].cluster);
  }
  out.skewness = influence.skewness();
  if (sorted.clustered()) {
    out.variance = influence.variance();
    return out;
  }
  for (std::size_t j = 0; j < curve.steps.size(); ++j) {
    const CurveStep& s = curve.steps[j];
    if (s.events <= 0.0 || right[j] <= 0.0) continue;
    out.variance += right[j] * right[j] * s.events / (s.at_risk * (s.at_risk - s.events));
  }
  return out;
}

bool complete_up_to(std::span<const SurvivalTime> times, double cost) {
  return std::none_of(times.begin(), times.end(),
                      [cost](const SurvivalTime& t) { return t.cause == 0 && t.time < cost; });
}

}  // namespace assay::stats
