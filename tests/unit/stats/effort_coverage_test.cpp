// Do intervals about effort hold the truth as often as they say? Small simulations at fixed seeds.
#include <algorithm>
#include <cmath>
#include <gtest/gtest.h>

#include "stats/compare_effort.h"
#include "stats/survival.h"
#include "stats/survival_band.h"

namespace assay::stats {
namespace {

struct World {
  std::uint32_t behaviours;
  int seeds;
  double spread;  ///< sd of the log scale between behaviours
};

double exponential(Rng& rng, double scale) { return -scale * std::log(1.0 - rng.uniform()); }

std::vector<SurvivalTime> drawn(Rng& rng, const World& world, double scale) {
  std::vector<SurvivalTime> out;
  for (std::uint32_t b = 0; b < world.behaviours; ++b) {
    const double own = scale * std::exp(world.spread * rng.normal());
    for (int s = 0; s < world.seeds; ++s) {
      const double t = exponential(rng, own);
      const double stop = rng.chance(0.3) ? 10.0 + 30.0 * rng.uniform() : 60.0;
      out.push_back({std::min(t, stop), t <= stop ? 1 : 0, b});
    }
  }
  return out;
}

/// Truth by the same world without censoring.
struct Truth {
  double success;  ///< at 20
  double median;
  double area;  ///< to 40
};

Truth truth_of(const World& world, double scale) {
  Rng rng(99);
  std::vector<double> times;
  double area = 0.0;
  double success = 0.0;
  constexpr int draws = 400000;
  for (int i = 0; i < draws; ++i) {
    const double t = exponential(rng, scale * std::exp(world.spread * rng.normal()));
    times.push_back(t);
    area += std::min(t, 40.0) / draws;
    success += t <= 20.0 ? 1.0 / draws : 0.0;
  }
  std::nth_element(times.begin(), times.begin() + draws / 2, times.end());
  return {success, times[draws / 2], area};
}

bool holds(const Interval& interval, double truth) {
  return interval.low <= truth && truth <= interval.high;
}

void expect_coverage(const World& world, double scale, int least) {
  const Truth truth = truth_of(world, scale);
  Rng rng(7);
  int success = 0;
  int median = 0;
  int area = 0;
  constexpr int worlds = 400;
  for (int i = 0; i < worlds; ++i) {
    const auto times = drawn(rng, world, scale);
    success += holds(success_at(times, 20.0).interval, truth.success) ? 1 : 0;
    median += holds(cost_quantile(times).estimate.interval, truth.median) ? 1 : 0;
    area += holds(restricted_mean(times, 40.0).interval, truth.area) ? 1 : 0;
  }
  // 95% of 400 is 380, sd 4.4.
  testing::Test::RecordProperty("success", success);
  testing::Test::RecordProperty("median", median);
  testing::Test::RecordProperty("area", area);
  EXPECT_GE(success, least) << "success at a cost";
  EXPECT_GE(median, least) << "median";
  EXPECT_GE(area, least) << "restricted mean";
}

TEST(EffortCoverage, IndependentTrials) { expect_coverage({50, 1, 0.8}, 25.0, 370); }
TEST(EffortCoverage, FewTrials) { expect_coverage({15, 1, 0.8}, 25.0, 366); }
TEST(EffortCoverage, SeveralSeedsOfABehaviour) { expect_coverage({30, 5, 1.2}, 25.0, 370); }
TEST(EffortCoverage, RareSuccesses) { expect_coverage({40, 1, 0.5}, 400.0, 366); }

TEST(EffortCoverage, TheBandHoldsTheWholeCurve) {
  Rng rng(11);
  int held = 0;
  constexpr int worlds = 200;
  for (int i = 0; i < worlds; ++i) {
    const auto times = drawn(rng, {60, 1, 0.0}, 25.0);
    const SurvivalBand band = survival_band(kaplan_meier(times));
    bool inside = band.critical > 0.0;
    for (std::size_t j = 0; j < band.points.size(); ++j) {
      const BandPoint& point = band.points[j];
      if (point.time < band.from || point.time > band.to) continue;
      inside = inside && holds(point.band, std::exp(-point.time / 25.0));
    }
    held += inside ? 1 : 0;
  }
  RecordProperty("band", held);
  EXPECT_GE(held, 183) << "95% of 200 is 190, sd 3.1";
}

TEST(EffortCoverage, ADifferenceOfAlikeSidesIsSeldomSeen) {
  Rng rng(13);
  int rejected = 0;
  int held = 0;
  constexpr int worlds = 300;
  SurvivalOptions options;
  options.draws = 400;
  for (int i = 0; i < worlds; ++i) {
    std::vector<SurvivalTime> first;
    std::vector<SurvivalTime> second;
    for (std::uint32_t b = 0; b < 30; ++b) {
      const double scale = 25.0 * std::exp(1.0 * rng.normal());
      for (auto* side : {&first, &second}) {
        const double t = exponential(rng, scale);
        const double stop = rng.chance(0.3) ? 20.0 : 60.0;
        side->push_back({std::min(t, stop), t <= stop ? 1 : 0, b});
      }
    }
    options.seed = static_cast<std::uint64_t>(i);
    const EffortComparison found = compare_effort(first, second, 40.0, 30.0, options);
    ASSERT_TRUE(found.paired);
    rejected += found.test.p_value < 0.05 ? 1 : 0;
    held += holds(found.mean_difference.interval, 0.0) ? 1 : 0;
  }
  RecordProperty("rejected", rejected);
  RecordProperty("difference", held);
  EXPECT_LE(rejected, 25) << "5% of 300 is 15, sd 3.8";
  EXPECT_GE(held, 272) << "95% of 300 is 285; a bootstrap of 30 behaviours falls a little short";
}

}  // namespace
}  // namespace assay::stats
