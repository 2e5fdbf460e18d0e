#include "stats/estimate.h"

#include <cmath>
#include <gtest/gtest.h>
#include <limits>

namespace assay::stats {
namespace {

Estimate full() {
  Estimate e;
  e.value = 0.25;
  e.interval = {0.125, 0.5};
  e.level = 0.9;
  e.sides = Sides::upper;
  e.method = "clopper-pearson";
  e.unit = "proportion";
  e.n = 40;
  e.clusters = 10;
  e.unassessed = 3;
  e.worst_case = Interval{0.2, 0.3};
  e.chance = 0.5;
  e.ceiling = 1.0;
  e.minimum_detectable = 0.07;
  e.assumptions = {"one", "two"};
  e.modelled = true;
  return e;
}

TEST(Estimate, JsonRoundTripKeepsEveryField) {
  const Json json = to_json(full());
  const auto back = estimate_from_json(json);
  ASSERT_TRUE(back) << back.error().message();
  EXPECT_EQ(dump_json(to_json(*back)), dump_json(json));
  EXPECT_EQ(back->sides, Sides::upper);
  EXPECT_EQ(back->worst_case->high, 0.3);
  EXPECT_EQ(back->assumptions.size(), 2U);
  EXPECT_TRUE(back->modelled);
}

TEST(Estimate, UnknownAndUnboundedAreNullInJson) {
  Estimate e = no_estimate("no data", {-std::numeric_limits<double>::infinity(),
                                       std::numeric_limits<double>::infinity()});
  EXPECT_FALSE(e.known());
  const Json json = to_json(e);
  EXPECT_TRUE(json["value"].is_null());
  const auto back = estimate_from_json(json);
  ASSERT_TRUE(back);
  EXPECT_FALSE(back->known());
  EXPECT_TRUE(std::isinf(back->interval.low) && back->interval.low < 0);
  EXPECT_EQ(back->assumptions.front(), "no data");
}

TEST(Estimate, DamagedJsonIsATypedError) {
  for (const char* key :
       {"value", "interval", "level", "sides", "method", "unit", "n", "clusters", "unassessed"}) {
    Json json = to_json(full());
    json.erase(key);
    EXPECT_FALSE(estimate_from_json(json)) << key;
    json[key] = Json::array({1});
    const auto bad = estimate_from_json(json);
    ASSERT_FALSE(bad) << key;
    EXPECT_EQ(bad.error().kind, ErrorKind::format);
  }
  Json json = to_json(full());
  json["interval"] = Json{{"low", 1.0}, {"high", 0.0}};
  EXPECT_FALSE(estimate_from_json(json));
  json = to_json(full());
  json["assumptions"] = Json::array({1});
  EXPECT_FALSE(estimate_from_json(json));
  EXPECT_FALSE(estimate_from_json(Json("text")));
}

}  // namespace
}  // namespace assay::stats
