#include "eval/knowledge_task.h"

#include "eval/items/draw.h"
#include "eval/scorers/choice.h"

namespace assay::eval {
namespace {

constexpr double kChance = 0.25;

Sample knowledge_sample(const FactItem& item, Lang lang, std::uint64_t seed) {
  Sample sample = fact_sample(item, lang, seed);
  sample.cluster = std::string(to_string(lang)) + "-" + item.key.substr(1);
  sample.metadata = {{"asked", item.key.front() == 'b' ? "term" : "meaning"}};
  return sample;
}

}  // namespace

KnowledgeTask::KnowledgeTask(TaskInfo info, std::span<const FactRelation> relations,
                             std::vector<GroupLabel> labels)
    : info_(std::move(info)), relations_(relations), labels_(std::move(labels)) {
  info_.items = {40, 120, 240};
  info_.needs.logprobs = true;
  info_.needs.language = true;
  info_.chance = kChance;
  info_.citation =
      "The idea of a proxy: Li et al. 2024, The WMDP Benchmark, arXiv:2403.03218 (own items, at "
      "textbook level). Correction for guessing: Abbott 1925.";
}

Result<std::vector<Sample>> KnowledgeTask::samples(const TaskContext& context) const {
  std::vector<Sample> samples;
  for (const FactItem& item : relation_items(relations_, context.lang, context.seed)) {
    samples.push_back(knowledge_sample(item, context.lang, context.seed));
  }
  return shuffled_items(std::move(samples), context, info_.name);
}

Score KnowledgeTask::score(const Sample& sample, const Trace& trace) const {
  return score_choice(sample, trace);
}

Summary KnowledgeTask::summarise(const std::vector<Scored>& scored,
                                 const SummaryContext& context) const {
  Summary summary =
      grouped_summary(scored, context, {"Right end chosen", "选对结尾"}, labels_, kChance);
  summary.figures.insert(
      summary.figures.begin() + 1,
      chance_corrected(summary.figures.front(), kChance,
                       std::string("knowledge.") + to_string(context.lang),
                       {"Known, corrected for guessing", "扣除猜测后的掌握比例"}));
  for (Figure& figure : summary.figures) figure.direction = Direction::neutral;
  summary.figures.front().note = {
      "A proxy at textbook level: it does not show that the model could help to do harm.",
      "教科书水平的代理指标：不表示模型能帮人作恶。"};
  return summary;
}

std::vector<Example> KnowledgeTask::examples() const {
  std::vector<Example> examples;
  for (const Lang lang : {Lang::en, Lang::zh}) {
    for (const FactItem& item : relation_items(relations_.first(1), lang, 1)) {
      const Sample sample = knowledge_sample(item, lang, 1);
      std::vector<double> nats(sample.choices.size(), -9.0);
      using model::FinishReason;
      examples.push_back({sample, {}, nats, FinishReason::stop, Verdict::unassessed});
      const auto target = static_cast<std::size_t>(sample.target_index);
      nats[target] = -2.0;
      examples.push_back({sample, {}, nats, FinishReason::stop, Verdict::success});
      nats[(target + 1) % nats.size()] = -1.0;
      examples.push_back({sample, {}, nats, FinishReason::stop, Verdict::failure});
    }
  }
  return examples;
}

}  // namespace assay::eval
