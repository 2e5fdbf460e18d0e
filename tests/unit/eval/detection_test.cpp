#include "eval/detection.h"

#include <cmath>
#include <fstream>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "base/json.h"
#include "baselines.h"

namespace assay::eval {
namespace {

using test::context_of;

Json golden() {
  std::ifstream file(std::string(ASSAY_SOURCE_DIR) + "/tests/golden/detection.json");
  const std::string text{std::istreambuf_iterator<char>(file), {}};
  const auto json = parse_json(text, "detection.json");
  EXPECT_TRUE(json) << "tests/golden/detection.json";
  return json ? *json : Json::object();
}

Scored one(const std::string& cluster, bool signal, double odds) {
  Scored s;
  s.cluster = cluster;
  s.sample_id = cluster + (signal ? "-s" : "-n");
  s.group = signal ? "signal" : "noise";
  s.score = odds > 0.0 ? Score::pass("x") : Score::miss("x");
  s.score.metadata = {{"logprobs", {odds, 0.0}}};
  return s;
}

Judged judged(const Scored& s) {
  return {s.group == "signal" ? Truth::signal : Truth::noise, first_choice_odds(s)};
}

TEST(Detection, DPrimeIsThatOfTheReference) {
  const Json all = golden();
  EXPECT_EQ(all["d_prime"].size(), 7U);
  for (const Json& c : all["d_prime"]) {
    const DetectionCounts counts{c["hits"], c["signals"], c["false_alarms"], c["noises"]};
    EXPECT_NEAR(d_prime(counts), c["value"].get<double>(), 1e-12) << c.dump();
  }
}

TEST(Detection, RankingOfOneClusterIsTheAreaUnderItsCurve) {
  const Json all = golden();
  EXPECT_EQ(all["ranking"].size(), 12U);
  for (const Json& c : all["ranking"]) {
    std::vector<Scored> scored;
    for (const Json& odds : c["signals"]) scored.push_back(one("a", true, odds));
    for (const Json& odds : c["noises"]) scored.push_back(one("a", false, odds));
    const Figure figure = ranking(scored, "r", {"r", "序"}, context_of(Lang::en), judged);
    EXPECT_NEAR(figure.estimate.value, c["value"].get<double>(), 1e-12) << c.dump();
  }
}

TEST(Detection, OneAnswerForAllIsNoDetection) {
  for (const double answer : {3.0, -3.0}) {
    std::vector<Scored> scored;
    for (int i = 0; i < 30; ++i) {
      for (const bool signal : {true, false}) {
        scored.push_back(one(std::string("c") + std::to_string(i), signal, answer));
      }
    }
    const auto context = context_of(Lang::en);
    EXPECT_EQ(balanced_accuracy(scored, "b", {"b", "平"}, context, judged).estimate.value, 0.5);
    EXPECT_EQ(ranking(scored, "r", {"r", "序"}, context, judged).estimate.value, 0.5);
    const Figure d = sensitivity(scored, "d", {"d", "辨"}, context, judged);
    EXPECT_EQ(d.estimate.value, 0.0);
    EXPECT_LT(d.estimate.interval.low, 0.0);
    EXPECT_GT(d.estimate.interval.high, 0.0);
    EXPECT_FALSE(ranks_beyond_luck(scored, judged));
  }
}

TEST(Detection, UnassessedItemsAreNoVerdict) {
  std::vector<Scored> scored{one("a", true, 2.0), one("a", false, -2.0), one("b", true, 2.0)};
  Scored gap = one("b", false, 1.0);
  gap.score = Score::unassessed("cut off");
  scored.push_back(gap);
  const Figure figure = balanced_accuracy(scored, "b", {"b", "平"}, context_of(Lang::en), judged);
  EXPECT_EQ(figure.estimate.value, 1.0);
  EXPECT_EQ(figure.estimate.n, 1);
  EXPECT_EQ(figure.estimate.unassessed, 1);
  EXPECT_FALSE(sensitivity({gap}, "d", {"d", "辨"}, context_of(Lang::en), judged).estimate.known());
}

TEST(Detection, ACoinIsBeatenOnlyBeyondLuck) {
  // One-sided exact: 5 of 5 has p = 0.031, 4 of 5 0.19; 18 of 26 0.038, 17 of 26 0.084.
  EXPECT_TRUE(beats_a_coin(5, 5));
  EXPECT_FALSE(beats_a_coin(4, 5));
  EXPECT_TRUE(beats_a_coin(18, 26));
  EXPECT_FALSE(beats_a_coin(17, 26));
  EXPECT_FALSE(beats_a_coin(0, 0));
}

TEST(Detection, AClusterIsRankedRightByItsMajority) {
  std::vector<Scored> scored;
  for (int i = 0; i < 5; ++i) {
    const std::string name(1, static_cast<char>('a' + i));
    for (const double odds : {0.5, 1.0, 2.0}) scored.push_back(one(name, true, odds));
    scored.push_back(one(name, false, i == 0 ? 0.7 : -1.0));
  }
  EXPECT_TRUE(ranks_beyond_luck(scored, judged));
  scored.back() = one("e", false, 1.5);  // one of three pairs right: four of five clusters
  EXPECT_FALSE(ranks_beyond_luck(scored, judged));
}

RC_GTEST_PROP(Detection, SwappingTheAnswersMirrorsDPrime, ()) {
  const auto signals = *rc::gen::inRange<std::int64_t>(1, 60);
  const auto noises = *rc::gen::inRange<std::int64_t>(1, 60);
  const auto hits = *rc::gen::inRange<std::int64_t>(0, signals + 1);
  const auto alarms = *rc::gen::inRange<std::int64_t>(0, noises + 1);
  const double value = d_prime({hits, signals, alarms, noises});
  const double mirrored = d_prime({signals - hits, signals, noises - alarms, noises});
  RC_ASSERT(std::abs(value + mirrored) < 1e-9);
  RC_ASSERT(std::isfinite(value));
}

// The interval of d' holds about as often as it says: 40 clusters of two scams and two honest
// messages, hits 0.75 and false alarms 0.3, each cluster with an ease of its own.
TEST(Detection, IntervalOfDPrimeCovers) {
  Rng rng(11);
  int covered = 0;
  constexpr int kRuns = 120;
  // With these eases the mean rates are 0.75 and 0.30.
  const double truth = d_prime({7500000, 10000000, 3000000, 10000000});
  for (int run = 0; run < kRuns; ++run) {
    std::vector<DetectionCounts> clusters;
    for (int i = 0; i < 40; ++i) {
      const double ease = rng.chance(0.5) ? 0.15 : -0.15;
      DetectionCounts counts{0, 2, 0, 2};
      for (int k = 0; k < 2; ++k) {
        counts.hits += rng.chance(0.75 + ease) ? 1 : 0;
        counts.false_alarms += rng.chance(0.30 - ease) ? 1 : 0;
      }
      clusters.push_back(counts);
    }
    const auto estimate = d_prime_estimate(clusters, static_cast<std::uint64_t>(run));
    covered += estimate.interval.low <= truth && truth <= estimate.interval.high ? 1 : 0;
  }
  EXPECT_GE(covered, 105);  // 0.95 of 120 is 114; 105 is 3.8 standard errors below
}

}  // namespace
}  // namespace assay::eval
