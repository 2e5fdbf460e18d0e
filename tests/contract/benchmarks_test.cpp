// What holds for every public benchmark, whether its data are here or not: complete description, a
// data set with source and licence, examples of our own that give the verdicts that they declare;
// and, where the data are here, items that are valid.
#include <algorithm>
#include <filesystem>
#include <gtest/gtest.h>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "base/text.h"
#include "eval/min_k.h"
#include "eval/order_test.h"
#include "eval/registry.h"
#include "eval/replay.h"
#include "eval/runner.h"
#include "eval/topics.h"

namespace assay::eval {
namespace {

const Registry& registry() {
  static const std::unique_ptr<Registry> all = [] {
    auto folders = data::DataFolders::standard();
    if (std::filesystem::is_directory(ASSAY_SHARED_DATA)) (void)folders.add(ASSAY_SHARED_DATA);
    auto out = std::make_unique<Registry>(std::move(folders));
    register_all_benchmarks(*out);
    add_order_tests(*out);
    add_min_k_tasks(*out);
    return out;
  }();
  return *all;
}

std::vector<std::string> names() {
  std::vector<std::string> out;
  for (const auto& task : registry().tasks()) out.push_back(task->info().name);
  return out;
}

bool sandbox_missing(const TaskInfo& info) {
  return info.needs.sandbox && !std::filesystem::exists("/usr/bin/bwrap");
}

class BenchmarkContract : public ::testing::TestWithParam<std::string> {
 protected:
  [[nodiscard]] static const Task& task() { return **registry().find(GetParam()); }
};

TEST_P(BenchmarkContract, IsDescribedCompletely) {
  const TaskInfo& info = task().info();
  for (const Text* text : {&info.title, &info.description, &info.limits}) {
    EXPECT_FALSE(trim(text->en).empty());
    EXPECT_FALSE(trim(text->zh).empty());
    EXPECT_NE(text->en, text->zh);
  }
  EXPECT_TRUE(info.only_by_name);
  EXPECT_FALSE(info.license.empty());
  EXPECT_FALSE(info.citation.empty());
  EXPECT_FALSE(info.langs.empty());
  EXPECT_FALSE(info.topics.empty());
  for (const std::string& topic : info.topics) {
    EXPECT_TRUE(std::count(topic_ids().begin(), topic_ids().end(), topic)) << topic;
  }
  EXPECT_GT(info.items.quick, 0);
  EXPECT_LE(info.items.quick, info.items.standard);
  EXPECT_LE(info.items.standard, info.items.full);
}

TEST_P(BenchmarkContract, ExamplesGiveTheVerdictsTheyDeclare) {
  if (sandbox_missing(task().info())) GTEST_SKIP() << "bubblewrap is not installed";
  std::map<Verdict, int> verdicts;
  for (const Example& example : task().examples()) {
    const Result<Trace> trace = replay(task(), example);
    ASSERT_TRUE(trace) << trace.error().message();
    const Score score = score_trace(task(), example.sample, *trace);
    EXPECT_EQ(score.verdict, example.verdict) << example.sample.id << ": " << score.explanation;
    ++verdicts[example.verdict];
  }
  EXPECT_GE(verdicts[Verdict::success], 1);
  EXPECT_GE(verdicts[Verdict::failure], 1);
}

TEST_P(BenchmarkContract, SummaryOfNothingSaysSo) {
  SummaryContext context;
  context.lang = task().info().langs.front();
  const Summary summary = task().summarise({}, context);
  EXPECT_FALSE(summary.figures.empty());
  std::set<std::string> ids;
  for (const Figure& figure : summary.figures) {
    EXPECT_TRUE(ids.insert(figure.id).second) << figure.id;
    EXPECT_FALSE(figure.estimate.known()) << figure.id;
    EXPECT_FALSE(figure.label.zh.empty()) << figure.id;
  }
}

TEST_P(BenchmarkContract, AbsentDataSayHowToGetThem) {
  Registry empty{data::DataFolders{}};
  register_all_benchmarks(empty);
  add_order_tests(empty);
  add_min_k_tasks(empty);
  const Task& absent = **empty.find(GetParam());
  const auto status = absent.available();
  ASSERT_FALSE(status);
  EXPECT_EQ(status.error().kind, ErrorKind::not_found);
  const bool own = (*empty.find_dataset(absent.info().dataset))->own();
  const std::string step = own ? "--data " : "assay data get ";
  EXPECT_NE(status.error().next.find(step + absent.info().dataset), std::string::npos)
      << status.error().next;
}

TEST_P(BenchmarkContract, ItemsOfTheRealDataAreValid) {
  const auto status = task().available();
  if (!status && status.error().kind == ErrorKind::not_found) {
    GTEST_SKIP() << status.error().message();
  }
  ASSERT_TRUE(status) << status.error().message();
  for (const Lang lang : task().info().langs) {
    const auto samples = task().samples({1, lang, task().info().items.full});
    ASSERT_TRUE(samples) << samples.error().message();
    EXPECT_FALSE(samples->empty());
    std::set<std::string> ids;
    for (const Sample& s : *samples) {
      ASSERT_TRUE(ids.insert(s.id).second) << s.id;
      ASSERT_EQ(s.lang, lang) << s.id;
      ASSERT_FALSE(s.cluster.empty()) << s.id;
      ASSERT_LT(s.target_index, std::max(1, static_cast<int>(s.choices.size()))) << s.id;
      ASSERT_TRUE(s.messages.empty() || s.messages.back().role == "user") << s.id;
      ASSERT_FALSE(s.messages.empty() && s.choices.empty()) << s.id;
    }
  }
}

std::string test_name(const ::testing::TestParamInfo<std::string>& test) { return test.param; }

INSTANTIATE_TEST_SUITE_P(All, BenchmarkContract, ::testing::ValuesIn(names()), test_name);

TEST(Datasets, SayWhereTheyComeFrom) {
  for (const auto& dataset : registry().datasets()) {
    EXPECT_FALSE(dataset->title.empty()) << dataset->name;
    EXPECT_FALSE(dataset->license.empty()) << dataset->name;
    if (dataset->own()) {
      EXPECT_FALSE(dataset->note.empty()) << dataset->name;
      EXPECT_FALSE(dataset->downloadable()) << dataset->name;
      continue;
    }
    EXPECT_FALSE(dataset->citation.empty()) << dataset->name;
    EXPECT_TRUE(dataset->homepage.starts_with("https://")) << dataset->name;
    EXPECT_GT(dataset->rows, 0) << dataset->name;
    ASSERT_FALSE(dataset->files.empty()) << dataset->name;
    for (const auto& file : dataset->files) {
      EXPECT_TRUE(file.sha256.empty() || file.sha256.size() == 64) << file.path;
      EXPECT_FALSE(std::filesystem::path(file.path).is_absolute()) << file.path;
      EXPECT_EQ(file.path.find(".."), std::string::npos) << file.path;
    }
  }
}

/// The files that are here are those whose hash is pinned.
TEST(Datasets, SharedCopiesAreTheOriginals) {
  if (!std::filesystem::is_directory(ASSAY_SHARED_DATA)) {
    GTEST_SKIP() << "there is no " << ASSAY_SHARED_DATA;
  }
  for (const auto& dataset : registry().datasets()) {
    const auto folder = registry().folders().find(*dataset);
    if (!folder) continue;
    const auto checks = data::verify(*dataset, *folder);
    ASSERT_TRUE(checks) << checks.error().message();
    for (const auto& check : *checks) {
      EXPECT_NE(check.state, data::FileState::different) << check.file->path;
    }
  }
}

/// Nothing that is asked for without names includes a benchmark.
TEST(Datasets, NoBenchmarkRunsUnasked) {
  Registry all{data::DataFolders{}};
  register_all_tasks(all);
  register_all_benchmarks(all);
  for (const char* topic : {"", "malfunction", "capability.knowledge"}) {
    RunPlan plan;
    if (*topic != '\0') plan.topics = {topic};
    const auto tasks = select_tasks(all, plan);
    ASSERT_TRUE(tasks) << tasks.error().message();
    for (const Task* task : *tasks) EXPECT_FALSE(task->info().only_by_name) << task->info().name;
  }
}

}  // namespace
}  // namespace assay::eval
