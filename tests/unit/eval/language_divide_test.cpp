#include <cmath>

#include "unit/eval/task_items.h"

namespace assay::eval {
void register_language_divide(Registry& registry);

namespace {

const Task& task() {
  static const Registry registry = [] {
    Registry out;
    register_language_divide(out);
    return out;
  }();
  return **registry.find("language_divide");
}

TEST(LanguageDivide, ItemsAreSound) { test::expect_sound_items(task()); }
TEST(LanguageDivide, ExamplesHold) { test::expect_examples_hold(task()); }

/// English costs 6 tokens and 20 bits; the others as given by language.
template <class F>
std::vector<Scored> simulate(Lang lang, F tokens_there) {
  std::vector<Scored> out;
  for (const Sample& item : test::items_of(task(), lang, 200)) {
    Trace trace = test::with_logprobs({-20.0 * std::log(2.0), -33.0 * std::log(2.0)});
    trace.scores[0].tokens.resize(6);
    trace.scores[1].tokens.resize(tokens_there(item));
    out.push_back(test::scored(task(), item, trace));
  }
  return out;
}

TEST(LanguageDivide, PremiumIsARatioOfSums) {
  std::size_t i = 0;
  const auto all = simulate(Lang::zh, [&](const Sample&) { return 9 + (i++ % 7); });
  const Summary summary = task().summarise(all, {Lang::zh, 1, nullptr, {}, {}});
  ASSERT_EQ(summary.figures.size(), 2U);
  double tokens = 0.0;
  for (const Scored& one : all) tokens += one.score.metadata["tokens"].get<double>();
  const stats::Estimate& premium = summary.figures[0].estimate;
  EXPECT_NEAR(premium.value, tokens / 1200.0, 1e-12);
  EXPECT_LT(premium.interval.low, premium.value);
  EXPECT_GT(premium.interval.high, premium.value);
  EXPECT_EQ(premium.clusters, 30);
  EXPECT_NEAR(summary.figures[1].estimate.value, 13.0, 1e-9);
  EXPECT_EQ(summary.figures[1].estimate.unit, "bit");
}

TEST(LanguageDivide, LanguagesAreKeptApart) {
  const auto all = simulate(Lang::en, [](const Sample& s) { return s.group == "hi" ? 30U : 9U; });
  const Summary summary = task().summarise(all, {Lang::en, 1, nullptr, {}, {}});
  EXPECT_EQ(summary.figures.size(), 24U);
  const Figure* hindi = test::find_figure(summary, "token_premium.hi.en");
  const Figure* spanish = test::find_figure(summary, "token_premium.es.en");
  ASSERT_TRUE(hindi && spanish);
  EXPECT_DOUBLE_EQ(hindi->estimate.value, 5.0);
  EXPECT_DOUBLE_EQ(spanish->estimate.value, 1.5);
  EXPECT_GT(hindi->estimate.interval.high, hindi->estimate.interval.low);  // never of zero width
}

TEST(LanguageDivide, MissingScoresAreUnassessed) {
  const Sample item = test::items_of(task(), Lang::en, 1)[0];
  EXPECT_EQ(task().score(item, test::with_logprobs({-1.0})).verdict, Verdict::unassessed);
  EXPECT_EQ(task().score(item, test::with_logprobs({-1.0, -INFINITY})).verdict,
            Verdict::unassessed);
}

}  // namespace
}  // namespace assay::eval
