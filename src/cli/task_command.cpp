#include "cli/task_command.h"

#include <cstdio>

#include "cli/command.h"
#include "cli/run_progress.h"
#include "report/report.h"

namespace assay::cli {

Result<eval::RunPlan> begun_plan(store::Store& store, const std::string& run,
                                 std::string_view command) {
  ASSAY_TRY(const store::RunRow row, store.find_run(run));
  ASSAY_TRY(eval::RunPlan begun, eval::run_plan_from_json(row.begun.config));
  const std::string by = begun.more.is_object() ? begun.more.value("command", std::string("assess"))
                                                : std::string("assess");
  if (by == command) return begun;
  return fail(ErrorKind::usage, "`assay " + by + "` began this run", row.id,
              "Go on with `assay " + by + " MODEL --resume " + row.id + "`");
}

Result<eval::RunOutcome> run_shown(model::Model& model, const eval::Registry& tasks,
                                   const eval::RunPlan& plan, store::Store& store,
                                   const RunShown& shown) {
  RunProgress progress;
  eval::RunHooks hooks;
  hooks.cancel = &interrupt();
  hooks.party = shown.party;
  hooks.observer = shown.recorder;
  hooks.on_note = [&](const std::string& note) {
    progress.finish();
    std::fprintf(stderr, "assay: %s\n", note.c_str());
  };
  if (!shown.quiet) {
    hooks.on_progress = [&](const eval::Progress& p) { progress.progress(p); };
    hooks.on_task_end = [&](const eval::TaskOutcome& outcome) { progress.task_end(outcome); };
  }
  auto outcome = shown.resume.empty() ? eval::run(model, tasks, store, plan, hooks)
                                      : eval::resume(model, tasks, store, shown.resume, hooks);
  progress.finish();
  return outcome;
}

int end_run(const eval::RunOutcome& outcome, const eval::Registry& tasks, const RunEnd& end) {
  int code = exit_ok;
  std::vector<report::Addition> additions;
  if (end.recorder != nullptr) {
    auto told = end.recorder->additions(*end.store, outcome.run_id);
    if (told) additions = std::move(*told);
  }
  const Json document = report::build(outcome, tasks, additions);
  if (end.recorder != nullptr) {
    const Status kept = end.recorder->end(*end.store, outcome, document);
    if (!kept) code = report_error(kept.error());
  }
  const int written = write_outcome(outcome, tasks, end.output, document);
  if (written != exit_ok) code = written;
  if (!outcome.finished.empty()) return code;
  std::fprintf(stderr,
               "assay: stopped; what was measured is kept. Go on with `assay %s %s --resume "
               "%s`\n",
               end.command.c_str(), end.model.c_str(), outcome.run_id.c_str());
  return exit_runtime;
}

}  // namespace assay::cli
