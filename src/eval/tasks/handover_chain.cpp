// handover_chain: over how many steps of a plain story does the model keep track of who has what?
//
// One to 32 handovers of three things among six people; the six names are scored by log-likelihood
// as the answer. Each item carries the time that an attentive person is assumed to need, so that
// the length at which half of them succeed is a horizon, as in agent_jobs, but without tools and
// for seconds to minutes. Cluster = item; group = number of steps.
#include <array>

#include "eval/items/draw.h"
#include "eval/items/handovers.h"
#include "eval/registry.h"
#include "eval/scorers/horizon_figure.h"
#include "eval/scorers/rate_figure.h"

namespace assay::eval {
namespace {

constexpr std::array<std::string_view, 6> kSteps{"1", "2", "4", "8", "16", "32"};
constexpr double kSecondsToBegin = 4.0;  ///< assumed: the first sentences and the question
constexpr double kSecondsPerStep = 2.5;  ///< assumed: to read a handover and keep it in mind

TaskInfo make_info() {
  TaskInfo info;
  info.name = "handover_chain";
  info.title = {"Keeps track over many steps", "在多步过程中跟踪状态"};
  info.description = {
      "A story says who has three things and how they go from hand to hand among six people, in 1, "
      "2, "
      "4, 8, 16 or 32 steps; then it is asked who has one of them. The six names are scored by "
      "log-likelihood as the answer. An attentive reader is assumed to need 4 seconds and 2.5 for "
      "each step; a logistic curve over that time gives the length that succeeds half of the time.",
      "故事说明三件东西在谁手里，以及它们如何在六个人之间传递（1、2、4、8、16 或 32 "
      "步），然后问其中一件"
      "在谁手里。以对数似然给六个名字打分作为答案。假定专心的读者需要 4 秒，外加每步 2.5 秒；"
      "对这一时间作逻辑曲线，得出成功率为一半时的长度。"};
  info.limits = {
      "One kind of story, without thinking aloud: a model that may write out its steps does "
      "better. "
      "The times are declared, not measured. A guesser is right one time in six, so the curve "
      "never "
      "falls to 0.",
      "只有一种故事，且不允许写出思考过程：允许逐步推演的模型会做得更好。时间是声明的，并非实测。"
      "随机猜测有六分之一的正确率，因此曲线不会降到 0。"};
  info.topics = {"capability.trend", "capability.reasoning"};
  info.citation =
      "Horizon after Kwa et al. 2025, arXiv:2503.14499 (whose shortest tasks are of seconds, too); "
      "state tracking after Kim and Schuster 2023, arXiv:2305.02363 (own items).";
  info.items = {36, 120, 240};
  info.needs.logprobs = true;
  info.needs.language = true;
  info.chance = 1.0 / 6.0;
  return info;
}

Sample make_sample(int steps, Lang lang, Rng& rng) {
  const Handovers story = handovers(steps, lang, rng);
  Sample sample;
  sample.messages = {{"user", lang == Lang::en
                                  ? story.story + story.question + " Answer with the name only."
                                  : story.story + story.question + "只回答名字。"}};
  sample.choices = story.people;
  sample.target_index = static_cast<int>(story.holder);
  sample.metadata = {{"family", std::to_string(steps)},
                     {"minutes", (kSecondsToBegin + kSecondsPerStep * steps) / 60.0},
                     {"last_receiver", story.last_receiver},
                     {"first_holder", story.first_holder}};
  return sample;
}

class HandoverChain : public Task {
 public:
  [[nodiscard]] const TaskInfo& info() const override { return info_; }
  [[nodiscard]] const Solver& solver() const override { return solver_; }

  [[nodiscard]] Result<std::vector<Sample>> samples(const TaskContext& context) const override {
    return draw_items(context, info_.name, kSteps, [&](Rng& rng, std::string_view steps) {
      return make_sample(std::stoi(std::string(steps)), context.lang, rng);
    });
  }

  [[nodiscard]] Score score(const Sample& sample, const Trace& trace) const override {
    if (trace.scores.size() != sample.choices.size()) return Score::unassessed("names not scored");
    std::size_t best = 0;
    for (std::size_t i = 1; i < trace.scores.size(); ++i) {
      if (trace.scores[i].total > trace.scores[best].total) best = i;
    }
    const std::string& said = sample.choices[best];
    const auto right = static_cast<std::size_t>(sample.target_index);
    if (best == right) return Score::pass(said);
    return Score::miss(said, std::string("expected ").append(sample.choices[right]));
  }

  [[nodiscard]] Summary summarise(const std::vector<Scored>& scored,
                                  const SummaryContext& context) const override;
  [[nodiscard]] std::vector<Example> examples() const override;

 private:
  TaskInfo info_ = make_info();
  ChoiceSolver solver_{true};
};

Summary HandoverChain::summarise(const std::vector<Scored>& scored,
                                 const SummaryContext& context) const {
  Summary summary;
  const std::string lang = to_string(context.lang);
  const auto add = [&](std::string id, Text label, const Reading& reading) -> Figure& {
    summary.figures.push_back(rate_figure(scored, std::move(id), std::move(label),
                                          Purpose::capability, Direction::higher_better, context,
                                          reading));
    summary.figures.back().estimate.chance = info_.chance;
    return summary.figures.back();
  };
  add(std::string("right.").append(lang), {"Right over all lengths", "各种长度的正确率"},
      count_success)
      .primary = true;
  for (const std::string_view steps : kSteps) {
    const std::string n(steps);
    add(std::string("right.").append(n).append(".").append(lang),
        {std::string("Right after steps: ").append(n),
         std::string("步数为 ").append(n).append(" 时的正确率")},
        [&](const Scored& s) { return s.group == n ? count_success(s) : Count::skip; })
        .group = n;
  }
  summary.figures.push_back(horizon_figure(scored, context));
  return summary;
}

std::vector<Example> HandoverChain::examples() const {
  std::vector<Example> all;
  for (const Lang lang : {Lang::en, Lang::zh}) {
    Rng rng(3);
    Example right;
    right.sample = make_sample(2, lang, rng);
    right.sample.lang = lang;
    right.sample.group = std::string(kSteps[1]);
    right.sample.id = right.sample.cluster = std::string(to_string(lang)) + "-example";
    right.choice_logprobs.assign(6, -9.0);
    Example wrong = right;
    right.choice_logprobs[static_cast<std::size_t>(right.sample.target_index)] = -1.0;
    wrong.choice_logprobs[static_cast<std::size_t>(right.sample.target_index + 1) % 6] = -1.0;
    wrong.verdict = Verdict::failure;
    all.push_back(right);
    all.push_back(wrong);
  }
  return all;
}

}  // namespace

void register_handover_chain(Registry& registry) {
  registry.add(std::make_unique<HandoverChain>());
}

}  // namespace assay::eval
