#include <iostream>

#include "baselines.h"
#include "eval/items/scam_messages.h"
#include "task_checks.h"

namespace assay::eval {
void register_scam_recognition(Registry& registry);
namespace {

using test::play;
using test::value_of;

class ScamRecognitionTask : public testing::Test {
 protected:
  std::unique_ptr<Registry> registry_ = registry_of(register_scam_recognition);
  const Task& task_ = *registry_->tasks().front();

  [[nodiscard]] std::vector<Sample> all(Lang lang) const {
    return test::items_of(task_, lang, task_.info().items.full);
  }
  /// The message alone, without the question around it.
  static std::string message(const Sample& s) {
    const std::string& text = s.messages.back().content;
    const std::size_t from = text.find("\n\n") + 2;
    return text.substr(from, text.find("\n\n", from) - from);
  }
  /// A rule for the messages that answers the control questions right.
  static test::Nats rule(const std::function<double(const Sample&)>& odds) {
    return [odds](const Sample& s) {
      if (s.group != "control") return std::vector<double>{odds(s), 0.0};
      return s.target_index == 0 ? std::vector<double>{-1.0, -2.0}
                                 : std::vector<double>{-2.0, -1.0};
    };
  }
  [[nodiscard]] Summary summary_of(Lang lang,
                                   const std::function<double(const Sample&)>& odds) const {
    return task_.summarise(play(task_, all(lang), rule(odds)), test::context_of(lang));
  }
};

TEST_F(ScamRecognitionTask, ItemsAndExamples) {
  for (const Lang lang : {Lang::en, Lang::zh}) check_samples(task_, lang, true);
  check_examples(task_);
}

TEST_F(ScamRecognitionTask, TheBankIsBalancedAndEachTextIsThereOnce) {
  for (const Lang lang : {Lang::en, Lang::zh}) {
    std::map<std::string, int> families;
    std::set<std::string> ids;
    std::set<std::string> ends;
    std::map<std::string, std::string> subjects;  // to the only family that has it
    for (const ScamMessage& m : scam_messages(lang)) {
      ++families[m.family];
      EXPECT_TRUE(ids.insert(std::string(m.family) + m.id).second) << m.id;
      EXPECT_EQ(subjects.emplace(m.subject, m.family).first->second, m.family) << m.subject;
      for (const char* end : {m.scam[0], m.scam[1], m.honest[0], m.honest[1]}) {
        EXPECT_TRUE(ends.insert(end).second) << end;
      }
    }
    EXPECT_EQ(families.size(), scam_families().size());
    for (const ScamFamily& family : scam_families()) EXPECT_EQ(families[family.id], 4) << family.id;
    EXPECT_GE(subjects.size(), 45U);
  }
}

TEST_F(ScamRecognitionTask, SlotsAreFilledAndAddressesLeadNowhere) {
  for (const Lang lang : {Lang::en, Lang::zh}) {
    for (const Sample& s : all(lang)) {
      const std::string text = message(s);
      EXPECT_EQ(text.find('{'), std::string::npos) << text;
      for (const char* ending : {".com", ".org", ".net", ".cn", "http"}) {
        EXPECT_EQ(text.find(ending), std::string::npos) << text;
      }
    }
  }
}

TEST_F(ScamRecognitionTask, ScamsAndHonestMessagesAreOfLikeLength) {
  for (const Lang lang : {Lang::en, Lang::zh}) {
    std::array<double, 2> length{0.0, 0.0};
    for (const Sample& s : all(lang)) {
      if (s.group != "control") {
        length[s.group == "scam" ? 1 : 0] += static_cast<double>(message(s).size());
      }
    }
    EXPECT_NEAR(length[1] / length[0], 1.0, 0.15) << to_string(lang);
    const Summary longest = summary_of(
        lang, [](const Sample& s) { return static_cast<double>(message(s).size()) - 175.5; });
    std::cout << "ranking by length " << to_string(lang) << ": "
              << value_of(longest, "ranking", lang) << "\n";
    EXPECT_LT(value_of(longest, "ranking", lang), 0.75) << to_string(lang);
    EXPECT_GT(value_of(longest, "ranking", lang), 0.25) << to_string(lang);
  }
}

TEST_F(ScamRecognitionTask, OneAnswerForAllLooksBadEitherWay) {
  for (const Lang lang : {Lang::en, Lang::zh}) {
    const Summary suspicious = summary_of(lang, [](const Sample&) { return 1.0; });
    EXPECT_EQ(value_of(suspicious, "hits", lang), 1.0);
    EXPECT_EQ(value_of(suspicious, "false_alarms", lang), 1.0);
    EXPECT_EQ(value_of(suspicious, "balanced", lang), 0.5);
    EXPECT_EQ(value_of(suspicious, "d_prime", lang), 0.0);
    const Summary trusting = summary_of(lang, [](const Sample&) { return -1.0; });
    EXPECT_EQ(value_of(trusting, "hits", lang), 0.0);
    EXPECT_EQ(value_of(trusting, "balanced", lang), 0.5);
    EXPECT_EQ(suspicious.status, Status::measured);
  }
}

TEST_F(ScamRecognitionTask, AGuesserIsAtChanceAndOneWhoKnowsIsAtTheCeiling) {
  for (const Lang lang : {Lang::en, Lang::zh}) {
    const Summary guesser = summary_of(lang, [](const Sample& s) {
      return static_cast<double>(stable_hash(s.id, 3) % 1000) - 499.5;
    });
    std::cout << "coin " << to_string(lang) << ": " << value_of(guesser, "balanced", lang) << "\n";
    EXPECT_NEAR(value_of(guesser, "balanced", lang), 0.5, 0.13);
    const Summary expert =
        summary_of(lang, [](const Sample& s) { return s.group == "scam" ? 1.0 : -1.0; });
    EXPECT_EQ(value_of(expert, "balanced", lang), 1.0);
    EXPECT_EQ(value_of(expert, "ranking", lang), 1.0);
    EXPECT_GT(value_of(expert, "d_prime", lang), 4.0);
  }
}

TEST_F(ScamRecognitionTask, KeywordsAreNotEnough) {
  for (const Lang lang : {Lang::en, Lang::zh}) {
    for (const int threshold : {1, 2, 3}) {
      const Summary summary = summary_of(lang, [&](const Sample& s) {
        return test::keywords_in(message(s), lang) >= threshold ? 1.0 : -1.0;
      });
      const double balanced = value_of(summary, "balanced", lang);
      std::cout << "keywords >= " << threshold << " " << to_string(lang) << ": " << balanced
                << "\n";
      EXPECT_LT(balanced, 0.75) << to_string(lang) << threshold;
    }
  }
}

TEST_F(ScamRecognitionTask, WordsOfOtherMessagesDoNotGiveItAway) {
  for (const Lang lang : {Lang::en, Lang::zh}) {
    std::vector<Sample> judged;
    for (Sample& s : all(lang)) {
      if (s.group != "control") judged.push_back(std::move(s));
    }
    const auto odds =
        test::bag_of_words_odds(judged, message, [](const Sample& s) { return s.group == "scam"; });
    const Summary summary = summary_of(lang, [&](const Sample& s) { return odds.at(s.id); });
    std::cout << "naive Bayes " << to_string(lang) << ": " << value_of(summary, "balanced", lang)
              << ", ranking " << value_of(summary, "ranking", lang) << "\n";
    EXPECT_LT(value_of(summary, "balanced", lang), 0.95) << to_string(lang);
  }
}

TEST_F(ScamRecognitionTask, WhoCannotReadTheMessagesIsNotAssessed) {
  for (const Lang lang : {Lang::en, Lang::zh}) {
    const auto scored = play(task_, all(lang), [](const Sample& s) {
      return std::vector<double>{static_cast<double>(stable_hash(s.id) % 100) - 49.5, 0.0};
    });
    const Summary summary = task_.summarise(scored, test::context_of(lang));
    EXPECT_EQ(summary.status, Status::not_assessable) << to_string(lang);
    EXPECT_FALSE(summary.reason.zh.empty());
  }
}

}  // namespace
}  // namespace assay::eval
