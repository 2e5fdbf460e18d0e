// What few failures and few items do not show.
#include "report/bounds.h"

#include <gtest/gtest.h>

#include "rich_run.h"

namespace assay::report {
namespace {

using eval::Direction;
using test::figure;
using test::rate;

std::vector<Text> bounds_of(const stats::Estimate& e, Direction direction) {
  return bounds({figure("f", {"Leaks", "泄露"}, e, direction)});
}

TEST(Bounds, ZeroOf300) {
  const auto all = bounds_of(rate(0.0, 0.0, 0.0122, 300), Direction::lower_better);
  ASSERT_EQ(all.size(), 1U);
  EXPECT_EQ(all[0].en,
            "Leaks: 0 of 300 does not mean never: at most 0.99% (95% confidence, one-sided).");
  EXPECT_EQ(all[0].zh, "泄露：300 例中有 0 例，不等于永不发生：至多 0.99%（单侧 95% 置信）。");
}

TEST(Bounds, NoFailureOfARateThatShouldBeHigh) {
  const auto all = bounds_of(rate(1.0, 0.988, 1.0, 300), Direction::higher_better);
  ASSERT_EQ(all.size(), 1U);
  EXPECT_NE(all[0].en.find("the contrary in 0 of 300"), std::string::npos) << all[0].en;
}

TEST(Bounds, UnassessedAnswersMightAllBeFailures) {
  stats::Estimate e = rate(0.0, 0.0, 0.0122, 300);
  e.unassessed = 10;
  const auto all = bounds_of(e, Direction::lower_better);
  ASSERT_EQ(all.size(), 1U);
  EXPECT_NE(all[0].en.find("if all 10 unassessed answers were such cases, at most 5.4%"),
            std::string::npos)
      << all[0].en;
}

TEST(Bounds, RepeatsOfAnItemAreNoEvidence) {
  stats::Estimate e = rate(0.0, 0.0, 0.2, 300);
  e.clusters = 30;
  const auto all = bounds_of(e, Direction::lower_better);
  ASSERT_EQ(all.size(), 1U);
  EXPECT_NE(all[0].en.find("0 of 30 "), std::string::npos) << all[0].en;
}

TEST(Bounds, OnlyForRareEventsAndKnownRates) {
  EXPECT_TRUE(bounds_of(rate(0.4, 0.3, 0.5, 100), Direction::lower_better).empty());
  EXPECT_TRUE(bounds_of(stats::no_estimate("no observations"), Direction::lower_better).empty());
  stats::Estimate joules = rate(0.0, 0.0, 1.0, 10);
  joules.unit = std::string("J");
  EXPECT_TRUE(bounds_of(joules, Direction::lower_better).empty());
  EXPECT_EQ(bounds_of(rate(0.03, 0.01, 0.08, 100), Direction::lower_better).size(), 1U);
}

TEST(Power, SaysWhatCouldNotBeSeen) {
  stats::Estimate e = rate(0.5, 0.35, 0.65, 40);
  e.minimum_detectable = 0.298;
  const auto text = power({figure("f", {"Right", "答对"}, e, Direction::higher_better)});
  ASSERT_TRUE(text);
  EXPECT_EQ(text->en,
            "Right: with 40 independent items, a difference under 30 percentage points to another "
            "model on as many items could not be seen reliably (80% power).");
  e.minimum_detectable.reset();
  e.chance = 0.25;
  const auto chance = power({figure("f", {"Right", "答对"}, e, Direction::higher_better)});
  ASSERT_TRUE(chance);
  EXPECT_NE(chance->en.find("above chance"), std::string::npos);
  EXPECT_FALSE(power({}));
}

TEST(Power, TooFewItemsAreSaidToBeTooFew) {
  stats::Estimate e = rate(1.0, 0.025, 1.0, 1);
  e.chance = 0.5;
  const auto text = power({figure("f", {"Right", "答对"}, e, Direction::higher_better)});
  ASSERT_TRUE(text);
  EXPECT_NE(text->en.find("too few"), std::string::npos) << text->en;
}

}  // namespace
}  // namespace assay::report
