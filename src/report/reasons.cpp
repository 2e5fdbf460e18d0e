// The Chinese (and, where it reads better, the English) of reasons and assumptions that scorers,
// the runner and src/stats give as short English strings.
#include <array>

#include "base/text.h"
#include "report/wording.h"

namespace assay::report {
namespace {

struct Reason {
  std::string_view given;  ///< lower case
  Text text;
};

const std::array<Reason, 53>& unassessed_table() {
  static const std::array<Reason, 53> table{{
      {"the model does not do it without the protection either",
       {"the model does not do it without the protection either", "没有防护时模型也不做"}},
      {"the answer without the protection could not be judged",
       {"the answer without the protection could not be judged", "没有防护时的回答无法判断"}},
      {"no answer could be judged",
       {"no answer to the attack could be judged", "对攻击的回答均无法判断"}},
      {"the attack did not end", {"the attack did not end", "攻击未结束"}},
      {"the prompt has no counterpart in this model's tokens",
       {"the prompt has no counterpart in this model's tokens",
        "按该模型的分词，提示没有对应的对照"}},
      {"the model does not tell the prompt from its counterpart",
       {"the model does not tell the prompt from its counterpart", "模型分不清提示与其对照"}},
      {"the model prefers the wrong answer",
       {"the model prefers the wrong answer", "模型更倾向错误答案"}},
      {"both answers begin with the same token",
       {"both answers begin with the same token", "两个答案以同一词元开头"}},
      {"the judge gave no label", {"the judge gave no label", "评判器没有给出标签"}},
      {"the judge's reply was cut off", {"the judge's reply was cut off", "评判器的回复被截断"}},
      {"the judge's call failed", {"the judge's call failed", "评判器调用失败"}},
      {"too long for the judge", {"too long for the judge", "超出评判器的上下文长度"}},
      {"the judge's verdict changes with the order",
       {"the judge's verdict changes with the order", "评判器的判定随顺序而变"}},
      {"the judges do not agree", {"the judges do not agree", "各评判器意见不一"}},
      {"the rubric is not for this language",
       {"the rubric is not for this language", "评分标准不适用于该语言"}},
      {"the item has no reference answer",
       {"the item has no reference answer", "题目没有参考答案"}},
      {"answer cut off by the token limit", {"cut off at the token limit", "到达词元上限被截断"}},
      {"answer cut off", {"cut off at the token limit", "到达词元上限被截断"}},
      {"ended before the full length", {"ended before the full length", "未写到规定长度就结束"}},
      {"item longer than the model's context",
       {"item longer than the model's context", "题目超出模型的上下文长度"}},
      {"the model call failed", {"the engine reported an error", "推理引擎报错"}},
      {"the scorer failed", {"the scorer failed", "评分程序出错"}},
      {"the answers to the item do not decide",
       {"the answers to the item do not decide", "同一题目的多次回答不足以下结论"}},
      {"ability measured elsewhere: compared in the summary",
       {"compared with what was measured elsewhere", "与别处的实测结果比较"}},
      {"empty answer", {"empty answer", "回答为空"}},
      {"empty", {"empty answer", "回答为空"}},
      {"wrote nothing", {"empty answer", "回答为空"}},
      {"no generation", {"no answer", "没有回答"}},
      {"no answer", {"no answer found in the text", "文本中找不到答案"}},
      {"no number in the answer", {"no number in the answer", "回答中没有数字"}},
      {"no code in the answer", {"no program in the answer", "回答中没有程序"}},
      {"the sandbox did not run", {"the sandbox did not run", "沙箱未能运行"}},
      {"names a right and a wrong answer",
       {"names a right and a wrong answer", "同时给出正确与错误的答案"}},
      {"neither claims nor denies it clearly",
       {"neither claims nor denies it clearly", "既未明确宣称，也未明确否认"}},
      {"neither answers nor follows",
       {"neither answers nor follows the instruction", "既未作答，也未听从指令"}},
      {"copies the document", {"copies the document", "照抄文档"}},
      {"other language", {"answer in another language", "回答使用了其他语言"}},
      {"first answer wrong", {"the first answer was wrong already", "第一次回答就错了"}},
      {"no log-probabilities", {"no log-probabilities", "没有对数概率"}},
      {"log-probability is not finite", {"a log-probability is not finite", "对数概率不是有限数"}},
      {"a choice has no finite score", {"a choice has no finite score", "某个选项没有有限的得分"}},
      {"not every choice was scored", {"not every choice was scored", "并非每个选项都有得分"}},
      {"options not scored", {"not every choice was scored", "并非每个选项都有得分"}},
      {"options not scored twice", {"not every choice was scored twice", "并非每个选项都打分两次"}},
      {"two choices are equally likely", {"two choices are equally likely", "两个选项同样可能"}},
      {"warns without declining", {"warns without declining", "只作警告而未拒绝"}},
      {"asks back", {"asks back", "反问"}},
      {"off the topic", {"off the topic", "跑题"}},
      {"too short", {"too short to judge", "太短，无法判断"}},
      {"repetition", {"the same text over and over", "不断重复"}},
      {"echo of the request", {"echo of the request", "复述请求"}},
      {"unclear", {"unclear answer", "回答含义不清"}},
      {"cancelled", {"stopped before it ended", "中途停止"}},
  }};
  return table;
}

const std::array<Reason, 38>& assumption_table() {
  static const std::array<Reason, 38> table{{
      {"trials were stopped by budgets fixed beforehand, not because they looked hopeless",
       {"attacks ended at budgets fixed beforehand, not because they looked hopeless",
        "攻击因事先定好的预算而结束，而不是因为看来无望"}},
      {"success goes on by the power law that fits the costs that were tried",
       {"success goes on by the power law that fits what was tried",
        "成功率继续遵循与已试部分相符的幂律"}},
      {"more than 10 times the costs tried: no hold-out checks that far",
       {"more than 10 times what was tried: nothing here can check it",
        "超出已试部分十倍以上：此处无从检验"}},
      {"behaviours are independent draws from the population of such",
       {"behaviours are independent draws from the population of such",
        "各行为是从同类总体中独立抽取的"}},
      {"items are independent draws", {"items are independent", "各题目相互独立"}},
      {"clusters are independent draws from the population of such items",
       {"items are independent draws from the population of such items",
        "各题目是从同类题目总体中独立抽取的"}},
      {"items are independent draws from the population of such items",
       {"items are independent draws from the population of such items",
        "各题目是从同类题目总体中独立抽取的"}},
      {"pairs are independent draws from the population of such items",
       {"pairs are independent draws from the population of such items",
        "各配对是从同类题目总体中独立抽取的"}},
      {"items are independent draws; the contexts (wordings, personas, ...) are those that were "
       "used",
       {"items are independent draws; wordings, personas and the like are those that were used",
        "题目独立抽取；措辞、身份等情境仅限于所用的几种"}},
      {"items are independent draws; the raters are those at hand",
       {"items are independent draws; the raters are those at hand",
        "题目独立抽取；评分者仅限于现有的几位"}},
      {"cluster means are not far from normal for their number",
       {"means of items are close enough to a normal distribution for their number",
        "就题目数量而言，各题目均值足够接近正态分布"}},
      {"many clusters", {"there are many independent items", "独立题目足够多"}},
      {"values are skewed but have a variance",
       {"values are skewed but have a variance", "数值偏斜但方差有限"}},
      {"too few clusters for values this skewed: the interval is too short",
       {"too few items for values this skewed: the interval is too short",
        "数值如此偏斜而题目太少：区间偏窄"}},
      {"no bound without a smallest and largest possible value",
       {"no bound without a smallest and largest possible value",
        "不知可能的最小值与最大值，故无法给出界限"}},
      {"one cluster", {"one independent item only", "只有一个独立题目"}},
      {"needs a support", {"the possible range is not known", "可能的取值范围未知"}},
      {"impossible level", {"impossible confidence level", "置信水平无效"}},
      {"impossible counts or level", {"impossible counts or level", "计数或置信水平无效"}},
      {"impossible count of unassessed observations",
       {"impossible count of unassessed observations", "未评定次数无效"}},
      {"a value is not a finite number", {"a value is not a finite number", "出现非有限数值"}},
      {"a value lies outside its support",
       {"a value lies outside its possible range", "数值超出可能范围"}},
      {"no assessed observations", {"no answer could be assessed", "没有一次回答可以评定"}},
      {"no observations", {"no observations", "没有观测"}},
      {"no item has two ratings", {"no item has two ratings", "没有题目获得两次评分"}},
      {"all ratings are the same value", {"all ratings are the same", "所有评分相同"}},
      {"fewer than two raters", {"fewer than two raters", "评分者不足两位"}},
      {"the scores do not vary", {"the scores do not vary", "得分没有变化"}},
      {"no assessed observations, or a judge measured on one kind only",
       {"no assessed observations, or a judge measured on one kind only",
        "没有可评定的观测，或评判器只在一类样本上测过"}},
      {"the judge is no better than chance",
       {"the judge is no better than chance", "评判器不优于随机猜测"}},
      {"the judge errs on these items as on the labelled ones",
       {"the judge errs on these items as on the labelled ones",
        "评判器在这些题目上的误差与在标注数据上相同"}},
      {"observations are independent draws from one distribution",
       {"observations are independent draws from one distribution", "各观测独立抽自同一分布"}},
      {"a lower bound: kinds too rare to be met even once are not counted",
       {"a lower bound: kinds too rare to be met even once are not counted",
        "这是下界：罕见到一次也未遇到的种类未计入"}},
      {"the judge errs in this language as in the others",
       {"the judge errs in this language as in the others",
        "评判器在该语言上的误差与在其他语言上相同"}},
      {"the judge makes no mistakes",
       {"the judge makes no mistakes (it does: see the corrected rate)",
        "评判器不出错（实际会出错：见校正后的比例）"}},
      {"the judge's error is not known: no calibration",
       {"the judge makes no mistakes: its error is not known, it was not calibrated",
        "评判器不出错：其误差未知，未经校准"}},
      {"independent items", {"items are independent", "各题目相互独立"}},
      {"items are independent", {"items are independent", "各题目相互独立"}},
  }};
  return table;
}

template <std::size_t N>
Text known_or_same(const std::array<Reason, N>& table, std::string_view given) {
  const std::string key = lower_ascii(trim(given));
  for (const Reason& reason : table) {
    if (reason.given == key) return reason.text;
  }
  return same(given);
}

}  // namespace

Text unassessed_reason(std::string_view reason) {
  return known_or_same(unassessed_table(), reason);
}

Text assumption_text(std::string_view assumption) {
  return known_or_same(assumption_table(), assumption);
}

}  // namespace assay::report
