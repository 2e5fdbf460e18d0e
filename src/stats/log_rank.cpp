#include "stats/log_rank.h"

#include <Eigen/Dense>
#include <algorithm>
#include <cmath>
#include <map>

#include "stats/paired.h"
#include "stats/special.h"

namespace assay::stats {
namespace {

using Group = std::vector<GroupedTime>;

std::string refusal(std::span<const GroupedTime> trials) {
  if (trials.empty()) return "no trials";
  for (const GroupedTime& t : trials) {
    if (!std::isfinite(t.trial.time) || t.trial.time < 0.0) {
      return "a cost is not a non-negative number";
    }
    if (t.group >= 10000) return "groups are not numbered from 0";
  }
  return {};
}

std::map<std::uint32_t, Group> strata_of(std::span<const GroupedTime> trials, bool stratified) {
  std::map<std::uint32_t, Group> out;
  for (const GroupedTime& t : trials) out[stratified ? t.stratum : 0].push_back(t);
  for (auto& [stratum, its] : out) {
    std::stable_sort(its.begin(), its.end(), [](const GroupedTime& a, const GroupedTime& b) {
      return a.trial.time < b.trial.time;
    });
  }
  return out;
}

std::size_t groups_of(std::span<const GroupedTime> trials) {
  std::uint32_t most = 0;
  for (const GroupedTime& t : trials) most = std::max(most, t.group);
  return most + 1;
}

/// Observed less expected events of each group, and their covariance (hypergeometric).
struct Score {
  Eigen::VectorXd observed, expected;
  Eigen::MatrixXd variance;
  explicit Score(std::size_t groups)
      : observed(Eigen::VectorXd::Zero(static_cast<Eigen::Index>(groups))),
        expected(observed),
        variance(Eigen::MatrixXd::Zero(observed.size(), observed.size())) {}

