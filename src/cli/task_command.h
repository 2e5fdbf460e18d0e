// What the commands share that run tasks and write a report (assess, attack, explain): going on
// with a run that was stopped, progress, and the end. Thread-safety: one thread.
#pragma once

#include <string>
#include <string_view>

#include "cli/run_output.h"
#include "eval/party.h"
#include "eval/runner.h"
#include "evidence/recorder.h"

namespace assay::cli {

/// The plan of a run that is gone on with. Errors: those of the store; usage where another command
/// than this one began it.
Result<eval::RunPlan> begun_plan(store::Store& store, const std::string& run,
                                 std::string_view command);

struct RunShown {
  std::string resume;  ///< the run to go on with; "" = a new one
  bool quiet = false;  ///< no progress
  eval::Party party{};
  evidence::Recorder* recorder = nullptr;  ///< may be missing
};
/// Runs the plan until done or interrupted, with progress on standard error. Errors: those of
/// eval::run() and eval::resume().
Result<eval::RunOutcome> run_shown(model::Model& model, const eval::Registry& tasks,
                                   const eval::RunPlan& plan, store::Store& store,
                                   const RunShown& shown);

/// How a run ends: what is written where.
struct RunEnd {
  Output output;
  std::string command, model;  ///< to say how to go on
  store::Store* store = nullptr;
  evidence::Recorder* recorder = nullptr;  ///< may be missing
};
/// Completes the evidence, writes the report, and says how to go on where the run was stopped.
/// Returns the exit code.
int end_run(const eval::RunOutcome& outcome, const eval::Registry& tasks, const RunEnd& end);

}  // namespace assay::cli
