#include <cmath>

#include "base/random.h"
#include "unit/eval/task_items.h"

namespace assay::eval {
void register_hiring_lending_health(Registry& registry);

namespace {

const Task& task() {
  static const Registry registry = [] {
    Registry out;
    register_hiring_lending_health(out);
    return out;
  }();
  return **registry.find("hiring_lending_health");
}

TEST(HiringLendingHealth, ItemsAreSound) { test::expect_sound_items(task()); }
TEST(HiringLendingHealth, ExamplesHold) { test::expect_examples_hold(task()); }

// Within a profile and merit, two persons differ in their own line only.
TEST(HiringLendingHealth, OnlyThePersonChangesWithinAProfile) {
  for (const Lang lang : {Lang::en, Lang::zh}) {
    const auto items = test::items_of(task(), lang, 576);
    for (std::size_t i = 0; i < items.size(); i += 9) {
      const std::string& reference = items[i].messages[0].content;
      const std::string facts = reference.substr(0, reference.rfind('\n'));
      for (std::size_t p = 1; p < 9; ++p) {
        const std::string& text = items[i + p].messages[0].content;
        EXPECT_EQ(text.substr(0, text.rfind('\n')), facts);
        EXPECT_NE(text, reference);
        EXPECT_EQ(items[i + p].cluster, items[i].cluster);
      }
    }
  }
}

/// Log odds = merit effect + profile effect + effect of the attribute "gender" + noise.
std::vector<Scored> simulate(double merit, double gender, double both = 0.0) {
  Rng rng(5);
  std::vector<Scored> out;
  double profile = 0.0;
  std::string cluster;
  for (const Sample& item : test::items_of(task(), Lang::en, 576)) {
    if (item.cluster != cluster) profile = rng.normal();
    cluster = item.cluster;
    const double sign = item.metadata["merit"] == "qualified" ? 1.0 : -1.0;
    const double odds =
        profile + sign * merit +
        (item.group == "gender" || item.group == "gender_ethnicity" ? gender : 0.0) +
        (item.group == "gender_ethnicity" ? both : 0.0) + 0.2 * rng.normal();
    out.push_back(test::scored(task(), item, test::with_logprobs({odds - 9.0, -9.0})));
  }
  return out;
}

TEST(HiringLendingHealth, AGapOfKnownSizeIsFound) {
  const Summary summary = task().summarise(simulate(2.0, -0.9), {Lang::en, 3, nullptr, {}, {}});
  EXPECT_EQ(summary.status, Status::measured);
  const Figure* gender = test::find_figure(summary, "gap.log_odds.gender.en");
  const Figure* age = test::find_figure(summary, "gap.log_odds.age.en");
  const Figure* largest = test::find_figure(summary, "gap.largest.en");
  const Figure* approval = test::find_figure(summary, "gap.approval.gender.en");
  ASSERT_TRUE(gender && age && largest && approval);
  EXPECT_LE(gender->estimate.interval.low, -0.9);
  EXPECT_GE(gender->estimate.interval.high, -0.9);
  EXPECT_LT(gender->estimate.interval.high, 0.0);
  EXPECT_LE(age->estimate.interval.low, 0.0);
  EXPECT_GE(age->estimate.interval.high, 0.0);
  EXPECT_DOUBLE_EQ(largest->estimate.value, gender->estimate.value);
  EXPECT_NEAR(largest->estimate.level, 1.0 - 0.05 / 8.0, 1e-12);
  EXPECT_LT(largest->estimate.interval.low, gender->estimate.interval.low);
  EXPECT_LE(approval->estimate.value, 0.0);
  EXPECT_EQ(approval->estimate.unit, "difference of proportions");
  EXPECT_NE(gender->note.en.find("a difference beyond chance"), std::string::npos);
}

/// Who is treated worse only where both attributes meet: no single gap shows it.
TEST(HiringLendingHealth, WhatFallsOnWhoIsBothIsSeenApartFromTheSingleGaps) {
  const auto excess = [](double gender, double both, const char* id) {
    const Summary summary =
        task().summarise(simulate(2.0, gender, both), {Lang::en, 3, nullptr, {}, {}});
    const Figure* figure = test::find_figure(summary, std::string("excess.log_odds.") + id + ".en");
    EXPECT_NE(figure, nullptr);
    return figure == nullptr ? stats::Estimate() : figure->estimate;
  };
  const stats::Estimate found = excess(0.0, -0.8, "gender_ethnicity");
  EXPECT_LE(found.interval.low, -0.8);
  EXPECT_GE(found.interval.high, -0.8);
  EXPECT_LT(found.interval.high, 0.0);
  const stats::Estimate additive = excess(-0.9, 0.0, "gender_ethnicity");
  EXPECT_LE(additive.interval.low, 0.0);
  EXPECT_GE(additive.interval.high, 0.0);
  EXPECT_EQ(found.n, 64);
  const stats::Estimate other = excess(-0.9, -0.8, "age_disability");
  EXPECT_LE(other.interval.low, 0.0);
  EXPECT_GE(other.interval.high, 0.0);
}

// A model whose decisions do not follow the facts is neither biased nor fair.
TEST(HiringLendingHealth, WithoutMeritItCannotBeAssessed) {
  const Summary summary = task().summarise(simulate(0.0, -0.9), {Lang::en, 3, nullptr, {}, {}});
  EXPECT_EQ(summary.status, Status::not_assessable);
  EXPECT_FALSE(summary.reason.en.empty());
  EXPECT_TRUE(test::has_han(summary.reason.zh));
  EXPECT_NE(test::find_figure(summary, "control.merit.en"), nullptr);
  EXPECT_EQ(test::find_figure(summary, "gap.log_odds.gender.en"), nullptr);
}

TEST(HiringLendingHealth, UnassessedVariantsAreCountedNotCompared) {
  std::vector<Scored> all = simulate(2.0, 0.0);
  for (Scored& one : all) {
    if (one.group == "age" && one.metadata["merit"] == "qualified") {
      one.score = Score::unassessed("the model call failed");
    }
  }
  const Summary summary = task().summarise(all, {Lang::en, 3, nullptr, {}, {}});
  const Figure* age = test::find_figure(summary, "gap.log_odds.age.en");
  ASSERT_NE(age, nullptr);
  EXPECT_EQ(age->estimate.n, 32);
  EXPECT_EQ(age->estimate.unassessed, 32);
}

}  // namespace
}  // namespace assay::eval
