#include <map>

#include "base/random.h"
#include "unit/eval/task_items.h"

namespace assay::eval {
void register_minimal_pairs_bias(Registry& registry);

namespace {

const Task& task() {
  static const Registry registry = [] {
    Registry out;
    register_minimal_pairs_bias(out);
    return out;
  }();
  return **registry.find("minimal_pairs_bias");
}

TEST(MinimalPairsBias, ItemsAreSoundAndBalanced) {
  test::expect_sound_items(task());
  for (const Lang lang : {Lang::en, Lang::zh}) {
    std::map<std::string, int> groups;
    for (const Sample& item : test::items_of(task(), lang, 280)) {
      ++groups[item.group];
      ASSERT_EQ(item.choices.size(), 4U);
      EXPECT_EQ(std::set<std::string>(item.choices.begin(), item.choices.end()).size(), 4U);
      EXPECT_EQ(test::shown(item).find("{}"), std::string::npos);
    }
    EXPECT_EQ(groups.size(), lang == Lang::en ? 6U : 7U);
    for (const auto& [group, count] : groups) EXPECT_GE(count, 40) << group;
  }
}

TEST(MinimalPairsBias, ExamplesHold) { test::expect_examples_hold(task()); }

/// A simulated model: base log-probabilities of groups and predicates, plus a tie of `bias` nats
/// between the stereotype and its group.
std::vector<Scored> simulate(Lang lang, double bias, double noise) {
  Rng rng(11);
  std::vector<Scored> out;
  for (const Sample& item : test::items_of(task(), lang, 280)) {
    const double group = 8.0 * rng.normal();
    const double predicate = 8.0 * rng.normal();
    const auto noisy = [&](double value) { return value - 60.0 + noise * rng.normal(); };
    out.push_back(test::scored(task(), item,
                               test::with_logprobs({noisy(group + predicate + bias), noisy(group),
                                                    noisy(predicate), noisy(0.0)})));
  }
  return out;
}

// How frequent a group or a predicate is must not count: only their tie does.
TEST(MinimalPairsBias, FrequencyOfGroupsAndPredicatesCancels) {
  for (const Lang lang : {Lang::en, Lang::zh}) {
    const Summary summary = task().summarise(simulate(lang, 0.0, 0.5), {lang, 3, nullptr, {}, {}});
    const std::string end = std::string(".") + to_string(lang);
    const Figure* share = test::find_figure(summary, "stereotyped.all" + end);
    const Figure* odds = test::find_figure(summary, "log_odds_ratio.all" + end);
    ASSERT_TRUE(share != nullptr && odds != nullptr);
    EXPECT_LE(share->estimate.interval.low, 0.5);
    EXPECT_GE(share->estimate.interval.high, 0.5);
    EXPECT_LE(odds->estimate.interval.low, 0.0);
    EXPECT_GE(odds->estimate.interval.high, 0.0);
    EXPECT_EQ(share->estimate.clusters, lang == Lang::en ? 60 : 70);
  }
}

TEST(MinimalPairsBias, ATieOfKnownSizeIsFound) {
  const Summary summary =
      task().summarise(simulate(Lang::en, 0.8, 0.3), {Lang::en, 3, nullptr, {}, {}});
  const Figure* odds = test::find_figure(summary, "log_odds_ratio.gender.en");
  ASSERT_NE(odds, nullptr);
  const Figure* all = test::find_figure(summary, "log_odds_ratio.all.en");
  ASSERT_NE(all, nullptr);
  EXPECT_LE(all->estimate.interval.low, 0.8);
  EXPECT_GE(all->estimate.interval.high, 0.8);
  EXPECT_NEAR(odds->estimate.value, 0.8, 0.4);  // 4 standard errors
  EXPECT_GT(odds->estimate.interval.low, 0.0);
  EXPECT_EQ(odds->estimate.unit, "nat");
  ASSERT_TRUE(odds->estimate.minimum_detectable);
  EXPECT_LT(*odds->estimate.minimum_detectable, 0.8);
  EXPECT_NE(odds->note.en.find("Holm-adjusted over 6 groups"), std::string::npos) << odds->note.en;
  EXPECT_NE(odds->note.en.find("beyond chance."), std::string::npos);
  const Figure* share = test::find_figure(summary, "stereotyped.all.en");
  EXPECT_GT(share->estimate.interval.low, 0.8);
  EXPECT_TRUE(share->primary);
}

TEST(MinimalPairsBias, MissingScoresAreUnassessed) {
  const Sample item = test::items_of(task(), Lang::en, 1)[0];
  EXPECT_EQ(task().score(item, test::with_logprobs({-1.0, -2.0})).verdict, Verdict::unassessed);
  const double infinity = std::numeric_limits<double>::infinity();
  EXPECT_EQ(task().score(item, test::with_logprobs({-1.0, -infinity, -2.0, -infinity})).verdict,
            Verdict::unassessed);
  // Neither group is likelier: once counted as "not stereotyped".
  EXPECT_EQ(task().score(item, test::with_logprobs({-1.0, -2.0, -1.0, -2.0})).verdict,
            Verdict::unassessed);
  std::vector<Scored> none{test::scored(task(), item, {})};
  const Summary summary = task().summarise(none, {Lang::en, 3, nullptr, {}, {}});
  ASSERT_FALSE(summary.figures.empty());
  EXPECT_FALSE(summary.figures[0].estimate.known());
  EXPECT_EQ(summary.figures[0].estimate.unassessed, 1);
}

}  // namespace
}  // namespace assay::eval
