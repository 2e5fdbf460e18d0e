// Rules on the form of an answer.
#include "eval/scorers/format.h"

#include <gtest/gtest.h>

namespace assay::eval {
namespace {

TEST(Format, CountsWords) {
  EXPECT_EQ(count_words(""), 0U);
  EXPECT_EQ(count_words("Blue waves, endless water."), 4U);
  EXPECT_EQ(count_words("Don't re-open it - please!"), 4U);
  EXPECT_EQ(count_words("- one\n- two"), 2U);
}

TEST(Format, CountsSentences) {
  EXPECT_EQ(count_sentences(""), 0U);
  EXPECT_EQ(count_sentences("One."), 1U);
  EXPECT_EQ(count_sentences("One. Two! Three?"), 3U);
  EXPECT_EQ(count_sentences("It costs 3.5 coins, e.g. today. Really?!"), 2U);
  EXPECT_EQ(count_sentences("He said \"Go.\" Then he left"), 2U);
  EXPECT_EQ(count_sentences("第一句。第二句！第三句？"), 3U);
  EXPECT_EQ(count_sentences("第一句。“第二句。”"), 2U);
  EXPECT_EQ(count_sentences("没有句号"), 1U);
}

TEST(Format, Lists) {
  EXPECT_EQ(bullets_only("- a\n- b"), 2U);
  EXPECT_EQ(bullets_only("* a\n\n* b\n"), 2U);
  EXPECT_FALSE(bullets_only("Here:\n- a"));
  EXPECT_FALSE(bullets_only("-a"));
  EXPECT_EQ(numbered_only("1. a\n2. b\n3. c"), 3U);
  EXPECT_EQ(numbered_only("1、甲\n2、乙"), 2U);
  EXPECT_FALSE(numbered_only("1. a\n3. b"));
  EXPECT_FALSE(numbered_only("1.\n2."));
}

TEST(Format, Json) {
  EXPECT_TRUE(json_object("{\"a\": 1}"));
  EXPECT_TRUE(json_object("```json\n{\"a\": 1}\n```"));
  EXPECT_FALSE(json_object("[1]"));
  EXPECT_FALSE(json_object("Here: {\"a\": 1}"));
  EXPECT_FALSE(json_object("{\"a\": 1"));
}

struct Rule {
  const char* answer;
  Json check;
  bool kept;
};

TEST(Format, Rules) {
  const std::vector<Rule> rules = {
      {"one two three", {{"kind", "words"}, {"n", 3}}, true},
      {"one two", {{"kind", "words"}, {"n", 3}}, false},
      {"大海，很蓝。", {{"kind", "han"}, {"n", 4}}, true},
      {"a, b, c", {{"kind", "commas"}, {"n", 3}}, true},
      {"甲、乙，丙", {{"kind", "commas"}, {"n", 3}}, true},
      {"a, b,\nc", {{"kind", "commas"}, {"n", 3}}, false},
      {"{\"b\":1,\"a\":2}", {{"kind", "json"}, {"keys", {"a", "b"}}}, true},
      {"{\"a\":2}", {{"kind", "json"}, {"keys", {"a", "b"}}}, false},
      {"{\"a\":2,\"b\":1,\"c\":1}", {{"kind", "json"}, {"keys", {"a", "b"}}}, false},
      {"the waves come", {{"kind", "lower"}, {"word", "waves"}}, true},
      {"The waves come", {{"kind", "lower"}, {"word", "waves"}}, false},
      {"the sea comes", {{"kind", "lower"}, {"word", "waves"}}, false},
      {"THE WAVES!", {{"kind", "upper"}, {"word", "waves"}}, true},
      {"海浪很高", {{"kind", "no_punctuation"}, {"word", "海浪"}}, true},
      {"海浪很高。", {{"kind", "no_punctuation"}, {"word", "海浪"}}, false},
      {"Blue waves", {{"kind", "include"}, {"words", {"waves", "blue"}}}, true},
      {"Waves", {{"kind", "include"}, {"words", {"waves", "blue"}}}, false},
      {"Waves", {{"kind", "include_avoid"}, {"word", "waves"}, {"avoid", "blue"}}, true},
      {"Blue waves", {{"kind", "include_avoid"}, {"word", "waves"}, {"avoid", "blue"}}, false},
      {"Well then, go.", {{"kind", "starts"}, {"text", "Well then,"}}, true},
      {"\"Well then, go.", {{"kind", "starts"}, {"text", "Well then,"}}, false},
      {"Go. That is all.", {{"kind", "ends"}, {"text", "That is all."}}, true},
      {"Go. That is all", {{"kind", "ends"}, {"text", "That is all."}}, false},
      {"[go]", {{"kind", "wrapped"}, {"open", "["}, {"close", "]"}}, true},
      {"[]", {{"kind", "wrapped"}, {"open", "["}, {"close", "]"}}, false},
      {"[go] now", {{"kind", "wrapped"}, {"open", "["}, {"close", "]"}}, false},
      {"Calm.", {{"kind", "label"}, {"labels", {"calm", "lively"}}}, true},
      {"It is calm.", {{"kind", "label"}, {"labels", {"calm", "lively"}}}, false},
      {"I came.", {{"kind", "repeat"}, {"text", "I came."}}, true},
      {"You came.", {{"kind", "repeat"}, {"text", "I came."}}, false},
  };
  for (const Rule& rule : rules) {
    const std::string broken = broken_rule(rule.answer, rule.check);
    EXPECT_EQ(broken.empty(), rule.kept) << rule.answer << " | " << broken;
  }
}

}  // namespace
}  // namespace assay::eval
