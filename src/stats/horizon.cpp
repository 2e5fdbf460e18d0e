#include "stats/horizon.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>

#include "base/random.h"
#include "stats/bootstrap.h"

namespace assay::stats {
namespace {

constexpr double kStrength = 10.0;
constexpr double kInfinity = std::numeric_limits<double>::infinity();

double logistic(double x) {
  return x >= 0 ? 1.0 / (1.0 + std::exp(-x)) : std::exp(x) / (1.0 + std::exp(x));
}

/// A run as the fit sees it.
struct Point {
  double x = 0.0;  ///< log2(minutes)
  double score = 0.0;
  double weight = 0.0;
};

struct Newton {
  double cost = 0.0;  ///< the objective of fit_horizon()
  double g_slope = 0.0, g_intercept = 0.0;
  double h_ss = 1.0, h_si = 0.0, h_ii = 1e-12;  // where all end alike the intercept has no bound
};

Newton derivatives(std::span<const Point> points, double strength, const HorizonCurve& curve) {
  Newton d;
  d.cost = 0.5 * curve.slope * curve.slope;
  d.g_slope = curve.slope;
  for (const Point& point : points) {
    const double z = curve.slope * point.x + curve.intercept;
    const double e = std::exp(-std::abs(z));
    const double q = z >= 0 ? 1.0 / (1.0 + e) : e / (1.0 + e);
    const double w = strength * point.weight;
    d.cost += w * (std::max(z, 0.0) + std::log1p(e) - point.score * z);
    const double r = w * (q - point.score);
    const double h = w * e / ((1.0 + e) * (1.0 + e));
    d.g_slope += r * point.x;
    d.g_intercept += r;
    d.h_ss += h * point.x * point.x;
    d.h_si += h * point.x;
    d.h_ii += h;
  }
  return d;
}

HorizonCurve fit(std::span<const Point> points, double strength, HorizonCurve curve) {
  Newton now = derivatives(points, strength, curve);
  for (int round = 0; round < 100; ++round) {
    const double det = now.h_ss * now.h_ii - now.h_si * now.h_si;
    const double s = (now.h_ii * now.g_slope - now.h_si * now.g_intercept) / det;
    const double t = (now.h_ss * now.g_intercept - now.h_si * now.g_slope) / det;
    // Twice what the step can still gain, by the quadratic model.
    if (s * now.g_slope + t * now.g_intercept < 1e-18 * (1.0 + now.cost)) break;
    bool better = false;
    for (double step = 1.0; step > 1e-3 && !better; step *= 0.5) {
      const HorizonCurve next{curve.slope - step * s, curve.intercept - step * t};
      const Newton then = derivatives(points, strength, next);
      better = then.cost <= now.cost;
      if (!better) continue;
      curve = next;
      now = then;
    }
    if (!better) break;
  }
  return curve;
}

/// Runs of one task, and tasks by family: what the bootstrap draws from.
using Family = std::vector<std::vector<Point>>;

std::vector<Family> families_of(std::span<const TaskRun> runs) {
  std::map<std::uint32_t, std::map<std::uint32_t, std::vector<Point>>> sorted;
  for (const TaskRun& run : runs) {
    sorted[run.family][run.task].push_back({std::log2(run.minutes), run.score, 0.0});
  }
  std::vector<Family> out;
  for (auto& [family, tasks] : sorted) {
    Family& list = out.emplace_back();
    for (auto& [task, its] : tasks) list.push_back(std::move(its));
  }
  return out;
}

/// Families, then tasks of each, then runs of each, all with replacement; what is drawn twice is
/// two. A draw keeps the weights' rule: its families, tasks and runs are as many as there were.
std::vector<Point> resample(const std::vector<Family>& families, Rng& rng) {
  std::vector<Point> out;
  double sum = 0.0;
  for (std::size_t f = 0; f < families.size(); ++f) {
    const Family& tasks = families[rng.index(families.size())];
    const double of_family = std::sqrt(static_cast<double>(tasks.size()));
    for (std::size_t t = 0; t < tasks.size(); ++t) {
      const std::vector<Point>& its = tasks[rng.index(tasks.size())];
      for (std::size_t r = 0; r < its.size(); ++r) {
        Point& point = out.emplace_back(its[rng.index(its.size())]);
        point.weight = 1.0 / (static_cast<double>(its.size()) * of_family);
        sum += point.weight;
      }
    }
  }
  for (Point& point : out) point.weight /= sum;
  return out;
}

template <class Scored>
bool mixed(std::span<const Scored> runs) {
  const auto low = [](const Scored& run) { return run.score < 1.0; };
  const auto high = [](const Scored& run) { return run.score > 0.0; };
  return std::any_of(runs.begin(), runs.end(), low) && std::any_of(runs.begin(), runs.end(), high);
}

/// Where a draw has no horizon, everything succeeds (beyond any length) or nothing does.
double drawn_horizon(std::span<const Point> points, double p, const HorizonCurve& near) {
  double share = 0.0;
  for (const Point& point : points) share += point.weight * point.score;
  const double none = share > p ? kInfinity : 0.0;
  if (!mixed<Point>(points)) return none;
  const HorizonCurve curve = fit(points, kStrength, near);
  return curve.slope >= 0.0 ? none : curve.horizon(p);
}

}  // namespace

double HorizonCurve::success(double minutes) const {
  return logistic(slope * std::log2(minutes) + intercept);
}

double HorizonCurve::horizon(double p) const {
  return std::exp2((std::log(p / (1.0 - p)) - intercept) / slope);
}

std::vector<double> horizon_weights(std::span<const TaskRun> runs) {
  std::map<std::uint32_t, std::map<std::uint32_t, int>> counts;
  for (const TaskRun& run : runs) ++counts[run.family][run.task];
  std::vector<double> weights;
  double sum = 0.0;
  for (const TaskRun& run : runs) {
    const auto& family = counts[run.family];
    const double w = 1.0 / (family.at(run.task) * std::sqrt(static_cast<double>(family.size())));
    weights.push_back(w);
    sum += w;
  }
  for (double& w : weights) w /= sum;
  return weights;
}

HorizonCurve fit_horizon(std::span<const TaskRun> runs, double strength) {
  const std::vector<double> weights = horizon_weights(runs);
  std::vector<Point> points;
  for (std::size_t i = 0; i < runs.size(); ++i) {
    points.push_back({std::log2(runs[i].minutes), runs[i].score, weights[i]});
  }
  return fit(points, strength, {});
}

Estimate horizon_estimate(std::span<const TaskRun> runs, const HorizonOptions& options) {
  const Interval any{0.0, kInfinity};
  if (runs.empty()) return no_estimate("no runs", any);
  if (!mixed<TaskRun>(runs)) {
    return no_estimate("all runs end alike, so no length of task divides them", any);
  }
  const HorizonCurve curve = fit_horizon(runs, kStrength);
  if (curve.slope >= 0.0) {
    return no_estimate("longer tasks do not succeed less, so there is no horizon", any);
  }
  const std::vector<Family> families = families_of(runs);
  Rng rng = Rng::named(options.seed, "horizon");
  std::vector<double> draws;
  for (int i = 0; i < options.draws; ++i) {
    draws.push_back(drawn_horizon(resample(families, rng), options.p, curve));
  }
  std::sort(draws.begin(), draws.end());
  const double tail = (1.0 - options.level) / 2.0;
  const auto at = [&](double fraction) {  // no interpolation: draws may be infinite
    const auto place = static_cast<std::size_t>(fraction * static_cast<double>(draws.size() - 1));
    return draws[place];
  };
  Estimate out;
  out.value = curve.horizon(options.p);
  out.interval = {std::min(at(tail), out.value), std::max(at(1.0 - tail), out.value)};
  out.level = options.level;
  out.method = "logistic-horizon, hierarchical bootstrap";
  out.unit = "min";
  out.n = static_cast<std::int64_t>(runs.size());
  out.clusters = static_cast<std::int64_t>(families.size());
  out.unassessed = options.unassessed;
  out.assumptions = {"the declared minutes are right",
                     "success falls with the logarithm of the length as a logistic curve"};
  return out;
}

}  // namespace assay::stats
