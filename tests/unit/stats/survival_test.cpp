#include "stats/survival.h"

#include <cmath>
#include <gtest/gtest.h>

#include "stats/incidence.h"
#include "stats/intervals.h"
#include "stats/survival_band.h"
#include "unit/stats/golden.h"

namespace assay::stats {
namespace {

using test::expect_close;
using test::golden_cases;

std::vector<SurvivalTime> times_of(const Json& rows, bool alone) {
  std::vector<SurvivalTime> out;
  for (const Json& row : rows) {
    out.push_back({row[0].get<double>(), row[1].get<int>(),
                   alone ? static_cast<std::uint32_t>(out.size()) : row[2].get<std::uint32_t>()});
  }
  return out;
}

std::vector<Json> cases(const std::string& kind) {
  std::vector<Json> out;
  for (const Json& c : golden_cases("survival")) {
    if (c["kind"] == kind) out.push_back(c);
  }
  EXPECT_FALSE(out.empty()) << kind;
  return out;
}

double number(const Json& value) {
  return value.is_null() ? std::numeric_limits<double>::infinity() : value.get<double>();
}

TEST(Survival, TheCurveIsThatOfR) {
  for (const Json& c : cases("curve")) {
    const SurvivalCurve curve = kaplan_meier(times_of(c["rows"], true));
    ASSERT_EQ(curve.steps.size(), c["time"].size());
    for (std::size_t i = 0; i < curve.steps.size(); ++i) {
      const CurveStep& s = curve.steps[i];
      expect_close(s.time, c["time"][i].get<double>(), "time");
      expect_close(s.at_risk, c["risk"][i].get<double>(), "at risk");
      expect_close(s.events, c["events"][i].get<double>(), "events");
      expect_close(s.survival, c["survival"][i].get<double>(), "S");
      if (s.survival > 0.0) {
        expect_close(std::sqrt(s.greenwood), c["error"][i].get<double>(), "Greenwood");
      }
      if (!(s.survival > 0.0 && s.survival < 1.0)) continue;
      for (const auto& [name, method] :
           {std::pair{"log-log", Pointwise::log_log}, {"plain", Pointwise::plain}}) {
        const Interval limits = survival_interval(curve, s.time, 0.95, method);
        expect_close(limits.low, c[std::string(name) + ".lower"][i].get<double>(), name);
        expect_close(limits.high, c[std::string(name) + ".upper"][i].get<double>(), name);
      }
    }
  }
}

TEST(Survival, TheClusteredVarianceIsThatOfR) {
  int compared = 0;
  for (const Json& c : cases("curve")) {
    const SurvivalCurve curve = kaplan_meier(times_of(c["rows"], false));
    // R does not multiply by K / (K - 1).
    const auto k = static_cast<double>(curve.clusters);
    const double factor = curve.clusters < curve.n ? k / (k - 1.0) : 1.0;
    for (std::size_t i = 0; i < curve.steps.size(); ++i) {
      const CurveStep& s = curve.steps[i];
      if (!(s.survival > 0.0)) continue;
      expect_close(s.survival * std::sqrt(s.robust / factor), c["robust"][i].get<double>(),
                   "robust");
      ++compared;
    }
  }
  EXPECT_GT(compared, 100);
}

/// R's convention: where the curve is flat at exactly the share asked for, the middle of the
/// stretch; ours is its beginning, the least cost at which the share is broken.
double middle_of_flat(const SurvivalCurve& curve, double value, double share) {
  if (std::abs(curve.survival(value) - (1.0 - share)) > 1e-9) return value;
  for (const CurveStep& step : curve.steps) {
    if (step.time > value && step.events > 0.0) return 0.5 * (value + step.time);
  }
  return value;
}

TEST(Survival, QuantilesAreThoseOfR) {
  for (const Json& c : cases("curve")) {
    const auto times = times_of(c["rows"], true);
    const SurvivalCurve curve = kaplan_meier(times);
    for (const auto& [name, method] :
         {std::pair{"log-log", Pointwise::log_log}, {"plain", Pointwise::plain}}) {
      const std::string key = name;
      for (std::size_t i = 0; i < 3; ++i) {
        SurvivalOptions options;
        options.pointwise = method;
        const double share = 0.25 * (1.0 + static_cast<double>(i));
        const CostQuantile q = cost_quantile(times, share, options);
        const double expected = number(c[key + ".q"][i]);
        EXPECT_EQ(q.reached, std::isfinite(expected));
        if (q.reached) {
          expect_close(middle_of_flat(curve, q.estimate.value, share), expected, key);
          expect_close(q.estimate.interval.low, number(c[key + ".ql"][i]), key + " low");
        }
        EXPECT_EQ(q.estimate.interval.high, number(c[key + ".qu"][i])) << key;
      }
    }
  }
}

TEST(Survival, TheRestrictedMeanIsThatOfR) {
  for (const Json& c : cases("curve")) {
    const auto times = times_of(c["rows"], true);
    const double horizon = c["horizon"].get<double>();
    const AreaUnderCurve found = area_under(times, horizon);
    expect_close(found.area, c["area"][0].get<double>(), "area");
    expect_close(std::sqrt(found.variance), c["area_error"][0].get<double>(), "its error");
    const Estimate mean = restricted_mean(times, horizon);
    EXPECT_EQ(mean.method, "restricted mean");
    EXPECT_NEAR(mean.value, found.area, 1e-12 * found.area);
    EXPECT_LT(mean.interval.low, mean.value);
    EXPECT_GT(mean.interval.high, mean.value);
  }
}

TEST(Survival, CompetingCausesAreThoseOfRAndLifelines) {
  for (const Json& c : cases("causes")) {
    const auto times = times_of(c["rows"], true);
    for (const auto& [name, cause] : {std::pair{"one", 1}, {"two", 2}}) {
      const auto steps = aalen_johansen(times, cause);
      std::size_t k = 0;
      double incidence = 0.0;
      double variance = 0.0;
      for (std::size_t i = 0; i < c["time"].size(); ++i) {
        if (k < steps.size() && steps[k].time <= c["time"][i].get<double>()) {
          incidence = steps[k].incidence;
          variance = steps[k].variance;
          ++k;
        }
        expect_close(incidence, c[name][i].get<double>(), name);
        expect_close(variance, c[std::string(name) + "_variance"][i].get<double>(), "variance");
      }
    }
  }
}

TEST(Survival, OneCauseAloneIsKaplanMeier) {
  for (const Json& c : cases("causes")) {
    auto times = times_of(c["rows"], true);
    for (SurvivalTime& t : times) t.cause = t.cause > 0 ? 1 : 0;
    const SurvivalCurve curve = kaplan_meier(times);
    for (const IncidenceStep& step : aalen_johansen(times, 1)) {
      const CurveStep* at = curve.step(step.time);
      expect_close(step.incidence, 1.0 - at->survival, "incidence");
      if (at->survival <= 0.0) continue;
      expect_close(step.variance, at->survival * at->survival * at->greenwood, "variance");
    }
  }
}

TEST(Survival, BetaProductIsThatOfItsDraws) {
  for (const Json& c : cases("beta")) {
    const SurvivalCurve curve = kaplan_meier(times_of(c["rows"], true));
    for (const Json& at : c["at"]) {
      const Interval limits =
          survival_interval(curve, at[0].get<double>(), c["level"].get<double>());
      expect_close(limits.low, at[1][0].get<double>(), "low");
      expect_close(limits.high, at[2][0].get<double>(), "high");
      EXPECT_NEAR(limits.low, at[1][1].get<double>(), 0.004) << "drawn";
      EXPECT_NEAR(limits.high, at[2][1].get<double>(), 0.004) << "drawn";
    }
  }
}

TEST(Survival, WithoutCensoringTheLimitsAreClopperPearsons) {
  std::vector<SurvivalTime> times;
  for (std::uint32_t i = 0; i < 40; ++i) {
    times.push_back({i < 23 ? 1.0 + i / 3 : 100.0, i < 23 ? 1 : 0, i});
  }
  const SurvivalCurve curve = kaplan_meier(times);
  for (const double cost : {0.5, 1.0, 3.0, 5.5, 8.0, 99.0, 100.0}) {
    double broken = 0.0;
    for (const SurvivalTime& t : times) broken += t.cause > 0 && t.time <= cost ? 1.0 : 0.0;
    const Interval expected = clopper_pearson(40.0 - broken, 40.0, 0.95);
    const Interval limits = survival_interval(curve, cost, 0.95);
    expect_close(limits.low, expected.low, "low");
    expect_close(limits.high, expected.high, "high");
    const Estimate success = success_at(times, cost);
    expect_close(success.interval.low, 1.0 - expected.high, "success");
    expect_close(success.interval.high, 1.0 - expected.low, "success");
  }
}

TEST(Survival, NobodyBrokenIsNotCertainty) {
  std::vector<SurvivalTime> times;
  for (std::uint32_t i = 0; i < 100; ++i) times.push_back({90.0, 0, i});
  const Estimate success = success_at(times, 90.0);
  EXPECT_EQ(success.value, 0.0);
  EXPECT_NEAR(success.interval.high, 1.0 - std::pow(0.025, 0.01), 1e-12);
  const CostQuantile median = cost_quantile(times);
  EXPECT_FALSE(median.reached);
  EXPECT_FALSE(median.estimate.known());
  EXPECT_EQ(median.tried, 90.0);
  EXPECT_EQ(median.estimate.interval.low, 90.0) << "the median is above all that was tried";
  EXPECT_TRUE(std::isinf(median.estimate.interval.high));
  const Estimate mean = restricted_mean(times, 90.0);
  EXPECT_EQ(mean.value, 90.0);
  EXPECT_LT(mean.interval.low, 90.0);
  EXPECT_GT(mean.interval.low, 85.0);
}

TEST(Survival, WhatWasNotTriedIsNotSaid) {
  const std::vector<SurvivalTime> times{{1, 1, 0}, {5, 0, 1}, {7, 0, 2}};
  EXPECT_TRUE(success_at(times, 7.0).known());
  const Estimate beyond = success_at(times, 8.0);
  EXPECT_FALSE(beyond.known());
  EXPECT_GT(beyond.interval.low, 0.0) << "one broke: at least some would";
  EXPECT_EQ(beyond.interval.high, 1.0);
  EXPECT_FALSE(restricted_mean(times, 8.0).known());
  EXPECT_FALSE(success_at({}, 1.0).known());
  const std::vector<SurvivalTime> bad{{std::nan(""), 1, 0}};
  EXPECT_FALSE(success_at(bad, 1.0).known());
  EXPECT_FALSE(cost_quantile(bad).estimate.known());
  EXPECT_FALSE(restricted_mean(bad, 1.0).known());
  EXPECT_TRUE(aalen_johansen(bad, 1).empty());
}

TEST(Survival, TheEqualPrecisionQuantileIsThatOfFiniteDifferences) {
  for (const Json& c : cases("band")) {
    for (const Json& row : c["rows"]) {
      EXPECT_NEAR(equal_precision_probability(row[0].get<double>(), row[1].get<double>(),
                                              row[2].get<double>()),
                  row[3].get<double>(), 2e-7);
    }
  }
  const double c = equal_precision_quantile(0.1, 0.9, 0.95);
  EXPECT_NEAR(equal_precision_probability(0.1, 0.9, c), 0.95, 1e-9);
  EXPECT_NEAR(equal_precision_quantile(0.4, 0.4, 0.95), 1.959963984540054, 1e-8) << "one cost";
}

TEST(Survival, ClustersOfIdenticalTrialsAreOneTrialEach) {
  std::vector<SurvivalTime> single;
  std::vector<SurvivalTime> repeated;
  Rng rng(5);
  for (std::uint32_t i = 0; i < 60; ++i) {
    const double t = std::ceil(-20.0 * std::log(1.0 - rng.uniform()));
    const double stop = i % 3 == 0 ? 15.0 : 40.0;
    const SurvivalTime trial{std::min(t, stop), t <= stop ? 1 : 0, i};
    single.push_back(trial);
    for (int seed = 0; seed < 4; ++seed) repeated.push_back(trial);
  }
  const Interval one = survival_interval(kaplan_meier(single), 20.0, 0.95);
  const Interval four = survival_interval(kaplan_meier(repeated), 20.0, 0.95);
  EXPECT_LE(four.low, one.low + 1e-9);
  EXPECT_GE(four.high, one.high - 1e-9);
  EXPECT_NEAR(four.high - four.low, one.high - one.low, 0.05);
  const AreaUnderCurve a = area_under(single, 30.0);
  const AreaUnderCurve b = area_under(repeated, 30.0);
  EXPECT_NEAR(a.area, b.area, 1e-9);
  EXPECT_NEAR(b.variance / a.variance, 60.0 / 59.0, 1e-9);
}

}  // namespace
}  // namespace assay::stats
