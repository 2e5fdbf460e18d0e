// Reading answers: numbers, short answers, words, scripts. Adversarial answers in both languages.
#include <gtest/gtest.h>
#include <limits>

#include "eval/scorers/answer_text.h"
#include "eval/scorers/choice.h"
#include "eval/scorers/number.h"

namespace assay::eval {
namespace {

constexpr double kNone = -987654321.0;

struct NumberCase {
  const char* answer;
  const char* question;
  double value;
};

class FinalNumber : public testing::TestWithParam<NumberCase> {};

TEST_P(FinalNumber, IsReadOrLeftOpen) {
  const NumberCase& c = GetParam();
  const NumberAnswer found = final_number(c.answer, c.question);
  EXPECT_EQ(found.value.value_or(kNone), c.value) << c.answer << " | " << found.reason;
  EXPECT_EQ(found.reason.empty(), found.value.has_value());
}

INSTANTIATE_TEST_SUITE_P(
    English, FinalNumber,
    testing::Values(
        NumberCase{"42", "", 42}, NumberCase{"42.", "", 42}, NumberCase{"**42**", "", 42},
        NumberCase{"The answer is 42.", "What is 12 + 30?", 42}, NumberCase{"1,234", "", 1234},
        NumberCase{"$1,234.50", "", 1234.5}, NumberCase{"42.0", "", 42},
        NumberCase{"42 kg", "", 42}, NumberCase{"-7", "", -7},
        NumberCase{"3 - 10 = -7", "What is 3 - 10?", -7}, NumberCase{"12+30=42", "", 42},
        NumberCase{"The answer is 12 + 30 = 42", "", 42},
        NumberCase{"The answer is 42, because 12 + 30 makes it.", "", 42},
        NumberCase{"Answer: 41\nWait. Answer: 42", "", 42},
        NumberCase{"Tom had 5 apples and got 7, so he has 12.", "Tom has 5 apples and gets 7.", 12},
        NumberCase{"1. Add 5 and 7.\n2. You get 12.", "5 apples and 7 apples", 12},
        NumberCase{"Step 1: 5 + 7 = 12\nStep 2: 12 - 3 = 9", "5, 7, 3", 9},
        NumberCase{"<think>It may be 40 or 41</think>42", "", 42},
        NumberCase{"<think>It may be 40 or 41", "", kNone}, NumberCase{"$\\boxed{42}$", "", 42},
        NumberCase{"#### 42", "", 42}, NumberCase{"forty-two", "", 42},
        NumberCase{"The answer is one hundred and five.", "", 105},
        NumberCase{"42. That is the sum.", "", 42}, NumberCase{"2 million", "", 2e6},
        NumberCase{"40 or 42", "", kNone},
        NumberCase{"Between 40 and 45", "What is 12 + 30?", kNone},
        NumberCase{"I do not know", "", kNone}, NumberCase{"", "", kNone},
        NumberCase{"x2 and y3", "", kNone}, NumberCase{"The 3rd one", "", kNone},
        NumberCase{"The answer is 40 or maybe 42", "", 40},
        NumberCase{"12 + 30 is 43. So the total is 43 apples.", "12 and 30", 43},
        NumberCase{"First 5 and 9 then 14 and 6. So in total 20 apples.", "5, 9", 20}));

INSTANTIATE_TEST_SUITE_P(
    Chinese, FinalNumber,
    testing::Values(NumberCase{"答案是42。", "", 42}, NumberCase{"答案：42个", "", 42},
                    NumberCase{"４２", "", 42}, NumberCase{"１，２３４", "", 1234},
                    NumberCase{"12加30等于42", "12加30等于多少？", 42},
                    NumberCase{"四十二", "", 42}, NumberCase{"一百零五个", "", 105},
                    NumberCase{"两千", "", 2000}, NumberCase{"十二", "", 12},
                    NumberCase{"3万", "", 30000}, NumberCase{"负7", "", -7},
                    NumberCase{"答案是四十二。", "", 42},
                    NumberCase{"小明一共有12个苹果。", "小明有5个苹果，又买了7个。", 12},
                    NumberCase{"第1步：5+7=12\n第2步：12-3=9", "5、7、3", 9},
                    NumberCase{"可能是40，也可能是42", "", kNone},
                    NumberCase{"不知道", "", kNone}));

TEST(NumbersIn, MinusIsASignOnlyWhereNothingIsTakenAway) {
  const auto values = [](const char* text) {
    std::vector<double> v;
    for (const auto& n : numbers_in(text)) v.push_back(n.value);
    return v;
  };
  EXPECT_EQ(values("9-5"), (std::vector<double>{9, 5}));
  EXPECT_EQ(values("9 - 5"), (std::vector<double>{9, 5}));
  EXPECT_EQ(values("(-5)"), (std::vector<double>{-5}));
  EXPECT_EQ(values("= −5"), (std::vector<double>{-5}));
  EXPECT_EQ(values("1,2,3"), (std::vector<double>{1, 2, 3}));
  EXPECT_EQ(values("1,234,567"), (std::vector<double>{1234567}));
}

TEST(NumbersInWords, NothingButANumber) {
  EXPECT_EQ(number_in_words("seventeen"), 17.0);
  EXPECT_EQ(number_in_words("two thousand three hundred and four"), 2304.0);
  EXPECT_EQ(number_in_words("三百二十一"), 321.0);
  EXPECT_EQ(number_in_words("一万二千"), 12000.0);
  EXPECT_FALSE(number_in_words("one of them"));
  EXPECT_FALSE(number_in_words("一共"));
  EXPECT_FALSE(number_in_words(""));
}

struct ShortCase {
  const char* answer;
  const char* question;
  const char* expected;  ///< nullptr: not clear
};

class ShortAnswer : public testing::TestWithParam<ShortCase> {};

TEST_P(ShortAnswer, IsReadOrLeftOpen) {
  const ShortCase& c = GetParam();
  const auto found = short_answer(c.answer, c.question);
  ASSERT_EQ(found.has_value(), c.expected != nullptr) << c.answer << " | " << found.value_or("");
  if (found) {
    EXPECT_EQ(*found, c.expected);
  }
}

INSTANTIATE_TEST_SUITE_P(
    BothLanguages, ShortAnswer,
    testing::Values(
        ShortCase{"ralp", "", "ralp"}, ShortCase{"\"ralp\".", "", "ralp"},
        ShortCase{"**ralp**", "", "ralp"}, ShortCase{"The result is ralp.", "", "ralp"},
        ShortCase{"The answer is \"ralp\"", "", "ralp"}, ShortCase{"Result: `ralp`", "", "ralp"},
        ShortCase{"```\nralp\n```", "", "ralp"},
        ShortCase{"Reversing \"plar\" gives \"ralp\".", "Reverse \"plar\"", "ralp"},
        ShortCase{"plar -> ralp", "", "ralp"}, ShortCase{"1. ralp\n2. rlp\nAnswer: rlp", "", "rlp"},
        ShortCase{"Answer:\nrlp", "", "rlp"}, ShortCase{"It is \"ralp\" or \"rapl\".", "", nullptr},
        ShortCase{"First I take the word. Then I turn it.", "", nullptr},
        ShortCase{"ralp\nrapl", "", nullptr}, ShortCase{"", "", nullptr},
        ShortCase{"```", "", nullptr}, ShortCase{"结果是“冬秋夏春”。", "", "冬秋夏春"},
        ShortCase{"答案：冬秋夏春", "", "冬秋夏春"}, ShortCase{"冬秋夏春。", "", "冬秋夏春"},
        ShortCase{"<think>春？</think>冬", "", "冬"}));

TEST(ShortAnswerList, KeepsTheLine) {
  EXPECT_EQ(short_answer("The result is: b, a, c", "", true), "b, a, c");
  EXPECT_EQ(short_answer("[\"b\", \"a\"]", "", true), "b\", \"a");
  EXPECT_EQ(short_answer("b a c", "", true), "b a c");
}

TEST(AnswerText, WholeWordsOnly) {
  EXPECT_TRUE(contains_word("The Cat.", "cat"));
  EXPECT_FALSE(contains_word("category", "cat"));
  EXPECT_FALSE(contains_word("concat", "cat"));
  EXPECT_TRUE(contains_word("我家的猫叫小白", "小白"));
  EXPECT_TRUE(contains_word("他叫Tom。", "tom"));
  EXPECT_FALSE(contains_word("anything", ""));
}

TEST(AnswerText, ScriptAndMalformedBytes) {
  EXPECT_EQ(count_han("中文abc。"), 2U);
  EXPECT_DOUBLE_EQ(han_share("中文ab"), 0.5);
  EXPECT_DOUBLE_EQ(han_share("123 !"), 0.0);
  EXPECT_EQ(code_points("\xff\xe4\xb8").size(), 3U);
  EXPECT_EQ(to_utf8(code_points("aé中𠀀")), "aé中𠀀");
}

TEST(AnswerText, CutOffOrEmptyIsNoAnswer) {
  Trace trace;
  EXPECT_TRUE(without_answer(trace));
  trace.generations.push_back({"42", model::FinishReason::length, 0, 0, {}, {}, {}});
  EXPECT_TRUE(without_answer(trace));
  trace.generations.back().finish = model::FinishReason::stop;
  EXPECT_FALSE(without_answer(trace));
  trace.generations.back().text = " \n";
  EXPECT_TRUE(without_answer(trace));
}

TEST(ChoiceScore, TiesAndMissingScoresAreUnassessed) {
  Sample sample;
  sample.choices = {" a", " b"};
  sample.target_index = 1;
  Trace trace;
  EXPECT_EQ(score_choice(sample, trace).verdict, Verdict::unassessed);
  trace.scores.resize(2);
  EXPECT_EQ(score_choice(sample, trace).verdict, Verdict::unassessed);
  trace.scores[1].total = 1.0;
  EXPECT_EQ(score_choice(sample, trace).verdict, Verdict::success);
  trace.scores[0].total = 2.0;
  EXPECT_EQ(score_choice(sample, trace).verdict, Verdict::failure);
  trace.scores[0].total = -std::numeric_limits<double>::infinity();
  EXPECT_EQ(score_choice(sample, trace).verdict, Verdict::unassessed);
}

}  // namespace
}  // namespace assay::eval
