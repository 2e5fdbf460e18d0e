// The sentences of tokenizer_premium, the ratio of sums against a hand-worked one, and tokenizers
// of simple habits: one token a byte, one a character.
#include <set>

#include "base/text.h"
#include "eval/items/premium_sentences.h"
#include "eval/scorers/answer_text.h"
#include "eval/scorers/token_premium.h"
#include "task_checks.h"
#include "task_items.h"

namespace assay::eval {
void register_tokenizer_premium(Registry& registry);
namespace {

TEST(PremiumSentences, AreWholeAndDifferent) {
  const auto all = items::premium_languages(Lang::zh);
  EXPECT_GE(all.size(), 25U);
  EXPECT_EQ(all.front().code, "zh");
  EXPECT_EQ(items::premium_languages(Lang::en).front().code, "en");
  std::set<std::string_view> seen;
  std::set<std::string_view> codes;
  for (const items::PremiumLanguage& one : all) {
    EXPECT_TRUE(codes.insert(one.code).second) << one.code;
    for (const std::string_view sentence : one.sentences) {
      EXPECT_TRUE(is_utf8(sentence));
      EXPECT_EQ(trim(sentence), sentence);
      EXPECT_GE(code_points(sentence).size(), 8U) << sentence;
      const bool shared = one.code == "zh" || one.code == "zh-Hant";  // some have no other form
      EXPECT_TRUE(seen.insert(sentence).second || shared) << sentence;
      EXPECT_EQ(count_han(sentence) > 0, shared || one.code == "ja") << sentence;
    }
  }
}

TEST(TokenPremium, IsARatioOfSums) {
  TokenPremium premium;
  for (int i = 0; i < 6; ++i) premium.add(10.0 + i, 5.0 + (i % 2), std::to_string(i));
  const stats::Estimate out = premium.finish(1, "test");
  EXPECT_DOUBLE_EQ(out.value, 75.0 / 33.0);
  EXPECT_LT(out.interval.low, out.value);
  EXPECT_GT(out.interval.high, out.value);
  TokenPremium alike;
  for (int i = 1; i < 8; ++i) alike.add(4.0 * i, 2.0 * i, std::to_string(i));
  EXPECT_DOUBLE_EQ(alike.finish(1, "test").value, 2.0);
  EXPECT_FALSE(TokenPremium().finish(1, "test").known());
}

class PremiumTask : public testing::Test {
 protected:
  Summary played(Lang lang, const std::function<std::size_t(const std::string&)>& tokens) {
    std::vector<Scored> all;
    for (const Sample& s : test::items_of(task_, lang, 252)) {
      Trace trace = test::with_logprobs({-1.0, -1.0});
      for (std::size_t i = 0; i < 2; ++i) trace.scores[i].tokens.resize(tokens(s.choices[i]));
      all.push_back(test::scored(task_, s, trace));
    }
    model::ModelInfo model;
    model.context_length = 10000;
    return task_.summarise(all, {lang, 1, &model, {}, nullptr});
  }
  static double value(const Summary& summary, const std::string& id) {
    const Figure* figure = test::find_figure(summary, id);
    return figure == nullptr ? -1.0 : figure->estimate.value;
  }
  std::unique_ptr<Registry> registry_ = registry_of(register_tokenizer_premium);
  const Task& task_ = *registry_->tasks().front();
};

TEST_F(PremiumTask, ItemsAndExamples) {
  for (const Lang lang : {Lang::en, Lang::zh}) {
    const auto items = test::items_of(task_, lang, task_.info().items.full);
    EXPECT_GE(items.size(), 252U);
    std::set<std::string> ids;
    for (const Sample& s : items) EXPECT_TRUE(ids.insert(s.id).second) << s.id;
  }
  test::expect_examples_hold(task_);
}

/// A tokenizer that knows no script: every byte is a token.
TEST_F(PremiumTask, Bytes) {
  const Summary summary = played(Lang::en, [](const std::string& text) { return text.size(); });
  EXPECT_DOUBLE_EQ(value(summary, "bytes_per_token.hi.en"), 1.0);
  EXPECT_GT(value(summary, "premium.hi.en"), 2.0);
  EXPECT_GT(value(summary, "premium.th.en"), 2.0);
  EXPECT_LT(value(summary, "premium.nl.en"), 1.3);
  EXPECT_NE(summary.figures.front().note.en.find("Dearest"), std::string::npos);
}

/// A tokenizer that is fair to scripts: every character is a token. Chinese takes the fewest.
TEST_F(PremiumTask, Characters) {
  const auto characters = [](const std::string& text) { return code_points(text).size(); };
  const Summary summary = played(Lang::zh, characters);
  EXPECT_GT(value(summary, "premium.en.zh"), 2.0);
  EXPECT_NEAR(value(summary, "premium.zh-Hant.zh"), 1.0, 0.05);
  EXPECT_DOUBLE_EQ(value(summary, "bytes_per_token.reference.zh"), 3.0);
}

}  // namespace
}  // namespace assay::eval
