#include <algorithm>
#include <cmath>
#include <gtest/gtest.h>

#include "attack/effort.h"
#include "base/random.h"

namespace assay::attack {
namespace {

/// Repeated attempts whose success follows the power law -log P = 3 n^-0.4.
EffortTrials attempts(int behaviours, double budget) {
  Rng rng(21);
  EffortTrials out;
  out.method = "best-of-n";
  out.model = "m";
  out.budget = budget;
  for (int i = 0; i < behaviours; ++i) {
    const double t = std::ceil(std::pow(3.0 / -std::log(1.0 - rng.uniform()), 1.0 / 0.4));
    const Ending ending = t <= budget ? Ending::broken : Ending::budget;
    out.trials.push_back(
        {std::string("b").append(std::to_string(i)), std::min(t, budget), ending, false, {}});
  }
  return out;
}

TEST(EffortForecast, RepeatedAttemptsAreForecastAndScored) {
  const EffortFigures figures = effort_figures(attempts(200, 1000));
  ASSERT_TRUE(figures.ahead.estimate.known()) << figures.ahead.estimate.assumptions.front();
  EXPECT_GT(figures.ahead.estimate.value, figures.broken.value);
  EXPECT_TRUE(figures.ahead.estimate.modelled);
  ASSERT_FALSE(figures.score.held_out.empty());
  EXPECT_GE(figures.score.coverage, 0.5);
  EXPECT_LT(figures.score.mean_error, figures.score.naive_error);
  const Json json = to_json(figures);
  EXPECT_EQ(json["forecast"]["cost"], 10000.0);
  EXPECT_EQ(json["forecast"]["scored"]["held_out"].size(), figures.score.held_out.size());
}

TEST(EffortForecast, AnAttackThatStopsTooEarlyIsForecastAsIfItWentOn) {
  EffortTrials trials = attempts(200, 1000);
  int stopped = 0;
  for (EffortTrial& t : trials.trials) {
    if (t.ending != Ending::budget || stopped == 20) continue;
    t.ending = Ending::stopped;
    t.cost = 500.0;
    ++stopped;
  }
  ASSERT_EQ(stopped, 20);
  const EffortFigures figures = effort_figures(trials);
  ASSERT_TRUE(figures.ahead.estimate.known()) << figures.ahead.estimate.assumptions.front();
  EXPECT_EQ(figures.ahead.estimate.assumptions.size(), 2U) << "it says so";
  EXPECT_GT(figures.broken_on.value, figures.broken.value);
}

TEST(EffortForecast, APlateauIsNoLaw) {
  EffortTrials trials = attempts(200, 1000);
  for (EffortTrial& t : trials.trials) {  // whatever had not broken by 30 never does
    if (t.cost > 30.0) t = {t.behaviour, 1000.0, Ending::budget, false, {}};
  }
  const EffortFigures figures = effort_figures(trials);
  EXPECT_FALSE(figures.ahead.estimate.known());
  EXPECT_EQ(figures.ahead.estimate.interval.high, 1.0);
}

}  // namespace
}  // namespace assay::attack
