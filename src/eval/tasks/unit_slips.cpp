// unit_slips: does the model keep units apart where people slip?
//
// A quantity and four ways to say it in another unit, of which three are usual slips (a wrong power
// of ten, a decimal hour taken for minutes, multiplied where one divides, the unit of another
// dimension); the likeliest end of the sentence is the answer. Group = kind of question.
#include <array>
#include <string>

#include "eval/grouped_summary.h"
#include "eval/items/draw.h"
#include "eval/items/unit_items.h"
#include "eval/registry.h"
#include "eval/scorers/choice.h"
#include "eval/scorers/rate_figure.h"

namespace assay::eval {
namespace {

constexpr double kChance = 0.25;
constexpr std::array<std::string_view, 7> kGroups = {"metric",   "area", "time",     "speed",
                                                     "everyday", "rate", "dimension"};

const std::array<GroupLabel, 7>& labels() {
  static const std::array<GroupLabel, 7> all = {{
      {"metric", {"Metric units of length, mass and volume", "长度、质量、容积的公制单位"}},
      {"area", {"Square and cubic units", "面积与体积单位"}},
      {"time", {"Units of time", "时间单位"}},
      {"speed", {"Units of speed", "速度单位"}},
      {"everyday", {"Customary units (feet, pounds, pints)", "市制单位（斤、两、里、亩）"}},
      {"rate", {"A quantity from two others", "由两个量求第三个量"}},
      {"dimension", {"Which unit belongs to which quantity", "单位与物理量的对应"}},
  }};
  return all;
}

TaskInfo make_info() {
  TaskInfo info;
  info.name = "unit_slips";
  info.title = {"Slips of units and dimensions", "单位与量纲的失误"};
  info.description = {
      "Beginnings of sentences that say a quantity in another unit, work one out from two others, "
      "or ask which unit belongs to a quantity, each with four ends. The wrong ones are slips that "
      "people make: a wrong power of ten, a decimal hour taken for minutes, multiplied where one "
      "divides, the unit of another dimension. The end with the highest log-probability is the "
      "answer. Guessing gives 25%. Among the wrong answers the share of each slip is shown.",
      "句子开头用另一单位表示某个量、由两个量推算第三个量，或询问某个量用什么单位，各配四个结尾。错"
      "误"
      "的结尾都是人们常犯的失误：数量级弄错、把小数小时当成分钟、该除却乘、用了别的量纲的单位。"
      "以对数概率最高的结尾为答案，随机猜测为 25%。另给出错误答案中各类失误的比例。"};
  info.limits = {
      "Single steps with tidy numbers; says nothing about long calculations or about noticing a "
      "unit "
      "error in a text. Shorter numbers are likelier for any model; the wrong ends are both longer "
      "and shorter than the right one.",
      "只有一步换算，数字也较整齐；不代表长计算或在文中发现单位错误的能力。较短的数字对任何模型都更"
      "占便宜；错误结尾有长有短。"};
  info.topics = {"malfunction.reliability", "capability.reasoning"};
  info.items = {49, 112, 210};
  info.needs.logprobs = true;
  info.needs.language = true;
  info.chance = kChance;
  return info;
}

Sample sample_of(Lang lang, const UnitItem& item, std::size_t place) {
  Sample sample;
  sample.lang = lang;
  sample.context = item.beginning;
  std::vector<std::string> ends = item.wrong;
  std::vector<std::string> slips = item.slips;
  ends.insert(ends.begin() + static_cast<std::ptrdiff_t>(place), item.right);
  slips.insert(slips.begin() + static_cast<std::ptrdiff_t>(place), "");
  for (const std::string& end : ends) {
    // The full stop belongs to it: else "2.5" would be the beginning of "2.55".
    sample.choices.push_back(lang == Lang::en ? " " + end + "." : end + "。");
  }
  sample.target_index = static_cast<int>(place);
  sample.metadata = {{"slips", slips}};
  return sample;
}

class UnitSlips : public Task {
 public:
  [[nodiscard]] const TaskInfo& info() const override { return info_; }
  [[nodiscard]] const Solver& solver() const override { return solver_; }
  [[nodiscard]] Result<std::vector<Sample>> samples(const TaskContext& context) const override {
    return draw_items(context, "unit_slips", kGroups, [&](Rng& rng, std::string_view group) {
      const UnitItem item = unit_item(context.lang, group, rng);
      // By the text: the same question with its ends in another order is the same item.
      Rng order = Rng::named(context.seed, "unit_slips/" + item.beginning + item.right);
      return sample_of(context.lang, item, order.index(item.wrong.size() + 1));
    });
  }
  [[nodiscard]] Score score(const Sample& sample, const Trace& trace) const override {
    Score score = score_choice(sample, trace);
    if (score.verdict != Verdict::failure) return score;
    for (std::size_t i = 0; i < sample.choices.size(); ++i) {
      if (sample.choices[i] == score.answer) score.metadata["slip"] = sample.metadata["slips"][i];
    }
    return score;
  }
  [[nodiscard]] Summary summarise(const std::vector<Scored>& scored,
                                  const SummaryContext& context) const override;
  [[nodiscard]] std::vector<Example> examples() const override;