  void add_cost(const Eigen::VectorXd& risk, const Eigen::VectorXd& events) {
    const double n = risk.sum();
    const double d = events.sum();
    if (d <= 0.0) return;
    const Eigen::VectorXd share = risk / n;
    observed += events;
    expected += d * share;
    if (n <= 1.0) return;
    const double factor = d * (n - d) / (n - 1.0);
    variance += factor * (Eigen::MatrixXd(share.asDiagonal()) - share * share.transpose());
  }
};

void add_stratum(const Group& trials, Score& score) {
  Eigen::VectorXd risk = Eigen::VectorXd::Zero(score.observed.size());
  for (const GroupedTime& t : trials) risk(t.group) += 1.0;
  for (std::size_t i = 0; i < trials.size();) {
    Eigen::VectorXd events = Eigen::VectorXd::Zero(risk.size());
    Eigen::VectorXd leaving = events;
    const double time = trials[i].trial.time;
    for (; i < trials.size() && trials[i].trial.time == time; ++i) {
      leaving(trials[i].group) += 1.0;
      if (trials[i].trial.cause > 0) events(trials[i].group) += 1.0;
    }
    score.add_cost(risk, events);
    risk -= leaving;
  }
}

/// z' V^- z with the rank of V, so that groups that never met at risk are no error.
void decide(const Score& score, LogRank& out) {
  const Eigen::VectorXd z = score.observed - score.expected;
  out.observed.assign(score.observed.begin(), score.observed.end());
  out.expected.assign(score.expected.begin(), score.expected.end());
  const Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd> solved(score.variance);
  const double largest = solved.eigenvalues().cwiseAbs().maxCoeff();
  for (Eigen::Index k = 0; k < z.size(); ++k) {
    const double value = solved.eigenvalues()(k);
    if (!(value > 1e-10 * largest)) continue;
    const double along = solved.eigenvectors().col(k).dot(z);
    out.statistic += along * along / value;
    out.df += 1.0;
  }
  out.p_value = out.df > 0.0 ? chi2_sf(out.statistic, out.df) : 1.0;
  if (out.df <= 0.0) out.refused = "no event happened while two groups were at risk";
}

}  // namespace

LogRank log_rank(std::span<const GroupedTime> trials, bool stratified) {
  LogRank out;
  out.test = stratified ? "stratified log-rank" : "log-rank";
  out.refused = refusal(trials);
  if (!out.refused.empty()) return out;
  Score score(groups_of(trials));
  for (const auto& [stratum, its] : strata_of(trials, stratified)) add_stratum(its, score);
  decide(score, out);
  return out;
}

LogRank log_rank_clustered(std::span<const GroupedTime> trials) {
  LogRank out;
  out.test = "log-rank, clustered";
  out.refused = refusal(trials);
  if (out.refused.empty() && groups_of(trials) != 2) out.refused = "two groups are needed";
  if (!out.refused.empty()) return out;
  const auto strata = strata_of(trials, false);
  const Group& sorted = strata.begin()->second;
  Score score(2);
  add_stratum(sorted, score);
  // Contribution of trial i: events (z_i - share) less the sum over costs at risk of
  // (z_i - share) d / n, with `share` the part of group 1 at risk.
  double n = static_cast<double>(sorted.size());
  double ones = 0.0;
  for (const GroupedTime& t : sorted) ones += t.group == 1 ? 1.0 : 0.0;
  double hazard = 0.0;         // sum of d / n so far
  double shared_hazard = 0.0;  // sum of share d / n so far
  std::map<std::uint32_t, double> clusters;
  for (std::size_t i = 0; i < sorted.size();) {
    const std::size_t first = i;
    double events = 0.0;
    double leaving = 0.0;
    for (; i < sorted.size() && sorted[i].trial.time == sorted[first].trial.time; ++i) {
      events += sorted[i].trial.cause > 0 ? 1.0 : 0.0;
      leaving += sorted[i].group == 1 ? 1.0 : 0.0;
    }
    const double share = ones / n;
    hazard += events / n;
    shared_hazard += share * events / n;
    for (std::size_t k = first; k < i; ++k) {
      const double z = sorted[k].group == 1 ? 1.0 : 0.0;
      const double event = sorted[k].trial.cause > 0 ? z - share : 0.0;
      clusters[sorted[k].trial.cluster] += event - (z * hazard - shared_hazard);
    }
    n -= static_cast<double>(i - first);
    ones -= leaving;
  }
  double variance = 0.0;
  for (const auto& [cluster, sum] : clusters) variance += sum * sum;
  out.observed.assign(score.observed.begin(), score.observed.end());
  out.expected.assign(score.expected.begin(), score.expected.end());
  const double z = score.observed(1) - score.expected(1);
  if (!(variance > 0.0)) {
    out.refused = "no event happened while both groups were at risk";
    return out;
  }
  out.statistic = z * z / variance;
  out.df = 1.0;
  out.p_value = chi2_sf(out.statistic, 1.0);
  return out;
}

LogRank log_rank_paired(std::span<const GroupedTime> trials, std::uint64_t seed, int draws) {
  LogRank out = log_rank(trials, true);
  out.test = "stratified log-rank, sign flips";
  const std::string bad = refusal(trials);
  if (!bad.empty() || groups_of(trials) != 2) {
    out.refused = bad.empty() ? "two groups are needed" : bad;
    return out;
  }
  std::vector<double> sums;
  for (const auto& [stratum, its] : strata_of(trials, true)) {
    const auto second =
        std::count_if(its.begin(), its.end(), [](const GroupedTime& t) { return t.group == 1; });
    if (second * 2 != static_cast<std::ptrdiff_t>(its.size())) {
      out.refused = "a stratum has more trials in one group than in the other";
      out.p_value = 1.0;
      return out;
    }
    Score score(2);
    add_stratum(its, score);
    sums.push_back(score.observed(1) - score.expected(1));
  }
  out.refused.clear();  // pairs that end alike have no variance, and that is an answer
  out.p_value = sign_flip_p(sums, seed, draws);
  return out;
}

}  // namespace assay::stats
