#include "stats/log_rank.h"

#include <cmath>
#include <gtest/gtest.h>

#include "stats/compare_effort.h"
#include "stats/paired.h"
#include "unit/stats/golden.h"

namespace assay::stats {
namespace {

using test::expect_close;
using test::golden_cases;

std::vector<GroupedTime> trials_of(const Json& rows) {
  std::vector<GroupedTime> out;
  for (const Json& row : rows) {
    out.push_back({{row[0].get<double>(), row[1].get<int>(), row[2].get<std::uint32_t>()},
                   row[3].get<std::uint32_t>(),
                   row[4].get<std::uint32_t>()});
  }
  return out;
}

TEST(LogRank, TestsAreThoseOfR) {
  int clustered = 0;
  int seen = 0;
  for (const Json& c : golden_cases("survival")) {
    if (c["kind"] != "groups") continue;
    ++seen;
    const auto trials = trials_of(c["rows"]);
    const LogRank plain = log_rank(trials);
    expect_close(plain.statistic, c["statistic"][0].get<double>(), "chi-square");
    expect_close(plain.p_value, c["p"].get<double>(), "p");
    const LogRank stratified = log_rank(trials, true);
    expect_close(stratified.statistic, c["stratified"][0].get<double>(), "stratified");
    for (std::size_t g = 0; g < plain.observed.size(); ++g) {
      expect_close(plain.observed[g], c["observed"][g].get<double>(), "observed");
      expect_close(plain.expected[g], c["expected"][g].get<double>(), "expected");
      expect_close(stratified.expected[g], c["stratified_expected"][g].get<double>(), "strata");
    }
    if (!c.contains("robust")) continue;
    expect_close(log_rank_clustered(trials).statistic, c["robust"][0].get<double>(), "clustered");
    ++clustered;
  }
  EXPECT_EQ(seen, 4);
  EXPECT_EQ(clustered, 2);
}

TEST(LogRank, PairsAreASignTest) {
  // One trial a side: a stratum tells only which side broke first, +-1/2, as in McNemar's test.
  std::vector<GroupedTime> trials;
  for (std::uint32_t b = 0; b < 12; ++b) {
    trials.push_back({{10.0 + b, 1, b}, 0, b});
    trials.push_back({{b < 10 ? 50.0 : 1.0, 1, b}, 1, b});
  }
  const LogRank paired = log_rank_paired(trials);
  ASSERT_TRUE(paired.refused.empty());
  EXPECT_NEAR(paired.p_value, mcnemar_exact_p(10, 2), 1e-12);
}

TEST(LogRank, WhatCannotBeComparedIsRefused) {
  EXPECT_FALSE(log_rank({}).refused.empty());
  const std::vector<GroupedTime> apart{{{1, 1, 0}, 0, 0}, {{2, 1, 1}, 1, 1}};
  EXPECT_FALSE(log_rank(apart, true).refused.empty()) << "no stratum has both groups";
  EXPECT_FALSE(log_rank_paired(apart).refused.empty());
  const std::vector<GroupedTime> bad{{{std::nan(""), 1, 0}, 0, 0}};
  EXPECT_FALSE(log_rank(bad).refused.empty());
  EXPECT_FALSE(log_rank_clustered(bad).refused.empty());
  EXPECT_FALSE(log_rank_paired(bad).refused.empty());
}

TEST(CompareEffort, ADefenceThatCostsTheAdversaryIsSeen) {
  std::vector<SurvivalTime> before;
  std::vector<SurvivalTime> after;
  for (std::uint32_t b = 0; b < 40; ++b) {
    before.push_back({2.0 + b, 1, b});
    const bool broken = b < 10;
    after.push_back({broken ? 30.0 + b : 100.0, broken ? 1 : 0, b});
  }
  const EffortComparison found = compare_effort(before, after, 40.0, 40.0);
  EXPECT_TRUE(found.paired);
  EXPECT_LT(found.test.p_value, 1e-3);
  EXPECT_GT(found.mean_difference.interval.low, 0.0) << found.mean_difference.method;
  EXPECT_LT(found.success_difference.interval.high, 0.0);
  EXPECT_EQ(found.success_difference.method, "tango");
}

TEST(CompareEffort, OtherBehavioursAreAnotherDesign) {
  std::vector<SurvivalTime> first;
  std::vector<SurvivalTime> second;
  for (std::uint32_t b = 0; b < 30; ++b) {
    first.push_back({5.0 + b % 7, 1, b});
    second.push_back({b % 2 == 0 ? 20.0 : 9.0, b % 2 == 0 ? 0 : 1, 100 + b});
  }
  const EffortComparison apart = compare_effort(first, second, 15.0, 10.0);
  EXPECT_FALSE(apart.paired);
  EXPECT_EQ(apart.test.test, "log-rank");
  EXPECT_TRUE(apart.mean_difference.known());
  EXPECT_EQ(apart.mean_difference.method, "square-and-add");
  second[0].cluster = 3;
  const EffortComparison partial = compare_effort(first, second, 15.0, 10.0);
  EXPECT_FALSE(partial.test.refused.empty());
  EXPECT_FALSE(partial.mean_difference.known());
  EXPECT_FALSE(compare_effort({}, second, 15.0, 10.0).success_difference.known());
  EXPECT_FALSE(compare_effort(first, first, 500.0, 400.0).mean_difference.known() &&
               kaplan_meier(first).survival(11.0) > 0.0);
}

}  // namespace
}  // namespace assay::stats
