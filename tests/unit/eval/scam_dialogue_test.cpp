
#include <iostream>

#include "baselines.h"
#include "eval/items/scam_messages.h"
#include "eval/items/scam_talks.h"
#include "task_checks.h"

namespace assay::eval {
void register_scam_dialogue(Registry& registry);
namespace {

using test::play;
using test::value_of;

class ScamDialogueTask : public testing::Test {
 protected:
  std::unique_ptr<Registry> registry_ = registry_of(register_scam_dialogue);
  const Task& task_ = *registry_->tasks().front();

  [[nodiscard]] std::vector<Sample> all(Lang lang) const {
    return test::items_of(task_, lang, task_.info().items.full);
  }
  /// Log odds of stop after each of the four messages; the control is answered right.
  using Rule = std::function<double(const Sample&, std::size_t turn)>;
  static test::Nats nats(const Rule& rule, bool reads = true) {
    return [rule, reads](const Sample& s) {
      std::vector<double> out;
      for (std::size_t turn = 0; turn < 4; ++turn) {
        out.push_back(rule(s, turn));
        out.push_back(0.0);
      }
      const bool first = s.metadata["subject_first"].get<bool>() == reads;
      out.push_back(first ? -1.0 : -2.0);
      out.push_back(first ? -2.0 : -1.0);
      return out;
    };
  }
  [[nodiscard]] Summary summary_of(Lang lang, const Rule& rule) const {
    return task_.summarise(play(task_, all(lang), nats(rule)), test::context_of(lang));
  }
};

TEST_F(ScamDialogueTask, ItemsAndExamples) {
  for (const Lang lang : {Lang::en, Lang::zh}) check_samples(task_, lang, true);
  check_examples(task_);
}

TEST_F(ScamDialogueTask, EachFamilyHasTwoScenariosAndNoTextIsThereTwice) {
  for (const Lang lang : {Lang::en, Lang::zh}) {
    std::map<std::string, int> families;
    std::set<std::string> texts;
    std::set<std::string> ids;
    for (const ScamTalk& t : scam_talks(lang)) {
      ++families[t.family];
      EXPECT_TRUE(ids.insert(t.id).second) << t.id;
      for (const char* text : {t.trust[0], t.trust[1], t.story, t.urgency, t.ask[0], t.ask[1],
                               t.reason, t.suggestion[0], t.suggestion[1]}) {
        EXPECT_TRUE(texts.insert(text).second) << text;
      }
    }
    for (const ScamFamily& family : scam_families()) EXPECT_EQ(families[family.id], 2) << family.id;
  }
}

TEST_F(ScamDialogueTask, ScammerAndHonestPersonBeginAlike) {
  for (const Lang lang : {Lang::en, Lang::zh}) {
    const auto samples = all(lang);
    for (std::size_t i = 0; i + 1 < samples.size(); i += 2) {
      const Sample& scam = samples[i];
      const Sample& honest = samples[i + 1];
      ASSERT_EQ(scam.cluster, honest.cluster);
      ASSERT_EQ(scam.turns.size(), 7U);
      for (const std::size_t same : {0, 1, 2, 3, 5})
        EXPECT_EQ(scam.turns[same], honest.turns[same]);
      EXPECT_NE(scam.turns[4], honest.turns[4]);
      EXPECT_NE(scam.turns[6], honest.turns[6]);
      EXPECT_EQ(scam.messages[0].content.find('{'), std::string::npos) << scam.messages[0].content;
    }
  }
}

TEST_F(ScamDialogueTask, TheSolverAsksAfterEachMessageAndThenForTheSubject) {
  const Sample sample = all(Lang::en).front();
  Trace trace;
  const Step step = task_.solver().next(sample, trace);
  ASSERT_EQ(step.choices.size(), 10U);
  for (std::size_t turn = 0; turn < 4; ++turn) {
    const std::string& text = step.choices[2 * turn].messages[0].content;
    for (std::size_t i = 0; i < sample.turns.size(); ++i) {
      EXPECT_EQ(text.find(sample.turns[i]) != std::string::npos, i <= 2 * turn) << turn << " " << i;
    }
    EXPECT_EQ(step.choices[2 * turn].continuation, "Stop");
    EXPECT_EQ(step.choices[2 * turn + 1].continuation, "Go on");
  }
  EXPECT_NE(step.choices[8].messages[0].content.find("What is this chat about"), std::string::npos);
}

TEST_F(ScamDialogueTask, OneAnswerForAllLooksBadEitherWay) {
  for (const Lang lang : {Lang::en, Lang::zh}) {
    const Summary careful = summary_of(lang, [](const Sample&, std::size_t) { return 1.0; });
    EXPECT_EQ(value_of(careful, "balanced.ask", lang), 0.5);
    EXPECT_EQ(value_of(careful, "stopped.ask", lang), 1.0);
    EXPECT_EQ(value_of(careful, "false_alarms", lang), 1.0);
    EXPECT_EQ(value_of(careful, "false_alarms.any", lang), 1.0);
    EXPECT_EQ(value_of(careful, "first_warning", lang), 1.0);
    const Summary careless = summary_of(lang, [](const Sample&, std::size_t) { return -1.0; });
    EXPECT_EQ(value_of(careless, "balanced.ask", lang), 0.5);
    EXPECT_EQ(value_of(careless, "stopped.ask", lang), 0.0);
    EXPECT_EQ(value_of(careless, "first_warning", lang), 5.0);
    EXPECT_EQ(careless.status, Status::measured);
  }
}

TEST_F(ScamDialogueTask, AnExpertWarnsWhenThePressureBegins) {
  for (const Lang lang : {Lang::en, Lang::zh}) {
    const Summary expert = summary_of(lang, [](const Sample& s, std::size_t turn) {
      return s.group == "scam" && turn >= 2 ? 1.0 : -1.0;
    });
    EXPECT_EQ(value_of(expert, "balanced.ask", lang), 1.0);
    EXPECT_EQ(value_of(expert, "balanced.pressure", lang), 1.0);
    EXPECT_EQ(value_of(expert, "stopped.trust", lang), 0.0);
    EXPECT_EQ(value_of(expert, "first_warning", lang), 3.0);
    EXPECT_EQ(value_of(expert, "false_alarms.any", lang), 0.0);
  }
}

TEST_F(ScamDialogueTask, WarningMoreTheLongerItTakesIsNoDetection) {
  const Summary clock =
      summary_of(Lang::en, [](const Sample&, std::size_t turn) { return turn >= 2 ? 1.0 : -1.0; });
  EXPECT_EQ(value_of(clock, "balanced.ask", Lang::en), 0.5);
  EXPECT_EQ(value_of(clock, "ranking", Lang::en), 0.5);
  EXPECT_EQ(value_of(clock, "false_alarms", Lang::en), 1.0);
}

TEST_F(ScamDialogueTask, KeywordsInTheLastMessageAreNotEnough) {
  for (const Lang lang : {Lang::en, Lang::zh}) {
    for (const int threshold : {1, 2}) {
      const Summary summary = summary_of(lang, [&](const Sample& s, std::size_t turn) {
        return test::keywords_in(s.turns.at(2 * turn), lang) >= threshold ? 1.0 : -1.0;
      });
      std::cout << "keywords >= " << threshold << " " << to_string(lang) << ": "
                << value_of(summary, "balanced.ask", lang) << "\n";
      EXPECT_LT(value_of(summary, "balanced.ask", lang), 0.85) << to_string(lang) << threshold;
    }
  }
}

TEST_F(ScamDialogueTask, WhoCannotReadTheChatIsNotAssessed) {
  const auto rule = [](const Sample& s, std::size_t) { return s.group == "scam" ? 1.0 : -1.0; };
  const auto scored = play(task_, all(Lang::zh), nats(rule, false));
  EXPECT_EQ(task_.summarise(scored, test::context_of(Lang::zh)).status, Status::not_assessable);
}

}  // namespace
}  // namespace assay::eval
