#include "stats/paired.h"

#include <cmath>
#include <gtest/gtest.h>

#include "stats/intervals.h"
#include "unit/stats/golden.h"

namespace assay::stats {
namespace {

using test::expect_close;
using test::golden_cases;

TEST(Paired, McNemarAndTangoAgreeWithTheReference) {
  for (const Json& c : golden_cases("paired")) {
    const PairedCounts counts{c["both"], c["only_first"], c["only_second"], c["neither"]};
    expect_close(mcnemar_exact_p(counts.only_first, counts.only_second), c["exact"], "exact");
    expect_close(mcnemar_mid_p(counts.only_first, counts.only_second), c["mid"], "mid");
    const Interval interval = tango(counts);
    expect_close(interval.low, c["tango"][0], dump_json(c));
    expect_close(interval.high, c["tango"][1], dump_json(c));
  }
}

// Fagerland, Lydersen & Laake 2013/2014: airway hyper-responsiveness, 1 against 7 of 21 pairs.
TEST(Paired, PublishedExample) {
  EXPECT_NEAR(mcnemar_mid_p(1, 7), 0.0391, 5e-5);
  const Interval interval = tango({1, 7, 1, 12});
  EXPECT_NEAR(interval.low, -0.517, 5e-4);
  EXPECT_NEAR(interval.high, -0.026, 5e-4);
}

TEST(Paired, SignFlipAgreesWithAllPermutations) {
  for (const Json& c : golden_cases("sign_flip")) {
    const std::vector<double> sums = c["sums"];
    expect_close(sign_flip_p(sums, 0), c["p"], dump_json(c));
    expect_close(sign_flip_p(sums, 0), c["scipy"], dump_json(c));
    const double sampled = sign_flip_p(sums, 4, 3);  // fewer draws than flips: random ones
    EXPECT_GE(sampled, 0.25);
  }
  const std::vector<double> strong(30, 1.0);
  EXPECT_DOUBLE_EQ(sign_flip_p(strong, 0, 9999), 1e-4);  // never 0
  EXPECT_DOUBLE_EQ(sign_flip_p(std::vector<double>{0.0, 0.0}, 0), 1.0);
}

std::vector<PairedScore> pairs(const PairedCounts& counts, int repeats) {
  std::vector<PairedScore> out;
  std::uint32_t item = 0;
  const auto add = [&](std::int64_t n, double first, double second) {
    for (std::int64_t i = 0; i < n; ++i, ++item) {
      for (int r = 0; r < repeats; ++r) out.push_back({first, second, item});
    }
  };
  add(counts.both, 1, 1);
  add(counts.only_first, 1, 0);
  add(counts.only_second, 0, 1);
  add(counts.neither, 0, 0);
  return out;
}

TEST(Paired, ComparisonChoosesByTheKindOfData) {
  const auto single = compare_paired(pairs({59, 6, 16, 80}, 1));
  EXPECT_EQ(single.difference.method, "tango");
  EXPECT_EQ(single.test, "mcnemar-mid-p");
  EXPECT_NEAR(single.difference.value, 10.0 / 161.0, 1e-12);
  EXPECT_NEAR(single.p_value, 0.0347, 5e-5);
  ASSERT_TRUE(single.difference.minimum_detectable);
  EXPECT_NEAR(*single.difference.minimum_detectable, 0.083, 0.01);

  const auto rare = compare_paired(pairs({59, 6, 16, 80}, 3));
  EXPECT_EQ(rare.difference.method, "mover-clustered");
  EXPECT_EQ(rare.test, "sign-flip");
  EXPECT_EQ(rare.difference.clusters, 161);
  EXPECT_NEAR(rare.p_value, 0.0525, 0.012);  // 10,000 flips of the exact test
  const auto many = compare_paired(pairs({59, 30, 60, 80}, 3));
  EXPECT_EQ(many.difference.method, "cr2-t");
}

TEST(Paired, NoDiscordantPairStillHasAnInterval) {
  for (const int repeats : {1, 4}) {
    const auto same = compare_paired(pairs({40, 0, 0, 10}, repeats));
    EXPECT_EQ(same.difference.value, 0.0);
    EXPECT_LT(same.difference.interval.low, -0.05);
    EXPECT_GT(same.difference.interval.high, 0.05);
    EXPECT_EQ(same.p_value, 1.0);
  }
}

TEST(Paired, SwappingTheSidesMirrorsTheResult) {
  const auto a = compare_paired(pairs({10, 3, 9, 8}, 2));
  const auto b = compare_paired(pairs({10, 9, 3, 8}, 2));
  EXPECT_NEAR(a.difference.interval.low, -b.difference.interval.high, 1e-12);
  EXPECT_NEAR(a.difference.interval.high, -b.difference.interval.low, 1e-12);
  EXPECT_DOUBLE_EQ(a.p_value, b.p_value);
}

TEST(Paired, BootstrapMatchesNormalTheoryWhereThatHolds) {
  Rng rng(2);
  std::vector<PairedScore> data;
  double mean = 0.0;
  double square = 0.0;
  for (std::uint32_t i = 0; i < 400; ++i) {
    const double d = 0.2 + rng.normal();
    data.push_back({1.0, 1.0 + d, i});
    mean += d / 400.0;
    square += d * d / 400.0;
  }
  PairedOptions options;
  options.unit = "nat";
  const Estimate e = paired_bootstrap(data, options);
  EXPECT_EQ(e.method, "cluster-bca");
  const double half = 1.96 * std::sqrt((square - mean * mean) / 400.0);
  EXPECT_NEAR(e.interval.low, mean - half, 0.1 * half);
  EXPECT_NEAR(e.interval.high, mean + half, 0.1 * half);
}

TEST(Paired, NoPairsIsNoEstimate) {
  const auto none = compare_paired({});
  EXPECT_FALSE(none.difference.known());
  EXPECT_EQ(none.p_value, 1.0);
}

}  // namespace
}  // namespace assay::stats
