#include "stats/clustered.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "stats/cluster_table.h"
#include "stats/intervals.h"
#include "stats/special.h"

namespace assay::stats {
namespace {

constexpr double kInf = std::numeric_limits<double>::infinity();
constexpr double kCr2Clusters = 30.0;   // fewest clusters with the rarer outcome for a t interval
constexpr double kCr2Effective = 30.0;  // fewest effective successes and failures for it
constexpr double kBootstrapClusters = 10.0;
// Without bounds a few clusters look less skewed than what they are drawn from.
constexpr double kSkewRuleUnbounded = 100.0;
// Skewed values without bounds: a nominal 95% bootstrap-t interval covers as little as 82%
// (log-normal values, sigma 2, 10 clusters); with its error divided by this it covers 95% in all
// cells tried.
constexpr double kSkewedErrorShare = 25.0;
constexpr double kGainsAndLosses = 30.0;  // fewest clusters that differ, for theory of differences
constexpr double kSkewRule = 25.0;  // t needs clusters > 25 skewness^2 (Cochran 1977, eq. 2.19)

struct Problem {
  std::span<const Observation> observations;
  const ClusterTable& table;
  const ClusterOptions& options;
  MeanVariance variance;
  std::optional<Interval> support;
};

struct Answer {
  Interval interval;
  std::string method;
  std::string assumption;
};

Interval open_side(Interval interval, const Problem& problem) {
  const Interval widest = problem.support.value_or(Interval{-kInf, kInf});
  if (problem.options.sides == Sides::upper) interval.low = widest.low;
  if (problem.options.sides == Sides::lower) interval.high = widest.high;
  return {std::max(interval.low, widest.low), std::min(interval.high, widest.high)};
}

/// `variance` is the plain CR2 one where the caller insists on it, else the one with the floor.
Answer cr2(const Problem& problem, double variance, double level) {
  if (problem.variance.df <= 0.0) return {open_side({-kInf, kInf}, problem), "none", "one cluster"};
  const double tail = tail_of(level, problem.options.sides);
  const double half = t_quantile(1.0 - tail, problem.variance.df) * std::sqrt(variance);
  return {open_side({problem.table.mean - half, problem.table.mean + half}, problem), "cr2-t",
          "cluster means are not far from normal for their number"};
}

std::optional<Answer> bca(const Problem& problem) {
  const ClusterTable& table = problem.table;
  if (table.sums.size() < 2) return std::nullopt;
  Rng rng = Rng::named(problem.options.seed, "stats/cluster-bca");
  const auto jackknife = ratio_jackknife(table.sums, table.sizes);
  const auto interval =
      bca_interval(ratio_draws(table.sums, table.sizes, problem.options.draws, rng), table.mean,
                   jackknife, problem.options.level, problem.options.sides);
  if (!interval || !(interval->low < interval->high)) return std::nullopt;
  return Answer{open_side(*interval, problem), "cluster-bca", "many clusters"};
}

std::optional<Answer> bootstrap_t(const Problem& problem, double level) {
  Rng rng = Rng::named(problem.options.seed, "stats/cluster-bootstrap-t");
  const auto interval =
      bootstrap_t_interval(problem.table.sums, problem.table.sizes, problem.options.draws, rng,
                           level, problem.options.sides);
  if (!interval || !(interval->low < interval->high)) return std::nullopt;
  return Answer{open_side(*interval, problem), "cluster-bootstrap-t",
                "values are skewed but have a variance"};
}

/// Clusters of equal size that would weigh as much (Kish 1965, section 5.4).
double kish_clusters(const ClusterTable& table) {
  double squares = 0.0;
  for (const double size : table.sizes) squares += size * size;
  return table.n * table.n / squares;
}

/// Observations that would tell as much if they were independent, less the price of estimating the
/// variance from few clusters (Korn & Graubard 1998, section 2). Where the rarer outcome was seen
/// in few clusters, the variance is known from those only: they set the degrees of freedom. Never
/// below what whole clusters of identical values would give (Kish), nor above the number of
/// observations.
double effective_size(const Problem& problem) {
  const double p = problem.table.mean;
  const double n = problem.table.n;
  const double least = kish_clusters(problem.table);
  if (problem.variance.df <= 0.0 || !(problem.variance.variance > 0.0)) return least;
  const double q = 1.0 - tail_of(problem.options.level, problem.options.sides);
  const double df = std::max(1.0, std::min(problem.variance.df, problem.table.informative));
  const double ratio = t_quantile(q, std::max(1.0, n - 1.0)) / t_quantile(q, df);
  return std::clamp(p * (1.0 - p) / problem.variance.variance * ratio * ratio, least, n);
}

Answer korn_graubard(const Problem& problem) {
  const double size = effective_size(problem);
  return {clopper_pearson(problem.table.mean * size, size, problem.options.level,
                          problem.options.sides),
          "korn-graubard", ""};
}

/// Every value equals v. At most a share q of clusters could hold anything else, so the mean is
/// within q of v on the scale of the support.
Answer all_equal(const Problem& problem) {
  const std::string method = "clopper-pearson-clusters";
  if (!problem.support) {
    return {{-kInf, kInf}, method, "no bound without a smallest and largest possible value"};
  }
  const double q = clopper_pearson(0.0, problem.table.clusters(), problem.options.level,
                                   problem.options.sides == Sides::two ? Sides::two : Sides::upper)
                       .high;
  const double v = problem.table.mean;
  const Interval limits{v - q * (v - problem.support->low), v + q * (problem.support->high - v)};
  return {open_side(limits, problem), method, ""};
}

/// As if each cluster (by Kish's effective number of them) were one 0/1 observation: the widest
/// distribution on the support with this mean.
Answer conservative(const Problem& problem) {
  if (!problem.support) return {{-kInf, kInf}, "none", "needs a support"};
  const double k = kish_clusters(problem.table);
  const double width = problem.support->high - problem.support->low;
  const double p = (problem.table.mean - problem.support->low) / width;
  const Interval unit = clopper_pearson(p * k, k, problem.options.level, problem.options.sides);
  return {{problem.support->low + width * unit.low, problem.support->low + width * unit.high},
          "clopper-pearson-clusters",
          ""};
}

Answer choose_binary(const Problem& problem) {
  const double size = effective_size(problem);
  const double rarer = std::min(problem.table.mean, 1.0 - problem.table.mean) * size;
  const bool enough = problem.table.informative >= kCr2Clusters && rarer >= kCr2Effective;
  return enough && problem.options.purpose == Purpose::capability
             ? cr2(problem, problem.variance.variance, problem.options.level)
             : korn_graubard(problem);
}

/// Gains (1) and losses (-1) bounded apart: where they are rare, their own intervals hold and the
/// normal theory of the difference does not.
Answer gains_and_losses(const Problem& problem) {
  std::vector<Observation> gains(problem.observations.begin(), problem.observations.end());
  std::vector<Observation> losses = gains;
  for (Observation& o : gains) o.value = std::max(0.0, o.value);
  for (Observation& o : losses) o.value = std::max(0.0, -o.value);
  ClusterOptions part;
  part.level = tail_of(problem.options.level, problem.options.sides) * -2.0 + 1.0;
  part.purpose = Purpose::safety;
  part.support = Interval{0.0, 1.0};
  const Estimate gain = clustered_mean(gains, part);
  const Estimate loss = clustered_mean(losses, part);
  return {open_side(square_and_add(gain.value, gain.interval, loss.value, loss.interval), problem),
          "mover-clustered", ""};
}

/// Clusters in which anything but 0 was seen.
double differing_clusters(std::span<const Observation> observations) {
  std::vector<std::uint32_t> seen;
  for (const Observation& o : observations) {
    if (o.value != 0.0) seen.push_back(o.cluster);
  }
  std::sort(seen.begin(), seen.end());
  return static_cast<double>(std::unique(seen.begin(), seen.end()) - seen.begin());
}

Answer choose_real(const Problem& problem) {
  const double skewness = cluster_skewness(problem.table);
  const double rule = problem.support ? kSkewRule : kSkewRuleUnbounded;
  if (problem.table.clusters() > rule * skewness * skewness) {
    return cr2(problem, problem.variance.variance, problem.options.level);
  }
  if (problem.support) return conservative(problem);
  const double wide = 1.0 - (1.0 - problem.options.level) / kSkewedErrorShare;
  if (problem.table.clusters() >= kBootstrapClusters) {
    if (auto answer = bootstrap_t(problem, wide)) return *answer;
  }
  Answer answer = cr2(problem, problem.variance.variance, wide);
  answer.assumption = "few clusters for values this skewed: widened, and still rough";
  return answer;
}

Answer choose(const Problem& problem) {
  if (problem.table.least == problem.table.greatest) return all_equal(problem);
  switch (problem.options.method) {
    case ClusterMethod::cr2:
      if (problem.variance.cr2 > 0.0) {
        return cr2(problem, problem.variance.cr2, problem.options.level);
      }
      break;
    case ClusterMethod::bca:
      if (auto answer = bca(problem)) return *answer;
      break;
    case ClusterMethod::bootstrap_t:
      if (auto answer = bootstrap_t(problem, problem.options.level)) return *answer;
      break;
    case ClusterMethod::effective_size:
      if (problem.table.binary) return korn_graubard(problem);
      break;
    case ClusterMethod::conservative: return conservative(problem);
    case ClusterMethod::automatic: break;
  }
  if (problem.table.binary) return choose_binary(problem);
  const bool differences = problem.table.ternary && problem.support &&
                           problem.support->low == -1.0 && problem.support->high == 1.0;
  if (differences && differing_clusters(problem.observations) < kGainsAndLosses) {
    return gains_and_losses(problem);
  }
  return choose_real(problem);
}

std::optional<Interval> worst_case(const Problem& problem) {
  if (!problem.support) return std::nullopt;
  const auto missing = static_cast<double>(problem.options.unassessed);
  const double sum = problem.table.mean * problem.table.n;
  const double all = problem.table.n + missing;
  return Interval{(sum + missing * problem.support->low) / all,
                  (sum + missing * problem.support->high) / all};
}

std::optional<std::string> refuse(std::span<const Observation> observations,
                                  const ClusterOptions& options) {
  if (!(options.level > 0.0 && options.level < 1.0)) return "impossible level";
  if (options.unassessed < 0) return "impossible count of unassessed observations";
  if (options.support && !(options.support->low < options.support->high)) return "empty support";
  for (const Observation& o : observations) {
    if (!std::isfinite(o.value)) return "a value is not a finite number";
    if (options.support && (o.value < options.support->low || o.value > options.support->high)) {
      return "a value lies outside its support";
    }
  }
  if (observations.empty()) return "no assessed observations";
  return std::nullopt;
}

Estimate described(const ClusterOptions& options, Estimate out) {
  out.level = options.level;
  out.sides = options.sides;
  out.unit = options.unit;
  out.unassessed = options.unassessed;
  return out;
}

}  // namespace

std::uint32_t ClusterIds::of(std::string_view name) {
  return ids_.try_emplace(std::string(name), static_cast<std::uint32_t>(ids_.size())).first->second;
}

Estimate clustered_mean(std::span<const Observation> observations, const ClusterOptions& options) {
  if (auto reason = refuse(observations, options)) {
    const Interval widest = options.support.value_or(Interval{-kInf, kInf});
    return described(options, no_estimate(*reason, widest));
  }
  ClusterTable table = tabulate(observations);
  const bool unit_scale =
      !options.support || (options.support->low == 0.0 && options.support->high == 1.0);
  table.binary = table.binary && unit_scale;
  Problem problem{observations, table, options, cr2_mean_variance(table), options.support};
  if (table.binary) problem.support = Interval{0.0, 1.0};

  Estimate out;
  out.value = table.mean;
  out.n = static_cast<std::int64_t>(observations.size());
  out.clusters = static_cast<std::int64_t>(table.sums.size());
  if (table.binary && out.clusters == out.n && options.method == ClusterMethod::automatic) {
    const auto successes = static_cast<std::int64_t>(std::llround(table.mean * table.n));
    out = proportion(successes, out.n, options.unassessed,
                     {options.purpose, options.sides, options.level});
    return described(options, out);
  }
  Answer answer = choose(problem);
  out.interval = answer.interval;
  out.method = std::move(answer.method);
  out.worst_case = worst_case(problem);
  out.assumptions.emplace_back("clusters are independent draws from the population of such items");
  if (!answer.assumption.empty()) out.assumptions.push_back(std::move(answer.assumption));
  return described(options, out);
}

}  // namespace assay::stats
