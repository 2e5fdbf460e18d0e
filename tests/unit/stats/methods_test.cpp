// Power, multiplicity, unseen kinds, pass@k, calibration, rank correlation against references.
#include <cmath>
#include <gtest/gtest.h>

#include "stats/calibration.h"
#include "stats/multiplicity.h"
#include "stats/passk.h"
#include "stats/power.h"
#include "stats/rank.h"
#include "stats/unseen.h"
#include "unit/stats/golden.h"

namespace assay::stats {
namespace {

using test::expect_close;
using test::golden_cases;

TEST(Multiplicity, AgreesWithStatsmodels) {
  for (const Json& c : golden_cases("multiplicity")) {
    const std::vector<double> p = c["p"];
    const auto h = holm(p);
    const auto b = benjamini_hochberg(p);
    for (std::size_t i = 0; i < p.size(); ++i) {
      expect_close(h[i], c["holm"][i], "holm");
      expect_close(b[i], c["bh"][i], "bh");
    }
  }
  const std::vector<double> with_gap{0.01, std::nan(""), 0.04};
  EXPECT_DOUBLE_EQ(holm(with_gap)[0], 0.02);
  EXPECT_TRUE(std::isnan(benjamini_hochberg(with_gap)[1]));
}

TEST(Power, AgreesWithScipyAndStatsmodels) {
  for (const Json& c : golden_cases("power")) {
    const std::string kind = c["kind"];
    std::optional<double> found;
    if (kind == "chance") found = detectable_above_chance(c["n"], c["chance"]);
    if (kind == "groups") found = detectable_between_groups(c["n1"], c["n2"], c["baseline"]);
    if (kind == "paired") found = detectable_paired(c["n"], c["discordant"]);
    if (kind == "mean") found = detectable_mean(c["n"], c["sd"]);
    ASSERT_EQ(found.has_value(), !c["mde"].is_null()) << dump_json(c);
    if (found) expect_close(*found, c["mde"], dump_json(c));
  }
}

TEST(Power, ItemsForABoundAndForAnEffect) {
  EXPECT_EQ(items_for_upper_bound(0.01), 299);
  EXPECT_EQ(items_for_upper_bound(0.05), 59);
  EXPECT_EQ(items_for_upper_bound(0.5), 5);
  const auto n = items_for_effect(0.25, 0.1);
  ASSERT_TRUE(n);
  EXPECT_LE(*detectable_above_chance(*n, 0.25), 0.1);
  EXPECT_GT(*detectable_above_chance(*n - 1, 0.25), 0.1);
  EXPECT_FALSE(items_for_effect(0.5, 0.6));
  EXPECT_FALSE(detectable_above_chance(3, 0.5));  // three successes prove nothing
}

TEST(Unseen, AgreesWithThePapersFormulas) {
  for (const Json& c : golden_cases("unseen")) {
    const std::vector<std::int64_t> counts = c["counts"];
    const Estimate mass = missing_mass(counts);
    expect_close(mass.value, c["good_turing"], "value");
    expect_close(mass.interval.high, c["ortiz"], "ortiz");
    expect_close(missing_mass(counts, 0.95, Sides::upper, MissingMassBound::mcallester_schapire)
                     .interval.high,
                 c["schapire"], "schapire");
    const Estimate kinds = chao1(counts);
    expect_close(kinds.value, c["chao"], dump_json(c));
    expect_close(kinds.interval.low, c["low"], dump_json(c));
    expect_close(kinds.interval.high, c["high"], dump_json(c));
    EXPECT_GT(kinds.interval.high, kinds.interval.low);
  }
  EXPECT_FALSE(missing_mass({}).known());
  EXPECT_FALSE(chao1(std::vector<std::int64_t>{-1}).known());
}

// The bounds hold for every distribution: here many kinds, most of them rare.
TEST(Unseen, MissingMassBoundHoldsOnAZipfDistribution) {
  std::vector<double> p(3000);
  double sum = 0.0;
  for (std::size_t i = 0; i < p.size(); ++i) sum += p[i] = 1.0 / static_cast<double>(i + 1);
  std::vector<double> cumulative;
  double running = 0.0;
  for (double& x : p) cumulative.push_back(running += x /= sum);
  Rng rng(1);
  int above = 0;
  int below = 0;
  constexpr int kRuns = 400;
  for (int run = 0; run < kRuns; ++run) {
    std::vector<std::int64_t> counts(p.size(), 0);
    for (int i = 0; i < 400; ++i) {
      const auto at = std::lower_bound(cumulative.begin(), cumulative.end(), rng.uniform());
      ++counts[std::min<std::size_t>(static_cast<std::size_t>(at - cumulative.begin()),
                                     p.size() - 1)];
    }
    double missing = 0.0;
    for (std::size_t i = 0; i < p.size(); ++i) missing += counts[i] == 0 ? p[i] : 0.0;
    above += missing > missing_mass(counts).interval.high;
    below += missing < missing_mass(counts, 0.95, Sides::lower).interval.low;
    EXPECT_LT(chao1(counts).value, 3000.0 * 1.2);
  }
  EXPECT_LE(above, kRuns / 20);
  EXPECT_LE(below, kRuns / 20);
}

TEST(PassAtK, AgreesWithExactArithmetic) {
  for (const Json& c : golden_cases("passk")) {
    expect_close(pass_at_k(c["n"], c["c"], c["k"]), c["value"], dump_json(c));
  }
  EXPECT_TRUE(std::isnan(pass_at_k(3, 1, 4)));
  const std::vector<Attempts> items{{10, 3, 0}, {10, 0, 1}, {10, 10, 2}, {2, 1, 3}};
  const Estimate e = pass_at_k(items, 5);
  EXPECT_NEAR(e.value, (pass_at_k(10, 3, 5) + 1.0) / 3.0, 1e-12);
  EXPECT_EQ(e.unassessed, 1);
  EXPECT_EQ(e.n, 3);
}

TEST(Calibration, ValuesAgreeWithNumpy) {
  for (const Json& c : golden_cases("calibration")) {
    std::vector<Forecast> forecasts;
    for (std::size_t i = 0; i < c["p"].size(); ++i) {
      forecasts.push_back({c["p"][i], c["y"][i] == 1, static_cast<std::uint32_t>(i)});
    }
    expect_close(expected_calibration_error(forecasts).value, c["ece"], "ece");
    const Estimate brier = brier_score(forecasts);
    expect_close(brier.value, c["brier"], "brier");
    EXPECT_GT(brier.interval.high, brier.interval.low);
    double n = 0.0;
    double gap = 0.0;
    for (const CalibrationBin& bin : reliability(forecasts)) {
      if (bin.accuracy.n == 0) continue;
      const auto size = static_cast<double>(bin.accuracy.n);
      n += size;
      gap += size * std::abs(bin.accuracy.value - bin.mean_probability);
    }
    expect_close(gap / n, c["ece"], "ece from the bins");
  }
}

TEST(Calibration, PerfectForecastsAreNotProvenPerfect) {
  std::vector<Forecast> forecasts;
  for (std::uint32_t i = 0; i < 50; ++i) forecasts.push_back({i % 2 ? 1.0 : 0.0, i % 2 == 1, i});
  const Estimate e = expected_calibration_error(forecasts);
  EXPECT_EQ(e.value, 0.0);
  EXPECT_GT(e.interval.high, 0.05);
  const std::vector<Forecast> bad{{1.5, true, 0}};
  EXPECT_FALSE(expected_calibration_error(bad).known());
}

TEST(Rank, AgreesWithScipy) {
  for (const Json& c : golden_cases("rank")) {
    const std::vector<double> x = c["x"];
    const std::vector<double> y = c["y"];
    const Estimate e = spearman(x, y);
    expect_close(e.value, c["r"], "r");
    expect_close(e.interval.low, c["low"], "low");
    expect_close(e.interval.high, c["high"], "high");
  }
  const std::vector<double> x{1, 2, 3, 4, 5, 6};
  const Estimate perfect = spearman(x, x);
  EXPECT_EQ(perfect.value, 1.0);
  EXPECT_EQ(perfect.interval.high, 1.0);
  EXPECT_LT(perfect.interval.low, 0.9);
  EXPECT_FALSE(spearman(x, std::vector<double>(6, 1.0)).known());
  EXPECT_EQ(spearman(std::vector<double>{1, 2, 3}, std::vector<double>{2, 1, 3}).interval.low, -1);
}

}  // namespace
}  // namespace assay::stats
