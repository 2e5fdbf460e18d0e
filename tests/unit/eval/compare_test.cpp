#include "eval/compare.h"

#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <gtest/gtest.h>

namespace assay::eval {
namespace {

constexpr int kSuccess = 0;
constexpr int kFailure = 1;
constexpr int kUnassessed = 2;

class Compare : public ::testing::Test {
 protected:
  Compare() {
    std::string pattern =
        (std::filesystem::temp_directory_path() / "assay-compare-XXXXXX").string();
    folder_ = mkdtemp(pattern.data());
    auto opened = store::Store::open(folder_ / "runs.db", store::Mode::write);
    if (!opened) throw std::runtime_error(opened.error().message());
    store_.emplace(std::move(*opened));
  }
  ~Compare() override {
    store_.reset();
    std::error_code ignored;
    std::filesystem::remove_all(folder_, ignored);
  }

  std::string begin(const std::string& digest, int seed = 1, int version = 1) {
    store::NewRun run;
    run.created = "2024-01-01T00:00:00Z";
    run.model = "m";
    run.model_digest = digest;
    run.config = Json{{"seed", seed}};
    run.header["tasks"]["t"] = version;
    return *store_->create_run(run);
  }

  static store::NewSample sample(int number, int verdict, const std::string& content = "same",
                                 int epoch = 0) {
    store::NewSample out;
    out.scored.sample = std::string("s") + std::to_string(number);
    out.scored.epoch = epoch;
    out.scored.verdict = verdict;
    out.scored.cluster = out.scored.sample;
    out.scored.group = number % 2 == 0 ? "even" : "odd";
    out.record = dump_json(Json{{"sample", {{"id", out.scored.sample}, {"content", content}}}});
    return out;
  }

  void add(const std::string& run, const std::string& task,
           const std::vector<store::NewSample>& samples, const char* lang = "en") {
    ASSERT_TRUE(store_->begin_task(run, task, lang));
    ASSERT_TRUE(store_->append(run, task, lang, samples, nullptr));
  }

  RunComparison compare(const std::string& a, const std::string& b) {
    for (const std::string& run : {a, b}) {
      EXPECT_TRUE(store_->finish_run(run, "2024-01-01T00:01:00Z"));
    }
    auto out = compare_runs(*store_, a, b);
    EXPECT_TRUE(out) << (out ? "" : out.error().message());
    return out ? *out : RunComparison{};
  }

