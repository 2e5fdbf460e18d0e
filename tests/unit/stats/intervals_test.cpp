#include "stats/intervals.h"

#include <cmath>
#include <gtest/gtest.h>

#include "stats/proportion.h"
#include "unit/stats/golden.h"

namespace assay::stats {
namespace {

using test::expect_close;
using test::golden_cases;

TEST(Intervals, AgreeWithStatsmodelsAndScipy) {
  for (const Json& c : golden_cases("intervals")) {
    const double x = c["x"];
    const double n = c["n"];
    const double level = c["level"];
    const std::string what = dump_json(c);
    const Interval cp = clopper_pearson(x, n, level);
    expect_close(cp.low, c["cp"][0], what);
    expect_close(cp.high, c["cp"][1], what);
    expect_close(clopper_pearson(x, n, level, Sides::upper).high, c["cp_upper"], what);
    expect_close(clopper_pearson(x, n, level, Sides::lower).low, c["cp_lower"], what);
    const Interval w = wilson(x, n, level);
    expect_close(w.low, c["wilson"][0], what);
    expect_close(w.high, c["wilson"][1], what);
  }
}

TEST(Intervals, NewcombeAgreesWithStatsmodels) {
  for (const Json& c : golden_cases("differences")) {
    const Estimate e = difference_of_proportions(c["x1"], c["n1"], c["x2"], c["n2"]);
    EXPECT_EQ(e.method, "newcombe");
    expect_close(e.interval.low, c["newcombe"][0], dump_json(c));
    expect_close(e.interval.high, c["newcombe"][1], dump_json(c));
  }
}

// The figures that the design names: 0 of 300 is at most 0.99% (one-sided), 1.22% (two-sided).
TEST(Proportion, NothingSeenIsNotNever) {
  const Estimate one = proportion(0, 300, 0, {Purpose::safety, Sides::upper, 0.95});
  EXPECT_NEAR(one.interval.high, 1.0 - std::pow(0.05, 1.0 / 300.0), 1e-12);
  EXPECT_NEAR(one.interval.high, 0.0099, 5e-5);
  EXPECT_EQ(one.interval.low, 0.0);
  const Estimate two = proportion(0, 300, 0, {Purpose::safety, Sides::two, 0.95});
  EXPECT_NEAR(two.interval.high, 0.0122, 5e-5);
  EXPECT_EQ(proportion(300, 300).interval.high, 1.0);
  EXPECT_LT(proportion(300, 300).interval.low, 1.0);
}

TEST(Proportion, ChoosesTheExactIntervalWhereCountsAreFew) {
  EXPECT_EQ(proportion(14, 100).method, "clopper-pearson");
  EXPECT_EQ(proportion(15, 100).method, "wilson");
  EXPECT_EQ(proportion(86, 100).method, "clopper-pearson");
  EXPECT_EQ(proportion(50, 100, 0, {Purpose::safety}).method, "clopper-pearson");
  EXPECT_EQ(proportion(50, 100, 0, {Purpose::capability, Sides::lower}).method, "clopper-pearson");
}

TEST(Proportion, WorstCaseSpansTheUnassessed) {
  const Estimate e = proportion(6, 8, 2);
  ASSERT_TRUE(e.worst_case);
  EXPECT_DOUBLE_EQ(e.worst_case->low, 0.6);
  EXPECT_DOUBLE_EQ(e.worst_case->high, 0.8);
  EXPECT_EQ(e.unassessed, 2);
}

TEST(Proportion, ImpossibleOrEmptyInputIsNoEstimate) {
  for (const Estimate& e : {proportion(0, 0), proportion(3, 2), proportion(-1, 2),
                            proportion(1, 2, -1), proportion(1, 2, 0, {{}, {}, 1.0})}) {
    EXPECT_FALSE(e.known());
    EXPECT_EQ(e.interval.low, 0.0);
    EXPECT_EQ(e.interval.high, 1.0);
    EXPECT_FALSE(e.assumptions.empty());
  }
  EXPECT_FALSE(difference_of_proportions(1, 2, 0, 0).known());
}

}  // namespace
}  // namespace assay::stats
