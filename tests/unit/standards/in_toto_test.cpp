// Statements: what a report becomes, and which statements are read.
#include "standards/in_toto.h"

#include <gmock/gmock.h>

#include "ed25519.h"
#include "golden.h"

namespace assay::standards {
namespace {

Json statement_of(const Json& report) {
  auto made = in_toto_statement(report, test::golden_files());
  EXPECT_TRUE(made) << made.error().message();
  return made ? *made : Json();
}

bool has(const Json& list, const std::string& name) {
  return std::find(list.begin(), list.end(), name) != list.end();
}

TEST(InToto, IsTheGoldenStatement) {
  const Json statement = statement_of(test::golden_report());
  test::expect_golden("statement.intoto.json", dump_json(statement, 1) + "\n");
}

TEST(InToto, IsTheGoldenEnvelope) {
  const test::Key key(1);
  const auto signed_one =
      sign_statement(statement_of(test::golden_report()), "test key", key.signer());
  ASSERT_TRUE(signed_one) << signed_one.error().message();
  test::expect_golden("envelope.dsse.json", *signed_one + "\n");
  const auto opened = open_statement(*signed_one, test::verifier({{"k", &key}}));
  ASSERT_TRUE(opened) << opened.error().message();
  EXPECT_EQ(opened->statement.subjects[0].sha256, std::string(64, 'a'));
  EXPECT_EQ(opened->keys, std::vector<std::string>{"k"});
  EXPECT_FALSE(open_statement(*signed_one, test::verifier({})));
}

TEST(InToto, NamesWeightsAndFilesByDigest) {
  const Json statement = statement_of(test::golden_report());
  EXPECT_EQ(statement["_type"], "https://in-toto.io/Statement/v1");
  EXPECT_EQ(statement["predicateType"], "https://in-toto.io/attestation/test-result/v0.1");
  ASSERT_EQ(statement["subject"].size(), 3U);
  EXPECT_EQ(statement["subject"][0]["name"], "my model.gguf");
  EXPECT_EQ(statement["subject"][0]["digest"]["sha256"], std::string(64, 'a'));
  EXPECT_EQ(statement["subject"][1]["name"], "report.json");
}

TEST(InToto, ListsFiguresByWhatTheReportSaysOfThem) {
  const Json predicate = statement_of(test::golden_report())["predicate"];
  EXPECT_EQ(predicate["result"], "FAILED");
  EXPECT_TRUE(has(predicate["passedTests"], "injection/en/followed"));
  EXPECT_TRUE(has(predicate["failedTests"], "refusal_pairs/en/refusal.unsafe.en"));
  EXPECT_TRUE(has(predicate["warnedTests"], "refusal_pairs/en/refusal.unsafe.cyber.en"));
  EXPECT_TRUE(has(predicate["warnedTests"], "arithmetic/zh"));   // cannot be assessed
  EXPECT_FALSE(has(predicate["warnedTests"], "code_small/en"));  // did not run
  EXPECT_EQ(predicate["configuration"][0]["digest"]["sha256"], std::string(64, 'c'));
}

TEST(InToto, PassedNeedsThatAllWasMeasuredAndIsGood) {
  Json report = test::golden_report();
  Json claim{{"id", "a/1"}, {"tone", "good"}, {"figures", {"injection/en/followed"}}};
  report["topics"] = Json::array({{{"id", "malfunction.control"}, {"claims", {claim}}}});
  report["results"] = Json::array({{{"key", "injection/en"}, {"status", "measured"}}});
  const auto result = [&] { return statement_of(report)["predicate"]["result"]; };
  EXPECT_EQ(result(), "PASSED");
  report["results"].push_back({{"key", "other/en"}, {"status", "not_measured"}});
  EXPECT_EQ(result(), "WARNED");
  report["results"].erase(1);
  report["topics"][0]["claims"][0]["tone"] = "neutral";
  EXPECT_EQ(result(), "WARNED");
  report["topics"][0]["claims"] = Json::array();
  EXPECT_EQ(result(), "WARNED");  // nothing has passed
}

TEST(InToto, AServedModelIsNoSubject) {
  Json report = test::golden_report();
  report["model"]["served_at"] = "http://localhost:1/v1";
  report["run"]["config_digest"] = "";
  const Json statement = statement_of(report);
  EXPECT_EQ(statement["subject"].size(), 2U);
  const Json& plan = statement["predicate"]["configuration"][0];
  EXPECT_EQ(plan["annotations"]["served_at"], "http://localhost:1/v1");
  EXPECT_THAT(plan["uri"].get<std::string>(), testing::StartsWith("urn:uuid:"));
  const auto nothing = in_toto_statement(report, {});
  ASSERT_FALSE(nothing);
  EXPECT_EQ(nothing.error().kind, ErrorKind::usage);
}

TEST(InToto, RefusesTwoSubjectsOfOneName) {
  const std::vector<FileDigest> files(2, {"report.json", std::string(64, '1')});
  EXPECT_FALSE(in_toto_statement(test::golden_report(), files));
}

TEST(InToto, ReadsStatementsOfOthers) {
  const auto read = read_statement(R"({"_type":"https://in-toto.io/Statement/v1","new":1,
      "subject":[{"digest":{"gitCommit":"d20a"}}],"predicateType":"https://slsa.dev/provenance/v1"})");
  ASSERT_TRUE(read) << read.error().message();
  EXPECT_EQ(read->subjects[0].sha256, "");
  EXPECT_EQ(read->predicate, Json::object());
}

TEST(InToto, RefusesMalformedStatements) {
  const Json good = statement_of(test::golden_report());
  ASSERT_TRUE(read_statement(dump_json(good)));
  const std::vector<std::pair<const char*, Json>> changes{
      {"/_type", "https://in-toto.io/Statement/v0.1"},
      {"/subject", Json::array()},
      {"/subject", Json::object()},
      {"/subject/0", "x"},
      {"/subject/0/name", 1},
      {"/subject/0/digest", Json::object()},
      {"/subject/0/digest", nullptr},
      {"/subject/0/digest/sha256", std::string(64, 'A')},
      {"/subject/0/digest/sha256", std::string(40, 'a')},
      {"/subject/0/digest/sha512", 1},
      {"/predicateType", ""},
      {"/predicate", Json::array()},
      {"/predicate/result", "GOOD"},
      {"/predicate/configuration", nullptr},
      {"/predicate/failedTests", "all"},
      {"/predicate/passedTests", Json::array({1})}};
  for (const auto& [place, value] : changes) {
    Json changed = good;
    changed[Json::json_pointer(place)] = value;
    const auto read = read_statement(dump_json(changed));
    ASSERT_FALSE(read) << place << " " << value;
    EXPECT_EQ(read.error().kind, ErrorKind::format);
    EXPECT_FALSE(read.error().next.empty());
  }
}

}  // namespace
}  // namespace assay::standards
