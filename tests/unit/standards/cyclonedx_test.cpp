// The bill of materials: what a report becomes. The golden file is held against the published
// schema by tests/parity/standards.py.
#include "standards/cyclonedx.h"

#include <gmock/gmock.h>

#include "golden.h"

namespace assay::standards {
namespace {

Json bom_of(const Json& report, Lang lang = Lang::en) {
  auto made = cyclonedx_bom(report, test::golden_files(), lang);
  EXPECT_TRUE(made) << made.error().message();
  return made ? *made : Json();
}

const Json& metric(const Json& bom, const std::string& type) {
  static const Json none;
  const Json& card = bom["components"][0]["modelCard"];
  for (const Json& each : card["quantitativeAnalysis"]["performanceMetrics"]) {
    if (each["type"] == type) return each;
  }
  return none;
}

TEST(CycloneDx, IsTheGoldenBom) {
  test::expect_golden("bom.cdx.json", dump_json(bom_of(test::golden_report()), 1) + "\n");
}

TEST(CycloneDx, DescribesTheModel) {
  const Json bom = bom_of(test::golden_report());
  EXPECT_EQ(bom["bomFormat"], "CycloneDX");
  EXPECT_EQ(bom["specVersion"], "1.6");
  EXPECT_EQ(bom["metadata"]["timestamp"], "2026-11-24T10:05:41Z");
  EXPECT_EQ(bom["metadata"]["tools"]["components"][0]["name"], "assay");
  const Json& model = bom["components"][0];
  EXPECT_EQ(model["type"], "machine-learning-model");
  EXPECT_EQ(model["hashes"][0]["content"], std::string(64, 'a'));
  EXPECT_EQ(model["licenses"][0]["license"]["id"], "Apache-2.0");
  EXPECT_EQ(bom["components"][1]["name"], "llama.cpp");
  EXPECT_EQ(bom["components"][1]["version"], "b7000");
}

TEST(CycloneDx, HasEveryKnownFigureWithItsInterval) {
  const Json report = test::golden_report();
  const Json bom = bom_of(report);
  EXPECT_EQ(bom["components"][0]["modelCard"]["quantitativeAnalysis"]["performanceMetrics"].size(),
            known_figures(report).size());
  const Json& refusal = metric(bom, "refusal_pairs/en/refusal.unsafe.en");
  const Json& estimate = report[Json::json_pointer("/results/9/figures/0/estimate")];
  EXPECT_EQ(refusal["value"], estimate["value"].dump());
  EXPECT_EQ(refusal["confidenceInterval"]["lowerBound"], estimate["interval"]["low"].dump());
  EXPECT_EQ(refusal["confidenceInterval"]["upperBound"], estimate["interval"]["high"].dump());
  EXPECT_EQ(refusal["slice"], "lang=en");
  EXPECT_FALSE(
      metric(bom, "injection/en/followed.bound")["confidenceInterval"].contains("lowerBound"));
}

TEST(CycloneDx, InventsNothing) {
  const Json card = bom_of(test::golden_report())["components"][0]["modelCard"];
  for (const char* key : {"approach", "datasets", "task", "architectureFamily"}) {
    EXPECT_FALSE(card["modelParameters"].contains(key)) << key;
  }
  for (const char* key : {"users", "useCases", "environmentalConsiderations"}) {
    EXPECT_FALSE(card["considerations"].contains(key)) << key;
  }
  Json bare = test::golden_report();
  bare["topics"] = bare["results"] = Json::array();
  bare["summary"]["limits"] = Json::array();
  const Json empty = bom_of(bare)["components"][0]["modelCard"];
  EXPECT_FALSE(empty.contains("considerations"));
  EXPECT_FALSE(empty.contains("quantitativeAnalysis"));
}

TEST(CycloneDx, TakesUnknownForNothingAndNoFactForALibrary) {
  Json report = test::golden_report();  // as imported logs have it
  report["model"]["architecture"] = report["model"]["license"] = "unknown";
  report["versions"] = {{"assay", "0.1.0"}, {"sqlite", "3.40.1"}, {"recorded", "2026-11-24"}};
  const Json bom = bom_of(report);
  EXPECT_FALSE(bom["components"][0].contains("licenses"));
  EXPECT_FALSE(bom["components"][0]["modelCard"]["modelParameters"].contains("modelArchitecture"));
  const Json& tools = bom["metadata"]["tools"]["components"];
  ASSERT_EQ(tools.size(), 2U);
  EXPECT_EQ(tools[1]["name"], "sqlite");
  EXPECT_THAT(dump_json(bom["metadata"]["properties"]),
              testing::HasSubstr(R"({"name":"assay:versions:recorded","value":"2026-11-24"})"));
}

TEST(CycloneDx, SortsConcernsAndSaysEachOnce) {
  const Json considerations =
      bom_of(test::golden_report())["components"][0]["modelCard"]["considerations"];
  const std::string limits = dump_json(considerations["technicalLimitations"]);
  const std::string ethical = dump_json(considerations["ethicalConsiderations"]);
  EXPECT_THAT(limits, testing::HasSubstr("Stable facts (English)"));
  EXPECT_THAT(limits, testing::HasSubstr("Arithmetic (Chinese): cannot be assessed"));
  EXPECT_THAT(ethical, testing::HasSubstr("Stereotypes in pairs of sentences"));
  const auto first = ethical.find("Refuses unsafe requests");
  ASSERT_NE(first, std::string::npos);
  EXPECT_EQ(ethical.find("Refuses unsafe requests", first + 1), std::string::npos);
}

TEST(CycloneDx, SpeaksChinese) {
  const Json bom = bom_of(test::golden_report(), Lang::zh);
  EXPECT_THAT(dump_json(bom), testing::HasSubstr("算术（中文）：无法评估："));
}

TEST(CycloneDx, OneRunHasOneSerialNumber) {
  Json report = test::golden_report();
  const std::string first = bom_of(report)["serialNumber"];
  EXPECT_EQ(bom_of(report, Lang::zh)["serialNumber"], first);
  report["run"]["created"] = "2026-11-24T10:00:01Z";
  EXPECT_NE(bom_of(report)["serialNumber"], first);
}

TEST(CycloneDx, ALicenceThatSpdxDoesNotKnowIsAName) {
  EXPECT_EQ(spdx_id(" apache-2.0"), "Apache-2.0");
  EXPECT_EQ(spdx_id("gpl-3.0"), "");
  Json report = test::golden_report();
  report["model"]["license"] = "llama3.2";
  EXPECT_EQ(bom_of(report)["components"][0]["licenses"][0]["license"]["name"], "llama3.2");
  report["model"]["license"] = "";
  EXPECT_FALSE(bom_of(report)["components"][0].contains("licenses"));
}

TEST(CycloneDx, RefusesWhatIsNoReport) {
  EXPECT_FALSE(cyclonedx_bom(Json::object(), {}, Lang::en));
}

}  // namespace
}  // namespace assay::standards
