#include "stats/variance.h"

#include <cmath>
#include <gtest/gtest.h>

#include "unit/stats/golden.h"

namespace assay::stats {
namespace {

using test::expect_close;
using test::golden_cases;

TEST(Variance, ComponentsAgreeWithDenseQuadraticForms) {
  for (const Json& c : golden_cases("variance")) {
    std::vector<ScoredCell> cells;
    for (std::size_t i = 0; i < c["value"].size(); ++i) {
      cells.push_back({c["value"][i], c["item"][i], c["wording"][i]});
    }
    const auto components = variance_components(
        cells, c["design"] == "nested" ? VarianceDesign::nested : VarianceDesign::crossed);
    ASSERT_EQ(components.size(), c["components"].size()) << c["design"];
    for (std::size_t i = 0; i < components.size(); ++i) {
      expect_close(components[i], c["components"][i], c["design"]);
    }
  }
}

/// items x wordings x repeats with the given standard deviations.
std::vector<ScoredCell> simulate(Rng& rng, std::uint32_t items, double item_sd, double word_sd,
                                 double noise_sd) {
  std::vector<ScoredCell> out;
  for (std::uint32_t i = 0; i < items; ++i) {
    const double item = item_sd * rng.normal();
    for (std::uint32_t w = 0; w < 4; ++w) {
      const double wording = word_sd * rng.normal();
      for (int r = 0; r < 3; ++r) out.push_back({item + wording + noise_sd * rng.normal(), i, w});
    }
  }
  return out;
}

TEST(Variance, SharesSumToOneAndCoverTheTruth) {
  Rng rng(8);
  int covered = 0;
  int asked = 0;
  for (int run = 0; run < 150; ++run) {
    VarianceOptions options;
    options.draws = 500;
    options.seed = static_cast<std::uint64_t>(run);
    const auto shares = decompose_variance(simulate(rng, 60, 1.0, 0.7, 1.2), options);
    ASSERT_EQ(shares.size(), 3U);
    const double total = 1.0 + 0.49 + 1.44;
    const double truth[] = {1.0 / total, 0.49 / total, 1.44 / total};
    double sum = 0.0;
    for (std::size_t i = 0; i < 3; ++i) {
      const Estimate& e = shares[i].share;
      sum += e.value;
      EXPECT_LT(e.interval.low, e.interval.high);
      covered += e.interval.low <= truth[i] && truth[i] <= e.interval.high;
      ++asked;
    }
    EXPECT_NEAR(sum, 1.0, 1e-12);
  }
  EXPECT_GT(static_cast<double>(covered) / asked, 0.91);
}

TEST(Variance, GreedyDecodingHasNoSamplingShareButNoProofOfIt) {
  Rng rng(9);
  std::vector<ScoredCell> cells;
  for (std::uint32_t i = 0; i < 50; ++i) {
    for (std::uint32_t w = 0; w < 3; ++w) {
      const double value = rng.chance(0.5) ? 1.0 : 0.0;
      for (int r = 0; r < 4; ++r) cells.push_back({value, i, w});
    }
  }
  const auto shares = decompose_variance(cells);
  ASSERT_EQ(shares.back().source, "sampling");
  EXPECT_EQ(shares.back().share.value, 0.0);
  EXPECT_GT(shares.back().share.interval.high, 0.05);
  EXPECT_LT(shares.back().share.interval.high, 0.12);
}

TEST(Variance, SourcesAreNamedByWhatTheDataCanTell) {
  const auto names = [](const std::vector<ShareEstimate>& shares) {
    std::string out;
    for (const auto& s : shares) out += s.source + " ";
    return out;
  };
  std::vector<ScoredCell> no_repeats;
  std::vector<ScoredCell> no_wordings;
  for (std::uint32_t i = 0; i < 6; ++i) {
    for (std::uint32_t k = 0; k < 3; ++k) {
      no_repeats.push_back({double((i * k) % 2), i, k});
      no_wordings.push_back({double((i * k) % 2), i, 0});
    }
  }
  EXPECT_EQ(names(decompose_variance(no_repeats)), "item wording+sampling ");
  EXPECT_EQ(names(decompose_variance(no_wordings)), "item+wording sampling ");
  VarianceOptions crossed;
  crossed.design = VarianceDesign::crossed;
  EXPECT_EQ(names(decompose_variance(no_repeats, crossed)), "item wording interaction+sampling ");
  auto twice = no_repeats;
  twice.insert(twice.end(), no_repeats.begin(), no_repeats.end());
  EXPECT_EQ(names(decompose_variance(twice, crossed)), "item wording interaction sampling ");
  EXPECT_TRUE(decompose_variance({}).empty());
  for (ScoredCell& cell : no_repeats) cell.value = 1.0;
  EXPECT_FALSE(decompose_variance(no_repeats).front().share.known());
}

}  // namespace
}  // namespace assay::stats
