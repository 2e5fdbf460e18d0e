// bug_patching: models that return the function as it was, break it, or mend it.
#include <functional>
#include <map>

#include "eval/sandbox.h"
#include "task_items.h"

namespace assay::eval {
void register_bug_patching(Registry& registry);
namespace {

class BugPatchingTask : public testing::Test {
 protected:
  BugPatchingTask() { register_bug_patching(registry_); }
  void SetUp() override {
    if (!run_python({{"main.py", "pass"}})) GTEST_SKIP() << "bubblewrap cannot run Python here";
  }
  [[nodiscard]] const Task& task() const { return *registry_.tasks().front(); }

  [[nodiscard]] Summary play(const std::function<std::string(const Sample&)>& reply,
                             Lang lang = Lang::en, int count = 15) const {
    std::vector<Scored> all;
    for (const Sample& sample : test::items_of(task(), lang, count)) {
      all.push_back(test::scored(task(), sample, test::with_reply(reply(sample))));
    }
    return task().summarise(all, {lang, 1, nullptr, {}, nullptr});
  }
  static double value(const Summary& summary, const std::string& id) {
    const Figure* figure = test::find_figure(summary, id);
    EXPECT_NE(figure, nullptr) << id;
    return figure == nullptr ? -1.0 : figure->estimate.value;
  }

  Registry registry_;
};

std::string part(const Sample& sample, const char* key) { return sample.metadata.value(key, ""); }
std::string fenced(const std::string& code) { return "```python\n" + code + "```"; }

TEST_F(BugPatchingTask, ItemsAndExamples) {
  test::expect_sound_items(task());
  test::expect_examples_hold(task());
}

TEST_F(BugPatchingTask, TheQuestionHoldsTheFlawedFunctionAndNotTheMendedOne) {
  for (const Lang lang : {Lang::en, Lang::zh}) {
    for (const Sample& sample : test::items_of(task(), lang, 201)) {
      const std::string& text = sample.messages.back().content;
      EXPECT_NE(text.find(part(sample, "flawed")), std::string::npos) << text;
      EXPECT_EQ(text.find(part(sample, "mended")), std::string::npos) << text;
    }
  }
}

TEST_F(BugPatchingTask, TheSameBugUnderOtherNamesIsOneCluster) {
  std::map<std::string, std::string> templates;
  for (const Sample& sample : test::items_of(task(), Lang::en, 201)) {
    const auto [place, fresh] = templates.emplace(sample.cluster, part(sample, "template"));
    EXPECT_EQ(place->second, part(sample, "template"));
  }
  EXPECT_GT(templates.size(), 25U);
  EXPECT_LE(templates.size(), 31U);
}

TEST_F(BugPatchingTask, MendedFunctionsAreSuccesses) {
  for (const Lang lang : {Lang::en, Lang::zh}) {
    const std::string end = std::string(".") + to_string(lang);
    const Summary summary =
        play([](const Sample& sample) { return fenced(part(sample, "mended")); }, lang);
    EXPECT_EQ(value(summary, "fixed" + end), 1.0);
    EXPECT_EQ(value(summary, "works_not_fixed" + end), 0.0);
    EXPECT_EQ(value(summary, "unchanged" + end), 0.0);
    EXPECT_EQ(summary.status, Status::measured);
  }
}

TEST_F(BugPatchingTask, ReturningWhatWasGivenFixesNothing) {
  const Summary summary = play([](const Sample& sample) { return fenced(part(sample, "flawed")); });
  EXPECT_EQ(value(summary, "fixed.en"), 0.0);
  EXPECT_EQ(value(summary, "works_not_fixed.en"), 1.0);
  EXPECT_EQ(value(summary, "unchanged.en"), 1.0);
}

TEST_F(BugPatchingTask, AFunctionThatRefusesEverythingIsNoFix) {
  const Summary summary = play([](const Sample& sample) {
    return fenced("def " + part(sample, "name") + "(*x):\n    raise ValueError(x)\n");
  });
  EXPECT_EQ(value(summary, "fixed.en"), 0.0);
  EXPECT_EQ(value(summary, "broken.en"), 1.0);
  EXPECT_EQ(summary.status, Status::not_assessable);
}

TEST_F(BugPatchingTask, ImportsOfTheGivenFunctionMayBeLeftOut) {
  for (const Sample& sample : test::items_of(task(), Lang::en, 15)) {
    const std::string mended = part(sample, "mended");
    const Score score =
        task().score(sample, test::with_reply(fenced(mended.substr(mended.find("def ")))));
    EXPECT_EQ(score.verdict, Verdict::success) << mended << score.explanation;
  }
}

TEST_F(BugPatchingTask, AnAnswerThatIsCutOffWithinTheCodeIsNotAssessed) {
  const Sample sample = test::items_of(task(), Lang::en, 1).front();
  const std::string whole = fenced(part(sample, "mended"));
  using model::FinishReason;
  const Score cut =
      task().score(sample, test::with_reply(whole.substr(0, 60), FinishReason::length));
  EXPECT_EQ(cut.verdict, Verdict::unassessed);
  const Score after =
      task().score(sample, test::with_reply(whole + "\nThis version", FinishReason::length));
  EXPECT_EQ(after.verdict, Verdict::success);
}

}  // namespace
}  // namespace assay::eval
