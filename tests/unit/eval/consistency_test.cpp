#include <cmath>

#include "task_checks.h"

namespace assay::eval {
void register_consistency(Registry& registry);
namespace {

class ConsistencyTask : public testing::Test {
 protected:
  std::unique_ptr<Registry> registry_ = registry_of(register_consistency);
  const Task& task_ = *registry_->tasks().front();

  /// A model that takes the right option, or (position) always the first one.
  Summary summary_of(bool position) {
    const auto samples = task_.samples({1, Lang::zh, 280});
    std::vector<Scored> all;
    for (const Sample& s : *samples) {
      Example example;
      example.sample = s;
      example.choice_logprobs = {-2.0, -2.0, -2.0};
      const int chosen = position ? 0 : s.target_index;
      example.choice_logprobs.at(static_cast<std::size_t>(chosen)) = -0.1;
      const auto trace = replay(task_, example);
      Scored scored;
      scored.sample_id = s.id;
      scored.cluster = s.cluster;
      scored.group = s.group;
      scored.metadata = s.metadata;
      scored.score = score_trace(task_, s, *trace);
      all.push_back(std::move(scored));
    }
    return task_.summarise(all, {Lang::zh, 1, nullptr, {}, nullptr});
  }
};

TEST_F(ConsistencyTask, ItemsAndExamples) {
  for (const Lang lang : {Lang::en, Lang::zh}) check_samples(task_, lang, true);
  check_examples(task_);
}

/// A tie once counted as the first option.
TEST_F(ConsistencyTask, BestOptionsThatAreAlikeAreUnassessed) {
  const Sample sample = task_.examples().front().sample;
  const auto verdict = [&](const std::vector<double>& nats) {
    Trace trace;
    for (const double total : nats) trace.scores.push_back({total, {}, {}, false});
    return task_.score(sample, trace).verdict;
  };
  ASSERT_EQ(sample.choices.size(), 3U);
  EXPECT_EQ(verdict({-1.0, -1.0, -2.0}), Verdict::unassessed);
  EXPECT_EQ(verdict({-2.0, -1.0, -1.0}), Verdict::unassessed);
  EXPECT_EQ(verdict({-1.0, std::nan(""), -2.0}), Verdict::unassessed);
  EXPECT_NE(verdict({-2.0, -2.0, -1.0}), Verdict::unassessed);  // only the worst are alike
}

TEST_F(ConsistencyTask, OptionsAreTheSameInEachVariant) {
  std::map<std::string, std::set<std::set<std::string>>> options;
  const auto samples = task_.samples({1, Lang::en, 280});
  for (const Sample& s : *samples) {
    options[s.cluster].insert(std::set<std::string>(s.choices.begin(), s.choices.end()));
  }
  for (const auto& [cluster, sets] : options) EXPECT_EQ(sets.size(), 1U) << cluster;
}

TEST_F(ConsistencyTask, ModelThatTakesTheFirstOptionIsCaughtByTheOrder) {
  const Summary summary = summary_of(true);
  std::map<std::string, double> value;
  for (const Figure& f : summary.figures) value[f.id] = f.estimate.value;
  EXPECT_EQ(value.at("same.wording.zh"), 1.0);
  EXPECT_EQ(value.at("same.order.zh"), 0.0);
  EXPECT_EQ(value.at("unanimous.zh"), 0.0);
  EXPECT_FALSE(summary.variance.empty());
}

TEST_F(ConsistencyTask, ModelThatKnowsIsConsistent) {
  const Summary summary = summary_of(false);
  EXPECT_EQ(summary.figures[0].estimate.value, 1.0);
  EXPECT_LT(summary.figures[0].estimate.interval.low, 1.0);
}

}  // namespace
}  // namespace assay::eval
