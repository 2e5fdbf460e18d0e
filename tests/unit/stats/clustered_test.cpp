#include "stats/clustered.h"

#include <cmath>
#include <gtest/gtest.h>

#include "stats/bootstrap.h"
#include "stats/cr2.h"
#include "stats/intervals.h"
#include "unit/stats/golden.h"

namespace assay::stats {
namespace {

using test::expect_close;
using test::golden_cases;

std::vector<Observation> observations(const Json& c) {
  std::vector<Observation> out;
  for (std::size_t i = 0; i < c["y"].size(); ++i) out.push_back({c["y"][i], c["g"][i]});
  return out;
}

TEST(Cr2, RegressionAgreesWithClubSandwich) {
  for (const Json& c : golden_cases("cr2")) {
    const auto data = observations(c);
    Design design;
    design.columns = c["x"].is_null() ? 1 : 2;
    std::vector<double> y;
    std::vector<std::uint32_t> g;
    for (std::size_t i = 0; i < data.size(); ++i) {
      design.cells.push_back(1.0);
      if (design.columns == 2) design.cells.push_back(c["x"][i]);
      y.push_back(data[i].value);
      g.push_back(data[i].cluster);
    }
    const auto fit = cluster_robust_ols(design, y, g);
    ASSERT_TRUE(fit) << fit.error().message();
    for (std::size_t i = 0; i < fit->size(); ++i) {
      const Json& expected = c["coefficients"][i];
      expect_close((*fit)[i].value, expected["value"], "value");
      expect_close((*fit)[i].variance, expected["variance"], "variance");
      expect_close((*fit)[i].df, expected["df"], "df");
      const Estimate e = coefficient_estimate((*fit)[i], 1, 1, 0.95, "");
      expect_close(e.interval.low, expected["low"], "low");
      expect_close(e.interval.high, expected["high"], "high");
    }
  }
}

TEST(Cr2, MeanInClosedFormAgreesWithClubSandwich) {
  int checked = 0;
  for (const Json& c : golden_cases("cr2")) {
    if (!c["x"].is_null()) continue;
    ClusterOptions options;
    options.method = ClusterMethod::cr2;
    options.support = Interval{-100.0, 100.0};  // wide: the interval is not cut
    const Estimate e = clustered_mean(observations(c), options);
    expect_close(e.value, c["coefficients"][0]["value"], "value");
    expect_close(e.interval.low, c["coefficients"][0]["low"], "low");
    expect_close(e.interval.high, c["coefficients"][0]["high"], "high");
    EXPECT_EQ(e.method, "cr2-t");
    ++checked;
  }
  EXPECT_GE(checked, 8);
}

TEST(Bootstrap, BcaLimitsAgreeWithScipyOnTheSameDraws) {
  for (const Json& c : golden_cases("bca")) {
    const std::vector<double> data = c["data"];
    const std::vector<double> ones(data.size(), 1.0);
    double mean = 0.0;
    for (const double x : data) mean += x / static_cast<double>(data.size());
    const auto interval = bca_interval(c["draws"], mean, ratio_jackknife(data, ones), c["level"]);
    ASSERT_TRUE(interval);
    expect_close(interval->low, c["low"], "low");
    expect_close(interval->high, c["high"], "high");
  }
}

TEST(Bootstrap, DrawsHaveTheMomentsOfResampling) {
  const std::vector<double> sums{0.0, 1.0, 5.0, 2.0};
  const std::vector<double> ones(4, 1.0);
  Rng rng(3);
  const auto draws = ratio_draws(sums, ones, 200000, rng);
  double mean = 0.0;
  double square = 0.0;
  for (const double d : draws) {
    mean += d / 200000.0;
    square += d * d / 200000.0;
  }
  EXPECT_NEAR(mean, 2.0, 5 * std::sqrt(0.875 / 200000.0));  // variance 3.5 / 4
  EXPECT_NEAR(square - mean * mean, 0.875, 0.02);
}

TEST(ClusteredMean, AllEqualIsBoundedByTheNumberOfClusters) {
  std::vector<Observation> data;
  for (std::uint32_t i = 0; i < 300; ++i) data.push_back({0.0, i / 10});
  const Estimate e = clustered_mean(data);
  EXPECT_EQ(e.clusters, 30);
  EXPECT_EQ(e.interval.low, 0.0);
  EXPECT_DOUBLE_EQ(e.interval.high, clopper_pearson(0, 30, 0.95).high);
  for (Observation& o : data) o.value = 0.5;
  ClusterOptions options;
  options.support = Interval{0.0, 1.0};
  const Estimate middle = clustered_mean(data, options);
  EXPECT_LT(middle.interval.low, 0.5);
  EXPECT_GT(middle.interval.high, 0.5);
  options.support.reset();
  EXPECT_TRUE(std::isinf(clustered_mean(data, options).interval.high));
}

TEST(ClusteredMean, OnePerClusterIsAProportion) {
  std::vector<Observation> data;
  for (std::uint32_t i = 0; i < 100; ++i) data.push_back({i < 40 ? 1.0 : 0.0, i});
  ClusterOptions options;
  options.unassessed = 25;
  const Estimate e = clustered_mean(data, options);
  EXPECT_EQ(e.method, "wilson");
  EXPECT_DOUBLE_EQ(e.worst_case->low, 0.32);
  options.purpose = Purpose::safety;
  EXPECT_EQ(clustered_mean(data, options).method, "clopper-pearson");
}

TEST(ClusteredMean, RepeatsOfOneItemAddNoEvidence) {
  std::vector<Observation> once;
  std::vector<Observation> often;
  for (std::uint32_t i = 0; i < 20; ++i) {
    once.push_back({i < 9 ? 1.0 : 0.0, i});
    for (int k = 0; k < 50; ++k) often.push_back({i < 9 ? 1.0 : 0.0, i});
  }
  const Estimate a = clustered_mean(once);
  const Estimate b = clustered_mean(often);
  EXPECT_EQ(b.method, "korn-graubard");
  EXPECT_GE(b.interval.high - b.interval.low, a.interval.high - a.interval.low);
}

TEST(ClusteredMean, SameSeedSameInterval) {
  std::vector<Observation> data;
  Rng rng(5);
  for (std::uint32_t i = 0; i < 120; ++i) {
    for (int k = 0; k < 3; ++k) data.push_back({std::exp(2.0 * rng.normal()), i});
  }
  ClusterOptions options;
  options.method = ClusterMethod::bca;
  const Estimate a = clustered_mean(data, options);
  const Estimate b = clustered_mean(data, options);
  EXPECT_EQ(a.method, "cluster-bca");
  EXPECT_EQ(a.interval.low, b.interval.low);
  options.seed = 1;
  EXPECT_NE(clustered_mean(data, options).interval.low, a.interval.low);
}

TEST(ClusteredMean, BadInputIsNoEstimate) {
  const std::vector<Observation> none;
  EXPECT_FALSE(clustered_mean(none).known());
  const std::vector<Observation> nan{{std::nan(""), 0}};
  EXPECT_FALSE(clustered_mean(nan).known());
  const std::vector<Observation> outside{{2.0, 0}};
  ClusterOptions options;
  options.support = Interval{0.0, 1.0};
  EXPECT_FALSE(clustered_mean(outside, options).known());
  const std::vector<Observation> single{{0.3, 0}, {0.4, 0}};
  const Estimate one_cluster = clustered_mean(single, options);
  EXPECT_TRUE(one_cluster.known());
  EXPECT_GT(one_cluster.interval.high - one_cluster.interval.low, 0.9);
}

TEST(ClusterIds, NumbersInOrderOfAppearance) {
  ClusterIds ids;
  EXPECT_EQ(ids.of("b"), 0U);
  EXPECT_EQ(ids.of("a"), 1U);
  EXPECT_EQ(ids.of("b"), 0U);
  EXPECT_EQ(ids.size(), 2U);
}

}  // namespace
}  // namespace assay::stats
