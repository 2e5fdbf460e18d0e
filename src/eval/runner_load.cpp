// Reading runs back from the store; needs no model.
#include <utility>

#include "eval/json_fields.h"
#include "eval/runner.h"
#include "eval/task_outcome.h"

namespace assay::eval {
namespace {

Result<Json> optional_json(const std::string& text) {
  if (text.empty()) return Json(nullptr);
  return parse_json(text, "stored sample");
}

/// A task that had not ended: its counts, without figures.
Result<TaskOutcome> unfinished(store::Store& store, const std::string& run,
                               const store::TaskRow& row) {
  TaskOutcome out;
  out.task = row.task;
  ASSAY_TRY(out.lang, parse_lang(row.lang));
  ASSAY_CHECK(store.for_each_scored(run, row.task, row.lang, [&](store::ScoredRow&& scored) {
    count_verdict(out, scored.verdict, scored.explanation);
  }));
  ASSAY_TRY(out.ledger, cost_so_far(row));
  out.planned = out.done;
  out.status = out.done > 0 ? Status::partly : Status::not_measured;
  out.reason = {"The run was stopped before this task ended; resume it to finish.",
                "运行在该任务完成之前被中止；恢复运行即可完成。"};
  return out;
}

}  // namespace

Result<std::vector<Scored>> load_scored(store::Store& store, const std::string& run_id,
                                        const std::string& task, Lang lang) {
  std::vector<Scored> out;
  assay::Status parsed;
  ASSAY_CHECK(store.for_each_scored(run_id, task, to_string(lang), [&](store::ScoredRow&& row) {
    Result<Json> evidence = optional_json(row.score_metadata);
    Result<Json> metadata = optional_json(row.sample_metadata);
    if (!evidence) parsed = tl::unexpected(evidence.error());
    if (!metadata) parsed = tl::unexpected(metadata.error());
    if (!evidence || !metadata) return;
    Scored& scored = out.emplace_back();
    scored.sample_id = std::move(row.sample);
    scored.cluster = std::move(row.cluster);
    scored.group = std::move(row.group);
    scored.epoch = row.epoch;
    scored.score.verdict = row.verdict == 0   ? Verdict::success
                           : row.verdict == 1 ? Verdict::failure
                                              : Verdict::unassessed;
    scored.score.value = row.value;
    scored.score.answer = std::move(row.answer);
    scored.score.explanation = std::move(row.explanation);
    scored.score.metadata = std::move(*evidence);
    scored.metadata = std::move(*metadata);
  }));
  if (!parsed) return tl::unexpected(parsed.error());
  return out;
}

Result<RunOutcome> load_outcome(store::Store& store, const std::string& run_id) {
  ASSAY_TRY(const store::RunRow row, store.find_run(run_id));
  ASSAY_TRY(const RunPlan plan, run_plan_from_json(row.begun.config));
  RunOutcome out;
  out.run_id = row.id;
  out.created = row.begun.created;
  out.finished = row.finished;
  out.profile = plan.profile;
  out.seed = plan.seed;
  out.langs = plan.langs;
  out.config_digest = row.begun.config_digest;
  out.plan = row.begun.config;
  Fields header(row.begun.header, "run header");
  ASSAY_TRY(out.model, model_info_from_json(header.object("model")));
  out.machine = header.any("machine");
  out.versions = header.any("versions");
  ASSAY_TRY(const std::vector<store::TaskRow> tasks, store.tasks(row.id));
  for (const store::TaskRow& task : tasks) {
    Result<TaskOutcome> outcome = task.outcome.is_null() ? unfinished(store, row.id, task)
                                                         : task_outcome_from_json(task.outcome);
    if (!outcome) return tl::unexpected(outcome.error());
    out.ledger = sum(out.ledger, outcome->ledger);
    out.tasks.push_back(std::move(*outcome));
  }
  return out;
}

}  // namespace assay::eval
