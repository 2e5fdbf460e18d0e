// Attacks that compete on the same behaviours, against values that were worked out by hand.
#include "attack/competing.h"

#include <gtest/gtest.h>

#include "base/lang.h"

namespace assay::attack {
namespace {

EffortTrials list(const std::string& method, double budget,
                  const std::vector<std::pair<std::string, double>>& costs) {
  EffortTrials out;
  out.method = method;
  out.model = std::string(1, 'm');
  out.budget = budget;
  for (const auto& [behaviour, cost] : costs) {
    const bool broken = cost > 0.0;
    out.trials.push_back(
        {behaviour, broken ? cost : budget, broken ? Ending::broken : Ending::budget, false, {}});
  }
  return out;
}

/// Up to the smaller budget, 5: b0 first by a, b1 by both at once, b2 too late, b3 by none.
std::vector<EffortTrials> two() {
  return {list("a", 10, {{"b0", 2}, {"b1", 3}, {"b2", 7}, {"b3", 0}, {"b4", 1}}),
          list("b", 5, {{"b0", 4}, {"b1", 3}, {"b2", 0}, {"b3", 0}})};
}

TEST(Competing, TheFirstToBreakAndWhatAllAchieveTogether) {
  const auto lists = two();
  const auto found = competing_attacks(lists);
  ASSERT_EQ(found.size(), 1U);
  const CompetingAttacks& one = found.front();
  EXPECT_EQ(one.behaviours, 4) << "b4 was tried by one only";
  EXPECT_EQ(one.budget, 5.0);
  EXPECT_DOUBLE_EQ(one.any.value, 0.5);
  EXPECT_LT(one.any.interval.low, 0.2);
  EXPECT_GT(one.any.interval.high, 0.8);
  ASSERT_EQ(one.first.size(), 3U);
  EXPECT_EQ(one.first[0].method, "a");
  EXPECT_DOUBLE_EQ(one.first[0].share.value, 0.25);
  EXPECT_DOUBLE_EQ(one.first[1].share.value, 0.0);
  EXPECT_EQ(one.first[2].method, "several");
  EXPECT_DOUBLE_EQ(one.first[2].share.value, 0.25);
  ASSERT_EQ(one.curve.size(), 2U);
  EXPECT_EQ(one.curve[0].time, 2.0);
  EXPECT_DOUBLE_EQ(one.curve[0].incidence, 0.25);
  EXPECT_DOUBLE_EQ(one.curve[1].incidence, 0.5);
}

TEST(Competing, OtherModelsAndLanguagesDoNotCompete) {
  auto lists = two();
  lists[1].lang = assay::to_string(assay::Lang::zh);
  EXPECT_TRUE(competing_attacks(lists).empty());
  lists[1].lang.clear();
  lists[1].model = std::string(1, 'n');
  EXPECT_TRUE(competing_attacks(lists).empty());
  lists[1].model = lists[0].model;
  lists[1].budget = 0.0;
  EXPECT_TRUE(competing_attacks(lists).empty()) << "costs were not recorded";
}

}  // namespace
}  // namespace assay::attack
