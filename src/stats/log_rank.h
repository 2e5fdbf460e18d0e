// Log-rank tests: do groups of trials (attacks, models, before and after) take the same effort to
// break? Mantel 1966, Cancer Chemother. Rep. 50, 163-170; Peto & Peto 1972, JRSS A 135, 185-206.
// The test weighs all costs alike and sees little where curves cross: look at the curves too.
// Thread-safety: pure functions.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "stats/survival.h"

namespace assay::stats {

struct GroupedTime {
  SurvivalTime trial;         ///< any cause above 0 is an event
  std::uint32_t group = 0;    ///< 0, 1, ...: what is compared
  std::uint32_t stratum = 0;  ///< compared only with its own, e.g. the behaviour
};

struct LogRank {
  double statistic = 0.0;  ///< chi-square with `df` degrees of freedom where groups are alike
  double df = 0.0;
  double p_value = 1.0;
  std::vector<double> observed;  ///< events a group
  std::vector<double> expected;  ///< were all alike; summed over strata
  std::string test;              ///< "log-rank", "stratified log-rank", ...
  std::string refused;           ///< why there is no test; empty where there is one
};

/// All groups in one comparison; with `stratified` each stratum is compared with itself and the
/// differences are added. Trials are taken as independent given their stratum.
LogRank log_rank(std::span<const GroupedTime> trials, bool stratified = false);

/// Two groups whose trials come in clusters that are not strata (several seeds of one behaviour,
/// the groups on different behaviours): the score is the same, its variance a sum over clusters.
/// Wei, Lin & Weissfeld 1989, JASA 84, 1065-1073.
LogRank log_rank_clustered(std::span<const GroupedTime> trials);

/// Two groups on the same strata: the stratified score, its p-value from exchanging the groups of
/// whole strata (sign_flip_p), which holds for few strata too and needs no variance. Every stratum
/// must have as many trials in either group.
LogRank log_rank_paired(std::span<const GroupedTime> trials, std::uint64_t seed = 0,
                        int draws = kBootstrapDraws);

}  // namespace assay::stats
