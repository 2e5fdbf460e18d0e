// arithmetic: exact calculation and small word problems, generated; the answer is a whole number.
// Groups by difficulty: "easy", "medium", "hard" are bare calculations, "word" has one step in
// words, "words" two or three. The number asked for never stands in the question.
#include <array>

#include "eval/grouped_summary.h"
#include "eval/items/arithmetic_items.h"
#include "eval/items/draw.h"
#include "eval/registry.h"
#include "eval/scorers/answer_text.h"
#include "eval/scorers/number.h"

namespace assay::eval {
namespace {

constexpr std::array<std::string_view, 5> kGroups = {"easy", "medium", "hard", "word", "words"};

const std::array<GroupLabel, 5>& labels() {
  static const std::array<GroupLabel, 5> kLabels = {{
      {"easy", {"Sums up to 20 and the times tables", "20 以内加减与乘法口诀"}},
      {"medium", {"Two- and three-digit calculations", "两位数与三位数计算"}},
      {"hard", {"Large numbers and several operations", "大数与多步运算"}},
      {"word", {"Word problems of one step", "一步应用题"}},
      {"words", {"Word problems of two or three steps", "两三步应用题"}},
  }};
  return kLabels;
}

class Arithmetic : public Task {
 public:
  Arithmetic() {
    info_.name = "arithmetic";
    info_.title = {"Arithmetic", "算术"};
    info_.description = {
        "Generated calculations (sum, difference, product, exact division, several operations with "
        "brackets) and word problems of one to three steps; the answer is a whole number that does "
        "not stand in the question. The final number of the reply is compared with it: after \"The "
        "answer is\", the only number, the result of the last equation, or the only new one. A "
        "reply "
        "with several numbers and no clear final one is unassessed.",
        "自动生成的计算题（加、减、乘、整除、带括号的多步运算）和一至三步的应用题，"
        "答案是题目中没有出现的整数。取回答中的最终数字进行比较："
        "“答案是”之后的数字、唯一的数字、最后一个等式的结果，或唯一的新数字。"
        "回答中有多个数字而无法确定最终答案时，不作评判。"};
    info_.limits = {
        "Short items with whole numbers; says nothing about mathematics beyond that. Replies may "
        "be "
        "up to 96 tokens, so long reasoning is cut off and then unassessed.",
        "只含整数的短题，不代表更高的数学能力。回答最多 96 个词元，过长的推理会被截断，不作评判。"};
    info_.topics = {"capability.reasoning"};
    info_.items = {40, 100, 300};
    info_.needs.generate = true;
    info_.needs.language = true;
  }
  [[nodiscard]] const TaskInfo& info() const override { return info_; }
  [[nodiscard]] Result<std::vector<Sample>> samples(const TaskContext& context) const override {
    return draw_items(context, "arithmetic", kGroups, [&](Rng& rng, std::string_view group) {
      return arithmetic_item(context.lang, group, rng);
    });
  }
  [[nodiscard]] const Solver& solver() const override { return solver_; }

  [[nodiscard]] Score score(const Sample& sample, const Trace& trace) const override {
    if (const auto unusable = without_answer(trace)) return *unusable;
    const std::string& question = sample.messages.back().content;
    const NumberAnswer found = final_number(trace.answer(), question);
    if (!found.value) return Score::unassessed(found.reason);
    const double target = sample.metadata.value("target", 0.0);
    const std::string answer = plain_number(*found.value);
    if (*found.value == target) return Score::pass(answer);
    return Score::miss(answer, "expected " + plain_number(target));
  }

  [[nodiscard]] Summary summarise(const std::vector<Scored>& scored,
                                  const SummaryContext& context) const override {
    return grouped_summary(scored, context, {"Right results", "计算正确"}, labels(), 0.0);
  }

  [[nodiscard]] std::vector<Example> examples() const override {
    Sample sum;
    sum.id = sum.cluster = "example-en";
    sum.group = "medium";
    sum.messages = {{"user", "What is 128 + 345? Reply with the number only."}};
    sum.targets = {"473"};
    sum.metadata = Json{{"target", 473}};
    Sample apples = sum;
    apples.id = apples.cluster = "example-zh";
    apples.lang = Lang::zh;
    apples.group = "word";
    apples.messages = {{"user", "小明有1250个苹果，卖掉了50个，还剩多少个？"}};
    apples.targets = {"1200"};
    apples.metadata = Json{{"target", 1200}};
    using model::FinishReason;
    return {
        {sum, {"The answer is 473."}, {}, FinishReason::stop, Verdict::success},
        {sum, {"128 + 345 = 463"}, {}, FinishReason::stop, Verdict::failure},
        {sum, {"It is 463 or 473."}, {}, FinishReason::stop, Verdict::unassessed},
        {sum, {"First add the ones: 8 + 5 = 13"}, {}, FinishReason::length, Verdict::unassessed},
        {apples, {"还剩1,200个。"}, {}, FinishReason::stop, Verdict::success},
        {apples, {"答案是一千一百个。"}, {}, FinishReason::stop, Verdict::failure},
        {apples, {"不知道。"}, {}, FinishReason::stop, Verdict::unassessed},
    };
  }

 private:
  TaskInfo info_;
  GenerateSolver solver_;
};

}  // namespace

void register_arithmetic(Registry& registry) { registry.add(std::make_unique<Arithmetic>()); }

}  // namespace assay::eval