  std::filesystem::path folder_;
  std::optional<store::Store> store_;
};

// 40 shared items: 10 gained, 2 lost, 20 both, 8 neither.
TEST_F(Compare, PairsTheSameItems) {
  const std::string a = begin("model-a");
  const std::string b = begin("model-b");
  std::vector<store::NewSample> first;
  std::vector<store::NewSample> second;
  for (int i = 0; i < 40; ++i) {
    first.push_back(sample(i, i < 22 ? kSuccess : kFailure));
    second.push_back(sample(i, i < 20 || (i >= 22 && i < 32) ? kSuccess : kFailure));
  }
  add(a, "t", first);
  add(b, "t", second);
  const RunComparison out = compare(a, b);
  ASSERT_EQ(out.pairings.size(), 1U);
  EXPECT_EQ(out.pairings[0].shared, 40);
  ASSERT_EQ(out.comparisons.size(), 3U);  // all, even, odd
  const GroupComparison& all = out.comparisons[0];
  EXPECT_EQ(all.group, "");
  EXPECT_NEAR(all.paired.difference.value, 8.0 / 40.0, 1e-12);
  EXPECT_EQ(all.paired.test, "mcnemar-mid-p");
  EXPECT_DOUBLE_EQ(all.paired.p_value, stats::mcnemar_mid_p(2, 10));
  const stats::Interval tango = stats::tango({20, 2, 10, 8});
  EXPECT_DOUBLE_EQ(all.paired.difference.interval.low, tango.low);
  EXPECT_TRUE(all.paired.difference.minimum_detectable);
  EXPECT_NEAR(all.first.value, 22.0 / 40.0, 1e-12);
  EXPECT_NEAR(all.second.value, 30.0 / 40.0, 1e-12);
  EXPECT_GE(all.holm, all.benjamini_hochberg);
  EXPECT_GE(all.benjamini_hochberg, all.paired.p_value);
  EXPECT_TRUE(out.notes.empty());
}

TEST_F(Compare, CountsWhatCannotBePaired) {
  const std::string a = begin("model-a", 1);
  const std::string b = begin("model-b", 2);
  add(a, "t",
      {sample(0, kSuccess), sample(2, kFailure), sample(4, kSuccess, "old"), sample(6, kUnassessed),
       sample(8, kSuccess)});
  add(b, "t",
      {sample(0, kSuccess), sample(2, kSuccess), sample(4, kSuccess, "new"), sample(6, kSuccess),
       sample(10, kFailure), sample(12, kFailure)});
  add(a, "only_here", {sample(0, kSuccess)}, "zh");
  const RunComparison out = compare(a, b);
  ASSERT_EQ(out.pairings.size(), 2U);
  EXPECT_EQ(out.pairings[0].task, "only_here");
  EXPECT_EQ(out.pairings[0].lang, Lang::zh);
  EXPECT_EQ(out.pairings[0].only_first, 1);
  const TaskPairing& paired = out.pairings[1];
  EXPECT_EQ(paired.shared, 3);
  EXPECT_EQ(paired.changed, 1);
  EXPECT_EQ(paired.only_first, 1);
  EXPECT_EQ(paired.only_second, 2);
  ASSERT_EQ(out.comparisons.size(), 1U);  // one group only: no split
  EXPECT_EQ(out.comparisons[0].paired.difference.n, 2);
  EXPECT_EQ(out.comparisons[0].paired.difference.unassessed, 1);
  EXPECT_EQ(out.notes.size(), 2U);  // seeds, changed items
}

TEST_F(Compare, AnotherVersionOfATaskIsNotCompared) {
  const std::string a = begin("model-a", 1, 1);
  const std::string b = begin("model-b", 1, 2);
  add(a, "t", {sample(0, kSuccess)});
  add(b, "t", {sample(0, kFailure)});
  const RunComparison out = compare(a, b);
  EXPECT_EQ(out.pairings.at(0).changed, 1);
  EXPECT_EQ(out.pairings.at(0).shared, 0);
  EXPECT_TRUE(out.comparisons.empty());
}

// Repeats of an item are one pair of means, also where the runs have different numbers of them.
TEST_F(Compare, EpochsOfAnItemAreOnePair) {
  const std::string a = begin("model-a");
  const std::string b = begin("model-b");
  std::vector<store::NewSample> first;
  std::vector<store::NewSample> second;
  for (int i = 0; i < 12; ++i) {
    first.push_back(sample(2 * i, kFailure));
    second.push_back(sample(2 * i, kSuccess, "same", 0));
    second.push_back(sample(2 * i, kFailure, "same", 1));
    second.push_back(sample(2 * i, kUnassessed, "same", 2));
  }
  add(a, "t", first);
  add(b, "t", second);
  const RunComparison out = compare(a, b);
  ASSERT_EQ(out.comparisons.size(), 1U);
  EXPECT_EQ(out.comparisons[0].paired.difference.n, 12);
  EXPECT_DOUBLE_EQ(out.comparisons[0].paired.difference.value, 0.5);
  EXPECT_EQ(out.comparisons[0].paired.test, "sign-flip");
}

TEST_F(Compare, FiguresStandSideBySide) {
  const std::string a = begin("model-a");
  const std::string b = begin("model-a");
  const auto outcome = [](std::vector<std::string> ids) {
    TaskOutcome out;
    out.task = "t";
    out.status = Status::measured;
    for (std::string& id : ids) {
      Figure figure;
      figure.id = std::move(id);
      figure.label = {"x", "某项"};
      figure.estimate = stats::proportion(3, 10);
      out.figures.push_back(figure);
    }
    return to_json(out);
  };
  add(a, "t", {sample(0, kSuccess)});
  add(b, "t", {sample(1, kSuccess)});
  ASSERT_TRUE(store_->put_outcome(a, "t", "en", outcome({"accuracy.en", "old.en"})));
  ASSERT_TRUE(store_->put_outcome(b, "t", "en", outcome({"new.en", "accuracy.en"})));
  const RunComparison out = compare(a, b);
  ASSERT_EQ(out.figures.size(), 3U);
  EXPECT_TRUE(out.figures[0].first && out.figures[0].second);
  EXPECT_TRUE(out.figures[1].first && !out.figures[1].second);
  EXPECT_TRUE(!out.figures[2].first && out.figures[2].second);
  EXPECT_TRUE(out.comparisons.empty());
  EXPECT_EQ(out.notes.size(), 2U);  // nothing in common, same model file
  const Json json = to_json(out);
  EXPECT_EQ(json["schema"], "assay.comparison/1");
  EXPECT_EQ(json["figures"].size(), 3U);
}

TEST_F(Compare, TableHasARowForEachComparison) {
  const std::string a = begin("model-a");
  const std::string b = begin("model-b");
  add(a, "t", {sample(0, kFailure), sample(1, kSuccess), sample(2, kUnassessed)});
  add(b, "t", {sample(0, kSuccess), sample(1, kSuccess), sample(2, kSuccess)});
  const RunComparison out = compare(a, b);
  for (const Lang lang : {Lang::en, Lang::zh}) {
    const auto table = comparison_table(out, lang);
    ASSERT_EQ(table.size(), 1 + out.comparisons.size());
    for (const auto& row : table) EXPECT_EQ(row.size(), table[0].size());
    EXPECT_EQ(table[1][2], lang == Lang::en ? "all" : "全部");
    EXPECT_EQ(table[1][3], "2");
    EXPECT_EQ(table[1][5], "50.0%");
    EXPECT_EQ(table[1][6], "100.0%");
  }
}

TEST_F(Compare, RefusesARunWithItself) {
  const std::string a = begin("model-a");
  EXPECT_EQ(compare_runs(*store_, a, a).error().kind, ErrorKind::usage);
  EXPECT_EQ(compare_runs(*store_, a, "nothing").error().kind, ErrorKind::not_found);
}

}  // namespace
}  // namespace assay::eval
