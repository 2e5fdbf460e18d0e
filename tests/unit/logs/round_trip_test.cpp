// A run of ours, written in each format and read back: the same verdicts, figures and items; and
// the old answers judged again.
#include <gmock/gmock.h>

#include "base/digest.h"
#include "eval/compare.h"
#include "logs/export.h"
#include "logs/import.h"
#include "logs/json_parts.h"
#include "logs/rescore.h"
#include "unit/eval/runner_fixture.h"
#include "unit/logs/logs_fixture.h"

namespace assay::logs {
namespace {

using ::testing::HasSubstr;

class RoundTripTest : public eval::RunnerFixture {
 protected:
  RoundTripTest() : store_(open()) {
    eval::SmallTask& talk = eval::add_task(registry_, "talk", 12);
    talk.info_.topics = {"malfunction.reliability"};
    talk.cluster_size = 2;
    eval::SmallTask& pick = eval::add_task(registry_, "pick_one", 9);
    pick.info_.topics = {"malfunction.bias"};
    pick.info_.needs.generate = false;
    pick.info_.needs.logprobs = true;
    pick.choices = {" yes", " certainly not"};
    pick.solver_ = std::make_shared<eval::ChoiceSolver>();
    plan_.langs = {Lang::en, Lang::zh};
    plan_.epochs = 2;
    model_.reply = [](const model::GenerateRequest& request) {
      auto out = eval::ScriptedModel::text("\"答案\" of " + eval::ScriptedModel::last(request));
      if (eval::ScriptedModel::last(request).starts_with("item 3 ")) {
        out->finish = model::FinishReason::length;
      }
      return out;
    };
    auto outcome = eval::run(model_, registry_, store_, plan_);
    if (!outcome) throw std::runtime_error(outcome.error().message());
    original_ = std::move(*outcome);
  }

  std::vector<std::filesystem::path> export_to(ExportFormat format, const std::string& folder) {
    ExportOptions options;
    options.format = format;
    const auto done = export_run(store_, registry_, original_.run_id, folder_ / folder, options);
    if (!done) throw std::runtime_error(done.error().message());
    return done->files;
  }
  eval::RunOutcome import(const std::filesystem::path& file) {
    const auto done = import_log(store_, registry_, file);
    if (!done) throw std::runtime_error(done.error().message());
    return *eval::load_outcome(store_, done->run);
  }
  /// Each task of `read` is what it was in the original run.
  void expect_same(const eval::RunOutcome& read) {
    for (const eval::TaskOutcome& task : read.tasks) {
      SCOPED_TRACE(task.task + to_string(task.lang));
      const auto before = std::find_if(
          original_.tasks.begin(), original_.tasks.end(),
          [&](const auto& each) { return each.task == task.task && each.lang == task.lang; });
      ASSERT_NE(before, original_.tasks.end());
      EXPECT_EQ(dump_json(to_json(task), 1), dump_json(to_json(*before), 1));
    }
    EXPECT_EQ(read.model.digest, original_.model.digest);
    const auto comparison = eval::compare_runs(store_, original_.run_id, read.run_id);
    ASSERT_TRUE(comparison);
    for (const eval::TaskPairing& pairing : comparison->pairings) {
      EXPECT_EQ(pairing.changed + pairing.only_second, 0);
    }
  }

