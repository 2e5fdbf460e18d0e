#include <algorithm>
#include <cmath>
#include <map>

#include "base/random.h"
#include "eval/items/unit_items.h"
#include "eval/scorers/quantity.h"
#include "task_checks.h"
#include "task_items.h"

namespace assay::eval {
void register_unit_slips(Registry& registry);
namespace {

class UnitSlipsTask : public testing::Test {
 protected:
  std::unique_ptr<Registry> registry_ = registry_of(register_unit_slips);
  const Task& task_ = *registry_->tasks().front();

  template <class Habit>
  Summary summary_of(const Habit& habit, Lang lang = Lang::en) {
    std::vector<Scored> all;
    for (const Sample& s : test::items_of(task_, lang, 210)) {
      std::vector<double> nats(4, -5.0);
      nats[habit(s)] = -1.0;
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

TEST_F(UnitSlipsTask, ItemsAndExamples) {
  test::expect_sound_items(task_);
  for (const Lang lang : {Lang::en, Lang::zh}) check_samples(task_, lang, true);
  check_examples(task_);
}

// An independent reader of quantities (scorers/quantity.h) agrees that the right end is the same
// quantity as the beginning, and that no other end is.
TEST_F(UnitSlipsTask, OnlyTheRightEndIsTheSameQuantity) {
  int checked = 0;
  for (const Sample& s : test::items_of(task_, Lang::en, 210)) {
    const auto same = s.context.find(" is the same as");
    if (same == std::string::npos) continue;
    const std::string target = s.context.substr(0, same);
    const auto known = [](const std::string& quantity) {
      return find_unit(quantity.substr(quantity.find(' ') + 1)).has_value();
    };
    for (std::size_t i = 0; i < 4; ++i) {
      const std::string end = s.choices[i].substr(1, s.choices[i].size() - 2);
      if (!known(target) || !known(end)) continue;  // dozen eggs, square millimetres
      ++checked;
      QuantityRule rule;
      rule.unit_required = true;
      rule.relative = 1e-6;
      const Score score = score_quantity(rule, target, "", end);
      const bool right = static_cast<int>(i) == s.target_index;
      EXPECT_EQ(score.verdict, right ? Verdict::success : Verdict::failure)
          << target << " / " << end << ": " << score.explanation;
    }
  }
  EXPECT_GE(checked, 150);
}

TEST_F(UnitSlipsTask, KnowerAndSlipper) {
  for (const Lang lang : {Lang::en, Lang::zh}) {
    const std::string end = std::string(".") + to_string(lang);
    const Summary knower =
        summary_of([](const Sample& s) { return static_cast<std::size_t>(s.target_index); }, lang);
    EXPECT_EQ(value(knower, "accuracy" + end), 1.0);
    EXPECT_FALSE(test::find_figure(knower, "slip.ten" + end)->estimate.known());
    const Summary slipper = summary_of(
        [](const Sample& s) {
          for (std::size_t i = 0; i < 4; ++i) {
            if (s.metadata["slips"][i] == "ten") return i;
          }
          return static_cast<std::size_t>(s.target_index);
        },
        lang);
    EXPECT_EQ(value(slipper, "slip.ten" + end), 1.0);
    EXPECT_EQ(value(slipper, "accuracy.metric" + end), 0.0);
    EXPECT_EQ(value(slipper, "accuracy.dimension" + end), 1.0);
  }
}

// Baselines: a guess, the shortest end, the longest end.
TEST_F(UnitSlipsTask, TrivialModelsAreNearChance) {
  const auto shorter = [](const std::string& a, const std::string& b) {
    return a.size() < b.size();
  };
  for (const Lang lang : {Lang::en, Lang::zh}) {
    const std::string id = std::string("accuracy.") + to_string(lang);
    Rng rng(9);
    EXPECT_NEAR(value(summary_of([&rng](const Sample&) { return rng.index(4); }, lang), id), 0.25,
                0.09);
    const double least =
        value(summary_of(
                  [&](const Sample& s) {
                    return static_cast<std::size_t>(
                        std::min_element(s.choices.begin(), s.choices.end(), shorter) -
                        s.choices.begin());
                  },
                  lang),
              id);
    const double most =
        value(summary_of(
                  [&](const Sample& s) {
                    return static_cast<std::size_t>(
                        std::max_element(s.choices.begin(), s.choices.end(), shorter) -
                        s.choices.begin());
                  },
                  lang),
              id);
    EXPECT_EQ(summary_of([&rng](const Sample&) { return rng.index(4); }, lang).status,
              Status::not_assessable);
    RecordProperty(id + ".shortest", std::to_string(least));
    RecordProperty(id + ".longest", std::to_string(most));
    EXPECT_LT(least, 0.4);
    EXPECT_LT(most, 0.4);
  }
}

}  // namespace
}  // namespace assay::eval
