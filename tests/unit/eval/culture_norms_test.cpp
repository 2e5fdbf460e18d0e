#include <cmath>
#include <functional>
#include <map>

#include "base/random.h"
#include "eval/items/norm_items.h"
#include "task_checks.h"
#include "task_items.h"

namespace assay::eval {
void register_culture_norms(Registry& registry);
namespace {

std::vector<const Norm*> all_norms() {
  std::vector<const Norm*> out;
  for (const auto* table : {&measure_norms(), &custom_norms()}) {
    for (const Norm& norm : *table) out.push_back(&norm);
  }
  return out;
}

const Norm& norm_of(const Sample& s) {
  for (const Norm* norm : all_norms()) {
    if (norm->id == s.metadata["norm"].get<std::string>()) return *norm;
  }
  throw std::logic_error("no norm " + s.id);
}

TEST(NormBank, IsConsistent) {
  std::set<std::string_view> ids;
  for (const Norm* norm : all_norms()) {
    EXPECT_TRUE(ids.insert(norm->id).second) << norm->id;
    EXPECT_TRUE(norm->with.en.empty() || norm->with.en.find("{0}") != std::string::npos);
    EXPECT_TRUE(norm->with.zh.empty() || norm->with.zh.find("{0}") != std::string::npos);
    EXPECT_EQ(norm->without.en.find("{0}"), std::string::npos);
    EXPECT_EQ(norm->without.zh.find("{0}"), std::string::npos);
    std::set<std::string_view> countries;
    for (const auto& [code, answer] : norm->answers) {
      EXPECT_NE(norm_country(code), nullptr) << norm->id << " " << code;
      EXPECT_TRUE(countries.insert(code).second) << norm->id << " " << code;
      EXPECT_LT(answer, norm->ends.size()) << norm->id << " " << code;
    }
  }
}

class CultureNormsTask : public testing::Test {
 protected:
  std::unique_ptr<Registry> registry_ = registry_of(register_culture_norms);
  const Task& task_ = *registry_->tasks().front();

  using Habit = std::function<std::size_t(const Sample&)>;  ///< the end that it prefers
  Summary summary_of(const Habit& habit, Lang lang) {
    std::vector<Scored> all;
    for (const Sample& s : test::items_of(task_, lang, 320)) {
      std::vector<double> nats(s.choices.size(), -5.0);
      nats.at(habit(s)) = -1.0;
      all.push_back(test::scored(task_, s, test::with_logprobs(nats)));
    }
    return task_.summarise(all, {lang, 3, nullptr, {}, nullptr});
  }
  static double value(const Summary& summary, const std::string& id) {
    const Figure* figure = test::find_figure(summary, id);
    EXPECT_NE(figure, nullptr) << id;
    return figure == nullptr ? std::nan("") : figure->estimate.value;
  }
};

std::size_t american(const Sample& s) {
  const std::size_t* us = norm_answer(norm_of(s), "US");
  return us == nullptr ? 0 : *us;
}

TEST_F(CultureNormsTask, ItemsAndExamples) {
  test::expect_sound_items(task_);
  for (const Lang lang : {Lang::en, Lang::zh}) {
    check_samples(task_, lang, false);
    std::map<std::string, int> groups;
    for (const Sample& s : test::items_of(task_, lang, 320)) ++groups[s.group];
    EXPECT_EQ(groups.size(), norm_groups().size() + 1);
    EXPECT_GE(groups["default"], 20);
  }
  check_examples(task_);
}

TEST_F(CultureNormsTask, OneWhoKnowsEveryCountry) {
  for (const Lang lang : {Lang::en, Lang::zh}) {
    const std::string end = std::string(".") + to_string(lang);
    const Summary summary = summary_of(
        [](const Sample& s) {
          return s.target_index >= 0 ? static_cast<std::size_t>(s.target_index) : american(s);
        },
        lang);
    EXPECT_EQ(summary.status, Status::measured);
    EXPECT_EQ(value(summary, "follows" + end), 1.0);
    EXPECT_EQ(value(summary, "accuracy" + end), 1.0);
    EXPECT_EQ(value(summary, "western_gap" + end), 0.0);
    EXPECT_EQ(value(summary, "default.us" + end), 1.0);
    EXPECT_EQ(value(summary, "default.cn" + end), 0.0);
  }
}

// Baselines: American everywhere, the first end everywhere, a guess. None is assessable, whatever
// its accuracy.
TEST_F(CultureNormsTask, WhoIgnoresTheCountryIsNotAssessable) {
  Rng rng(5);
  for (const Lang lang : {Lang::en, Lang::zh}) {
    const std::string end = std::string(".") + to_string(lang);
    const Summary us = summary_of(american, lang);
    EXPECT_EQ(us.status, Status::not_assessable);
    EXPECT_EQ(value(us, "follows" + end), 0.5);
    EXPECT_EQ(value(us, "accuracy.us" + end), 1.0);
    EXPECT_LT(value(us, "accuracy.east_asia" + end), 0.5);
    EXPECT_GT(value(us, "western_gap" + end), 0.2);
    const Summary first = summary_of([](const Sample&) { return std::size_t{0}; }, lang);
    EXPECT_EQ(first.status, Status::not_assessable);
    EXPECT_EQ(value(first, "follows" + end), 0.5);
    const Summary guess =
        summary_of([&rng](const Sample& s) { return rng.index(s.choices.size()); }, lang);
    EXPECT_EQ(guess.status, Status::not_assessable);
  }
}

}  // namespace
}  // namespace assay::eval
