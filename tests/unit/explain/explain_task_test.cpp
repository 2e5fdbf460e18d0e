#include "explain/explain_task.h"

#include <cmath>
#include <set>

#include "base/random.h"
#include "explain/contrasts.h"
#include "explain/explain_figures.h"
#include "explain_fixture.h"

namespace assay::test {
namespace {

TEST(Contrasts, EnoughInEachLanguageWithUniqueIds) {
  for (const Lang lang : {Lang::en, Lang::zh}) {
    std::set<std::string> ids;
    std::set<std::string> kinds;
    for (const auto& item : explain::contrasts(lang)) {
      EXPECT_TRUE(ids.insert(item.id).second) << item.id;
      kinds.insert(item.kind);
      ASSERT_FALSE(item.others.empty()) << item.id;
      for (const auto& [text, answer] : item.others) {
        EXPECT_NE(text, item.text);
        EXPECT_NE(answer, item.answer);
      }
    }
    EXPECT_GE(ids.size(), 100U);
    EXPECT_EQ(kinds.size(), 3U);
  }
}

TEST(Contrasts, SamplesAreDrawnFromAllKindsAndBySeed) {
  const auto some = explain::contrast_samples({1, Lang::en, 9});
  ASSERT_EQ(some.size(), 9U);
  std::map<std::string, int> kinds;
  for (const auto& sample : some) ++kinds[sample.group];
  for (const auto& [kind, count] : kinds) EXPECT_EQ(count, 3) << kind;
  EXPECT_EQ(explain::contrast_samples({1, Lang::en, 9})[4].id, some[4].id);
  bool differs = false;
  const auto others = explain::contrast_samples({2, Lang::en, 9});
  for (std::size_t i = 0; i < 9; ++i) differs = differs || others[i].id != some[i].id;
  EXPECT_TRUE(differs);
  EXPECT_EQ(explain::others_of(some[0]).front().second, some[0].choices[1]);
}

eval::Scored scored(int i, double named, double control) {
  eval::Scored out;
  out.sample_id = std::to_string(i);
  out.cluster = out.sample_id;
  out.score = named > control ? eval::Score::pass("") : eval::Score::miss("");
  out.score.metadata = Json{{"named", named}, {"control", control}, {"curve", {0.0, named}}};
  return out;
}

/// What explains has a faithfulness above 0; what names parts at random has one about 0.
TEST(Faithfulness, TellsAnExplanationFromNone) {
  Rng rng(3);
  std::vector<eval::Scored> good;
  std::vector<eval::Scored> none;
  for (int i = 0; i < 40; ++i) {
    good.push_back(scored(i, 0.6 + 0.1 * rng.normal(), 0.1 * rng.normal()));
    none.push_back(scored(i, 0.1 * rng.normal(), 0.1 * rng.normal()));
  }
  eval::SummaryContext context;
  context.lang = Lang::en;
  const explain::Figures::Form form{
      "faithful", {"a", "b"}, "ratio", std::nullopt, eval::Direction::neutral, ""};
  explain::Figures first(good, context);
  first.faithful(form, {"c", "d"}, "named", "control");
  const auto yes = first.take().at(0);
  EXPECT_EQ(yes.id, "faithful.en");
  EXPECT_EQ(yes.note.en, "c");
  EXPECT_GT(yes.estimate.interval.low, 0.4);
  explain::Figures second(none, context);
  second.faithful(form, {"c", "d"}, "named", "control");
  const auto no = second.take().at(0);
  EXPECT_LT(no.estimate.interval.low, 0.0);
  EXPECT_GT(no.estimate.interval.high, 0.0);
  EXPECT_LT(std::abs(no.estimate.value), 0.1);
}

TEST(Faithfulness, CurvesHaveTheLayerInTheId) {
  const std::vector<eval::Scored> rows{scored(0, 0.5, 0.1), scored(1, 0.7, 0.1),
                                       scored(2, 0.6, 0.1)};
  eval::SummaryContext context;
  context.lang = Lang::zh;
  explain::Figures figures(rows, context);
  figures.curve({"c", {"a", "b"}, "ratio", std::nullopt, eval::Direction::neutral, ""}, "curve");
  const auto out = figures.take();
  ASSERT_EQ(out.size(), 2U);
  EXPECT_EQ(out[1].id, "c.L1.zh");
  EXPECT_NEAR(out[1].estimate.value, 0.6, 1e-12);
}

/// The whole path on a real model: lens and attribution stand their tests, and naming parts at
/// random does not.
class OnSmolLM2 : public testing::Test {
 protected:
  void SetUp() override {
    lab_ = smollm2_lab();
    if (lab_ == nullptr)
      GTEST_SKIP() << "needs smollm2 (assay model fetch smollm2) and the white box";
    lab_->count = 6;
    explain::add_explain_tasks(registry_, lab_);
  }
  eval::Summary run(const std::string& name) {
    const auto task = registry_.find(name);
    if (!task) {
      ADD_FAILURE() << task.error().message();
      return {};
    }
    const auto samples = (*task)->samples({1, Lang::en, 6});
    for (const auto& sample : *samples) {
      eval::Trace trace;
      EXPECT_TRUE((*task)->solver().next(sample, trace).done());
      EXPECT_FALSE(trace.error) << trace.error->message();
      eval::Scored& row = scored_.emplace_back();
      row.sample_id = sample.id;
      row.cluster = sample.cluster;
      row.group = sample.group;
      row.score = (*task)->score(sample, trace);
    }
    eval::SummaryContext context;
    return (*task)->summarise(scored_, context);
  }
  std::shared_ptr<explain::Lab> lab_;
  eval::Registry registry_;
  std::vector<eval::Scored> scored_;
};

TEST_F(OnSmolLM2, LensIsFaithful) {
  const auto summary = run("explain_lens");
  EXPECT_EQ(summary.figures.at(0).id, "faithful.en");
  EXPECT_GT(summary.figures[0].estimate.interval.low, 0.0);
}

TEST_F(OnSmolLM2, AttributionAddsUpAndIsFaithful) {
  const auto summary = run("explain_attribution");
  EXPECT_GT(summary.figures.at(0).estimate.interval.low, 0.0);
  int assessed = 0;
  for (const auto& row : scored_) {
    if (row.score.verdict == eval::Verdict::unassessed) continue;
    ++assessed;
    EXPECT_LT(row.score.metadata["error"].get<double>(), 1e-3) << row.sample_id;
  }
  EXPECT_GE(assessed, 3);
}

TEST_F(OnSmolLM2, AStoppedRunLeavesSamplesOpen) {
  CancelToken stop;
  stop.request();
  lab_->cancel = &stop;
  const auto task = registry_.find("explain_lens");
  ASSERT_TRUE(task);
  const auto samples = (*task)->samples({1, Lang::en, 1});
  eval::Trace trace;
  EXPECT_TRUE((*task)->solver().next(samples->at(0), trace).done());
  ASSERT_TRUE(trace.error);
  EXPECT_EQ(trace.error->kind, ErrorKind::cancelled) << "the runner leaves the sample open";
  EXPECT_TRUE(trace.state.is_null());
  lab_->cancel = nullptr;
}

TEST(ExplainTask, WithoutWeightsItSaysWhatToDo) {
  eval::Registry registry;
  explain::add_explain_tasks(registry, std::make_shared<explain::Lab>());
  const auto task = registry.find("explain_lens");
  ASSERT_TRUE(task);
  EXPECT_TRUE((*task)->info().only_by_name);
  const auto there = (*task)->available();
  ASSERT_FALSE(there);
  EXPECT_FALSE(there.error().next.empty());
}

}  // namespace
}  // namespace assay::test
