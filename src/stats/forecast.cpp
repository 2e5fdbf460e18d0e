#include "stats/forecast.h"

#include <Eigen/Dense>
#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <set>

#include "stats/special.h"

namespace assay::stats {
namespace {

constexpr double kNan = std::numeric_limits<double>::quiet_NaN();
constexpr int kLeastEvents = 10;
constexpr int kLeastCosts = 5;
constexpr double kLeastSpan = 10.0;
constexpr double kFarthest = 100.0;
constexpr double kCheckable = 10.0;

/// Trials of one cost, alike in kind.
struct Cell {
  double time;
  bool event;
  double weight;
};

std::vector<Cell> cells_of(std::span<const SurvivalTime> times) {
  std::map<std::pair<double, bool>, double> counts;
  for (const SurvivalTime& t : times) counts[{t.time, t.cause > 0}] += 1.0;
  std::vector<Cell> out;
  for (const auto& [key, weight] : counts) out.push_back({key.first, key.second, weight});
  return out;
}

bool whole(const std::vector<Cell>& cells) {
  return std::all_of(cells.begin(), cells.end(),
                     [](const Cell& c) { return c.time == std::floor(c.time) && c.time < 9e15; });
}

/// F(t) = exp(-exp(alpha - b log t)) with its first and second derivatives in (alpha, b).
struct Term {
  double value = 0.0;
  Eigen::Vector2d slope = Eigen::Vector2d::Zero();
  Eigen::Matrix2d bend = Eigen::Matrix2d::Zero();
};

Term cdf(double t, const Eigen::Vector2d& at) {
  Term out;
  if (t <= 0.0) return out;
  const double x = std::log(t);
  const double u = std::exp(at(0) - at(1) * x);
  out.value = std::exp(-u);
  const Eigen::Vector2d d(1.0, -x);  // of log u
  out.slope = -u * out.value * d;
  out.bend = u * (u - 1.0) * out.value * (d * d.transpose());
  return out;
}

/// Log-likelihood with derivatives; -infinity where it is not defined.
Term likelihood(const std::vector<Cell>& cells, bool counts, const Eigen::Vector2d& at) {
  Term out;
  for (const Cell& c : cells) {
    Term part;
    if (c.event && !counts) {  // density: u b / t F
      const double x = std::log(c.time);
      const double u = std::exp(at(0) - at(1) * x);
      if (!(at(1) > 0.0)) return {-std::numeric_limits<double>::infinity(), {}, {}};
      const Eigen::Vector2d d(1.0, -x);
      out.value += c.weight * (std::log(u * at(1) / c.time) - u);
      out.slope += c.weight * ((1.0 - u) * d + Eigen::Vector2d(0.0, 1.0 / at(1)));
      out.bend -= c.weight * u * (d * d.transpose());
      out.bend(1, 1) -= c.weight / (at(1) * at(1));
      continue;
    }
    part = cdf(c.time, at);
    if (c.event) {
      const Term before = cdf(c.time - 1.0, at);
      part.value -= before.value;
      part.slope -= before.slope;
      part.bend -= before.bend;
    } else {
      part.value = 1.0 - part.value;
      part.slope = -part.slope;
      part.bend = -part.bend;
    }
    if (!(part.value > 1e-300)) return {-std::numeric_limits<double>::infinity(), {}, {}};
    out.value += c.weight * std::log(part.value);
    const Eigen::Vector2d g = part.slope / part.value;
    out.slope += c.weight * g;
    out.bend += c.weight * (part.bend / part.value - g * g.transpose());
  }
  return out;
}

std::optional<PowerLaw> climb(const std::vector<Cell>& cells, Eigen::Vector2d at) {
  const bool counts = whole(cells);
  Term now = likelihood(cells, counts, at);
  if (!std::isfinite(now.value)) return std::nullopt;
  double damping = 1e-3;
  for (int step = 0; step < 200; ++step) {
    if (now.slope.norm() < 1e-9 * (1.0 + std::abs(now.value))) break;
    Eigen::Matrix2d h = -now.bend;
    const double scale = std::max(h.cwiseAbs().maxCoeff(), 1e-12);
    h += damping * scale * Eigen::Matrix2d::Identity();
    const Eigen::Vector2d move = h.ldlt().solve(now.slope);
    const Eigen::Vector2d next = at + move;
    const bool sane = move.allFinite() && next(1) > 1e-6 && next(1) < 50.0;
    const Term then = sane ? likelihood(cells, counts, next) : Term{-1e300, {}, {}};
    if (then.value > now.value) {
      at = next;
      now = then;
      damping = std::max(damping * 0.2, 1e-12);
    } else if (then.value == now.value && sane) {
      break;
    } else {
      damping = std::max(damping, 1e-9) * 8.0;
      if (damping > 1e12) break;
    }
  }
  if (now.slope.norm() > 1e-4 * (1.0 + std::abs(now.value))) return std::nullopt;
  return PowerLaw{std::exp(at(0)), at(1)};
}

std::optional<PowerLaw> start_of(std::span<const SurvivalTime> times) {
  const SurvivalCurve curve = kaplan_meier(times);
  std::vector<double> n;
  std::vector<double> success;
  for (const CurveStep& s : curve.steps) {
    if (s.events <= 0.0 || s.time <= 0.0) continue;
    n.push_back(s.time);
    success.push_back(1.0 - s.survival);
  }
  return fit_power_law_points(n, success);
}

/// The largest gap between curve and law at the costs with events.
double gap(const SurvivalCurve& curve, const PowerLaw& law) {
  double most = 0.0;
  double before = 0.0;
  const bool counts = std::all_of(curve.steps.begin(), curve.steps.end(),
                                  [](const CurveStep& s) { return s.time == std::floor(s.time); });
  for (const CurveStep& s : curve.steps) {
    const double here = 1.0 - s.survival;
    most = std::max(most, std::abs(here - law.success(s.time)));
    const double left = counts ? s.time - 1.0 : s.time;
    if (left > 0.0) most = std::max(most, std::abs(before - law.success(left)));
    before = here;
  }
  return most;
}

/// p-value of the gap: trials drawn from the law, stopped where these were (those that broke: at
/// the largest cost), fitted anew.
double fit_p_value(std::span<const SurvivalTime> times, const PowerLaw& law, int draws, Rng& rng) {
  const SurvivalCurve curve = kaplan_meier(times);
  const double seen = gap(curve, law);
  const bool counts = whole(cells_of(times));
  int fitted = 0;
  int reached = 0;
  std::vector<SurvivalTime> drawn(times.begin(), times.end());
  for (int i = 0; i < draws; ++i) {
    for (std::size_t k = 0; k < times.size(); ++k) {
      const double stop = times[k].cause > 0 ? curve.last : times[k].time;
      double t = std::pow(law.a / -std::log(1.0 - rng.uniform()), 1.0 / law.b);
      if (counts) t = std::ceil(t);
      drawn[k] = {std::min(t, stop), t <= stop ? 1 : 0, static_cast<std::uint32_t>(k)};
    }
    const auto own = fit_power_law(drawn);
    if (!own) continue;
    ++fitted;
    reached += gap(kaplan_meier(drawn), *own) >= seen ? 1 : 0;
  }
  return (reached + 1.0) / (fitted + 1.0);
}

std::string unsupported(std::span<const SurvivalTime> times, const SurvivalCurve& curve,
                        double cost) {
  if (!curve.refused.empty()) return curve.refused;
  if (!(cost > curve.last)) return "this cost was tried: no forecast is needed";
  if (cost > kFarthest * curve.last) return "more than 100 times the costs that were tried";
  double least = std::numeric_limits<double>::infinity();
  double most = 0.0;
  int costs = 0;
  for (const CurveStep& s : curve.steps) {
    if (s.events <= 0.0) continue;
    if (s.time <= 0.0) return "something broke at no cost, which a power law does not know";
    least = std::min(least, s.time);
    most = std::max(most, s.time);
    ++costs;
  }
  if (curve.events < kLeastEvents) return "fewer than 10 trials broke";
  if (static_cast<std::size_t>(curve.events) == times.size()) return "every trial broke already";
  if (costs < kLeastCosts || most < kLeastSpan * least) {
    return "the costs at which trials broke span less than a factor of 10, or are fewer than 5";
  }
  return {};
}

/// Trials by cluster, for resampling.
std::vector<std::vector<SurvivalTime>> clusters_of(std::span<const SurvivalTime> times) {
  std::map<std::uint32_t, std::vector<SurvivalTime>> found;
  for (const SurvivalTime& t : times) found[t.cluster].push_back(t);
  std::vector<std::vector<SurvivalTime>> out;
  for (auto& [cluster, its] : found) out.push_back(std::move(its));
  return out;
}

/// Chance that each trial, with what is known of it, has broken at `cost`.
std::vector<double> chances(std::span<const SurvivalTime> times, double cost, const PowerLaw& law) {
  std::vector<double> out;
  const double then = law.success(cost);
  for (const SurvivalTime& t : times) {
    if (t.cause > 0) {
      out.push_back(1.0);
      continue;
    }
    const double now = t.time > 0.0 ? law.success(t.time) : 0.0;
    out.push_back(now < 1.0 ? std::clamp((then - now) / (1.0 - now), 0.0, 1.0) : 1.0);
  }
  return out;
}

double mean(const std::vector<double>& values) {
  double sum = 0.0;
  for (const double v : values) sum += v;
  return sum / static_cast<double>(values.size());
}

std::vector<double> predictive_draws(std::span<const SurvivalTime> times, double cost,
                                     const PowerLaw& law, const ForecastOptions& options) {
  Rng rng = Rng::named(options.seed, "stats/forecast");
  const auto clusters = clusters_of(times);
  std::vector<SurvivalTime> resampled;
  std::vector<double> out;
  for (int i = 0; i < options.draws; ++i) {
    resampled.clear();
    for (std::size_t k = 0; k < clusters.size(); ++k) {
      const auto& its = clusters[rng.index(clusters.size())];
      resampled.insert(resampled.end(), its.begin(), its.end());
    }
    const auto own = fit_power_law(resampled);
    double broken = 0.0;
    for (const double p : chances(times, cost, own ? *own : law)) {
      broken += p >= 1.0 || rng.chance(p) ? 1.0 : 0.0;
    }
    out.push_back(broken / static_cast<double>(times.size()));
  }
  std::sort(out.begin(), out.end());
  return out;
}

}  // namespace

double PowerLaw::success(double n) const { return std::exp(-a * std::pow(n, -b)); }

std::optional<PowerLaw> fit_power_law_points(std::span<const double> n,
                                             std::span<const double> success) {
  double count = 0.0, sx = 0.0, sy = 0.0, sxx = 0.0, sxy = 0.0;
  for (std::size_t i = 0; i < std::min(n.size(), success.size()); ++i) {
    if (!(n[i] > 0.0) || !(success[i] > 0.0 && success[i] < 1.0)) continue;
    const double x = std::log(n[i]);
    const double y = std::log(-std::log(success[i]));
    count += 1.0;
    sx += x;
    sy += y;
    sxx += x * x;
    sxy += x * y;
  }
  const double spread = sxx - sx * sx / std::max(count, 1.0);
  if (count < 2.0 || !(spread > 1e-12)) return std::nullopt;
  const double slope = (sxy - sx * sy / count) / spread;
  return PowerLaw{std::exp((sy - slope * sx) / count), -slope};
}

std::optional<PowerLaw> fit_power_law(std::span<const SurvivalTime> times) {
  const std::vector<Cell> cells = cells_of(times);
  std::set<double> costs;
  bool unbroken = false;
  for (const Cell& c : cells) {
    if (!std::isfinite(c.time) || c.time < 0.0 || (c.event && c.time <= 0.0)) return std::nullopt;
    if (c.event) costs.insert(c.time);
    unbroken = unbroken || !c.event;
  }
  if (costs.size() < 3 || !unbroken) return std::nullopt;
  const auto start = start_of(times);
  if (!start) return std::nullopt;
  return climb(cells, {std::log(start->a), std::clamp(start->b, 0.01, 5.0)});
}

Forecast forecast_success(std::span<const SurvivalTime> times, double cost,
                          const ForecastOptions& options) {
  Forecast out;
  const SurvivalCurve curve = kaplan_meier(times);
  const Interval widest{curve.refused.empty() ? 1.0 - curve.survival(curve.last) : 0.0, 1.0};
  const auto refuse = [&](const std::string& why) {
    out.estimate = no_estimate(why, widest);
    out.estimate.modelled = true;
    return out;
  };
  if (!(options.level > 0.0 && options.level < 1.0) || options.draws < 100 ||
      !std::isfinite(cost)) {
    return refuse("impossible level, cost or number of draws");
  }
  const std::string why = unsupported(times, curve, cost);
  if (!why.empty()) return refuse(why);
  out.multiple = cost / curve.last;
  out.law = fit_power_law(times);
  if (!out.law) return refuse("no power law can be fitted");
  Rng rng = Rng::named(options.seed, "stats/forecast-fit");
  out.fit_p = fit_p_value(times, *out.law, options.draws / 5, rng);
  if (out.fit_p < 0.05) return refuse("the power law does not fit these costs (p < 0.05)");
  const std::vector<double> draws = predictive_draws(times, cost, *out.law, options);
  Estimate& e = out.estimate;
  e.value = mean(chances(times, cost, *out.law));
  const double tail = tail_of(options.level, Sides::two);
  // Draws are whole trials: the outer one on either side, so that the interval is not too short.
  const auto last = static_cast<double>(draws.size() - 1);
  e.interval = {draws[static_cast<std::size_t>(std::floor(tail * last))],
                draws[static_cast<std::size_t>(std::ceil((1.0 - tail) * last))]};
  e.interval = {std::min(e.interval.low, e.value), std::max(e.interval.high, e.value)};
  e.level = options.level;
  e.method = "power law, prediction";
  e.unit = "proportion";
  e.n = curve.n;
  e.clusters = curve.clusters;
  e.unassessed = options.unassessed;
  e.modelled = true;
  e.assumptions = {"success goes on by the power law that fits the costs that were tried"};
  if (out.multiple > kCheckable) {
    e.assumptions.emplace_back("more than 10 times the costs tried: no hold-out checks that far");
  }
  return out;
}

ForecastScore score_forecasts(std::span<const SurvivalTime> times, double multiple,
                              const ForecastOptions& options) {
  ForecastScore out;
  out.coverage = out.bias = out.mean_error = out.naive_error = kNan;
  const SurvivalCurve curve = kaplan_meier(times);
  if (!curve.refused.empty() || !(multiple > 1.0) || !(curve.last > 0.0)) return out;
  double held = 0.0, bias = 0.0, error = 0.0, naive = 0.0;
  const bool counts = whole(cells_of(times));
  double before = -1.0;
  for (int step = 0; step < 24; ++step) {
    double cut = curve.last / multiple * std::pow(10.0, -0.25 * step);
    if (counts) cut = std::floor(cut + 1e-9);
    if (cut == before) continue;
    before = cut;
    std::vector<SurvivalTime> seen(times.begin(), times.end());
    for (SurvivalTime& t : seen) {
      if (t.time > cut) t = {cut, 0, t.cluster};
    }
    const SurvivalCurve so_far = kaplan_meier(seen);
    if (so_far.events < kLeastEvents) break;
    HeldOut one{cut, cut * multiple, forecast_success(seen, cut * multiple, options), 0.0, false};
    if (!one.forecast.estimate.known()) {
      ++out.refused;
      continue;
    }
    one.observed = 1.0 - curve.survival(one.target);
    const Interval& interval = one.forecast.estimate.interval;
    one.inside = interval.low <= one.observed + 1e-12 && one.observed <= interval.high + 1e-12;
    held += one.inside ? 1.0 : 0.0;
    bias += one.forecast.estimate.value - one.observed;
    error += std::abs(one.forecast.estimate.value - one.observed);
    naive += std::abs(1.0 - so_far.survival(cut) - one.observed);
    out.held_out.push_back(std::move(one));
  }
  if (out.held_out.empty()) return out;
  const auto count = static_cast<double>(out.held_out.size());
  out.coverage = held / count;
  out.bias = bias / count;
  out.mean_error = error / count;
  out.naive_error = naive / count;
  return out;
}

}  // namespace assay::stats
