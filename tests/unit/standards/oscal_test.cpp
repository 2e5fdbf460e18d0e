// OSCAL assessment results: what a report becomes. The golden file is held against the published
// schema by tests/parity/standards.py.
#include "standards/oscal.h"

#include <gmock/gmock.h>

#include "golden.h"

namespace assay::standards {
namespace {

Json results_of(const Json& report, Lang lang = Lang::en) {
  auto made = oscal_results(report, test::golden_files(), lang);
  EXPECT_TRUE(made) << made.error().message();
  return made ? (*made)["assessment-results"] : Json();
}

std::string property(const Json& item, const std::string& name) {
  for (const Json& each : item.value("props", Json::array())) {
    if (each["name"] == name) return each["value"];
  }
  return "";
}

Json observation(const Json& results, const std::string& claim) {
  for (const Json& each : results["results"][0]["observations"]) {
    if (property(each, "claim") == claim) return each;
  }
  return Json::object();
}

TEST(Oscal, AreTheGoldenResults) {
  const auto made = oscal_results(test::golden_report(), test::golden_files(), Lang::zh);
  ASSERT_TRUE(made) << made.error().message();
  test::expect_golden("assessment-results.oscal.json", dump_json(*made, 1) + "\n");
}

TEST(Oscal, HaveTheFieldsThatTheStandardRequires) {
  const Json results = results_of(test::golden_report());
  EXPECT_EQ(results["metadata"]["oscal-version"], "1.1.3");
  EXPECT_EQ(results["metadata"]["last-modified"], "2026-11-24T10:05:41Z");
  const Json& result = results["results"][0];
  EXPECT_EQ(result["start"], "2026-11-24T10:00:00Z");
  EXPECT_EQ(result["end"], "2026-11-24T10:05:41Z");
  EXPECT_EQ(results["import-ap"]["href"].get<std::string>().substr(1),
            results["back-matter"]["resources"][0]["uuid"]);
  EXPECT_FALSE(result.contains("risks"));
}

TEST(Oscal, AnObservationForEachClaimOfWhatWasTried) {
  const Json report = test::golden_report();
  const Json results = results_of(report);
  std::size_t claims = 0;
  for (const Json& topic : report["topics"]) {
    if (topic["status"] != "not_measured") claims += topic["claims"].size();
  }
  EXPECT_EQ(results["results"][0]["observations"].size(), claims);
  const Json one = observation(results, "mitigation.safety_training/1");
  EXPECT_EQ(one["methods"], Json::array({"TEST"}));
  EXPECT_EQ(one["collected"], "2026-11-24T10:05:41Z");
  EXPECT_EQ(property(one, "figure"), "refusal_pairs/en/refusal.unsafe.en");
  EXPECT_EQ(property(one, "n"), "40");
  ASSERT_EQ(one["relevant-evidence"].size(), 2U);
  EXPECT_EQ(one["relevant-evidence"][0]["href"], "report.json#/results/9/figures/0");
  EXPECT_EQ(one["relevant-evidence"][1]["href"], "report.json#/results/9/examples/0");
  EXPECT_EQ(property(one["relevant-evidence"][1], "sha256").size(), 64U);
  EXPECT_TRUE(observation(results, "systemic.labour/1").empty());
  EXPECT_THAT(results["results"][0]["reviewed-controls"]["remarks"].get<std::string>(),
              testing::HasSubstr("systemic.labour"));
}

TEST(Oscal, AFindingForEachConcern) {
  const Json results = results_of(test::golden_report());
  std::size_t concerns = 0;
  for (const Json& each : results["results"][0]["observations"]) {
    concerns += property(each, "tone") == "concern" ? 1 : 0;
  }
  const Json& findings = results["results"][0]["findings"];
  ASSERT_GT(concerns, 0U);
  EXPECT_EQ(findings.size(), concerns);
  EXPECT_EQ(findings[0]["target"]["target-id"], "misuse.scam_obj");
  EXPECT_EQ(findings[0]["target"]["status"]["state"], "not-satisfied");
  EXPECT_EQ(findings[0]["related-observations"][0]["observation-uuid"],
            observation(results, "misuse.scam/1")["uuid"]);
}

TEST(Oscal, WithoutConcernThereAreNoFindings) {
  Json report = test::golden_report();
  for (Json& topic : report["topics"]) {
    for (Json& claim : topic["claims"]) claim["tone"] = "neutral";
  }
  EXPECT_FALSE(results_of(report)["results"][0].contains("findings"));
}

TEST(Oscal, PartsKeepTheirUuidsAndTheDocumentDoesNot) {
  Json report = test::golden_report();
  const Json before = results_of(report);
  EXPECT_EQ(results_of(report), before);
  report["title"]["en"] = "Another title";
  const Json after = results_of(report);
  EXPECT_NE(after["uuid"], before["uuid"]);
  EXPECT_EQ(after["results"][0]["uuid"], before["results"][0]["uuid"]);
  EXPECT_NE(results_of(report, Lang::zh)["uuid"], after["uuid"]);
}

TEST(Oscal, AnUnfinishedRunHasNoEnd) {
  Json report = test::golden_report();
  report["run"]["finished"] = "";
  const Json results = results_of(report);
  EXPECT_FALSE(results["results"][0].contains("end"));
  EXPECT_EQ(results["metadata"]["last-modified"], "2026-11-24T10:00:00Z");
}

TEST(Oscal, AnImportedLogWasMeasuredWhenItWasRecorded) {
  Json report = test::golden_report();
  report["versions"]["recorded"] = "2026-11-01T12:00:00+08:00";
  report["model"]["architecture"] = "unknown";
  const Json results = results_of(report);
  EXPECT_EQ(results["results"][0]["start"], "2026-11-01T04:00:00Z");
  EXPECT_EQ(results["results"][0]["observations"][0]["collected"], "2026-11-01T04:00:00Z");
  EXPECT_FALSE(results["results"][0].contains("end"));
  EXPECT_EQ(results["metadata"]["last-modified"], "2026-11-24T10:05:41Z");
  EXPECT_EQ(property(results["results"][0]["local-definitions"]["components"][0], "architecture"),
            "");
}

TEST(Oscal, SaysWhatItCannotExpress) {
  Json report = test::golden_report();
  report["run"]["created"] = "yesterday";
  const auto timeless = oscal_results(report, {}, Lang::en);
  ASSERT_FALSE(timeless);
  EXPECT_EQ(timeless.error().kind, ErrorKind::unsupported);
  report = test::golden_report();
  for (Json& topic : report["topics"]) topic["status"] = "not_measured";
  const auto empty = oscal_results(report, {}, Lang::en);
  ASSERT_FALSE(empty);
  EXPECT_THAT(empty.error().message(), testing::HasSubstr("nothing was measured"));
}

TEST(Oscal, WithoutTheReportsFileEvidenceHasNoPlace) {
  auto made = oscal_results(test::golden_report(), {}, Lang::en);
  ASSERT_TRUE(made);
  const Json one = observation((*made)["assessment-results"], "misuse.scam/1");
  EXPECT_FALSE(one["relevant-evidence"][0].contains("href"));
}

TEST(Oscal, MarkdownShowsTheTextItself) {
  EXPECT_EQ(markdown_text("a*b [c] <d> snake_case _x_ {{ y }}"),
            "a\\*b \\[c\\] \\<d\\> snake_case \\_x\\_ \\{\\{ y \\}\\}");
  EXPECT_EQ(markdown_text("12. of\nMay"), "12\\. of May");
  EXPECT_EQ(markdown_text("12.5%"), "12.5%");
  EXPECT_EQ(markdown_text("- x - y"), "\\- x - y");
}

}  // namespace
}  // namespace assay::standards
