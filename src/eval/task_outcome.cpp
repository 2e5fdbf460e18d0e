#include "eval/task_outcome.h"

#include <algorithm>
#include <exception>
#include <utility>

#include "eval/plain_form.h"
#include "eval/reducers.h"
#include "eval/replay.h"
#include "eval/shown_examples.h"
#include "eval/tool_form.h"

namespace assay::eval {
namespace {

std::string of(std::int64_t part, std::int64_t whole, const char* between) {
  return std::to_string(part).append(between).append(std::to_string(whole));
}

Text cut_short(std::int64_t done, std::int64_t planned) {
  return {"Cut short by the limit of this run: " + of(done, planned, " of ") +
              " planned answers. A larger budget measures the rest.",
          "受本次运行的限额所限而提前结束：计划 " + std::to_string(planned) + " 个回答，完成 " +
              std::to_string(done) + " 个。加大预算可测完其余部分。"};
}

Text calls_failed(std::int64_t failed, std::int64_t done) {
  return {"The model call failed for " + of(failed, done, " of ") + " answers.",
          "在 " + std::to_string(done) + " 个回答中，有 " + std::to_string(failed) +
              " 个因模型调用出错而缺失。"};
}

Text nothing_assessed(std::int64_t done) {
  return {"None of the " + std::to_string(done) +
              " answers could be assessed, so they show neither a good nor a bad property.",
          "全部 " + std::to_string(done) + " 个回答均无法评判，因此既不能说明好，也不能说明坏。"};
}

Summary summarise(const Task& task, const std::vector<Scored>& scored,
                  const SummaryContext& context) {
  try {
    return task.summarise(scored, context);
  } catch (const std::exception& problem) {
    Summary out;
    out.status = Status::not_measured;
    out.reason = {std::string("The summary of this task failed: ") + problem.what(),
                  std::string("该任务的汇总出错：") + problem.what()};
    return out;
  }
}

/// The status after what happened on the way, where the summary itself has no objection.
void judge_completeness(TaskOutcome& outcome, bool floor) {
  if (outcome.done == 0) {
    outcome.status = Status::not_measured;
    outcome.reason = cut_short(0, outcome.planned);
    return;
  }
  // That a floor was not reached with part of its items shows nothing about the model.
  if (floor && outcome.status == Status::not_assessable && outcome.done < outcome.planned) {
    outcome.status = Status::not_measured;
    outcome.reason = cut_short(outcome.done, outcome.planned);
  }
  if (outcome.status == Status::not_assessable || outcome.status == Status::not_measured) return;
  const auto failed = outcome.unassessed_reasons.find(kReasonModelError);
  if (outcome.success + outcome.failure == 0) {
    outcome.status = Status::not_assessable;
    outcome.reason = nothing_assessed(outcome.done);
  } else if (outcome.done < outcome.planned) {
    outcome.status = Status::partly;
    outcome.reason = cut_short(outcome.done, outcome.planned);
  } else if (failed != outcome.unassessed_reasons.end()) {
    outcome.status = Status::partly;
    outcome.reason = calls_failed(failed->second, outcome.done);
  }
}

void add_note(TaskOutcome& outcome, const Text& note) {
  for (Figure& figure : outcome.figures) {
    figure.note.en += (figure.note.en.empty() ? "" : " ") + note.en;
    figure.note.zh += note.zh;
  }
}

}  // namespace

void count_verdict(TaskOutcome& outcome, int verdict, const std::string& explanation) {
  ++outcome.done;
  if (verdict == static_cast<int>(Verdict::success)) {
    ++outcome.success;
  } else if (verdict == static_cast<int>(Verdict::failure)) {
    ++outcome.failure;
  } else {
    ++outcome.unassessed;
    ++outcome.unassessed_reasons[explanation];
  }
}

Result<TaskOutcome> conclude(store::Store& store, const std::string& run, const Task& task,
                             Lang lang, const OutcomeContext& context) {
  const TaskInfo& info = task.info();
  ASSAY_TRY(std::vector<Scored> scored, load_scored(store, run, info.name, lang));
  TaskOutcome out;
  out.task = info.name;
  out.lang = lang;
  out.planned = context.planned;
  out.ledger = context.ledger;
  for (const Scored& s : scored) {
    count_verdict(out, static_cast<int>(s.score.verdict), s.score.explanation);
  }
  SummaryContext about;
  about.lang = lang;
  about.seed = context.plan->seed;
  about.model = context.model;
  about.ledger = context.ledger;
  about.earlier = context.earlier;
  const bool pass = context.plan->reducer == Reducer::pass_at_k && context.epochs > 1;
  std::optional<Figure> extra;
  if (pass) extra = pass_at_k_figure(scored, context.plan->reducer_k, about);
  if (context.epochs > 1) {
    scored = reduce(std::move(scored), context.plan->reducer, context.plan->reducer_k);
  }
  Summary summary = summarise(task, scored, about);
  out.figures = std::move(summary.figures);
  if (extra) out.figures.push_back(std::move(*extra));
  out.variance = std::move(summary.variance);
  out.status = summary.status;
  out.reason = std::move(summary.reason);
  judge_completeness(out, info.run_first > 0);
  if (context.plain) add_note(out, plain_form_note());
  if (context.tool_text) add_note(out, tool_form_note());
  if (context.examples) {
    ASSAY_TRY(out.examples, shown_examples(store, run, info, lang));
  }
  return out;
}

TaskOutcome without_samples(const std::string& task, Lang lang, Status status, Text reason,
                            std::int64_t planned) {
  TaskOutcome out;
  out.task = task;
  out.lang = lang;
  out.status = status;
  out.reason = std::move(reason);
  out.planned = planned;
  return out;
}

model::Ledger sum(const model::Ledger& a, const model::Ledger& b) {
  if (a.requests == 0) return b;
  if (b.requests == 0) return a;
  model::Ledger out = a;
  out += b;
  return out;
}

model::Ledger difference(const model::Ledger& now, const model::Ledger& then) {
  model::Ledger out = now;
  out.requests -= then.requests;
  out.prompt_tokens -= then.prompt_tokens;
  out.computed_tokens -= then.computed_tokens;
  out.completion_tokens -= then.completion_tokens;
  out.flops -= then.flops;
  out.seconds -= then.seconds;
  out.joules -= then.joules;
  return out;
}

Result<model::Ledger> cost_so_far(const store::TaskRow& row) {
  model::Ledger out;
  if (!row.ledger.is_null()) {
    ASSAY_TRY(out, ledger_from_json(row.ledger));
  }
  for (const store::ShareRow& share : row.shares) {
    if (share.ledger.is_null()) continue;
    ASSAY_TRY(const model::Ledger cost, ledger_from_json(share.ledger));
    out = sum(out, cost);
  }
  return out;
}

std::optional<Text> unmet_need(const Needs& needs, const model::Capabilities& can, bool sandbox) {
  if (needs.logprobs && !can.logprobs) {
    return Text{
        "The model gives no log-probabilities. Open its weights (GGUF) locally to measure this.",
        "该模型不提供对数概率。在本地打开其权重（GGUF）即可测量。"};
  }
  if (needs.generate && !can.generate) {
    return Text{"The model cannot generate text here. Open it with an engine that generates.",
                "该模型在此无法生成文本。请用支持生成的引擎打开它。"};
  }
  if (needs.chat && !can.chat) {
    return Text{
        "The model has no chat template. Use its instruction-tuned version, or a file with a "
        "template.",
        "该模型没有对话模板。请使用其指令微调版本，或带有模板的模型文件。"};
  }
  if (needs.sandbox && !sandbox) {
    return Text{
        "Programs that a model writes are only run in a sandbox, and none works here. Install "
        "bubblewrap; `assay doctor` tells whether it works.",
        "模型编写的程序只在沙箱中运行，而此处没有可用的沙箱。请安装 bubblewrap；"
        "`assay doctor` 会检查它能否使用。"};
  }
  return std::nullopt;
}

}  // namespace assay::eval
