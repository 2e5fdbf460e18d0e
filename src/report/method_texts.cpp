// One entry for each method name that src/stats puts into an Estimate.
#include <map>

#include "report/methods.h"

namespace assay::report {
namespace {

using Table = std::map<std::string_view, MethodText>;

Table rates() {
  return {
      {"clopper-pearson",
       {{"Exact interval (Clopper–Pearson)", "精确区间（Clopper–Pearson）"},
        {"For a rate from independent items. It never covers less than it says, so safety bounds "
         "use it.",
         "用于独立题目的比例。其覆盖率绝不低于所称水平，因此安全方面的界限都用它。"}}},
      {"wilson",
       {{"Score interval (Wilson)", "得分区间（Wilson）"},
        {"For a rate from independent items with at least 15 successes and 15 failures, where it "
         "covers at "
         "least 93%.",
         "用于独立题目的比例，成功与失败均不少于 15 次，此时覆盖率至少 93%。"}}},
      {"korn-graubard",
       {{"Exact interval at the effective size (Korn–Graubard)",
         "按有效样本量的精确区间（Korn–Graubard）"},
        {"For a rate from items with several answers each: the exact interval for the number of "
         "independent "
         "answers that carry as much information.",
         "用于每题有多次回答的比例：先折算成信息量相当的独立回答数，再求精确区间。"}}},
      {"clopper-pearson-clusters",
       {{"Exact interval on items", "以题目为单位的精确区间"},
        {"Each item counts once, however many answers it has. Wide, but safe where nothing or "
         "little varied.",
         "每个题目无论有多少次回答都只计一次。区间较宽，但在结果几乎没有变化时仍然可靠。"}}},
      {"newcombe",
       {{"Difference of two rates (Newcombe)", "两个比例之差（Newcombe）"},
        {"Joins the score intervals of two independent rates.", "由两个独立比例的得分区间合成。"}}},
      {"mover-exact",
       {{"Difference of two rates from exact limits", "由精确界限得出的两个比例之差"},
        {"Joins the exact intervals of two independent rates (MOVER).",
         "由两个独立比例的精确区间合成（MOVER 方法）。"}}},
      {"mover-clustered",
       {{"Paired difference, gains and losses bounded apart", "配对差异，得失分别求界"},
        {"For differences on the same items where few of them differ.",
         "用于同一批题目上的差异，且只有少数题目不同。"}}},
      {"tango",
       {{"Paired difference of rates (Tango)", "配对比例之差（Tango）"},
        {"Score interval for the difference of two rates on the same items.",
         "同一批题目上两个比例之差的得分区间。"}}},
      {"worst-of-contexts",
       {{"The worst of several contexts", "多种情境中的最差者"},
        {"The intervals of all contexts hold at once (Bonferroni), so that of whichever turned out "
         "lowest holds, too.",
         "所有情境的区间同时成立（Bonferroni 校正），因此无论哪一种最低，其区间都成立。"}}},
  };
}

Table means() {
  return {
      {"cr2-t",
       {{"Cluster-robust interval (CR2)", "聚类稳健区间（CR2）"},
        {"For means of items with several answers each: variance between items, corrected for few "
         "items, with "
         "Student's t.",
         "用于每题有多次回答的均值：以题目间的方差为准，对题目较少的情形作修正，采用 t 分布。"}}},
      {"cluster-bca",
       {{"Bootstrap over items (BCa)", "以题目为单位的自助法（BCa）"},
        {"Items are drawn again and again with replacement; bias and skewness are corrected.",
         "对题目反复有放回抽样，并修正偏差与偏度。"}}},
      {"cluster-bootstrap-t",
       {{"Studentised bootstrap over items", "学生化自助法（以题目为单位）"},
        {"For skewed values without known limits; the tails may be heavier than the items show.",
         "用于没有已知上下限的偏斜数值；真实尾部可能比样本所显示的更重。"}}},
      {"betting-sequence",
       {{"Confidence sequence", "置信序列"},
        {"Holds at every moment of the run, also when it was stopped early (hedged betting).",
         "在运行的任何时刻都成立，提前停止也成立（对冲下注法）。"}}},
      {"variance-components",
       {{"Variance by source", "方差来源分解"},
        {"How much of the spread of the scores comes from the item, its wording, and chance; "
         "intervals by "
         "bootstrap over items.",
         "得分的波动有多少来自题目、措辞和随机性；区间由以题目为单位的自助法得出。"}}},
      {"spearman-bonett-wright",
       {{"Rank correlation (Spearman)", "等级相关（Spearman）"},
        {"Interval after Bonett and Wright.", "区间按 Bonett 与 Wright 的方法计算。"}}},
      {"ece-basic-bootstrap",
       {{"Calibration error", "校准误差"},
        {"How far stated confidence is from the rate of right answers; interval by bootstrap.",
         "所表示的把握与实际正确率相差多远；区间由自助法得出。"}}},
      {"direct",
       {{"Read or counted", "直接读取或计数"},
        {"A total that was read from a counter or counted, without sampling.",
         "由计数器读取或直接计数得到的总量，不涉及抽样。"}}},
  };
}

Table judges() {
  const Text corrected{
      "The judge's own error, measured on labelled answers, is taken out of the rate and "
      "carried into the interval (Rogan–Gladen).",
      "评判器自身的误差在有标注的回答上测得，从比例中扣除，并计入区间（Rogan–Gladen）。"};
  const Text predicted{"A judge's verdicts on many answers, corrected by labels on some of them.",
                       "用部分回答的标注来修正评判器对大量回答的判定。"};
  const Text agreement{"Agreement of raters beyond chance.", "评分者之间超出偶然的一致程度。"};
  const Text unseen{"Bounds the share of kinds of behaviour that were not met even once.",
                    "给出一次也未遇到的行为种类所占比例的界限。"};
  Table out;
  for (const char* name :
       {"rogan-gladen-delta", "rogan-gladen-bootstrap", "rogan-gladen-lang-reiczigel"}) {
    out[name] = {{"Rate corrected for the judge's error", "按评判器误差修正的比例"}, corrected};
  }
  for (const char* name : {"prediction-powered", "prediction-powered-bonferroni"}) {
    out[name] = {{"Prediction-powered rate", "预测增强推断的比例"}, predicted};
  }
  for (const char* name : {"krippendorff-bca", "krippendorff-exact", "gwet-ac1", "gwet-ac1-exact",
                           "cohen-kappa", "cohen-kappa-exact"}) {
    out[name] = {{"Agreement of raters", "评分者一致性"}, agreement};
  }
  for (const char* name :
       {"good-turing+mcallester-schapire", "good-turing+mcallester-ortiz", "chao1"}) {
    out[name] = {{"Unseen kinds", "未见种类"}, unseen};
  }
  return out;
}

Table effort() {
  const Text curve{
      "Share broken by some cost; attacks that ended without success before that cost count for as "
      "long as they "
      "were followed (Kaplan–Meier).",
      "某代价之内被攻破的比例；在此之前未成功而结束的攻击，按其实际进行的长度计入（Kaplan–Meier）"
      "。"};
  const Text quantile{
      "The cost by which that share is broken, with all costs that the curve's own limits allow.",
      "达到该比例所需的代价，区间包含曲线自身界限所允许的全部代价。"};
  const Text mean{"Mean cost of an adversary who gives up at the limit: the area under the curve.",
                  "攻击者到限额即放弃时的平均代价，即曲线下的面积。"};
  const Text forecast{
      "Carried on beyond what was tried, by a law fitted to what was tried; a prediction interval.",
      "按已试部分拟合的规律外推到未试的范围；给出预测区间。"};
  const Text area{"Chance that a case of one kind scores above one of the other.",
                  "一类样本的得分高于另一类的概率。"};
  Table out;
  for (const char* name :
       {"kaplan-meier, beta product", "kaplan-meier, log-log", "kaplan-meier, plain"}) {
    out[name] = {{"Effort curve (Kaplan–Meier)", "代价曲线（Kaplan–Meier）"}, curve};
  }
  for (const char* name : {"brookmeyer-crowley, beta product", "brookmeyer-crowley, log-log",
                           "brookmeyer-crowley, plain"}) {
    out[name] = {
        {"Cost to break a share (Brookmeyer–Crowley)", "攻破一定比例的代价（Brookmeyer–Crowley）"},
        quantile};
  }
  for (const char* name : {"restricted mean", "restricted mean, clopper-pearson-clusters"}) {
    out[name] = {{"Mean cost up to a limit", "限额内的平均代价"}, mean};
  }
  for (const char* name : {"power law, prediction", "gumbel tail, prediction"}) {
    out[name] = {{"Forecast", "外推预测"}, forecast};
  }
  for (const char* name : {"delong-logit", "obuchowski-logit", "clopper-pearson-rarer-label"}) {
    out[name] = {{"Area under the ROC curve", "ROC曲线下面积"}, area};
  }
  return out;
}

}  // namespace

const MethodText* method_text(std::string_view method) {
  static const Table table = [] {
    Table all = rates();
    all.merge(means());
    all.merge(judges());
    all.merge(effort());
    return all;
  }();
  const auto place = table.find(method);
  return place == table.end() ? nullptr : &place->second;
}

}  // namespace assay::report
