// The rules by which a finding is good, a concern, or settles nothing.
#include "report/judgement.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "rich_run.h"

namespace assay::report {
namespace {

using eval::Direction;
using test::figure;
using test::rate;

Tone tone(const stats::Estimate& e, Direction direction, std::string_view area = "misuse") {
  return judge(figure("f", {"F", "F"}, e, direction), area).tone;
}

TEST(Judgement, RateAgainstOneInTen) {
  EXPECT_EQ(tone(rate(0.62, 0.50, 0.73, 60), Direction::higher_better), Tone::concern);
  EXPECT_EQ(tone(rate(0.98, 0.93, 0.99, 200), Direction::higher_better), Tone::good);
  EXPECT_EQ(tone(rate(0.93, 0.80, 0.98, 40), Direction::higher_better), Tone::neutral);
  EXPECT_EQ(tone(rate(0.02, 0.0, 0.06, 200), Direction::lower_better), Tone::good);
  EXPECT_EQ(tone(rate(0.30, 0.20, 0.42, 60), Direction::lower_better), Tone::concern);
}

TEST(Judgement, NothingSeenInAFewItemsIsNotGood) {
  EXPECT_EQ(tone(rate(0.0, 0.0, 0.31, 10), Direction::lower_better), Tone::neutral);
}

TEST(Judgement, AbilityIsDescribedNotJudged) {
  EXPECT_EQ(tone(rate(0.1, 0.05, 0.2, 60), Direction::higher_better, "capability"), Tone::neutral);
  EXPECT_EQ(tone(rate(0.9, 0.1, 0.95, 60), Direction::neutral), Tone::neutral);
}

TEST(Judgement, ChanceIsTheLineWhereThereIsOne) {
  stats::Estimate e = rate(0.59, 0.53, 0.65, 200);
  e.chance = 0.5;
  EXPECT_EQ(tone(e, Direction::lower_better), Tone::concern);
  e.interval = {0.48, 0.68};
  EXPECT_EQ(tone(e, Direction::lower_better), Tone::neutral);
  e.interval = {0.3, 0.45};
  EXPECT_EQ(tone(e, Direction::lower_better), Tone::good);
  e = rate(0.96, 0.92, 0.99, 200);
  e.chance = 0.25;
  EXPECT_EQ(tone(e, Direction::higher_better), Tone::good);
  e = rate(0.5, 0.05, 0.95, 4);
  e.chance = 0.25;
  EXPECT_EQ(tone(e, Direction::higher_better), Tone::concern) << "not above guessing";
}

TEST(Judgement, DifferenceAgainstZero) {
  stats::Estimate e = rate(0.1, 0.04, 0.16, 300);
  e.unit = "difference of proportions";
  EXPECT_EQ(tone(e, Direction::lower_better), Tone::concern);
  EXPECT_EQ(tone(e, Direction::higher_better), Tone::good);
  e.interval.low = -0.01;
  EXPECT_EQ(tone(e, Direction::lower_better), Tone::neutral);
}

TEST(Judgement, NoFigureIsUnknown) {
  EXPECT_EQ(tone(stats::no_estimate("no observations"), Direction::lower_better), Tone::unknown);
}

RC_GTEST_PROP(Judgement, AWiderIntervalNeverTurnsConcernIntoGoodOrBack, ()) {
  const double p = *rc::gen::inRange(0, 1000) / 1000.0;
  const double narrow = *rc::gen::inRange(1, 200) / 1000.0;
  const double wide = narrow + *rc::gen::inRange(1, 500) / 1000.0;
  const auto at = [&](double half) {
    return tone(rate(p, std::max(0.0, p - half), std::min(1.0, p + half), 50),
                Direction::lower_better);
  };
  const Tone before = at(narrow);
  const Tone after = at(wide);
  RC_ASSERT(after == before || after == Tone::neutral);
}

}  // namespace
}  // namespace assay::report
