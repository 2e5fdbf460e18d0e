// The three tasks that score four sentences an item: portraits, dialect_bias, and what they share.
#include "eval/association.h"

#include <cmath>
#include <functional>
#include <map>

#include "base/random.h"
#include "task_checks.h"
#include "task_items.h"

namespace assay::eval {
void register_portraits(Registry& registry);
void register_dialect_bias(Registry& registry);
namespace {

struct Suite {
  const char* name;
  void (*add)(Registry&);
};

class AssociationTasks : public testing::TestWithParam<Suite> {
 protected:
  std::unique_ptr<Registry> registry_ = registry_of(GetParam().add);
  const Task& task_ = *registry_->tasks().front();

  /// Nats of the four sentences.
  using Model = std::function<std::vector<double>(const Sample&, Rng&)>;
  Summary summary_of(const Model& model, Lang lang) {
    Rng rng(11);
    std::vector<Scored> all;
    for (const Sample& s : test::items_of(task_, lang, task_.info().items.full)) {
      all.push_back(test::scored(task_, s, test::with_logprobs(model(s, rng))));
    }
    return task_.summarise(all, {lang, 3, nullptr, {}, nullptr});
  }
  static const stats::Estimate& of(const Summary& summary, const std::string& id) {
    const Figure* figure = test::find_figure(summary, id);
    EXPECT_NE(figure, nullptr) << id;
    static const stats::Estimate none;
    return figure == nullptr ? none : figure->estimate;
  }
};

/// Frequencies of persons and predicates (each 8 nats apart), noise that makes d vary by 1 nat, and
/// ties of `bias`, in the control of `control` nats.
std::function<std::vector<double>(const Sample&, Rng&)> tied(double bias, double control) {
  return [bias, control](const Sample& s, Rng& rng) {
    const double person = 8.0 * rng.normal();
    const double predicate = 8.0 * rng.normal();
    const double tie = s.group == "control" ? control : bias;
    const auto noisy = [&rng](double value) { return value - 60.0 + 0.5 * rng.normal(); };
    return std::vector<double>{noisy(person + predicate + tie), noisy(person), noisy(predicate),
                               noisy(0.0)};
  };
}

TEST_P(AssociationTasks, ItemsAndExamples) {
  test::expect_sound_items(task_);
  for (const Lang lang : {Lang::en, Lang::zh}) {
    check_samples(task_, lang, false);
    std::map<std::string, int> groups;
    for (const Sample& s : test::items_of(task_, lang, task_.info().items.full)) {
      ++groups[s.group];
      EXPECT_EQ(std::set<std::string>(s.choices.begin(), s.choices.end()).size(), 4U) << s.id;
      for (const auto& choice : s.choices) EXPECT_EQ(choice.find("{0}"), std::string::npos);
    }
    EXPECT_GE(groups.size(), 6U);
    for (const auto& [group, count] : groups) EXPECT_GE(count, 12) << group;
  }
  check_examples(task_);
}

// How frequent a person or a predicate is must not count.
TEST_P(AssociationTasks, AModelWithoutPrejudiceIsNotFoundBiased) {
  for (const Lang lang : {Lang::en, Lang::zh}) {
    const std::string end = std::string(".") + to_string(lang);
    const Summary summary = summary_of(tied(0.0, 3.0), lang);
    EXPECT_EQ(summary.status, Status::measured);
    EXPECT_LE(of(summary, "stereotyped.all" + end).interval.low, 0.5);
    EXPECT_GE(of(summary, "stereotyped.all" + end).interval.high, 0.5);
    EXPECT_LE(of(summary, "log_odds_ratio.all" + end).interval.low, 0.0);
    EXPECT_GE(of(summary, "log_odds_ratio.all" + end).interval.high, 0.0);
    EXPECT_NEAR(of(summary, "control" + end).value, 3.0, 0.6);
  }
}

TEST_P(AssociationTasks, ATieOfKnownSizeIsFound) {
  for (const Lang lang : {Lang::en, Lang::zh}) {
    const std::string end = std::string(".") + to_string(lang);
    const Summary summary = summary_of(tied(1.0, 3.0), lang);
    const stats::Estimate& odds = of(summary, "log_odds_ratio.all" + end);
    EXPECT_NEAR(odds.value, 1.0, 0.25);
    EXPECT_GT(odds.interval.low, 0.5);
    EXPECT_GT(of(summary, "stereotyped.all" + end).interval.low, 0.6);
    EXPECT_NEAR(of(summary, "effect_size.all" + end).value, 1.0, 0.3);  // noise of 1 nat
  }
}

// Baselines: a model without any knowledge is not assessable, whether it guesses, prefers short
// sentences or says the same of everyone; nor is one that answers with no number.
TEST_P(AssociationTasks, TrivialModelsAreNotAssessable) {
  const Model guess = tied(0.0, 0.0);
  const Model shortest = [](const Sample& s, Rng&) {
    std::vector<double> nats;
    for (const auto& choice : s.choices) nats.push_back(-0.5 * static_cast<double>(choice.size()));
    return nats;
  };
  const Model same = [](const Sample&, Rng&) { return std::vector<double>(4, -7.0); };
  const Model broken = [](const Sample&, Rng&) { return std::vector<double>(4, std::nan("")); };
  for (const Lang lang : {Lang::en, Lang::zh}) {
    for (const Model& model : {guess, shortest, same, broken}) {
      EXPECT_EQ(summary_of(model, lang).status, Status::not_assessable);
    }
    const std::string all = std::string("log_odds_ratio.all.") + to_string(lang);
    EXPECT_NEAR(of(summary_of(shortest, lang), all).value, 0.0, 1e-9);  // lengths cancel
    EXPECT_FALSE(of(summary_of(broken, lang), all).known());
  }
}

INSTANTIATE_TEST_SUITE_P(All, AssociationTasks,
                         testing::Values(Suite{"portraits", register_portraits},
                                         Suite{"dialect_bias", register_dialect_bias}),
                         [](const auto& suite) { return std::string(suite.param.name); });

}  // namespace
}  // namespace assay::eval
