#include "eval/items/false_claims.h"

#include <iostream>

#include "baselines.h"
#include "task_checks.h"

namespace assay::eval {
void register_false_claims(Registry& registry);
namespace {

using test::play;
using test::value_of;

class FalseClaimsTask : public testing::Test {
 protected:
  std::unique_ptr<Registry> registry_ = registry_of(register_false_claims);
  const Task& task_ = *registry_->tasks().front();

  [[nodiscard]] std::vector<Sample> all(Lang lang) const {
    return test::items_of(task_, lang, task_.info().items.full);
  }
  /// Log odds of denying the claim.
  using Rule = std::function<double(const Sample&)>;
  static test::Nats nats(const Rule& rule) {
    return [rule](const Sample& s) { return std::vector<double>{rule(s), 0.0}; };
  }
  static double knows(const Sample& s) { return s.group == "false" ? 1.0 : -1.0; }
  static bool easy(const Sample& s) { return s.metadata["topic"] == "easy"; }
  static std::string form(const Sample& s) { return s.metadata["form"].get<std::string>(); }
  [[nodiscard]] Summary summary_of(Lang lang, const Rule& rule) const {
    return task_.summarise(play(task_, all(lang), nats(rule)), test::context_of(lang));
  }
};

TEST_F(FalseClaimsTask, ItemsAndExamples) {
  for (const Lang lang : {Lang::en, Lang::zh}) check_samples(task_, lang, true);
  check_examples(task_);
}

TEST_F(FalseClaimsTask, EightPairsATopicAndNoSentenceTwice) {
  for (const Lang lang : {Lang::en, Lang::zh}) {
    std::map<std::string, int> topics;
    std::set<std::string> texts;
    std::array<std::size_t, 2> bytes{0, 0};
    for (const auto bank : {claim_pairs(lang), easy_claims(lang)}) {
      for (const ClaimPair& pair : bank) {
        ++topics[pair.topic];
        EXPECT_TRUE(texts.insert(pair.truth).second) << pair.truth;
        EXPECT_TRUE(texts.insert(pair.falsehood).second) << pair.falsehood;
        bytes[0] += std::string(pair.falsehood).size();
        bytes[1] += std::string(pair.truth).size();
      }
    }
    for (const ClaimTopic& topic : claim_topics()) EXPECT_EQ(topics[topic.id], 8) << topic.id;
    EXPECT_NEAR(static_cast<double>(bytes[0]) / static_cast<double>(bytes[1]), 1.0, 0.12);
  }
}

TEST_F(FalseClaimsTask, OneAnswerForAllLooksBadEitherWay) {
  for (const Lang lang : {Lang::en, Lang::zh}) {
    for (const double denies : {1.0, -1.0}) {
      // It can do the control, but takes all else for false (or true).
      const Summary summary =
          summary_of(lang, [&](const Sample& s) { return easy(s) ? knows(s) : denies; });
      EXPECT_EQ(summary.status, Status::measured);
      EXPECT_EQ(value_of(summary, "balanced", lang), 0.5);
      EXPECT_EQ(value_of(summary, "ranking", lang), 0.5);
      EXPECT_EQ(value_of(summary, "debunk", lang), 0.5);
      EXPECT_EQ(value_of(summary, "agrees.false.neutral", lang), denies > 0.0 ? 0.0 : 1.0);
      EXPECT_EQ(value_of(summary, "agrees.true.neutral", lang), denies > 0.0 ? 0.0 : 1.0);
      EXPECT_EQ(value_of(summary, "shift.authority", lang), 0.0);
    }
  }
}

TEST_F(FalseClaimsTask, WhoGivesWayToAuthorityShiftsThereOnly) {
  for (const Lang lang : {Lang::en, Lang::zh}) {
    const Summary summary =
        summary_of(lang, [](const Sample& s) { return form(s) == "authority" ? -1.0 : knows(s); });
    EXPECT_EQ(value_of(summary, "shift.authority", lang), 1.0);
    EXPECT_EQ(value_of(summary, "shift.leading", lang), 0.0);
    EXPECT_EQ(value_of(summary, "agrees.false.authority", lang), 1.0);
    EXPECT_EQ(value_of(summary, "agrees.false.neutral", lang), 0.0);
    EXPECT_EQ(value_of(summary, "debunk.corrects", lang), 1.0);
    EXPECT_NEAR(value_of(summary, "balanced", lang), 1.0 - 0.5 / 3.0, 1e-9);
    const Figure* shift =
        test::find_figure(summary, std::string("shift.authority.") + to_string(lang));
    EXPECT_NE(shift->note.en.find("p<0.001"), std::string::npos) << shift->note.en;
  }
}

TEST_F(FalseClaimsTask, AGuesserIsAtChanceAndIsNotAssessed) {
  for (const Lang lang : {Lang::en, Lang::zh}) {
    const Summary summary = summary_of(lang, [](const Sample& s) {
      return static_cast<double>(stable_hash(s.id, 4) % 1000) - 499.5;
    });
    std::cout << "coin " << to_string(lang) << ": " << value_of(summary, "balanced", lang) << "\n";
    EXPECT_NEAR(value_of(summary, "balanced", lang), 0.5, 0.12);
    EXPECT_EQ(summary.status, Status::not_assessable);
    EXPECT_FALSE(summary.reason.en.empty());
  }
}

TEST_F(FalseClaimsTask, ALikingForOneWordIsNoKnowledge) {
  // Says True to all, but less surely to what is false: the ranking sees it, the verdicts do not.
  const Summary summary =
      summary_of(Lang::en, [](const Sample& s) { return s.group == "false" ? -1.0 : -2.0; });
  EXPECT_EQ(value_of(summary, "balanced", Lang::en), 0.5);
  EXPECT_EQ(value_of(summary, "ranking", Lang::en), 1.0);
  EXPECT_EQ(value_of(summary, "agrees.false.neutral", Lang::en), 1.0);
  EXPECT_EQ(summary.status, Status::measured);
}

TEST_F(FalseClaimsTask, WordsOfOtherClaimsDoNotGiveItAway) {
  for (const Lang lang : {Lang::en, Lang::zh}) {
    std::vector<Sample> neutral;
    for (Sample& s : all(lang)) {
      if (!easy(s) && form(s) == "neutral") neutral.push_back(std::move(s));
    }
    const auto odds = test::bag_of_words_odds(
        neutral, [](const Sample& s) { return s.messages[0].content; },
        [](const Sample& s) { return s.group == "false"; });
    const Summary summary =
        task_.summarise(play(task_, neutral, nats([&](const Sample& s) { return odds.at(s.id); })),
                        test::context_of(lang));
    std::cout << "naive Bayes " << to_string(lang) << ": " << value_of(summary, "balanced", lang)
              << ", ranking " << value_of(summary, "ranking", lang) << "\n";
    EXPECT_LT(value_of(summary, "balanced", lang), 0.7) << to_string(lang);
    const Summary longest =
        task_.summarise(play(task_, neutral, nats([](const Sample& s) {
                               return static_cast<double>(s.messages[0].content.size());
                             })),
                        test::context_of(lang));
    std::cout << "ranking by length " << to_string(lang) << ": "
              << value_of(longest, "ranking", lang) << "\n";
    EXPECT_NEAR(value_of(longest, "ranking", lang), 0.5, 0.2) << to_string(lang);
  }
}

}  // namespace
}  // namespace assay::eval
