#include "stats/sequential.h"

#include <cmath>
#include <gtest/gtest.h>

#include "base/random.h"
#include "unit/stats/golden.h"

namespace assay::stats {
namespace {

using test::expect_close;
using test::golden_cases;

Sides sides_of(const Json& c) { return *parse_sides(c["sides"].get<std::string>()); }

TEST(BettingSequence, AgreesWithDirectEvaluation) {
  for (const Json& c : golden_cases("sequential")) {
    SequenceOptions options;
    options.sides = sides_of(c);
    options.grid = 400;
    BettingSequence sequence(options);
    std::size_t row = 0;
    for (const Json& x : c["x"]) {
      sequence.observe(x);
      if (row >= c["rows"].size() || c["rows"][row][0] != sequence.n()) continue;
      const Interval i = sequence.interval();
      expect_close(i.low, c["rows"][row][1], dump_json(c["rows"][row]));
      expect_close(i.high, c["rows"][row][2], dump_json(c["rows"][row]));
      ++row;
    }
    EXPECT_EQ(row, c["rows"].size());
  }
}

TEST(BettingSequence, NeverZeroWidthAndShrinks) {
  SequenceOptions upper;
  upper.sides = Sides::upper;
  BettingSequence two;
  BettingSequence one(upper);
  double last = 1.0;
  for (int i = 0; i < 3000; ++i) {
    two.observe(0.0);
    one.observe(0.0);
    const double high = two.interval().high;
    EXPECT_LE(high, last);
    EXPECT_GT(high, 0.0);
    last = high;
  }
  EXPECT_EQ(two.interval().low, 0.0);
  EXPECT_LT(last, 0.01);
  EXPECT_LT(one.interval().high, last);
}

TEST(BettingSequence, OtherSupportsAreScaledAndOutsidersUnassessed) {
  SequenceOptions options;
  options.support = {-1.0, 3.0};
  BettingSequence scaled(options);
  BettingSequence unit;
  Rng rng(4);
  for (int i = 0; i < 100; ++i) {
    const double x = rng.uniform();
    scaled.observe(-1.0 + 4.0 * x);
    unit.observe(x);
  }
  EXPECT_NEAR(scaled.interval().low, -1.0 + 4.0 * unit.interval().low, 1e-9);
  scaled.observe(7.0);
  scaled.observe(std::nan(""));
  const Estimate e = scaled.estimate();
  EXPECT_EQ(e.unassessed, 2);
  EXPECT_EQ(e.n, 100);
  EXPECT_LT(e.worst_case->low, e.value);
  EXPECT_FALSE(BettingSequence().estimate().known());
}

/// Whether the capital against the true mean ever reaches its threshold, for a coin. This is the
/// event that the sequence ever misses the mean, with no grid between.
bool ever_misses(double p, int steps, Rng& rng) {
  constexpr double kAlpha = 0.05;
  PluginBets bets(kAlpha / 2.0);
  double above = 1.0;
  double below = 1.0;
  for (int t = 0; t < steps; ++t) {
    const double x = rng.chance(p) ? 1.0 : 0.0;
    const double bet = bets.next();
    above *= 1.0 + (bet * p > 0.5 ? 0.5 / p : bet) * (x - p);
    below *= 1.0 - (bet * (1.0 - p) > 0.5 ? 0.5 / (1.0 - p) : bet) * (x - p);
    if (above >= 2.0 / kAlpha || below >= 2.0 / kAlpha) return true;
    bets.observe(x);
  }
  return false;
}

TEST(BettingSequence, AnytimeErrorIsAtMostFivePercentOver10000Paths) {
  constexpr int kPaths = 10000;
  for (const double p : {0.01, 0.1, 0.5, 0.99}) {
    Rng rng = Rng::named(2024, "sequence/" + std::to_string(p));
    int missed = 0;
    for (int path = 0; path < kPaths; ++path) missed += ever_misses(p, 300, rng);
    EXPECT_LE(missed, kPaths / 20) << p;
    const bool wide = p > 0.05 && p < 0.95;
    EXPECT_GE(missed, wide ? 1 : 0) << "the bets never come near: p = " << p;
  }
}

TEST(BettingSequence, TheObjectMissesNoMoreThanItsCapital) {
  Rng rng(77);
  int missed = 0;
  for (int path = 0; path < 300; ++path) {
    SequenceOptions options;
    options.grid = 200;
    BettingSequence sequence(options);
    bool miss = false;
    for (int t = 0; t < 200; ++t) {
      sequence.observe(rng.chance(0.3) ? 1.0 : 0.0);
      const Interval i = sequence.interval();
      miss = miss || i.low > 0.3 || i.high < 0.3;
    }
    missed += miss;
  }
  EXPECT_LE(missed, 15 + 12);  // 5% and three standard deviations
}

}  // namespace
}  // namespace assay::stats
