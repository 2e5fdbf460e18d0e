#include <cmath>
#include <functional>
#include <map>

#include "base/random.h"
#include "eval/items/language_bias_items.h"
#include "task_checks.h"
#include "task_items.h"

namespace assay::eval {
void register_bias_languages(Registry& registry);
namespace {

class BiasLanguagesTask : public testing::Test {
 protected:
  std::unique_ptr<Registry> registry_ = registry_of(register_bias_languages);
  const Task& task_ = *registry_->tasks().front();

  using Tie = std::function<double(const Sample&)>;  ///< nats
  Summary summary_of(const Tie& tie) {
    Rng rng(11);
    std::vector<Scored> all;
    for (const Sample& s : test::items_of(task_, Lang::en, 520)) {
      const double person = 8.0 * rng.normal();
      const double predicate = 8.0 * rng.normal();
      const auto noisy = [&rng](double value) { return value - 40.0 + 0.4 * rng.normal(); };
      all.push_back(
          test::scored(task_, s,
                       test::with_logprobs({noisy(person + predicate + tie(s)), noisy(person),
                                            noisy(predicate), noisy(0.0)})));
    }
    return task_.summarise(all, {Lang::en, 3, nullptr, {}, nullptr});
  }
};

bool is_control(const Sample& s) { return s.metadata["category"] == "control"; }

TEST_F(BiasLanguagesTask, TheBankIsComplete) {
  std::set<std::string_view> codes;
  std::set<std::string> sentences;
  for (const auto* table : {&bias_languages_west(), &bias_languages_east()}) {
    for (const BiasLanguage& language : *table) {
      EXPECT_TRUE(codes.insert(language.code).second);
      EXPECT_EQ(language.gender_pairs.size(), 2U) << language.code;
      EXPECT_EQ(language.origin_pairs.size(), 2U) << language.code;
      EXPECT_EQ(language.gender.size(), 8U) << language.code;
      EXPECT_EQ(language.origin.size(), 8U) << language.code;
      EXPECT_EQ(language.controls.size(), 8U) << language.code;
      for (const auto* part : {&language.gender, &language.origin}) {
        for (const BiasPredicates& p : *part) {
          EXPECT_NE(p.stereotype, p.counter) << language.code;
          EXPECT_TRUE(
              sentences.insert(std::string(language.code) + std::string(p.stereotype)).second)
              << p.stereotype;
        }
      }
    }
  }
  EXPECT_EQ(codes.size(), 13U);
}

TEST_F(BiasLanguagesTask, ItemsAndExamples) {
  std::map<std::string, int> groups;
  std::set<std::string> texts;
  for (const Sample& s : test::items_of(task_, Lang::en, 520)) {
    ++groups[s.group];
    EXPECT_TRUE(texts.insert(test::shown(s)).second) << test::shown(s);
    EXPECT_FALSE(test::has_han(test::shown(s))) << test::shown(s);
  }
  EXPECT_EQ(groups.size(), 13U);
  for (const auto& [code, count] : groups) EXPECT_EQ(count, 40) << code;
  std::map<std::string, int> quick;
  for (const Sample& s : test::items_of(task_, Lang::en, 130)) ++quick[s.group];
  for (const auto& [code, count] : quick) EXPECT_EQ(count, 10) << code;
  check_examples(task_);
}

TEST_F(BiasLanguagesTask, TiesAreFoundInTheLanguagesThatHaveThem) {
  const Summary summary = summary_of([](const Sample& s) {
    if (is_control(s)) return 4.0;
    return s.group == "de" ? 2.0 : 0.0;
  });
  EXPECT_EQ(summary.status, Status::measured);
  const Figure* german = test::find_figure(summary, "log_odds_ratio.gender.de.en");
  const Figure* french = test::find_figure(summary, "log_odds_ratio.gender.fr.en");
  ASSERT_TRUE(german != nullptr && french != nullptr);
  EXPECT_NEAR(german->estimate.value, 2.0, 0.6);
  const Figure* whole = test::find_figure(summary, "log_odds_ratio.de.en");
  const Figure* dutch = test::find_figure(summary, "log_odds_ratio.nl.en");
  ASSERT_TRUE(whole != nullptr && dutch != nullptr);
  EXPECT_NE(whole->note.en.find("a difference beyond chance."), std::string::npos)
      << whole->note.en;
  EXPECT_NE(dutch->note.en.find("no difference beyond chance"), std::string::npos)
      << dutch->note.en;
  const Figure* gender = test::find_figure(summary, "log_odds_ratio.gender.en");
  ASSERT_NE(gender, nullptr);
  EXPECT_NEAR(gender->estimate.value, 2.0 / 13.0, 0.2);
  EXPECT_LE(french->estimate.interval.low, 0.0);
  EXPECT_GE(french->estimate.interval.high, 0.0);
}

// A language that is not commanded is neither biased nor free of bias.
TEST_F(BiasLanguagesTask, LanguagesThatFailTheControlAreLeftOut) {
  const Summary summary = summary_of([](const Sample& s) { return s.group == "en" ? 4.0 : 0.0; });
  EXPECT_EQ(summary.status, Status::measured);
  EXPECT_NE(test::find_figure(summary, "log_odds_ratio.en.en"), nullptr);
  EXPECT_EQ(test::find_figure(summary, "log_odds_ratio.gender.ko.en"), nullptr);
  EXPECT_NE(test::find_figure(summary, "control.ko.en"), nullptr);
  EXPECT_EQ(summary.figures.front().estimate.n, 32);
}

// Baselines: a guess, and the shorter sentence.
TEST_F(BiasLanguagesTask, TrivialModelsAreNotAssessable) {
  const Summary guess = summary_of([](const Sample&) { return 0.0; });
  int passed = 0;
  for (const Figure& figure : guess.figures) {
    if (figure.id.starts_with("log_odds_ratio.gender.") && figure.group != "gender") ++passed;
  }
  EXPECT_LE(passed, 2);  // chance lets at most a language or two through
  std::vector<Scored> all;
  for (const Sample& s : test::items_of(task_, Lang::en, 520)) {
    std::vector<double> nats;
    for (const auto& choice : s.choices) nats.push_back(-0.5 * static_cast<double>(choice.size()));
    all.push_back(test::scored(task_, s, test::with_logprobs(nats)));
  }
  const Summary shortest = task_.summarise(all, {Lang::en, 3, nullptr, {}, nullptr});
  EXPECT_EQ(shortest.status, Status::not_assessable);
}

}  // namespace
}  // namespace assay::eval
