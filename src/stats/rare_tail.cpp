#include "stats/rare_tail.h"

#include <algorithm>
#include <boost/math/tools/minima.hpp>
#include <cmath>
#include <limits>
#include <numeric>

#include "base/random.h"
#include "stats/bootstrap.h"
#include "stats/special.h"

namespace assay::stats {
namespace {

constexpr double kInf = std::numeric_limits<double>::infinity();
constexpr double kLeastShape = -0.9;
constexpr double kMostShape = 5.0;
constexpr std::int64_t kLeastQueries = 50;
constexpr std::int64_t kLeastTail = 10;
constexpr double kFarthest = 100.0;
constexpr double kCautious = 10.0;
constexpr int kDraws = 4000;

double mean(std::span<const double> values) {
  return std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
}

/// Log-likelihood of a shape and scale.
double pareto_likelihood(std::span<const double> x, double shape, double scale) {
  if (!(scale > 0.0)) return -kInf;
  double sum = -static_cast<double>(x.size()) * std::log(scale);
  for (const double v : x) {
    if (std::abs(shape) < 1e-9) {
      sum -= v / scale;
      continue;
    }
    const double inside = 1.0 + shape * v / scale;
    if (!(inside > 0.0)) return -kInf;
    sum -= (1.0 + 1.0 / shape) * std::log(inside);
  }
  return sum;
}

/// The best scale of a shape, on the log scale, where the likelihood has one maximum.
ParetoTail best_scale(std::span<const double> x, double shape) {
  const double centre = std::log(mean(x));
  double low = centre - 6.0;
  if (shape < 0.0) low = std::max(low, std::log(-shape * *std::max_element(x.begin(), x.end())));
  const auto cost = [&](double log_scale) {
    const double value = pareto_likelihood(x, shape, std::exp(log_scale));
    return std::isfinite(value) ? -value : 1e300;
  };
  const auto found = boost::math::tools::brent_find_minima(cost, low, centre + 4.0, 50);
  return {shape, std::exp(found.first), -found.second};
}

double gamma_draw(std::int64_t shape, Rng& rng) {
  double sum = 0.0;
  for (std::int64_t i = 0; i < shape; ++i) sum -= std::log(1.0 - rng.uniform());
  return sum;
}

double anderson_darling_p(double statistic, std::int64_t n, std::uint64_t seed) {
  Rng rng = Rng::named(seed, "stats/rare-tail-fit");
  constexpr int draws = 2000;
  int reached = 1;
  std::vector<double> sample(static_cast<std::size_t>(n));
  for (int i = 0; i < draws; ++i) {
    for (double& v : sample) v = -std::log(1.0 - rng.uniform());
    reached += exponential_anderson_darling(sample) >= statistic ? 1 : 0;
  }
  return static_cast<double>(reached) / (draws + 1.0);
}

/// -log(-log p) from log p.
double score(double log_p) { return -std::log(-log_p); }

/// The paper's line: log of the share at or above each of the largest scores, on the score.
void fit_line(std::span<const double> sorted, RareTail& out) {
  const auto m = static_cast<double>(sorted.size());
  double n = 0.0, sx = 0.0, sy = 0.0, sxx = 0.0, sxy = 0.0;
  for (std::int64_t k = 1; k <= out.tail; ++k) {
    const double x = sorted[sorted.size() - static_cast<std::size_t>(k)];
    const double y = std::log(static_cast<double>(k) / m);
    n += 1.0;
    sx += x;
    sy += y;
    sxx += x * x;
    sxy += x * y;
  }
  const double spread = sxx - sx * sx / n;
  out.slope = spread > 0.0 ? (sxy - sx * sy / n) / spread : 0.0;
  out.intercept = (sy - out.slope * sx) / n;
}

std::string verdict(const RareTail& tail) {
  if (tail.fit_p < 0.05) return "the tail of the scores is not exponential (Anderson-Darling)";
  const Interval& limits = tail.shape_limits;
  if (std::isinf(limits.low) || std::isinf(limits.high)) {
    return "the shape of the tail is not bounded by these queries";
  }
  if (limits.low > 0.0 || limits.high < 0.0) {
    return "the tail is heavier or lighter than exponential (limits of its shape leave out 0)";
  }
  return {};
}

}  // namespace

double exponential_anderson_darling(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  const double average = mean(values);
  const auto n = static_cast<double>(values.size());
  double sum = 0.0;
  for (std::size_t i = 0; i < values.size(); ++i) {
    const double low = -std::expm1(-values[i] / average);
    const double log_high = -values[values.size() - 1 - i] / average;  // log of 1 - F
    sum += (2.0 * static_cast<double>(i) + 1.0) * (std::log(std::max(low, 1e-300)) + log_high);
  }
  return -n - sum / n;
}

ParetoTail fit_pareto_tail(std::span<const double> excesses) {
  if (excesses.empty()) return {};
  const auto cost = [&](double shape) { return -best_scale(excesses, shape).log_likelihood; };
  // The profile may have several maxima: look at a grid first.
  constexpr int grid = 60;
  const double step = (kMostShape - kLeastShape) / grid;
  double best = 0.0;
  double least = kInf;
  for (int i = 0; i <= grid; ++i) {
    const double value = cost(kLeastShape + step * i);
    if (value < least) {
      least = value;
      best = kLeastShape + step * i;
    }
  }
  const auto found = boost::math::tools::brent_find_minima(cost, std::max(kLeastShape, best - step),
                                                           std::min(kMostShape, best + step), 50);
  return best_scale(excesses, found.first);
}

Interval pareto_shape_limits(std::span<const double> excesses, double level) {
  if (excesses.size() < 2) return {-kInf, kInf};
  const ParetoTail best = fit_pareto_tail(excesses);
  const double z = normal_quantile(0.5 + 0.5 * level);
  const auto below = [&](double shape) {  // true outside the limits
    return 2.0 * (best.log_likelihood - best_scale(excesses, shape).log_likelihood) > z * z;
  };
  const auto limit = [&](double outside) {
    if (!below(outside)) return std::copysign(kInf, outside - best.shape);
    double inside = best.shape;
    for (int i = 0; i < 50; ++i) {
      const double middle = 0.5 * (inside + outside);
      (below(middle) ? outside : inside) = middle;
    }
    return 0.5 * (inside + outside);
  };
  return {limit(kLeastShape), limit(kMostShape)};
}

RareTail fit_rare_tail(std::span<const double> log_probabilities, const RareTailOptions& options) {
  RareTail out;
  out.queries = static_cast<std::int64_t>(log_probabilities.size());
  out.tail = options.tail > 0 ? options.tail : std::clamp<std::int64_t>(out.queries / 10, 10, 100);
  std::vector<double> sorted;
  for (const double log_p : log_probabilities) {
    if (std::isnan(log_p) || log_p > 0.0) out.refused = "a log-probability is not at most 0";
    if (log_p == 0.0) out.refused = "a query elicits it always: nothing is rare about it";
    sorted.push_back(score(log_p));
  }
  if (!out.refused.empty()) return out;
  if (out.queries < kLeastQueries) out.refused = "fewer than 50 queries";
  if (out.tail < kLeastTail || out.tail >= out.queries)
    out.refused = "fewer than 10 scores in the tail";
  if (!out.refused.empty()) return out;
  std::sort(sorted.begin(), sorted.end());
  const auto first = sorted.size() - static_cast<std::size_t>(out.tail);
  out.threshold = sorted[first - 1];
  std::vector<double> excesses;
  for (std::size_t i = first; i < sorted.size(); ++i) excesses.push_back(sorted[i] - out.threshold);
  if (!std::isfinite(out.threshold) || !(excesses.front() > 0.0)) {
    out.refused = "tied scores, or queries that never elicit it, leave no tail";
    return out;
  }
  out.rate = static_cast<double>(out.tail - 1) / (mean(excesses) * static_cast<double>(out.tail));
  fit_line(sorted, out);
  out.statistic = exponential_anderson_darling(excesses);
  out.fit_p = anderson_darling_p(out.statistic, out.tail, options.seed);
  out.shape = fit_pareto_tail(excesses).shape;
  out.shape_limits = pareto_shape_limits(excesses, options.level);
  out.refused = verdict(out);
  return out;
}

Estimate worst_elicitation(const RareTail& tail, double queries, const RareTailOptions& options) {
  Estimate out;
  const auto refuse = [&](const std::string& why) {
    out = no_estimate(why);
    out.modelled = true;
    return out;
  };
  if (!tail.refused.empty()) return refuse(tail.refused);
  if (!(queries >= 1.0) || !(options.level > 0.0 && options.level < 1.0)) {
    return refuse("impossible number of queries or level");
  }
  const auto m = static_cast<double>(tail.queries);
  const auto k = static_cast<double>(tail.tail);
  if (queries > kFarthest * m) return refuse("more than 100 times the queries that were measured");
  if (queries * k / m < 1.0) return refuse("fewer queries than reach into the tail");
  const auto probability = [](double s) { return std::exp(-std::exp(-s)); };
  // The largest of n: n P(score > s) is exponential with mean 1, log 2 in the median.
  const auto largest = [&](double share, double rate, double e) {
    return tail.threshold + std::log(std::max(queries * share / e, 1e-300)) / rate;
  };
  Rng rng = Rng::named(options.seed, "stats/rare-tail");
  const double sum = (k - 1.0) / tail.rate;  // of the excesses
  std::vector<double> draws;
  for (int i = 0; i < kDraws; ++i) {
    const double rate = gamma_draw(tail.tail, rng) / sum;
    const double share = beta_quantile(rng.uniform(), k, m - k + 1.0);
    draws.push_back(largest(share, rate, -std::log(1.0 - rng.uniform())));
  }
  std::sort(draws.begin(), draws.end());
  const double edge = tail_of(options.level, Sides::two);
  out.value = probability(largest(k / m, tail.rate, std::log(2.0)));
  out.interval = {std::min(out.value, probability(sorted_quantile(draws, edge))),
                  std::max(out.value, probability(sorted_quantile(draws, 1.0 - edge)))};
  out.level = options.level;
  out.method = "gumbel tail, prediction";
  out.unit = "proportion";
  out.n = out.clusters = tail.queries;
  out.unassessed = options.unassessed;
  out.modelled = true;
  out.assumptions = {"queries to come are drawn as those measured were",
                     "the tail of -log(-log p) goes on exponentially"};
  if (queries > kCautious * m) {
    out.assumptions.emplace_back(
        "more than 10 times the queries measured: no hold-out checks that far");
  }
  return out;
}

}  // namespace assay::stats
