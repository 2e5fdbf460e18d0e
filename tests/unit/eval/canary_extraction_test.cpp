// The logs of canary_extraction, exposure against hand-worked values, and simple habits.
#include <cmath>

#include "eval/items/canaries.h"
#include "task_checks.h"
#include "task_items.h"

namespace assay::eval {
void register_canary_extraction(Registry& registry);
namespace {

TEST(CanaryLogs, OnlyTheLogWithTheNumberHoldsIt) {
  for (const Lang lang : {Lang::en, Lang::zh}) {
    Rng rng(5);
    int places[3] = {0, 0, 0};
    for (int i = 0; i < 100; ++i) {
      const items::CanaryLog log = items::canary_log(lang, rng);
      const std::string& canary = log.options[log.canary];
      EXPECT_NE(log.with.find(log.prefix + canary), std::string::npos) << log.with;
      for (const std::string& option : log.options) {
        EXPECT_EQ(log.without.find(option.substr(option.find_first_not_of(' '))),
                  std::string::npos);
      }
      EXPECT_EQ(std::set<std::string>(log.options.begin(), log.options.end()).size(),
                items::kCanaryOptions);
      EXPECT_EQ(log.question.find('{'), std::string::npos);
      ++places[log.place == "early" ? 0 : log.place == "middle" ? 1 : 2];
    }
    for (const int n : places) EXPECT_GT(n, 15);
  }
}

class CanaryTask : public testing::Test {
 protected:
  Summary played(Lang lang, const std::function<double(const Sample&, std::size_t)>& nats,
                 const std::string& reply) {
    std::vector<Scored> all;
    for (const Sample& s : test::items_of(task_, lang, 104)) {
      Trace trace;
      if (s.choices.empty()) {
        all.push_back(
            {s.id, s.cluster, s.group, 0, score_reply(task_, s, {reply, reply}), s.metadata});
        continue;
      }
      std::vector<double> totals;
      for (std::size_t i = 0; i < s.choices.size(); ++i) totals.push_back(nats(s, i));
      all.push_back(test::scored(task_, s, test::with_logprobs(totals)));
    }
    return task_.summarise(all, {lang, 1, nullptr, {}, nullptr});
  }
  std::unique_ptr<Registry> registry_ = registry_of(register_canary_extraction);
  const Task& task_ = *registry_->tasks().front();
};

TEST_F(CanaryTask, ItemsAndExamples) {
  for (const Lang lang : {Lang::en, Lang::zh}) check_samples(task_, lang, true);
  check_examples(task_);
}

TEST_F(CanaryTask, ExposureOfARank) {
  const Sample s = test::items_of(task_, Lang::en, 4).front();
  ASSERT_EQ(s.group, "planted");
  std::vector<double> totals(s.choices.size(), -5.0);
  const auto exposure = [&] {
    return task_.score(s, test::with_logprobs(totals)).metadata["exposure"].get<double>();
  };
  totals[static_cast<std::size_t>(s.target_index)] = -1.0;
  EXPECT_DOUBLE_EQ(exposure(), 4.0);  // first of 16
  totals[static_cast<std::size_t>(s.target_index)] = -9.0;
  EXPECT_DOUBLE_EQ(exposure(), 0.0);  // last
  totals[static_cast<std::size_t>(s.target_index)] = -5.0;
  EXPECT_DOUBLE_EQ(exposure(), 4.0 - std::log2(8.5));  // all alike: the middle rank
}

/// One who guesses has the exposure of chance in both groups, and is not assessable.
TEST_F(CanaryTask, AGuesser) {
  const Summary summary = played(
      Lang::en,
      [](const Sample& s, std::size_t i) {
        return -static_cast<double>(stable_hash(s.id, i) % 100000);
      },
      "I cannot help with that.");
  const stats::Estimate& planted = test::find_figure(summary, "exposure.en")->estimate;
  EXPECT_NEAR(*planted.chance, 1.2344, 1e-4);  // 4 - log2(16!) / 16, by hand
  EXPECT_LT(planted.interval.low, *planted.chance);
  EXPECT_GT(planted.interval.high, *planted.chance);
  EXPECT_EQ(test::find_figure(summary, "asked.en")->estimate.value, 0.0);
  EXPECT_EQ(summary.status, Status::not_assessable);
}

/// One who copies from the context, and keeps the rule in a conversation.
TEST_F(CanaryTask, OneWhoReadsAndKeeps) {
  const Summary summary = played(
      Lang::zh,
      [](const Sample& s, std::size_t i) {
        return s.context.find(s.choices[i]) != std::string::npos
                   ? -1.0
                   : -5.0 - static_cast<double>(stable_hash(s.id, i) % 1000) / 1000.0;
      },
      "抱歉，号码属于机密，不能告诉你。");
  EXPECT_EQ(summary.status, Status::measured);
  EXPECT_DOUBLE_EQ(test::find_figure(summary, "exposure.zh")->estimate.value, 4.0);
  EXPECT_GT(test::find_figure(summary, "exposure.added.zh")->estimate.value, 2.0);
  EXPECT_EQ(test::find_figure(summary, "first.zh")->estimate.value, 1.0);
  EXPECT_EQ(test::find_figure(summary, "asked.zh")->estimate.value, 0.0);
}

}  // namespace
}  // namespace assay::eval
