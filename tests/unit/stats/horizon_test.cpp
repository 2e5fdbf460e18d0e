#include "stats/horizon.h"

#include <cmath>
#include <gtest/gtest.h>

#include "base/random.h"
#include "unit/stats/golden.h"

namespace assay::stats {
namespace {

using test::golden_cases;

std::vector<TaskRun> runs_of(const Json& rows) {
  std::vector<TaskRun> runs;
  for (const Json& row : rows) {
    runs.push_back({row[0].get<std::uint32_t>(), row[1].get<std::uint32_t>(), row[2].get<double>(),
                    row[3].get<double>()});
  }
  return runs;
}

TEST(Horizon, CurvesAreThoseOfScikitLearn) {
  for (const Json& c : golden_cases("horizon")) {
    const auto runs = runs_of(c["runs"]);
    const auto weights = horizon_weights(runs);
    ASSERT_EQ(weights.size(), c["weights"].size());
    for (std::size_t i = 0; i < weights.size(); ++i) {
      EXPECT_NEAR(weights[i], c["weights"][i].get<double>(), 1e-12);
    }
    const HorizonCurve curve = fit_horizon(runs);
    EXPECT_NEAR(curve.slope, c["slope"].get<double>(), 1e-6);
    EXPECT_NEAR(curve.intercept, c["intercept"].get<double>(), 1e-6);
    for (const auto& [p, minutes] : c["horizon"].items()) {
      const double expected = minutes.get<double>();
      EXPECT_NEAR(curve.horizon(std::stod(p)), expected, 1e-4 * expected);
      EXPECT_NEAR(curve.success(curve.horizon(std::stod(p))), std::stod(p), 1e-9);
    }
  }
}

std::vector<TaskRun> drawn(Rng& rng, std::uint32_t families, std::uint32_t tasks, double slope,
                           double intercept) {
  std::vector<TaskRun> runs;
  std::uint32_t task = 0;
  for (std::uint32_t f = 0; f < families; ++f) {
    for (std::uint32_t t = 0; t < tasks; ++t, ++task) {
      const double minutes = std::exp2(-2.0 + 10.0 * rng.uniform());
      const double p = 1.0 / (1.0 + std::exp(-(slope * std::log2(minutes) + intercept)));
      for (int r = 0; r < 2; ++r) runs.push_back({f, task, minutes, rng.chance(p) ? 1.0 : 0.0});
    }
  }
  return runs;
}

TEST(Horizon, TheIntervalHoldsTheTruthAsOftenAsItSays) {
  const double truth = std::exp2(4.0 / 0.9);
  Rng rng(7);
  int held = 0;
  constexpr int worlds = 100;
  for (int world = 0; world < worlds; ++world) {
    const auto runs = drawn(rng, 30, 4, -0.9, 4.0);
    HorizonOptions options;
    options.draws = 100;
    options.seed = static_cast<std::uint64_t>(world);
    const Estimate e = horizon_estimate(runs, options);
    held += e.interval.low <= truth && truth <= e.interval.high ? 1 : 0;
  }
  // 95% of 100, sd 2.2; the shrinkage of the slope and few draws cost a little.
  EXPECT_GE(held, 86);
}

TEST(Horizon, WhatHasNoHorizonHasNoEstimate) {
  EXPECT_FALSE(horizon_estimate({}).known());
  std::vector<TaskRun> runs{{0, 0, 1, 1}, {1, 1, 60, 1}};
  EXPECT_FALSE(horizon_estimate(runs).known()) << "all succeed";
  runs = {{0, 0, 1, 0}, {1, 1, 60, 1}};
  EXPECT_FALSE(horizon_estimate(runs).known()) << "longer ones succeed more";
  runs = {{0, 0, 1, 1}, {1, 1, 60, 0}};
  const Estimate e = horizon_estimate(runs);
  ASSERT_TRUE(e.known());
  EXPECT_GT(e.value, 1.0);
  EXPECT_LT(e.value, 60.0);
  EXPECT_TRUE(std::isinf(e.interval.high)) << "draws of the success alone have no end";
  EXPECT_EQ(e.interval.low, 0.0);
}

TEST(Horizon, AFamilyOfManyTasksDoesNotOutweighTheOthers) {
  std::vector<TaskRun> runs{{0, 0, 4, 1}};
  for (std::uint32_t t = 1; t <= 16; ++t) runs.push_back({1, t, 4, 0});
  const auto weights = horizon_weights(runs);
  EXPECT_NEAR(weights[0], 1.0 / (1.0 + 16.0 / 4.0), 1e-12);
}

}  // namespace
}  // namespace assay::stats
