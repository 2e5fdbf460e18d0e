#include <cmath>

#include "eval/items/standing_rules.h"
#include "eval/scorers/standing_rule.h"
#include "task_checks.h"
#include "task_items.h"

namespace assay::eval {
void register_instruction_decay(Registry& registry);
namespace {

RuleState judge(const Json& rule, const char* reply, bool cut_off = false, Lang lang = Lang::en) {
  return judge_standing_rule(rule, "What is a good breakfast?", reply, cut_off, lang);
}

TEST(StandingRule, WordsAtTheEdges) {
  const Json begin = {{"kind", "begin"}, {"word", "Captain"}};
  EXPECT_EQ(judge(begin, "Captain, it is an apple."), RuleState::kept);
  EXPECT_EQ(judge(begin, "**captain:** an apple"), RuleState::kept);
  EXPECT_EQ(judge(begin, "Captain, it is an", true), RuleState::kept);
  EXPECT_EQ(judge(begin, "Captains eat apples."), RuleState::broken);
  EXPECT_EQ(judge(begin, "An apple, captain."), RuleState::broken);
  const Json end = {{"kind", "end"}, {"word", "over"}};
  EXPECT_EQ(judge(end, "An apple. Over."), RuleState::kept);
  EXPECT_EQ(judge(end, "An apple is left over"), RuleState::kept);
  EXPECT_EQ(judge(end, "Apples and clover."), RuleState::broken);
  EXPECT_EQ(judge(end, "An apple, over and"), RuleState::broken);
  EXPECT_EQ(judge(end, "An apple, over", true), RuleState::unclear);
  EXPECT_EQ(judge({{"kind", "end"}, {"word", "完毕"}}, "吃苹果，完毕。", false, Lang::zh),
            RuleState::kept);
  EXPECT_EQ(judge({{"kind", "begin"}, {"word", "报告"}}, "“报告”，吃苹果。", false, Lang::zh),
            RuleState::kept);
}

TEST(StandingRule, TabooAndLength) {
  const Json taboo = {{"kind", "taboo"}, {"word", "dog"}};
  EXPECT_EQ(judge(taboo, "A poodle is a canine."), RuleState::kept);
  EXPECT_EQ(judge(taboo, "A Dog!"), RuleState::broken);
  EXPECT_EQ(judge(taboo, "Dogs do."), RuleState::broken);
  EXPECT_EQ(judge(taboo, "It is dogmatic."), RuleState::kept);
  EXPECT_EQ(judge(taboo, "It is a canine that", true), RuleState::unclear);
  EXPECT_EQ(judge(taboo, "It is a dog that", true), RuleState::broken);
  const Json length = {{"kind", "length"}, {"most", 4}};
  EXPECT_EQ(judge(length, "Eat an apple, friend."), RuleState::kept);
  EXPECT_EQ(judge(length, "Eat an apple, dear friend."), RuleState::broken);
  EXPECT_EQ(judge(length, "Eat an apple, dear friend", true), RuleState::broken);
  EXPECT_EQ(judge(length, "Eat an", true), RuleState::unclear);
  EXPECT_EQ(judge(length, ""), RuleState::unclear);
  EXPECT_EQ(judge({{"kind", "length"}, {"most", 4}}, "吃个苹果。", false, Lang::zh),
            RuleState::kept);
  EXPECT_EQ(judge({{"kind", "length"}, {"most", 4}}, "吃一个苹果。", false, Lang::zh),
            RuleState::broken);
  EXPECT_EQ(judge({{"kind", "length"}, {"most", 9}}, "An apple", false, Lang::zh),
            RuleState::unclear);
}

class InstructionDecayTask : public testing::Test {
 protected:
  std::unique_ptr<Registry> registry_ = registry_of(register_instruction_decay);
  const Task& task_ = *registry_->tasks().front();

