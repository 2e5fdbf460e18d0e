#include "stats/judge.h"

#include <algorithm>
#include <cmath>
#include <optional>
#include <utility>
#include <vector>

#include "stats/cluster_table.h"
#include "stats/intervals.h"
#include "stats/special.h"

namespace assay::stats {
namespace {

constexpr double kFewErrors = 15.0;

/// Observed or adjusted quantities of a corrected rate.
struct Parts {
  double rate = 0.0, sensitivity = 0.0, specificity = 0.0;
  double n = 0.0, positives = 0.0, negatives = 0.0;

  [[nodiscard]] double youden() const { return sensitivity + specificity - 1.0; }
  [[nodiscard]] double corrected() const { return (rate + specificity - 1.0) / youden(); }
  /// Delta-method variance of corrected().
  [[nodiscard]] double variance() const {
    const double p = corrected();
    const double from_rate = rate * (1.0 - rate) / n;
    const double from_sensitivity = p * p * sensitivity * (1.0 - sensitivity) / positives;
    const double from_specificity =
        (1.0 - p) * (1.0 - p) * specificity * (1.0 - specificity) / negatives;
    return (from_rate + from_sensitivity + from_specificity) / (youden() * youden());
  }
};

Interval delta_interval(const Parts& parts, double z) {
  const double half = z * std::sqrt(parts.variance());
  return {parts.corrected() - half, parts.corrected() + half};
}

/// Lang & Reiczigel 2014, section 2.2: z^2 pseudo-items for the rate, one success and one failure
/// for sensitivity and specificity, and a shift that centres the interval.
Interval lang_reiczigel(const Parts& seen, double z) {
  Parts p = seen;
  p.n = seen.n + z * z;
  p.rate = (seen.n * seen.rate + z * z / 2.0) / p.n;
  p.positives = seen.positives + 2.0;
  p.sensitivity = (seen.positives * seen.sensitivity + 1.0) / p.positives;
  p.negatives = seen.negatives + 2.0;
  p.specificity = (seen.negatives * seen.specificity + 1.0) / p.negatives;
  const double centre = p.corrected();
  const double shift = 2.0 * z * z *
                       (centre * p.sensitivity * (1.0 - p.sensitivity) / p.positives -
                        (1.0 - centre) * p.specificity * (1.0 - p.specificity) / p.negatives);
  const double half = z * std::sqrt(p.variance());
  return {centre + shift - half, centre + shift + half};
}

/// With few labelled answers of one kind, chance can hide the judge's errors, and the adjusted
/// counts are not enough (93% at a rate of 0.05 and 50 labels): the interval from the parts' exact
/// limits, each moved alone and the distances added as squares (MOVER, Zou & Donner 2008, Stat.
/// Med. 27, 1693-1702).
Interval from_exact_parts(const Parts& seen, double level) {
  const auto limits = [level](double share, double n) {
    return clopper_pearson(share * n, n, level);
  };
  const Interval rate = limits(seen.rate, seen.n);
  const Interval sensitivity = limits(seen.sensitivity, seen.positives);
  const Interval specificity = limits(seen.specificity, seen.negatives);
  const double value = seen.corrected();
  const auto moved = [&](double q, double se, double sp) {
    const Parts p{q, se, sp, 0.0, 0.0, 0.0};
    return p.youden() > 0.0 ? std::clamp(p.corrected(), -1.0, 2.0) - value : 0.0;
  };
  double below = 0.0;
  double above = 0.0;
  for (const double change : {moved(rate.low, seen.sensitivity, seen.specificity),
                              moved(rate.high, seen.sensitivity, seen.specificity),
                              moved(seen.rate, sensitivity.low, seen.specificity),
                              moved(seen.rate, sensitivity.high, seen.specificity),
                              moved(seen.rate, seen.sensitivity, specificity.low),
                              moved(seen.rate, seen.sensitivity, specificity.high)}) {
    (change < 0.0 ? below : above) += change * change;
  }
  return {value - std::sqrt(below), value + std::sqrt(above)};
}

/// Binomial draw as a count of chances; n is at most some thousands here.
double binomial_share(double n, double p, Rng& rng) {
  const auto trials = static_cast<std::int64_t>(std::llround(n));
  std::int64_t successes = 0;
  for (std::int64_t i = 0; i < trials; ++i) successes += rng.chance(p) ? 1 : 0;
  return static_cast<double>(successes) / static_cast<double>(trials);
}

/// Every part is drawn again from its binomial, with half a success and half a failure added so
/// that a part at its edge still varies.
Interval bootstrap_interval(const Parts& seen, const CorrectionOptions& options) {
  const auto smooth = [](double p, double n) { return (n * p + 0.5) / (n + 1.0); };
  Rng rng = Rng::named(options.seed, "stats/rogan-gladen");
  std::vector<double> draws;
  for (int b = 0; b < options.draws; ++b) {
    Parts p = seen;
    p.rate = binomial_share(seen.n, smooth(seen.rate, seen.n), rng);
    p.sensitivity = binomial_share(seen.positives, smooth(seen.sensitivity, seen.positives), rng);
    p.specificity = binomial_share(seen.negatives, smooth(seen.specificity, seen.negatives), rng);
    if (p.youden() > 0.0) draws.push_back(std::clamp(p.corrected(), 0.0, 1.0));
  }
  std::sort(draws.begin(), draws.end());
  const double tail = tail_of(options.level, Sides::two);
  return {sorted_quantile(draws, tail), sorted_quantile(draws, 1.0 - tail)};
}

bool impossible(std::int64_t successes, std::int64_t n) { return successes < 0 || successes > n; }

Estimate part_mean(std::span<const Observation> observations, double level, Interval support,
                   std::uint64_t seed) {
  ClusterOptions options;
  options.level = level;
  options.support = support;
  options.purpose = Purpose::safety;
  options.seed = seed;
  return clustered_mean(observations, options);
}

/// lambda = cov(label, judge) / ((1 + n/N) var(judge)), cut to [0, 1]; var over both samples.
double best_weight(std::span<const LabelledJudgement> labelled,
                   std::span<const Observation> judged_only) {
  const auto n = static_cast<double>(labelled.size());
  const auto m = static_cast<double>(judged_only.size());
  double label = 0.0;
  double judge = 0.0;
  double all = 0.0;
  for (const auto& l : labelled) {
    label += l.label / n;
    judge += l.judge / n;
    all += l.judge / (n + m);
  }
  for (const auto& o : judged_only) all += o.value / (n + m);
  double covariance = 0.0;
  double variance = 0.0;
  for (const auto& l : labelled) {
    covariance += (l.label - label) * (l.judge - judge) / n;
    variance += (l.judge - all) * (l.judge - all) / (n + m - 1.0);
  }
  for (const auto& o : judged_only) variance += (o.value - all) * (o.value - all) / (n + m - 1.0);
  if (!(variance > 0.0)) return 0.0;
  return std::clamp(covariance / ((1.0 + n / m) * variance), 0.0, 1.0);
}

/// Then nothing is tuned: the plain difference label - judge has a bound by counting.
bool few_errors(std::span<const LabelledJudgement> labelled) {
  double errors = 0.0;
  for (const auto& l : labelled) errors += l.label != l.judge ? 1.0 : 0.0;
  return errors < kFewErrors;
}

struct PoweredParts {
  std::vector<Observation> judged;     // lambda x judge, not labelled
  std::vector<Observation> rectifier;  // label - lambda x judge
};

PoweredParts powered_parts(std::span<const LabelledJudgement> labelled,
                           std::span<const Observation> judged_only, double weight) {
  PoweredParts out;
  for (const auto& o : judged_only) out.judged.push_back({weight * o.value, o.cluster});
  for (const auto& l : labelled) {
    out.rectifier.push_back({l.label - weight * l.judge, l.cluster});
  }
  return out;
}

/// Welch-Satterthwaite t interval of the sum of two independent parts. A share: the exact interval
/// of as many items as would have that variance, which keeps its skew (a t interval held a rate of
/// 0.05 in 93%).
Interval welch(double value, const MeanVariance& a, const MeanVariance& b,
               const PredictionPoweredOptions& options) {
  const double level = options.level;
  const double variance = a.variance + b.variance;
  const double df =
      variance * variance / (a.variance * a.variance / a.df + b.variance * b.variance / b.df);
  const double t = t_quantile(1.0 - tail_of(level, Sides::two), df);
  const double half = t * std::sqrt(variance);
  const double z = normal_quantile(1.0 - tail_of(level, Sides::two));
  const double items = value * (1.0 - value) / variance * (z / t) * (z / t);
  const bool share = options.support.low == 0.0 && options.support.high == 1.0;
  if (share && items > 1.0) return clopper_pearson(value * items, items, level);
  return {value - half, value + half};
}

/// Each part at half the error. Supports: lambda x judge, and label - lambda x judge.
Interval bonferroni(const PoweredParts& parts, double weight,
                    const PredictionPoweredOptions& options) {
  const double level = 1.0 - (1.0 - options.level) / 2.0;
  const Interval s = options.support;
  // A weight of 0 leaves nothing to bound in the first part.
  const Interval judged =
      weight > 0.0
          ? part_mean(parts.judged, level, {weight * s.low, weight * s.high}, options.seed).interval
          : Interval{0.0, 0.0};
  const Interval rectifier =
      part_mean(parts.rectifier, level, {s.low - weight * s.high, s.high - weight * s.low},
                options.seed)
          .interval;
  return {judged.low + rectifier.low, judged.high + rectifier.high};
}

}  // namespace

Estimate judge_sensitivity(const JudgeCounts& judge, double level) {
  return proportion(judge.true_positives, judge.positives, 0, {Purpose::safety, Sides::two, level});
}

Estimate judge_specificity(const JudgeCounts& judge, double level) {
  return proportion(judge.true_negatives, judge.negatives, 0, {Purpose::safety, Sides::two, level});
}

Estimate rogan_gladen(std::int64_t judged_positive, std::int64_t n, const JudgeCounts& judge,
                      const CorrectionOptions& options) {
  if (impossible(judged_positive, n) || impossible(judge.true_positives, judge.positives) ||
      impossible(judge.true_negatives, judge.negatives) ||
      !(options.level > 0.0 && options.level < 1.0)) {
    return no_estimate("impossible counts or level");
  }
  if (n == 0 || judge.positives == 0 || judge.negatives == 0) {
    return no_estimate("no assessed observations, or a judge measured on one kind only");
  }
  Parts seen;
  const auto size = static_cast<double>(n);
  seen.n = options.effective_n > 0.0 ? std::min(size, options.effective_n) : size;
  seen.rate = static_cast<double>(judged_positive) / size;
  seen.positives = static_cast<double>(judge.positives);
  seen.negatives = static_cast<double>(judge.negatives);
  seen.sensitivity = static_cast<double>(judge.true_positives) / seen.positives;
  seen.specificity = static_cast<double>(judge.true_negatives) / seen.negatives;
  if (seen.youden() <= 0.0) return no_estimate("the judge is no better than chance");

  const double z = normal_quantile(1.0 - tail_of(options.level, Sides::two));
  Estimate out;
  out.value = std::clamp(seen.corrected(), 0.0, 1.0);
  switch (options.method) {
    case CorrectionMethod::delta:
      out.interval = delta_interval(seen, z);
      out.method = "rogan-gladen-delta";
      break;
    case CorrectionMethod::bootstrap:
      out.interval = bootstrap_interval(seen, options);
      out.method = "rogan-gladen-bootstrap";
      break;
    case CorrectionMethod::automatic:
    case CorrectionMethod::lang_reiczigel:
      out.interval = lang_reiczigel(seen, z);
      out.method = "rogan-gladen-lang-reiczigel";
  }
  const bool few = std::min(seen.positives, seen.negatives) < kFewErrors;
  if (few && options.method == CorrectionMethod::automatic) {
    const Interval apart = from_exact_parts(seen, options.level);
    out.interval.low = std::min(out.interval.low, apart.low);
    out.interval.high = std::max(out.interval.high, apart.high);
  }
  // A judge with more false alarms on the labelled data than here can push the interval off [0, 1];
  // it is never shorter than a perfect judge's that saw no positive (or no negative) at all.
  const double least = clopper_pearson(0.0, seen.n, options.level).high;
  out.interval.high = std::max(out.interval.high, least);
  out.interval.low = std::min(out.interval.low, 1.0 - least);
  // The point estimate belongs to its interval, and both to [0, 1].
  out.interval.low = std::clamp(std::min(out.interval.low, out.value), 0.0, 1.0);
  out.interval.high = std::clamp(std::max(out.interval.high, out.value), 0.0, 1.0);
  out.level = options.level;
  out.unit = "proportion";
  out.n = n;
  out.clusters = static_cast<std::int64_t>(std::llround(seen.n));
  out.unassessed = options.unassessed;
  out.assumptions.emplace_back("the judge errs on these items as on the labelled ones");
  return out;
}

double effective_items(std::span<const Observation> observations) {
  const ClusterTable table = tabulate(observations);
  const double variance = cr2_mean_variance(table).variance;
  if (!(variance > 0.0)) return std::max(1.0, table.clusters());
  return std::clamp(table.mean * (1.0 - table.mean) / variance, 1.0, std::max(1.0, table.n));
}

PredictionPowered prediction_powered_mean(std::span<const LabelledJudgement> labelled,
                                          std::span<const Observation> judged_only,
                                          const PredictionPoweredOptions& options) {
  PredictionPowered out;
  if (labelled.empty() || judged_only.empty() || !(options.level > 0.0 && options.level < 1.0)) {
    out.estimate =
        no_estimate("needs labelled and unlabelled outputs and a level in (0, 1)", options.support);
    return out;
  }
  if (options.weight >= 0.0) {
    out.weight = std::min(1.0, options.weight);
  } else {
    out.weight = few_errors(labelled) ? 1.0 : best_weight(labelled, judged_only);
  }
  const PoweredParts parts = powered_parts(labelled, judged_only, out.weight);
  const ClusterTable judged = tabulate(parts.judged);
  const ClusterTable rectifier = tabulate(parts.rectifier);
  const MeanVariance judged_variance = cr2_mean_variance(judged);
  const MeanVariance rectifier_variance = cr2_mean_variance(rectifier);
  out.variance = judged_variance.variance + rectifier_variance.variance;
  const double value = judged.mean + rectifier.mean;
  const bool normal = !few_errors(labelled) && judged_variance.df > 0.0 &&
                      rectifier_variance.df > 0.0 && rectifier_variance.variance > 0.0;
  Estimate& estimate = out.estimate;
  estimate.interval = normal ? welch(value, judged_variance, rectifier_variance, options)
                             : bonferroni(parts, out.weight, options);
  estimate.value = std::clamp(value, options.support.low, options.support.high);
  estimate.interval.low = std::clamp(estimate.interval.low, options.support.low, estimate.value);
  estimate.interval.high = std::clamp(estimate.interval.high, estimate.value, options.support.high);
  estimate.level = options.level;
  estimate.method = normal ? "prediction-powered" : "prediction-powered-bonferroni";
  estimate.unit = "proportion";
  estimate.n = static_cast<std::int64_t>(labelled.size() + judged_only.size());
  estimate.clusters = static_cast<std::int64_t>(judged.sums.size() + rectifier.sums.size());
  estimate.unassessed = options.unassessed;
  estimate.assumptions.emplace_back("the labelled outputs are a random part of all outputs");
  return out;
}

}  // namespace assay::stats