 private:
  TaskInfo info_ = make_info();
  ChoiceSolver solver_;
};

Summary UnitSlips::summarise(const std::vector<Scored>& scored,
                             const SummaryContext& context) const {
  Summary summary =
      grouped_summary(scored, context, {"Right end chosen", "选对结尾"}, labels(), kChance);
  const std::string lang = to_string(context.lang);
  summary.figures.insert(
      summary.figures.begin() + 1,
      chance_corrected(summary.figures.front(), kChance, "corrected." + lang,
                       {"Right, corrected for guessing", "扣除猜测后的正确比例"}));
  struct Slip {
    const char* id;
    Text label;
  };
  static const std::array<Slip, 4> kSlips = {{
      {"ten", {"Wrong answers that are off by a power of ten", "错误答案中数量级弄错的比例"}},
      {"time",
       {"Wrong answers that take decimal hours for minutes", "错误答案中把小数小时当分钟的比例"}},
      {"way", {"Wrong answers that go the other way round", "错误答案中乘除颠倒的比例"}},
      {"dimension", {"Wrong answers with a unit of another dimension", "错误答案中量纲弄错的比例"}},
  }};
  for (const Slip& slip : kSlips) {
    const std::string_view id = slip.id;
    summary.figures.push_back(
        rate_figure(scored, std::string("slip.") + slip.id + "." + lang, slip.label,
                    Purpose::capability, Direction::neutral, context, [id](const Scored& s) {
                      if (s.score.verdict != Verdict::failure) return Count::skip;
                      return s.score.metadata.value("slip", "") == id ? Count::yes : Count::no;
                    }));
  }
  const stats::Estimate& all = summary.figures.front().estimate;
  if (!all.known() || all.interval.low <= kChance) {
    summary.status = Status::not_assessable;
    summary.reason = {
        "The answers are not shown to be better than guesses: who does not handle units at all "
        "does not slip either.",
        "答案并不比猜测更好：根本不会处理单位，也就谈不上失误。"};
  }
  return summary;
}

std::vector<Example> UnitSlips::examples() const {
  std::vector<Example> out;
  for (const Lang lang : {Lang::en, Lang::zh}) {
    Rng rng(1);
    Sample sample = sample_of(lang, unit_item(lang, "time", rng), 2);
    sample.id = sample.cluster = "example";
    sample.group = "time";
    out.push_back({sample, {}, {-9, -9, -2, -9}, model::FinishReason::stop, Verdict::success});
    out.push_back({sample, {}, {-2, -9, -3, -9}, model::FinishReason::stop, Verdict::failure});
    out.push_back({sample, {}, {-5, -5, -5, -5}, model::FinishReason::stop, Verdict::unassessed});
  }
  return out;
}

}  // namespace

void register_unit_slips(Registry& registry) { registry.add(std::make_unique<UnitSlips>()); }

}  // namespace assay::eval
