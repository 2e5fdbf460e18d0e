// Sample sizes against scipy and statsmodels, and their edges.
#include "stats/sample_size.h"

#include <gtest/gtest.h>

#include "base/random.h"
#include "unit/stats/golden.h"

namespace assay::stats {
namespace {

using test::golden_cases;

TEST(SampleSize, AgreesWithScipyAndStatsmodels) {
  for (const Json& c : golden_cases("sample_size")) {
    const std::string kind = c["kind"];
    std::optional<std::int64_t> n;
    if (kind == "width") n = items_for_width(c["rate"], c["width"], c["level"]);
    if (kind == "bound") n = items_for_bound(c["rate"], c["failures"], c["level"]);
    if (kind == "groups") n = items_for_group_difference(c["baseline"], c["difference"]);
    if (kind == "paired") n = pairs_for_difference(c["difference"], c["discordant"]);
    ASSERT_TRUE(n) << dump_json(c);
    EXPECT_EQ(*n, c["n"].get<std::int64_t>()) << dump_json(c);
  }
}

TEST(SampleSize, IsTheInverseOfWhatCanBeDetected) {
  const auto pairs = pairs_for_difference(0.05, 0.2);
  ASSERT_TRUE(pairs);
  EXPECT_LE(*detectable_paired(static_cast<double>(*pairs), 0.2), 0.05 + 1e-9);
  const auto items = items_for_group_difference(0.3, 0.1);
  ASSERT_TRUE(items);
  const auto n = static_cast<double>(*items);
  EXPECT_LE(*detectable_between_groups(n, n, 0.3), 0.1 + 1e-9);
  EXPECT_EQ(items_for_bound(0.01, 0), items_for_upper_bound(0.01));
}

TEST(SampleSize, ImpossibleWishesHaveNoSize) {
  EXPECT_FALSE(items_for_width(0.5, 0.0));
  EXPECT_FALSE(items_for_width(1.5, 0.1));
  EXPECT_FALSE(items_for_width(0.5, 1e-6));  // more than 10^8
  EXPECT_FALSE(items_for_bound(0.0, 0));
  EXPECT_FALSE(items_for_bound(0.1, -1));
  EXPECT_FALSE(pairs_for_difference(0.3, 0.2));
  EXPECT_FALSE(items_for_group_difference(0.5, 0.6));
  EXPECT_EQ(expected_width(0, 0.5), 1.0);
}

TEST(SampleSize, ClustersAndUnassessedCostAnswers) {
  Rng rng(3);
  std::vector<Observation> same;
  std::vector<Observation> free;
  for (std::uint32_t g = 0; g < 200; ++g) {
    const double value = rng.chance(0.5) ? 1.0 : 0.0;
    for (int i = 0; i < 4; ++i) {
      same.push_back({value, g});
      free.push_back({rng.chance(0.5) ? 1.0 : 0.0, g});
    }
  }
  EXPECT_NEAR(design_effect(same), 4.0, 0.1);  // four copies are worth one
  EXPECT_LT(design_effect(free), 1.4);
  EXPECT_EQ(design_effect({}), 1.0);
  EXPECT_EQ(needed_answers(299, 1.0, 0.0), 299);
  EXPECT_EQ(needed_answers(100, 2.0, 0.2), 250);
}

}  // namespace
}  // namespace assay::stats
