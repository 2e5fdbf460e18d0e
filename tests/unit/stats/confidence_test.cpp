// What stated confidence is worth: reference values, identities, and coverage of the intervals.
#include "stats/confidence.h"

#include <cmath>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "unit/stats/golden.h"

namespace assay::stats {
namespace {

using test::expect_close;

std::vector<Forecast> forecasts_of(const Json& c) {
  std::vector<Forecast> out;
  for (std::size_t i = 0; i < c["p"].size(); ++i) {
    out.push_back(
        {c["p"][i].get<double>(), c["y"][i].get<int>() == 1, static_cast<std::uint32_t>(i)});
  }
  return out;
}

TEST(Confidence, AgreesWithTheReferenceImplementations) {
  for (const Json& c : test::golden_cases("confidence")) {
    const auto forecasts = forecasts_of(c);
    const auto bins = equal_mass_bins(forecasts, 10);
    ASSERT_EQ(bins.size(), c["bin_mean"].size());
    for (std::size_t i = 0; i < bins.size(); ++i) {
      expect_close(bins[i].mean_probability, c["bin_mean"][i], "bin mean");
      expect_close(bins[i].accuracy, c["bin_accuracy"][i], "bin accuracy");
    }
    CalibrationOptions options;
    options.draws = 50;
    const double debiased = debiased_calibration_error(forecasts, options).value;
    EXPECT_NEAR(debiased, c["ece_debiased"].get<double>(), 1e-7);  // theirs by quadrature
    const BrierParts parts = brier_parts(forecasts, 10);
    expect_close(parts.brier, c["brier"], "brier");
    expect_close(parts.reliability, c["reliability"], "reliability");
    expect_close(parts.resolution, c["resolution"], "resolution");
    expect_close(parts.uncertainty, c["uncertainty"], "uncertainty");
    expect_close(confidence_auroc(forecasts, options).value, c["auroc"], "auroc");
    expect_close(risk_coverage_area(forecasts, options).value, c["aurc"], "aurc");
    for (const auto& [coverage, risk] : c["risk"].items()) {
      expect_close(selective_risk(forecasts, std::stod(coverage), options).value, risk, coverage);
    }
  }
}

/// Murphy 1973: a forecaster of few distinct values has nothing left within its bins.
TEST(Confidence, MurphysPartsOfAHandWorkedTable) {
  std::vector<Forecast> forecasts;  // 0.2 said 5 times (1 right), 0.8 said 5 times (3 right)
  for (std::uint32_t i = 0; i < 10; ++i) {
    forecasts.push_back({i < 5 ? 0.2 : 0.8, i == 0 || (i >= 5 && i < 8), i});
  }
  const BrierParts parts = brier_parts(forecasts, 2);
  EXPECT_NEAR(parts.brier, (0.64 + 4 * 0.04 + 3 * 0.04 + 2 * 0.64) / 10.0, 1e-12);
  EXPECT_NEAR(parts.reliability, 0.5 * 0.0 + 0.5 * 0.04, 1e-12);
  EXPECT_NEAR(parts.resolution, 0.04, 1e-12);
  EXPECT_NEAR(parts.uncertainty, 0.24, 1e-12);
  EXPECT_NEAR(parts.within, 0.0, 1e-12);
}

RC_GTEST_PROP(Confidence, OrderOfTheForecastsDoesNotMatter, ()) {
  const auto raw = *rc::gen::container<std::vector<int>>(12, rc::gen::inRange(0, 20));
  std::vector<Forecast> forecasts;
  for (std::uint32_t i = 0; i < raw.size(); ++i) {
    forecasts.push_back({static_cast<double>(raw[i] / 2) / 10.0, raw[i] % 2 == 1, i});
  }
  std::vector<Forecast> turned(forecasts.rbegin(), forecasts.rend());
  CalibrationOptions options;
  options.draws = 5;
  const auto same = [](double a, double b) {
    return std::abs(a - b) < 1e-12 || (std::isnan(a) && std::isnan(b));
  };
  RC_ASSERT(same(risk_coverage_area(forecasts, options).value,
                 risk_coverage_area(turned, options).value));
  RC_ASSERT(
      same(confidence_auroc(forecasts, options).value, confidence_auroc(turned, options).value));
  RC_ASSERT(same(brier_parts(forecasts, 4).within, brier_parts(turned, 4).within));
  RC_ASSERT(brier_parts(forecasts, 4).resolution <= brier_parts(forecasts, 4).uncertainty + 1e-12);
  const Estimate all = selective_risk(forecasts, 1.0, options);
  double wrong = 0.0;
  for (const Forecast& f : forecasts) wrong += f.correct ? 0.0 : 1.0 / 12.0;
  RC_ASSERT(same(all.value, wrong));
}

/// Share of runs whose interval holds the true error of a forecaster who is `over` too sure.
struct Coverage {
  double held = 0.0;
  double bias = 0.0;
  double zero_in = 0.0;
};
Coverage coverage_of(double over) {
  Coverage out;
  constexpr int kRuns = 300;
  for (int run = 0; run < kRuns; ++run) {
    Rng rng = Rng::named(static_cast<std::uint64_t>(run), "confidence/coverage");
    std::vector<Forecast> forecasts;
    for (std::uint32_t i = 0; i < 120; ++i) {
      const double p = 0.3 + 0.6 * rng.uniform();
      forecasts.push_back({p, rng.chance(p - over), i});
    }
    CalibrationOptions options;
    options.draws = 300;
    options.seed = static_cast<std::uint64_t>(run);
    const Estimate e = debiased_calibration_error(forecasts, options);
    EXPECT_TRUE(e.interval.low <= e.value && e.value <= e.interval.high);
    out.held += e.interval.low <= over && over <= e.interval.high ? 1.0 / kRuns : 0.0;
    out.zero_in += e.interval.low == 0.0 ? 1.0 / kRuns : 0.0;
    out.bias += (e.value - over) / kRuns;
  }
  return out;
}

TEST(Confidence, IntervalOfTheCalibrationErrorHolds) {
  const Coverage calibrated = coverage_of(0.0);
  EXPECT_GE(calibrated.held, 0.93);
  const Coverage overconfident = coverage_of(0.25);
  EXPECT_GE(overconfident.held, 0.91);
  EXPECT_LT(std::abs(overconfident.bias), 0.02);
  EXPECT_LT(overconfident.zero_in, 0.05);  // and it is found out
}

TEST(Confidence, AConfidenceThatSaysNothingIsAtTheErrorRate) {
  std::vector<Forecast> forecasts;
  for (std::uint32_t i = 0; i < 100; ++i) forecasts.push_back({0.7, i % 4 != 0, i});
  EXPECT_NEAR(risk_coverage_area(forecasts).value, 0.25, 1e-12);
  EXPECT_NEAR(selective_risk(forecasts, 0.5).value, 0.25, 1e-12);
  EXPECT_NEAR(confidence_auroc(forecasts).value, 0.5, 1e-12);
}

TEST(Confidence, WhatCannotBeSaidIsNotSaid) {
  const std::vector<Forecast> none;
  EXPECT_FALSE(debiased_calibration_error(none).known());
  EXPECT_FALSE(risk_coverage_area(none).known());
  const std::vector<Forecast> right(30, {0.9, true, 0});
  EXPECT_FALSE(confidence_auroc(right).known());
  EXPECT_FALSE(selective_risk(right, 0.0).known());
  std::vector<Forecast> all_right;
  for (std::uint32_t i = 0; i < 30; ++i) all_right.push_back({1.0, true, i});
  const Estimate perfect = debiased_calibration_error(all_right);
  EXPECT_EQ(perfect.value, 0.0);
  EXPECT_GT(perfect.interval.high, 0.05);  // never of zero width
  EXPECT_GT(selective_risk(all_right, 0.5).interval.high, 0.05);
  const std::vector<Forecast> impossible{{1.5, true, 0}};
  EXPECT_FALSE(debiased_calibration_error(impossible).known());
}

}  // namespace
}  // namespace assay::stats