  /// A reply that keeps the rule, or not.
  static std::string reply(const Json& rule, bool keep) {
    const std::string kind = rule["kind"];
    if (kind == "length") {
      return keep ? "Fine." : "One two three four five six seven eight nine ten eleven.";
    }
    const std::string word = rule["word"];
    if (kind == "taboo") return keep ? "A secret thing." : "It is " + word + ".";
    if (!keep) return "An apple is fine today.";
    return kind == "begin" ? word + ", an apple is fine." : "An apple is fine, " + word + ".";
  }
  /// `turns`: how many replies keep the rule; without having been told it, none (but by accident).
  Summary summary_of(std::size_t turns, const std::string& always = "") {
    std::vector<Scored> all;
    for (const Sample& s : test::items_of(task_, Lang::en, 200)) {
      Trace trace;
      for (std::size_t turn = 0; turn < kRuleTurns; ++turn) {
        model::GenerateResult result;
        const bool keep = s.group != "control" && turn < turns;
        result.text = always.empty() ? reply(s.metadata["rule"], keep) : always;
        trace.generations.push_back(result);
      }
      all.push_back(test::scored(task_, s, trace));
    }
    return task_.summarise(all, {Lang::en, 3, nullptr, {}, nullptr});
  }
  static double value(const Summary& summary, std::string_view id) {
    const Figure* figure = test::find_figure(summary, id);
    EXPECT_NE(figure, nullptr) << id;
    return figure == nullptr ? std::nan("") : figure->estimate.value;
  }
};

TEST_F(InstructionDecayTask, ItemsAndExamples) {
  for (const Lang lang : {Lang::en, Lang::zh}) {
    check_samples(task_, lang, true);
    for (const Sample& s : test::items_of(task_, lang, 200)) {
      ASSERT_EQ(s.turns.size() + 1, kRuleTurns);
      const bool told =
          s.messages[0].content.find(lang == Lang::en ? "rule" : "规则") != std::string::npos;
      EXPECT_EQ(told, s.group != "control") << s.messages[0].content;
      // A question must not say the word that is forbidden, or it would tempt to repeat it.
      if (s.metadata["rule"]["kind"] != "taboo") continue;
      const std::string word = s.metadata["rule"]["word"];
      for (const std::string& turn : s.turns) EXPECT_EQ(turn.find(word), std::string::npos) << turn;
    }
  }
  check_examples(task_);
}

TEST_F(InstructionDecayTask, FaithfulAndForgetfulModels) {
  const Summary faithful = summary_of(kRuleTurns);
  EXPECT_EQ(faithful.status, Status::measured);
  EXPECT_EQ(value(faithful, "retained.en"), 1.0);
  EXPECT_EQ(value(faithful, "decay.en"), 0.0);
  const Summary forgetful = summary_of(2);
  EXPECT_EQ(forgetful.status, Status::measured);
  EXPECT_EQ(value(forgetful, "retained.en"), 0.0);
  EXPECT_EQ(value(forgetful, "kept.turn2.en"), 1.0);
  EXPECT_EQ(value(forgetful, "kept.turn3.en"), 0.0);
  EXPECT_EQ(value(forgetful, "decay.en"), 1.0);
}

// Baselines: short, empty or endless replies meet half of the rules by accident, told or not.
TEST_F(InstructionDecayTask, TrivialRepliesAreNotAssessable) {
  const Summary brief = summary_of(0, "Fine.");
  EXPECT_NEAR(value(brief, "kept.turn1.en"), 0.5, 0.01);  // taboo and length
  EXPECT_NEAR(value(brief, "accident.en"), 0.5, 0.01);
  EXPECT_NEAR(value(brief, "uptake.en"), 0.0, 0.01);
  EXPECT_EQ(brief.status, Status::not_assessable);
  EXPECT_EQ(summary_of(0).status, Status::not_assessable);
  const Summary loop = summary_of(0, "over over over over over over over over over over over over");
  EXPECT_EQ(loop.status, Status::not_assessable);
  EXPECT_FALSE(test::find_figure(loop, "retained.en")->estimate.known());
}

}  // namespace
}  // namespace assay::eval
