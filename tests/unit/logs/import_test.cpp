#include "logs/import.h"

#include <gmock/gmock.h>

#include "eval/compare.h"
#include "eval/runner.h"
#include "unit/logs/logs_fixture.h"

namespace assay::logs {
namespace {

using ::testing::HasSubstr;

class ImportTest : public LogsFixture {
 protected:
  ImportTest() : store_(*store::Store::open(folder_ / "runs.db", store::Mode::write)) {
    eval::register_all_tasks(registry_);
  }
  eval::RunOutcome import(const std::filesystem::path& file, const ImportOptions& options = {}) {
    const auto imported = import_log(store_, registry_, file, options);
    if (!imported) throw std::runtime_error(imported.error().message());
    return *eval::load_outcome(store_, imported->run);
  }
  store::Store store_;
  eval::Registry registry_;
};

TEST_F(ImportTest, ALogBecomesARunWithItsOrigin) {
  const eval::RunOutcome outcome = import(golden("capitals.eval"));
  EXPECT_EQ(outcome.profile, "imported");
  EXPECT_FALSE(outcome.finished.empty());
  EXPECT_EQ(outcome.model.name, "mockllm/model");
  EXPECT_EQ(outcome.model.architecture, "unknown");
  EXPECT_EQ(outcome.model.digest, "");
  ASSERT_EQ(outcome.tasks.size(), 1U);
  const eval::TaskOutcome& task = outcome.tasks[0];
  EXPECT_EQ(task.status, eval::Status::measured);
  EXPECT_EQ(task.done, 8);
  EXPECT_EQ(task.success, 4);
  EXPECT_EQ(task.failure, 2);
  EXPECT_EQ(task.unassessed, 2);
  EXPECT_EQ(task.unassessed_reasons.at(kReasonError), 1);
  ASSERT_EQ(task.figures.size(), 3U);
  EXPECT_EQ(task.figures[0].id, "rate.includes.en");
  EXPECT_TRUE(task.figures[0].primary);
  EXPECT_EQ(task.figures[0].estimate.n, 6);
  EXPECT_EQ(task.figures[0].estimate.clusters, 4) << "epochs of one item are one cluster";
  EXPECT_THAT(task.figures[0].note.en, HasSubstr("The log itself reports accuracy"));
  EXPECT_EQ(task.figures[1].id, "mean.length/letters.en");
  const store::RunRow row = *store_.find_run(outcome.run_id);
  const Json& origin = row.begun.header["origin"];
  EXPECT_EQ(origin["tool"], "inspect_ai");
  EXPECT_EQ(origin["files"][0]["sha256"].get<std::string>().size(), 64U);
  eval::Registry registry;
  ASSERT_TRUE(add_recorded_tasks(registry, row));
  const auto recorded = registry.find("capitals");
  ASSERT_TRUE(recorded);
  EXPECT_THAT((*recorded)->info().citation, HasSubstr("SHA-256"));
}

TEST_F(ImportTest, ArchiveAndJsonOfOneRunCompareAsEqual) {
  const std::string a = import(golden("capitals.eval")).run_id;
  const std::string b = import(golden("capitals.json")).run_id;
  const auto comparison = eval::compare_runs(store_, a, b);
  ASSERT_TRUE(comparison);
  ASSERT_EQ(comparison->pairings.size(), 1U);
  EXPECT_EQ(comparison->pairings[0].shared, 4);
  EXPECT_EQ(comparison->pairings[0].changed, 0);
}

TEST_F(ImportTest, ZeroOfManyIsNoCertainty) {  // others give [0, 0]
  Members members{{"header.json", header()}};
  for (int i = 0; i < 300; ++i) {
    const std::string id = std::to_string(i);
    members.emplace_back("samples/" + id + "_epoch_1.json", inspect_sample_text(id, "\"I\""));
  }
  const stats::Estimate rate = import(zip("zero.eval", members)).tasks[0].figures[0].estimate;
  EXPECT_EQ(rate.value, 0.0);
  EXPECT_NEAR(rate.interval.high, 0.0122, 0.0001);
}

TEST_F(ImportTest, ScoresOffTheScaleNeedAThreshold) {
  Members members{{"header.json", header()}};
  for (int i = 1; i <= 10; ++i) {
    const std::string id = std::to_string(i);
    members.emplace_back("samples/" + id + "_epoch_1.json", inspect_sample_text(id, id));
  }
  const auto file = zip("ten.eval", members);
  const eval::TaskOutcome without = import(file).tasks[0];
  EXPECT_EQ(without.unassessed_reasons.at(kReasonScale), 10);
  EXPECT_EQ(without.figures[0].estimate.value, 5.5) << "the mean stands all the same";
  ImportOptions options;
  options.threshold = 8.0;
  EXPECT_EQ(import(file, options).tasks[0].success, 3);
}

TEST_F(ImportTest, ChoosesScorerGroupLanguageAndTopic) {
  ImportOptions options;
  options.scorer = "length/words";
  options.group = "script";
  options.lang = Lang::zh;
  options.topic = "capability.knowledge";
  const eval::TaskOutcome task = import(golden("capitals.eval"), options).tasks[0];
  EXPECT_EQ(task.lang, Lang::zh);
  EXPECT_EQ(task.figures[0].id, "rate.length/words.zh");
  EXPECT_EQ(task.figures.back().group, "latin");
  options.scorer = "nobody";
  EXPECT_THAT(import_log(store_, registry_, golden("capitals.eval"), options).error().message(),
              HasSubstr("includes"));
  options.scorer = "";
  options.topic = "nothing";
  EXPECT_EQ(import_log(store_, registry_, golden("capitals.eval"), options).error().kind,
            ErrorKind::usage);
}

TEST_F(ImportTest, UnfinishedLogIsPartly) {
  const auto file = zip("a.eval", {{"header.json", header(R"(,"results":{"total_samples":5})")},
                                   {"samples/a_epoch_1.json", inspect_sample_text("a", "1")}});
  const eval::TaskOutcome task = import(file).tasks[0];
  EXPECT_EQ(task.status, eval::Status::partly);
  EXPECT_THAT(task.reason.en, HasSubstr("1 of 5"));
}

TEST_F(ImportTest, NameOfABuiltInTaskIsNotTakenOver) {
  std::string text = header();
  text.replace(text.find("\"task\":\"t\""), 10, "\"task\":\"facts\"");
  const auto file = zip(
      "a.eval", {{"header.json", text}, {"samples/a_epoch_1.json", inspect_sample_text("a", "1")}});
  EXPECT_EQ(import(file).tasks[0].task, "facts.inspect_ai");
}

TEST_F(ImportTest, SummaryNeedsNoStore) {
  const auto summary = log_summary(golden("capitals.eval"));
  ASSERT_TRUE(summary);
  EXPECT_EQ((*summary)["tasks"][0]["samples"], 8);
  EXPECT_EQ((*summary)["tasks"][0]["unassessed"][kReasonError], 1);
}

}  // namespace
}  // namespace assay::logs
