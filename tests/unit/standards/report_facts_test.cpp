// What exports read of a report: times, lines, names, figures.
#include "standards/report_facts.h"

#include <gmock/gmock.h>
#include <map>

#include "golden.h"
#include "standards/href.h"
#include "standards/name_uuid.h"

namespace assay::standards {
namespace {

TEST(NameUuid, IsVersion5OfTheNameSpace) {
  // Python: uuid.uuid5(uuid.uuid5(uuid.NAMESPACE_URL, "urn:assay:report"), NAME)
  EXPECT_EQ(name_uuid(""), "f90f0f32-4227-5280-b2dd-2990ac2fb49b");
  EXPECT_EQ(name_uuid("run-1/plan"), "4b187e07-fcc7-5e1a-846a-4c9f9b0d61e9");
  EXPECT_EQ(name_uuid("运行"), "2d7dfd42-e6ef-50c0-b935-027539c08230");
}

TEST(UtcTime, BringsAnyOffsetToUtc) {
  EXPECT_EQ(utc_time("2026-11-24T10:00:00Z"), "2026-11-24T10:00:00Z");
  EXPECT_EQ(utc_time("2026-01-01T01:30:05.250+08:00"), "2025-12-31T17:30:05.250Z");
  EXPECT_EQ(utc_time("2024-02-28 23:59:59-00:30"), "2024-02-29T00:29:59Z");
}

TEST(UtcTime, IsEmptyForWhatIsNoTime) {
  for (const char* text :
       {"", "2026-11-24", "2026-11-24T10:00:00", "2026-02-29T10:00:00Z", "2026-13-01T10:00:00Z",
        "2026-11-24T24:00:00Z", "2026-11-24T10:00:00.Z", "2026-11-24T10:00:00Zx",
        "1899-12-31T23:59:59Z", "9999-12-31T23:59:59-23:59", "x026-11-24T10:00:00Z"}) {
    EXPECT_EQ(utc_time(text), "") << text;
  }
}

TEST(OneLine, HasNoBlanksAtTheEndsAndNothingHidden) {
  EXPECT_EQ(one_line(" a\n\tb\u3000 \u00A0"), "a b");
  EXPECT_EQ(one_line("\u3000"), "");
  EXPECT_EQ(one_line("x\u202Ey"), "x⟨U+202E⟩y");
}

TEST(Href, EncodesWhatIsNotPlain) {
  EXPECT_EQ(href("report.zh.md"), "report.zh.md");
  EXPECT_EQ(href("a:b c#?/报"), "a%3Ab%20c%23%3F/%E6%8A%A5");
  EXPECT_EQ(href("r.json", "/results/0/figures/1"), "r.json#/results/0/figures/1");
}

TEST(ModelIdentity, OfAServedModelHasNoDigestOfWeights) {
  Json report = test::golden_report();
  EXPECT_EQ(model_identity(report).sha256, std::string(64, 'a'));
  EXPECT_EQ(model_identity(report).file, "my model.gguf");
  report["model"]["served_at"] = "http://localhost:1/v1";
  EXPECT_EQ(model_identity(report).sha256, "");
  EXPECT_EQ(model_identity(report).file, "");
  EXPECT_EQ(model_identity(report).name, "Example 135M <Instruct>");
  report["model"] = {{"id", "vendor/model"}};
  EXPECT_EQ(model_identity(report).name, "vendor/model");
  EXPECT_EQ(model_identity(Json::object()).name, "unnamed");
}

TEST(JudgedFigures, AJudgementGoesBeforeADescription) {
  const auto figures = judged_figures(test::golden_report());
  std::map<std::string, std::string> tones;
  for (const JudgedFigure& figure : figures) tones[figure.id] = figure.tone;
  EXPECT_EQ(tones.size(), figures.size());              // each once
  EXPECT_EQ(tones.at("facts/en/accuracy"), "concern");  // neutral as a capability
  EXPECT_EQ(tones.at("injection/en/followed"), "good");
  EXPECT_EQ(tones.at("energy/en/efficiency"), "neutral");
}

TEST(KnownFigures, LeaveOutWhatHasNoValueAndOpenBounds) {
  const Json report = test::golden_report();
  const auto figures = known_figures(report);
  bool bound = false;
  for (const KnownFigure& figure : figures) {
    EXPECT_NE(figure.id, "energy/en/none");
    const Json& there = report[Json::json_pointer(figure.pointer)];
    EXPECT_THAT(figure.id, testing::EndsWith(there["id"].get<std::string>()));
    if (figure.id != "injection/en/followed.bound") continue;
    bound = true;
    EXPECT_FALSE(lower_bound(figure.estimate));
    EXPECT_TRUE(upper_bound(figure.estimate));
  }
  EXPECT_TRUE(bound);
}

TEST(CheckReport, SaysWhatIsMissing) {
  const auto other = check_report(Json{{"schema", "assay.report/2"}});
  ASSERT_FALSE(other);
  EXPECT_THAT(other.error().next, testing::HasSubstr("report.json"));
  EXPECT_FALSE(check_report(Json{{"schema", "assay.report/1"}, {"run", {{"id", " "}}}}));
  EXPECT_FALSE(check_report(Json::array()));
  EXPECT_TRUE(check_report(test::golden_report()));
}

TEST(CheckFiles, NeedNameAndDigest) {
  EXPECT_TRUE(check_files(test::golden_files()));
  EXPECT_FALSE(check_files(std::vector<FileDigest>{{"", std::string(64, '1')}}));
  EXPECT_FALSE(check_files(std::vector<FileDigest>{{"a", std::string(63, '1')}}));
  EXPECT_FALSE(check_files(std::vector<FileDigest>{{"a", std::string(64, 'A')}}));
}

}  // namespace
}  // namespace assay::standards
