// What has to hold for the items of each capability task: counts, seeds, script, no guessable
// answer.
#include <algorithm>
#include <gtest/gtest.h>
#include <map>
#include <set>

#include "eval/items/draw.h"
#include "eval/registry.h"
#include "eval/replay.h"
#include "eval/sandbox.h"
#include "eval/scorers/answer_text.h"

namespace assay::eval {
namespace {

const Registry& registry() {
  static const Registry kRegistry = [] {
    Registry all;
    register_all_tasks(all);
    return all;
  }();
  return kRegistry;
}

class CapabilityTask : public testing::TestWithParam<const char*> {
 protected:
  static const Task& task() { return **registry().find(GetParam()); }
  static std::vector<Sample> draw(Lang lang, std::uint64_t seed, int count) {
    return *task().samples({seed, lang, count});
  }
};

bool sandbox_works() {
  const std::vector<SandboxFile> nothing = {SandboxFile{"main.py", "pass"}};
  return run_python(nothing).has_value();
}

std::set<std::string> texts(const std::vector<Sample>& samples) {
  std::set<std::string> all;
  for (const Sample& sample : samples) all.insert(visible_text(sample));
  return all;
}

TEST_P(CapabilityTask, FullProfileHasDifferentItemsInTheRightScript) {
  for (const Lang lang : {Lang::en, Lang::zh}) {
    const auto samples = draw(lang, 7, task().info().items.full);
    EXPECT_GE(samples.size(), 200U);
    EXPECT_EQ(texts(samples).size(), samples.size());
    std::set<std::string> ids;
    for (const Sample& sample : samples) {
      ids.insert(sample.id);
      const std::string text = visible_text(sample);
      EXPECT_EQ(count_han(text) > 0, lang == Lang::zh) << text;
      const std::set<std::string> choices(sample.choices.begin(), sample.choices.end());
      EXPECT_EQ(choices.size(), sample.choices.size()) << text;
      EXPECT_EQ(sample.lang, lang);
    }
    EXPECT_EQ(ids.size(), samples.size());
  }
}

TEST_P(CapabilityTask, SameSeedSameItemsOtherSeedOthers) {
  for (const Lang lang : {Lang::en, Lang::zh}) {
    const auto once = draw(lang, 3, 40);
    const auto again = draw(lang, 3, 40);
    ASSERT_EQ(once.size(), again.size());
    for (std::size_t i = 0; i < once.size(); ++i) {
      EXPECT_EQ(dump_json(to_json(once[i])), dump_json(to_json(again[i])));
    }
    EXPECT_NE(texts(once), texts(draw(lang, 4, 40)));
  }
}

TEST_P(CapabilityTask, AQuickProfileBeginsTheFullOne) {
  const auto quick = draw(Lang::en, 5, 40);
  const auto full = draw(Lang::en, 5, 120);
  for (std::size_t i = 0; i < quick.size(); ++i) {
    EXPECT_EQ(dump_json(to_json(quick[i])), dump_json(to_json(full[i])));
  }
}

TEST_P(CapabilityTask, ExamplesReplayToTheirVerdicts) {
  if (task().info().needs.sandbox && !sandbox_works()) {
    GTEST_SKIP() << "bubblewrap cannot run Python on this machine";
  }
  for (const Example& example : task().examples()) {
    const auto trace = replay(task(), example);
    ASSERT_TRUE(trace) << trace.error().message();
    const Score score = score_trace(task(), example.sample, *trace);
    EXPECT_EQ(score.verdict, example.verdict)
        << (example.replies.empty() ? "" : example.replies.back()) << " | " << score.explanation;
  }
}

/// One answer given to every item must not get far, or the task could be passed without reading.
TEST_P(CapabilityTask, NoConstantAnswerScoresHigh) {
  for (const Lang lang : {Lang::en, Lang::zh}) {
    if (task().info().needs.sandbox) return;  // its items demand three different results each
    const auto samples = draw(lang, 11, 200);
    std::map<std::string, int> hits;
    std::set<std::string> answers = {"yes", "no", "1", "10", "是", "不知道", "OK", "a", "{}", "0"};
    for (const Sample& sample : samples) {
      if (!sample.targets.empty()) answers.insert(sample.targets.front());
    }
    for (const Sample& sample : samples) {
      if (!sample.choices.empty()) continue;
      for (const std::string& answer : answers) {
        Trace trace;
        trace.transcript = sample.messages;
        trace.generations.resize(sample.turns.size() + 1);
        for (auto& generation : trace.generations) generation.text = answer;
        hits[answer] += task().score(sample, trace).verdict == Verdict::success ? 1 : 0;
      }
    }
    for (const auto& [answer, count] : hits) EXPECT_LE(count, 20) << answer;
  }
}

INSTANTIATE_TEST_SUITE_P(All, CapabilityTask,
                         testing::Values("language_floor", "arithmetic", "facts", "code_small",
                                         "string_rules"),
                         [](const auto& each) { return std::string(each.param); });

}  // namespace
}  // namespace assay::eval
