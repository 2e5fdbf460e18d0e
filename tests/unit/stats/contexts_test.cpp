// Variance by several crossed factors, and the worst of several contexts: references and coverage.
#include <algorithm>
#include <cmath>
#include <gtest/gtest.h>

#include "base/random.h"
#include "stats/crossed.h"
#include "stats/worst.h"
#include "unit/stats/golden.h"

namespace assay::stats {
namespace {

using test::expect_close;
using test::golden_cases;

TEST(Crossed, ComponentsAgreeWithDenseQuadraticFormsAndAnova) {
  for (const Json& c : golden_cases("crossed")) {
    std::vector<ContextCell> cells;
    for (std::size_t i = 0; i < c["value"].size(); ++i) {
      cells.push_back(
          {c["value"][i], c["item"][i], c["levels"][i].get<std::vector<std::uint32_t>>()});
    }
    const auto found = crossed_components(cells, cells.front().levels.size(), c["interactions"]);
    ASSERT_EQ(found.size(), c["components"].size());
    for (std::size_t i = 0; i < found.size(); ++i) {
      EXPECT_NEAR(found[i], c["components"][i].get<double>(), 1e-9) << i;
    }
  }
}

std::vector<ContextCell> simulate(Rng& rng, std::uint32_t items, double item_sd, double factor_sd) {
  std::vector<ContextCell> out;
  const double effects[] = {-factor_sd, 0.0, factor_sd};
  for (std::uint32_t i = 0; i < items; ++i) {
    const double item = item_sd * rng.normal();
    for (std::uint32_t a = 0; a < 3; ++a) {
      for (std::uint32_t b = 0; b < 2; ++b) {
        out.push_back({item + effects[a] + rng.normal(), i, {a, b}});
      }
    }
  }
  return out;
}

TEST(Crossed, SharesSumToOneAndCoverTheTruth) {
  Rng rng(12);
  int covered = 0;
  int asked = 0;
  const double factor = 0.6 * 0.6;  // sample variance of the three level effects
  const double total = 1.0 + factor + 1.0;
  for (int run = 0; run < 120; ++run) {
    CrossedOptions options;
    options.draws = 300;
    options.seed = static_cast<std::uint64_t>(run);
    options.interactions = false;
    const auto shares = decompose_crossed(simulate(rng, 50, 1.0, 0.6), {"a", "b"}, options);
    ASSERT_EQ(shares.size(), 4U);
    const double truth[] = {1.0 / total, factor / total, 0.0, 1.0 / total};
    double sum = 0.0;
    for (std::size_t i = 0; i < 4; ++i) {
      const Estimate& e = shares[i].share;
      sum += e.value;
      covered += e.interval.low <= truth[i] && truth[i] <= e.interval.high;
      ++asked;
    }
    EXPECT_NEAR(sum, 1.0, 1e-12);
  }
  EXPECT_GT(static_cast<double>(covered) / asked, 0.93);
}

TEST(Crossed, NamesWhatTheDataCanTell) {
  Rng rng(1);
  const auto cells = simulate(rng, 20, 1.0, 0.5);
  const auto with = decompose_crossed(cells, {"a", "b"});
  ASSERT_EQ(with.size(), 6U);
  EXPECT_EQ(with[3].source, "item:a");
  std::vector<ContextCell> one;  // one factor, once an item and level: item:factor is the rest
  for (const auto& cell : cells) {
    if (cell.levels[1] == 0) one.push_back({cell.value, cell.item, {cell.levels[0]}});
  }
  const auto without = decompose_crossed(one, {"a"});
  ASSERT_EQ(without.size(), 3U);
  EXPECT_EQ(without[2].source, "rest");
  EXPECT_TRUE(decompose_crossed({}, {"a"}).empty());
  for (auto& cell : one) cell.value = 1.0;
  EXPECT_FALSE(decompose_crossed(one, {"a"}).front().share.known());
}

struct Coverage {
  double chosen = 0.0;  // the interval of the chosen context holds its true rate
  double below = 0.0;   // no context's true rate lies below the bound
  double naive = 0.0;   // as `chosen`, with the interval of a context named beforehand
};

/// K contexts over the same items: an item is easier or harder in all of them.
Coverage coverage(const std::vector<double>& rates, std::uint32_t items, int runs) {
  Rng rng(77);
  Coverage out;
  ClusterOptions options;
  options.support = Interval{0.0, 1.0};
  options.purpose = Purpose::safety;
  for (int run = 0; run < runs; ++run) {
    std::vector<std::vector<Observation>> contexts(rates.size());
    for (std::uint32_t i = 0; i < items; ++i) {
      const double ease = 0.3 * (rng.uniform() - 0.5);
      for (std::size_t c = 0; c < rates.size(); ++c) {
        contexts[c].push_back({rng.chance(rates[c] + ease) ? 1.0 : 0.0, i});
      }
    }
    const auto found = worst_context(contexts, options);
    const double truth = rates[found->index];
    const double least = *std::min_element(rates.begin(), rates.end());
    const Estimate plain = clustered_mean(contexts[found->index], options);
    out.chosen += found->worst.interval.low <= truth && truth <= found->worst.interval.high;
    out.below += found->at_least.interval.low <= least;
    out.naive += plain.interval.low <= truth && truth <= plain.interval.high;
  }
  out.chosen /= runs;
  out.below /= runs;
  out.naive /= runs;
  return out;
}

TEST(WorstContext, IntervalsHoldAfterTheChoiceAndTheNaiveOneDoesNot) {
  const Coverage same = coverage(std::vector<double>(12, 0.6), 80, 600);
  EXPECT_GE(same.chosen, 0.94);
  EXPECT_GE(same.below, 0.94);
  EXPECT_LT(same.naive, 0.85);
  const Coverage spread = coverage({0.4, 0.45, 0.5, 0.6, 0.7, 0.8}, 60, 400);
  EXPECT_GE(spread.chosen, 0.94);
  EXPECT_GE(spread.below, 0.94);
  const Coverage rare = coverage({0.16, 0.16, 0.16, 0.2, 0.2, 0.2, 0.2, 0.2}, 40, 400);
  EXPECT_GE(rare.chosen, 0.94);
  EXPECT_GE(rare.below, 0.94);
  RecordProperty("naive_of_12_equal", std::to_string(same.naive));
  std::printf("chosen %.3f below %.3f naive %.3f | %.3f %.3f %.3f | %.3f %.3f %.3f\n", same.chosen,
              same.below, same.naive, spread.chosen, spread.below, spread.naive, rare.chosen,
              rare.below, rare.naive);
}

TEST(WorstContext, OfNothingIsNothingAndOfOneItself) {
  EXPECT_FALSE(worst_context({}));
  const std::vector<std::vector<Observation>> one{{}, {{1.0, 0}, {0.0, 1}, {1.0, 2}}};
  const auto found = worst_context(one);
  ASSERT_TRUE(found);
  EXPECT_EQ(found->index, 1U);
  EXPECT_NEAR(found->worst.value, 2.0 / 3.0, 1e-12);
  EXPECT_EQ(found->worst.method, "worst-of-contexts");
}

}  // namespace
}  // namespace assay::stats