  store::Store store_;
  eval::RunOutcome original_;
};

TEST_F(RoundTripTest, Inspect) {
  const auto files = export_to(ExportFormat::inspect, "inspect");
  ASSERT_EQ(files.size(), 4U);
  for (const auto& file : files) expect_same(import(file));
  const auto again = export_to(ExportFormat::inspect, "again");
  EXPECT_EQ(*sha256_file(files[0]), *sha256_file(again[0])) << "the same run, the same bytes";
}

TEST_F(RoundTripTest, LmEval) {
  const auto files = export_to(ExportFormat::lm_eval, "lm-eval");
  ASSERT_EQ(files.size(), 5U);
  const eval::RunOutcome read = import(folder_ / "lm-eval");
  EXPECT_EQ(read.tasks.size(), 4U);
  expect_same(read);
}

TEST_F(RoundTripTest, Garak) {
  const auto files = export_to(ExportFormat::garak, "garak");
  ASSERT_EQ(files.size(), 2U);
  const eval::RunOutcome read = import(files[0]);
  EXPECT_EQ(read.tasks.size(), 4U);
  expect_same(read);
  std::int64_t failures = 0;
  for (const auto& task : original_.tasks) failures += task.failure;
  const auto hits = MappedFile::open(files[1]);
  ASSERT_TRUE(hits);
  EXPECT_EQ(std::count(hits->text().begin(), hits->text().end(), '\n'), failures);
}

TEST_F(RoundTripTest, ChoiceOfTasksAndPlaces) {
  ExportOptions options;
  options.tasks = {"talk"};
  options.lang = Lang::zh;
  const auto one = export_run(store_, registry_, original_.run_id, folder_ / "one.eval", options);
  ASSERT_TRUE(one) << one.error().message();
  EXPECT_EQ(one->samples, 24);
  options = {};
  EXPECT_EQ(
      export_run(store_, registry_, original_.run_id, folder_ / "x.eval", options).error().kind,
      ErrorKind::usage)
      << "four tasks, one file";
  options.tasks = {"walk"};
  EXPECT_THAT(export_run(store_, registry_, original_.run_id, folder_, options).error().message(),
              HasSubstr("no task walk"));
  EXPECT_FALSE(export_run(store_, registry_, "nobody", folder_, {}));
  EXPECT_FALSE(parse_export_format("helm"));
}

TEST_F(RoundTripTest, ALogOfAnUnknownTaskKeepsItsVerdicts) {
  const auto files = export_to(ExportFormat::inspect, "inspect");
  eval::Registry nothing;
  const auto done = import_log(store_, nothing, files[0]);
  ASSERT_TRUE(done) << done.error().message();
  const auto outcome = eval::load_outcome(store_, done->run);
  EXPECT_EQ(outcome->tasks[0].success, original_.tasks[0].success);
  EXPECT_EQ(outcome->tasks[0].unassessed, original_.tasks[0].unassessed);
}

TEST_F(RoundTripTest, RescoreWithTheSameTaskChangesNothing) {
  const auto done = rescore_run(store_, registry_, original_.run_id);
  ASSERT_TRUE(done) << done.error().message();
  EXPECT_EQ(done->samples, 24 * 2 + 9 * 2);
  EXPECT_EQ(done->changed, 0);
  const auto outcome = eval::load_outcome(store_, done->run);
  EXPECT_EQ(outcome->profile, "rescored");
  expect_same(*outcome);
  const auto row = store_.find_run(done->run);
  EXPECT_EQ(row->begun.header["rescored"]["run"], original_.run_id);
}

TEST_F(RoundTripTest, RescoreKeepsTheOldVerdict) {
  auto changed = std::make_unique<eval::SmallTask>("talk", 12);
  changed->scorer = [](const eval::Sample&, const eval::Trace&) { return eval::Score::miss("x"); };
  eval::Registry registry;
  registry.add(std::move(changed));
  const auto done = rescore_run(store_, registry, original_.run_id);
  ASSERT_TRUE(done) << done.error().message();
  EXPECT_EQ(done->notes.size(), 2U) << "pick_one is not known here";
  EXPECT_GT(done->changed, 0);
  std::int64_t kept = 0;
  ASSERT_TRUE(store_.for_each_record(done->run, {}, [&](store::SampleRecord&& record) {
    const Json& previous = record.record["previous"];
    EXPECT_EQ(previous["run"], original_.run_id);
    kept += previous["score"]["verdict"] == "success" ? 1 : 0;
    return true;
  }));
  EXPECT_EQ(kept, done->changed);
}

class RescoreImportedTest : public LogsFixture {
 protected:
  RescoreImportedTest() : store_(*store::Store::open(folder_ / "runs.db", store::Mode::write)) {}
  store::Store store_;
  eval::Registry registry_;
};

TEST_F(RescoreImportedTest, ByName) {
  const auto imported = import_log(store_, registry_, golden("capitals.eval"));
  ASSERT_TRUE(imported);
  RescoreOptions options;
  options.scorer = "exact";
  const auto done = rescore_run(store_, registry_, imported->run, options);
  ASSERT_TRUE(done) << done.error().message();
  EXPECT_EQ(done->samples, 8);
  EXPECT_EQ(done->changed, 0);
  const auto outcome = eval::load_outcome(store_, done->run);
  EXPECT_EQ(outcome->tasks[0].unassessed, 2) << "an error and a cut answer stay unassessed";
  EXPECT_EQ(outcome->tasks[0].figures[0].id, "rate.exact.en");
  options.scorer = "log:length/letters";
  options.threshold = 2.0;
  const auto other = rescore_run(store_, registry_, imported->run, options);
  ASSERT_TRUE(other) << other.error().message();
  EXPECT_EQ(eval::load_outcome(store_, other->run)->tasks[0].success, 3) << "Paris, 北京, 上海";
  for (const char* name : {"nobody", "log:nobody"}) {
    options.scorer = name;
    EXPECT_EQ(rescore_run(store_, registry_, imported->run, options).error().kind,
              ErrorKind::usage);
  }
}

TEST_F(RescoreImportedTest, ChoiceAndNumberOfLmEval) {
  const auto imported = import_log(store_, registry_, golden("lm-eval"));
  ASSERT_TRUE(imported);
  RescoreOptions options;
  options.scorer = "choice";
  options.tasks = {"tiny_sums"};
  const auto choice = rescore_run(store_, registry_, imported->run, options);
  ASSERT_TRUE(choice) << choice.error().message();
  EXPECT_EQ(choice->changed, 0) << "as lm-eval's acc";
  options.scorer = "number";
  options.tasks = {"tiny_words"};
  const auto number = rescore_run(store_, registry_, imported->run, options);
  ASSERT_TRUE(number);
  EXPECT_EQ(eval::load_outcome(store_, number->run)->tasks[0].unassessed, 3)
      << "\"lol\" is no number, so no verdict";
}

}  // namespace
}  // namespace assay::logs
