#include "stats/forecast.h"

#include <algorithm>
#include <cmath>
#include <gtest/gtest.h>

#include "unit/stats/golden.h"

namespace assay::stats {
namespace {

using test::golden_cases;

TEST(Forecast, LawsAreThoseOfScipy) {
  int laws = 0;
  for (const Json& c : golden_cases("forecast")) {
    if (c["kind"] == "points") {
      const auto law = fit_power_law_points(c["n"].get<std::vector<double>>(),
                                            c["success"].get<std::vector<double>>());
      ASSERT_TRUE(law);
      test::expect_close(law->a, c["a"].get<double>(), "a");
      test::expect_close(law->b, c["b"].get<double>(), "b");
    }
    if (c["kind"] != "law") continue;
    ++laws;
    std::vector<SurvivalTime> times;
    for (const Json& row : c["rows"]) {
      times.push_back(
          {row[0].get<double>(), row[1].get<int>(), static_cast<std::uint32_t>(times.size())});
    }
    const auto law = fit_power_law(times);
    ASSERT_TRUE(law);
    EXPECT_NEAR(law->a, c["a"].get<double>(), 2e-6 * law->a);
    EXPECT_NEAR(law->b, c["b"].get<double>(), 2e-6);
  }
  EXPECT_EQ(laws, 3);
}

/// First hits of trials whose law is a power law.
std::vector<SurvivalTime> by_law(Rng& rng, int n, double a, double b, double budget) {
  std::vector<SurvivalTime> out;
  for (int i = 0; i < n; ++i) {
    const double t = std::ceil(std::pow(a / -std::log(1.0 - rng.uniform()), 1.0 / b));
    out.push_back({std::min(t, budget), t <= budget ? 1 : 0, static_cast<std::uint32_t>(i)});
  }
  return out;
}

/// First hits of behaviours each with its own chance a query: p = uniform^power, so that the tail
/// of small chances is that of a power law, and the rest is not.
std::vector<SurvivalTime> by_chances(Rng& rng, int n, double power, double budget) {
  std::vector<SurvivalTime> out;
  for (int i = 0; i < n; ++i) {
    const double p = std::pow(1.0 - rng.uniform(), power);
    const double t = p >= 1.0 ? 1.0 : std::ceil(std::log(1.0 - rng.uniform()) / std::log1p(-p));
    out.push_back(
        {std::min(std::max(t, 1.0), budget), t <= budget ? 1 : 0, static_cast<std::uint32_t>(i)});
  }
  return out;
}

struct Tally {
  int made = 0;
  int held = 0;
  double error = 0.0;
  double naive = 0.0;
};

/// Forecasts at ten times the budget, with ten times the budget held out.
template <class World>
Tally tally(World world, double budget) {
  Tally out;
  Rng rng(3);
  for (int i = 0; i < 60; ++i) {
    const auto whole = world(rng);
    std::vector<SurvivalTime> seen = whole;
    for (SurvivalTime& t : seen) {
      if (t.time > budget) t = {budget, 0, t.cluster};
    }
    ForecastOptions options;
    options.draws = 200;
    options.seed = static_cast<std::uint64_t>(i);
    const Forecast forecast = forecast_success(seen, 10.0 * budget, options);
    if (!forecast.estimate.known()) continue;
    ++out.made;
    const double truth = 1.0 - kaplan_meier(whole).survival(10.0 * budget);
    const Interval& limits = forecast.estimate.interval;
    out.held += limits.low <= truth + 1e-12 && truth <= limits.high + 1e-12 ? 1 : 0;
    out.error += std::abs(forecast.estimate.value - truth);
    out.naive += std::abs(1.0 - kaplan_meier(seen).survival(budget) - truth);
  }
  return out;
}

TEST(Forecast, TheIntervalHoldsWhatIsThenSeen) {
  const Tally law = tally([](Rng& rng) { return by_law(rng, 100, 3.0, 0.4, 1000); }, 100);
  RecordProperty("law_made", law.made);
  RecordProperty("law_held", law.held);
  EXPECT_GE(law.made, 50);
  EXPECT_GE(law.held, law.made - 6) << "95%, sd 1.7";
  EXPECT_LT(law.error, 0.5 * law.naive) << "better than that nothing more breaks";
}

TEST(Forecast, AMixtureOfChancesIsForecastToo) {
  const Tally mixed = tally([](Rng& rng) { return by_chances(rng, 100, 3.0, 1000); }, 100);
  RecordProperty("mixed_made", mixed.made);
  RecordProperty("mixed_held", mixed.held);
  EXPECT_GE(mixed.made, 40);
  EXPECT_GE(mixed.held, mixed.made - 9) << "the law is only near there";
  EXPECT_LT(mixed.error, 0.7 * mixed.naive);
}

TEST(Forecast, WhatTheDataDoNotCarryIsRefused) {
  Rng rng(1);
  const auto good = by_law(rng, 100, 3.0, 0.4, 100);
  const auto reason = [](const Forecast& f) {
    EXPECT_FALSE(f.estimate.known());
    return f.estimate.assumptions.empty() ? std::string() : f.estimate.assumptions.front();
  };
  EXPECT_TRUE(forecast_success(good, 1000).estimate.known());
  EXPECT_TRUE(forecast_success(good, 1000).estimate.modelled);
  EXPECT_EQ(forecast_success(good, 1000).estimate.assumptions.size(), 1U);
  EXPECT_EQ(forecast_success(good, 5000).estimate.assumptions.size(), 2U);
  EXPECT_NE(reason(forecast_success(good, 20000)).find("100 times"), std::string::npos);
  EXPECT_NE(reason(forecast_success(good, 50)).find("was tried"), std::string::npos);
  EXPECT_FALSE(forecast_success({}, 10).estimate.known());
  std::vector<SurvivalTime> few(good.begin(), good.begin() + 8);
  EXPECT_NE(reason(forecast_success(few, 1000)).find("fewer than 10"), std::string::npos);
  std::vector<SurvivalTime> narrow;
  std::vector<SurvivalTime> two;
  for (std::uint32_t i = 0; i < 60; ++i) {
    narrow.push_back({i % 2 == 0 ? 20.0 + i % 12 : 100.0, i % 2 == 0 ? 1 : 0, i});
    // Half at once, half after a long rest: no power law.
    const double t = i < 30 ? 1.0 + i % 3 : 900.0 + i;
    two.push_back({i < 58 ? t : 1000.0, i < 58 ? 1 : 0, i});
  }
  EXPECT_NE(reason(forecast_success(narrow, 1000)).find("factor of 10"), std::string::npos);
  const Forecast rejected = forecast_success(two, 10000);
  EXPECT_LT(rejected.fit_p, 0.05);
  EXPECT_NE(reason(rejected).find("does not fit"), std::string::npos);
}

TEST(Forecast, HeldOutBudgetsAreScored) {
  Rng rng(5);
  ForecastOptions options;
  options.draws = 200;
  const ForecastScore score = score_forecasts(by_law(rng, 200, 3.0, 0.4, 2000), 10.0, options);
  ASSERT_GE(score.held_out.size(), 3U);
  EXPECT_NEAR(score.held_out.front().seen, 200.0, 1e-9);
  EXPECT_NEAR(score.held_out.front().target, 2000.0, 1e-9);
  EXPECT_GE(score.coverage, 0.5);
  EXPECT_LT(score.mean_error, score.naive_error);
  EXPECT_TRUE(std::isnan(score_forecasts({}).coverage));
}

}  // namespace
}  // namespace assay::stats
