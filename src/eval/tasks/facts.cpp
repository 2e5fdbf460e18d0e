// facts: stable facts of geography, science, history, culture, language and everyday life; four
// ends of a sentence, scored by log-likelihood, so that the order of the choices plays no part. The
// rate is shown as it is and corrected for guessing.
#include "eval/items/facts.h"

#include <array>

#include "eval/grouped_summary.h"
#include "eval/items/draw.h"
#include "eval/registry.h"
#include "eval/scorers/choice.h"

namespace assay::eval {
namespace {

constexpr double kChance = 0.25;

const std::array<GroupLabel, 6>& labels() {
  static const std::array<GroupLabel, 6> kLabels = {{
      {"geography", {"Geography", "地理"}},
      {"science", {"Science", "科学"}},
      {"history", {"History", "历史"}},
      {"culture", {"Culture", "文化"}},
      {"language", {"Language", "语言"}},
      {"everyday", {"Everyday life", "日常生活"}},
  }};
  return kLabels;
}

class Facts : public Task {
 public:
  Facts() {
    info_.name = "facts";
    info_.title = {"Stable facts", "常识事实"};
    info_.description = {
        "Beginnings of sentences about facts that do not change (\"The capital of Australia is\"), "
        "each with four ends of the same kind, one of them right. The end with the highest total "
        "log-probability after the beginning counts as the model's choice. Guessing gives 25%; the "
        "rate corrected for it, (rate - 25%) / 75%, is shown beside.",
        "关于稳定事实的句子开头（如“澳大利亚的首都是”），各配四个同类结尾，只有一个正确。"
        "以在该开头之后总对数概率最高的结尾作为模型的选择。随机猜测的正确率为 25%；"
        "同时给出扣除猜测后的比例，即（正确率 − 25%）÷ 75%。"};
    info_.limits = {
        "Shows which end the model finds likelier, not what it would write by itself; long names "
        "are "
        "less likely than short ones for any model. Well-known facts only, with a view to general "
        "education.",
        "反映模型认为哪个结尾更可能，而不是它自己会写出什么；较长的名称对任何模型都更不利。"
        "只涉及通识层面的常见事实。"};
    info_.topics = {"capability.knowledge"};
    info_.items = {40, 100, 200};
    info_.needs.logprobs = true;
    info_.needs.language = true;
    info_.chance = kChance;
  }
  [[nodiscard]] const TaskInfo& info() const override { return info_; }
  [[nodiscard]] Result<std::vector<Sample>> samples(const TaskContext& context) const override {
    std::vector<Sample> samples;
    for (const FactItem& item : fact_items(context.lang, context.seed)) {
      samples.push_back(fact_sample(item, context.lang, context.seed));
    }
    return shuffled_items(std::move(samples), context, "facts");
  }
  [[nodiscard]] const Solver& solver() const override { return solver_; }
  [[nodiscard]] Score score(const Sample& sample, const Trace& trace) const override {
    return score_choice(sample, trace);
  }
  [[nodiscard]] Summary summarise(const std::vector<Scored>& scored,
                                  const SummaryContext& context) const override {
    Summary summary =
        grouped_summary(scored, context, {"Right end chosen", "选对结尾"}, labels(), kChance);
    summary.figures.insert(
        summary.figures.begin() + 1,
        chance_corrected(summary.figures.front(), kChance,
                         std::string("knowledge.") + to_string(context.lang),
                         {"Known, corrected for guessing", "扣除猜测后的掌握比例"}));
    return summary;
  }
  [[nodiscard]] std::vector<Example> examples() const override;

 private:
  TaskInfo info_;
  ChoiceSolver solver_;
};

std::vector<Example> Facts::examples() const {
  std::vector<Example> examples;
  for (const Lang lang : {Lang::en, Lang::zh}) {
    const Sample sample = fact_sample(fact_items(lang, 1).front(), lang, 1);
    std::vector<double> right(sample.choices.size(), -9.0);
    std::vector<double> wrong(sample.choices.size(), -9.0);
    const auto target = static_cast<std::size_t>(sample.target_index);
    right[target] = -2.0;
    wrong[(target + 1) % wrong.size()] = -2.0;
    const std::vector<double> tied(sample.choices.size(), -5.0);
    using model::FinishReason;
    examples.push_back({sample, {}, right, FinishReason::stop, Verdict::success});
    examples.push_back({sample, {}, wrong, FinishReason::stop, Verdict::failure});
    examples.push_back({sample, {}, tied, FinishReason::stop, Verdict::unassessed});
  }
  return examples;
}

}  // namespace

void register_facts(Registry& registry) { registry.add(std::make_unique<Facts>()); }

}  // namespace assay::eval
