#include "unit/eval/task_items.h"

namespace assay::eval {
void register_energy(Registry& registry);

namespace {

const Task& task() {
  static const Registry registry = [] {
    Registry out;
    register_energy(out);
    return out;
  }();
  return **registry.find("energy");
}

TEST(Energy, ItemsAreSound) { test::expect_sound_items(task()); }
TEST(Energy, ExamplesHold) { test::expect_examples_hold(task()); }

Summary summary_of(const model::Ledger& ledger) {
  std::vector<Scored> all;
  for (const Sample& item : test::items_of(task(), Lang::en, 16)) {
    all.push_back(test::scored(task(), item, test::with_reply("1", model::FinishReason::length)));
  }
  return task().summarise(all, {Lang::en, 1, nullptr, ledger, nullptr});
}

TEST(Energy, RatiosOfTheLedger) {
  model::Ledger ledger;
  ledger.computed_tokens = 1000;
  ledger.completion_tokens = 250;
  ledger.joules = 50.0;
  const Summary modelled = summary_of(ledger);
  const Figure* written = test::find_figure(modelled, "joules_per_output_token.en");
  const Figure* computed = test::find_figure(modelled, "joules_per_token.en");
  const Figure* inverse = test::find_figure(modelled, "tokens_per_joule.en");
  ASSERT_TRUE(written && computed && inverse);
  EXPECT_DOUBLE_EQ(written->estimate.value, 0.2);
  EXPECT_DOUBLE_EQ(computed->estimate.value, 0.05);
  EXPECT_DOUBLE_EQ(inverse->estimate.value, 20.0);
  EXPECT_TRUE(written->estimate.modelled);
  EXPECT_DOUBLE_EQ(written->estimate.interval.high, 0.6);
  EXPECT_FALSE(written->note.en.empty());

  ledger.joules_modelled = false;
  const Summary read = summary_of(ledger);
  EXPECT_FALSE(read.figures[0].estimate.modelled);
  EXPECT_LT(read.figures[0].estimate.interval.high, 0.23);
  EXPECT_GT(read.figures[0].estimate.interval.high, 0.2);
}

TEST(Energy, WithoutJoulesNothingIsMeasured) {
  model::Ledger ledger;
  ledger.computed_tokens = ledger.completion_tokens = 10;
  const Summary summary = summary_of(ledger);
  EXPECT_EQ(summary.status, Status::not_measured);
  EXPECT_FALSE(summary.reason.zh.empty());
  EXPECT_TRUE(summary.figures.empty());
}

}  // namespace
}  // namespace assay::eval
