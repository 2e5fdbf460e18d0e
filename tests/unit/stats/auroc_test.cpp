#include "stats/auroc.h"

#include <cmath>
#include <fstream>
#include <gtest/gtest.h>
#include <vector>

#include "base/json.h"

namespace assay::stats {
namespace {

std::vector<LabelledScore> cases_of(const Json& json) {
  std::vector<LabelledScore> out;
  for (const bool positive : {true, false}) {
    const std::string name = positive ? "positive" : "negative";
    for (std::size_t i = 0; i < json[name].size(); ++i) {
      out.push_back({json[name][i].get<double>(), positive,
                     json[name + "_clusters"][i].get<std::uint32_t>()});
    }
  }
  return out;
}

/// scipy, and DeLong's and Obuchowski's formulas written another way
/// (tests/parity/make_auroc_golden.py).
TEST(Auroc, AgreesWithTheReference) {
  std::ifstream file(std::string(ASSAY_SOURCE_DIR) + "/tests/golden/stats/auroc.json");
  const Json golden = Json::parse(file);
  ASSERT_EQ(golden.size(), 5U);
  for (const Json& each : golden) {
    const Estimate out = auroc(cases_of(each));
    EXPECT_NEAR(out.value, each["area"].get<double>(), 1e-12);
    EXPECT_NEAR(out.interval.low, each["low"].get<double>(), 1e-9);
    EXPECT_NEAR(out.interval.high, each["high"].get<double>(), 1e-9);
    EXPECT_EQ(out.chance, 0.5);
  }
}

TEST(Auroc, PerfectOrderHasAnIntervalAllTheSame) {
  std::vector<LabelledScore> cases;
  for (std::uint32_t i = 0; i < 20; ++i)
    cases.push_back({i < 10 ? 0.0 + i : 100.0 + i, i >= 10, i});
  const Estimate out = auroc(cases);
  EXPECT_DOUBLE_EQ(out.value, 1.0);
  EXPECT_DOUBLE_EQ(out.interval.high, 1.0);
  EXPECT_NEAR(out.interval.low, 0.6915, 1e-3);  // 10 of 10, Clopper-Pearson
  for (auto& each : cases) each.positive = !each.positive;
  EXPECT_DOUBLE_EQ(auroc(cases).value, 0.0);
}

TEST(Auroc, NeedsBothLabelsAndFiniteScores) {
  const std::vector<LabelledScore> one{{1.0, true, 0}, {2.0, true, 1}};
  EXPECT_FALSE(auroc(one).known());
  const std::vector<LabelledScore> broken{{NAN, true, 0}, {2.0, false, 1}};
  EXPECT_FALSE(auroc(broken).known());
}

}  // namespace
}  // namespace assay::stats
