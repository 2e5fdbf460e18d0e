#include "eval/judge/judged_task.h"

#include <charconv>

#include "base/digest.h"
#include "eval/scorers/answer_text.h"

namespace assay::eval {
namespace {

/// A run is resumed with the same judge only.
int version_of(int version, const Judge& judge) {
  const std::string hex = sha256_hex(std::to_string(version) + judge.digest()).substr(0, 7);
  int out = 0;
  std::from_chars(hex.data(), hex.data() + hex.size(), out, 16);
  return out + 1;
}

class JudgedTask : public Task, public BatchScored {
 public:
  JudgedTask(std::unique_ptr<Task> task, JudgeSetup setup)
      : task_(std::move(task)), setup_(std::move(setup)), info_(task_->info()) {
    const std::string name = setup_.judge->name();
    const std::string digest = setup_.judge->digest();
    info_.description.en +=
        std::string(" Answers are judged by ") + name + " (SHA-256 " + digest + ").";
    info_.description.zh += std::string("回答由 ") + name + " 评判（SHA-256 " + digest + "）。";
    const bool known = setup_.calibration != nullptr;
    info_.limits.en += known ? " The judge's error was measured on labelled answers; the corrected "
                               "rate holds if it errs here as it did there."
                             : " The judge's error is not known: it was not calibrated.";
    info_.limits.zh += known ? "评判器的误差在有标注的回答上测得；若其在此处的误差与之相同，"
                               "校正后的比例才成立。"
                             : "评判器的误差未知：未经校准。";
    info_.version = version_of(info_.version, *setup_.judge);
    info_.needs.sandbox = false;
    info_.chance = 0.0;
  }

  [[nodiscard]] const TaskInfo& info() const override { return info_; }
  [[nodiscard]] Result<std::vector<Sample>> samples(const TaskContext& context) const override {
    return task_->samples(context);
  }
  [[nodiscard]] assay::Status available() const override { return task_->available(); }
  [[nodiscard]] const Solver& solver() const override { return task_->solver(); }
  [[nodiscard]] Score score(const Sample& /*sample*/, const Trace& trace) const override {
    if (auto none = without_answer(trace)) return *none;
    return Score::unassessed(kReasonAwaiting, std::string(trace.answer()));
  }
  [[nodiscard]] Summary summarise(const std::vector<Scored>& scored,
                                  const SummaryContext& context) const override {
    Summary out;
    out.figures = judged_rates(scored, context, setup_.judge->name(), setup_.calibration.get());
    return out;
  }
  [[nodiscard]] std::vector<Example> examples() const override { return {}; }

  [[nodiscard]] std::vector<std::optional<Score>> score_all(
      std::span<const Answered> answers, const CancelToken* cancel) const override {
    std::vector<JudgeItem> items;
    for (const Answered& each : answers) items.push_back(judge_item(each.sample, each.trace));
    auto out = setup_.judge->judge(items, cancel);
    for (std::size_t i = 0; i < out.size(); ++i) {
      if (!out[i]) continue;
      if (!out[i]->metadata.is_object()) out[i]->metadata = Json::object();
      out[i]->metadata["answer_digest"] = answer_digest(items[i].prompt, items[i].answer);
    }
    return out;
  }
  [[nodiscard]] model::Ledger scoring_cost() const override { return setup_.judge->ledger(); }
  [[nodiscard]] std::optional<model::Halt> scoring_halted() const override {
    return setup_.judge->halted();
  }

 private:
  std::unique_ptr<Task> task_;
  JudgeSetup setup_;
  TaskInfo info_;
};

}  // namespace

JudgeItem judge_item(const Sample& sample, const Trace& trace) {
  JudgeItem out;
  out.lang = sample.lang;
  out.answer = final_text(trace.answer());
  if (!sample.targets.empty()) out.reference = sample.targets.front();
  out.prompt = sample.context;
  // One question as it is; a dialogue with who said what, without its last answer.
  std::vector<model::Message> said = trace.transcript.empty() ? sample.messages : trace.transcript;
  if (!said.empty() && said.back().role == "assistant") said.pop_back();
  const bool one = said.size() == 1;
  for (const model::Message& message : said) {
    if (!out.prompt.empty()) out.prompt += "\n";
    out.prompt += (one ? "" : message.role + ": ") + message.content;
  }
  return out;
}

std::unique_ptr<Task> make_judged_task(std::unique_ptr<Task> task, JudgeSetup setup) {
  return std::make_unique<JudgedTask>(std::move(task), std::move(setup));
}

}  // namespace assay::eval
