#include "eval/detection.h"

#include <cmath>
#include <map>
#include <utility>

#include "eval/contrast.h"
#include "stats/bootstrap.h"
#include "stats/special.h"

namespace assay::eval {
namespace {

/// The assessed items of one cluster in one epoch.
struct Matched {
  std::vector<double> signals;
  std::vector<double> noises;
  bool gaps = false;  ///< some are unassessed
};

using ClusterKey = std::pair<std::string, int>;

std::map<ClusterKey, Matched> matched(const std::vector<Scored>& scored, const Judging& judging) {
  std::map<ClusterKey, Matched> out;
  for (const Scored& s : scored) {
    const Judged judged = judging(s);
    if (judged.truth == Truth::skip) continue;
    Matched& cluster = out[{s.cluster, s.epoch}];
    if (!judged.log_odds) {
      cluster.gaps = true;
    } else {
      (judged.truth == Truth::signal ? cluster.signals : cluster.noises)
          .push_back(*judged.log_odds);
    }
  }
  return out;
}

double share_above_zero(const std::vector<double>& odds) {
  double count = 0.0;
  for (const double value : odds) count += value > 0.0 ? 1.0 : 0.0;
  return count / static_cast<double>(odds.size());
}

double share_ranked(const Matched& cluster) {
  double sum = 0.0;
  for (const double signal : cluster.signals) {
    for (const double noise : cluster.noises) {
      sum += signal > noise ? 1.0 : signal == noise ? 0.5 : 0.0;
    }
  }
  return sum / static_cast<double>(cluster.signals.size() * cluster.noises.size());
}

/// Mean over clusters of a value in [0, 1] of which chance gives one half.
Figure mean_of_clusters(const std::map<ClusterKey, Matched>& clusters, std::string id, Text label,
                        const SummaryContext& context,
                        const std::function<double(const Matched&)>& value) {
  Contrast contrast;
  for (const auto& [key, cluster] : clusters) {
    if (cluster.signals.empty() || cluster.noises.empty()) {
      if (cluster.gaps) contrast.add_unassessed();
    } else {
      contrast.add(value(cluster), key.first);
    }
  }
  stats::ClusterOptions options;
  options.support = stats::Interval{0.0, 1.0};
  options.seed = context.seed;
  Figure figure;
  figure.id = std::move(id);
  figure.label = std::move(label);
  figure.direction = Direction::higher_better;
  figure.lang = to_string(context.lang);
  figure.estimate = contrast.finish(options);
  figure.estimate.chance = 0.5;
  figure.estimate.ceiling = 1.0;
  return figure;
}

double normal_density(double z) {
  return std::exp(-0.5 * z * z) / std::sqrt(2.0 * std::acos(-1.0));
}

/// k of n as a rate that is never 0 or 1.
double corrected_rate(std::int64_t k, std::int64_t n) {
  return (static_cast<double>(k) + 0.5) / (static_cast<double>(n) + 1.0);
}

/// Variance of z(k / n) with n replaced by the number of clusters.
double z_variance(std::int64_t k, std::int64_t n, double clusters) {
  const double rate = corrected_rate(k, n);
  const double density = normal_density(stats::normal_quantile(rate));
  return rate * (1.0 - rate) / (clusters * density * density);
}

DetectionCounts total(std::span<const DetectionCounts> clusters,
                      std::span<const std::uint32_t> chosen) {
  DetectionCounts sum;
  for (const std::uint32_t i : chosen) {
    sum.hits += clusters[i].hits;
    sum.signals += clusters[i].signals;
    sum.false_alarms += clusters[i].false_alarms;
    sum.noises += clusters[i].noises;
  }
  return sum;
}

}  // namespace

std::optional<double> first_choice_odds(const Scored& scored) {
  const Json& json = scored.score.metadata;
  if (scored.score.verdict == Verdict::unassessed || !json.is_object()) return std::nullopt;
  const auto found = json.find("logprobs");
  if (found == json.end() || !found->is_array() || found->size() < 2 || !(*found)[0].is_number() ||
      !(*found)[1].is_number()) {
    return std::nullopt;
  }
  return (*found)[0].get<double>() - (*found)[1].get<double>();
}

Reading called_signal(Judging judging, Truth truth) {
  return [judging = std::move(judging), truth](const Scored& s) {
    const Judged judged = judging(s);
    if (judged.truth != truth) return Count::skip;
    if (!judged.log_odds) return Count::unassessed;
    return *judged.log_odds > 0.0 ? Count::yes : Count::no;
  };
}

Figure balanced_accuracy(const std::vector<Scored>& scored, std::string id, Text label,
                         const SummaryContext& context, const Judging& judging) {
  return mean_of_clusters(matched(scored, judging), std::move(id), std::move(label), context,
                          [](const Matched& cluster) {
                            const double hits = share_above_zero(cluster.signals);
                            return (hits + 1.0 - share_above_zero(cluster.noises)) / 2.0;
                          });
}

Figure ranking(const std::vector<Scored>& scored, std::string id, Text label,
               const SummaryContext& context, const Judging& judging) {
  return mean_of_clusters(matched(scored, judging), std::move(id), std::move(label), context,
                          share_ranked);
}

double d_prime(const DetectionCounts& counts) {
  return stats::normal_quantile(corrected_rate(counts.hits, counts.signals)) -
         stats::normal_quantile(corrected_rate(counts.false_alarms, counts.noises));
}

stats::Estimate d_prime_estimate(std::span<const DetectionCounts> clusters, std::uint64_t seed,
                                 std::int64_t unassessed) {
  std::vector<std::uint32_t> all;
  for (std::uint32_t i = 0; i < clusters.size(); ++i) all.push_back(i);
  const DetectionCounts sum = total(clusters, all);
  if (sum.signals == 0 || sum.noises == 0) {
    stats::Estimate none =
        stats::no_estimate("no item of one of the two kinds was assessed", {-HUGE_VAL, HUGE_VAL});
    none.unassessed = unassessed;
    none.unit = "d'";
    return none;
  }
  const auto statistic = [&](std::span<const std::uint32_t> chosen) {
    return d_prime(total(clusters, chosen));
  };
  stats::Estimate out;
  out.value = d_prime(sum);
  out.unit = "d'";
  out.n = sum.signals + sum.noises;
  out.clusters = static_cast<std::int64_t>(clusters.size());
  out.unassessed = unassessed;
  out.chance = 0.0;
  out.assumptions = {"rates corrected log-linearly, (k + 0.5) / (n + 1)"};
  std::optional<stats::Interval> interval;
  if (clusters.size() >= 10) {
    Rng rng = Rng::named(seed, "detection/d-prime");
    interval = stats::bca_interval(
        stats::statistic_draws(clusters.size(), statistic, stats::kBootstrapDraws, rng), out.value,
        stats::statistic_jackknife(clusters.size(), statistic), out.level);
  }
  if (interval && interval->low < interval->high) {
    out.interval = *interval;
    out.method = "cluster-bca";
    return out;
  }
  const auto independent = static_cast<double>(clusters.size());
  const double se = std::sqrt(z_variance(sum.hits, sum.signals, independent) +
                              z_variance(sum.false_alarms, sum.noises, independent));
  const double reach = stats::normal_quantile(0.5 + out.level / 2.0) * se;
  out.interval = {out.value - reach, out.value + reach};
  out.method = "gourevitch-galanter";
  return out;
}

Figure sensitivity(const std::vector<Scored>& scored, std::string id, Text label,
                   const SummaryContext& context, const Judging& judging) {
  std::map<std::string, DetectionCounts> by_cluster;
  std::int64_t unassessed = 0;
  for (const Scored& s : scored) {
    const Judged judged = judging(s);
    if (judged.truth == Truth::skip) continue;
    if (!judged.log_odds) {
      ++unassessed;
      continue;
    }
    DetectionCounts& counts = by_cluster[s.cluster];
    const bool called = *judged.log_odds > 0.0;
    const bool signal = judged.truth == Truth::signal;
    ++(signal ? counts.signals : counts.noises);
    if (called) ++(signal ? counts.hits : counts.false_alarms);
  }
  std::vector<DetectionCounts> clusters;
  for (const auto& [name, counts] : by_cluster) clusters.push_back(counts);
  Figure figure;
  figure.id = std::move(id);
  figure.label = std::move(label);
  figure.direction = Direction::higher_better;
  figure.lang = to_string(context.lang);
  figure.estimate = d_prime_estimate(clusters, context.seed, unassessed);
  return figure;
}

bool beats_a_coin(std::int64_t right, std::int64_t n) {
  if (n <= 0) return false;
  stats::ProportionOptions options;
  options.purpose = stats::Purpose::safety;
  options.sides = stats::Sides::lower;
  return stats::proportion(right, n, 0, options).interval.low > 0.5;
}

bool ranks_beyond_luck(const std::vector<Scored>& scored, const Judging& judging) {
  std::int64_t right = 0;
  std::int64_t clusters = 0;
  for (const auto& [key, cluster] : matched(scored, judging)) {
    if (cluster.signals.empty() || cluster.noises.empty()) continue;
    ++clusters;
    right += share_ranked(cluster) > 0.5 ? 1 : 0;
  }
  return beats_a_coin(right, clusters);
}

std::vector<Scored> regrouped(const std::vector<Scored>& scored,
                              const std::function<std::string(const Scored&)>& cluster) {
  std::vector<Scored> out = scored;
  for (Scored& s : out) s.cluster = cluster(s);
  return out;
}

}  // namespace assay::eval
