// What the commands share that run tasks and write a report (assess, attack, explain): going on
// with a run that was stopped, progress, and the end. Thread-safety: one thread.
#pragma once

#include <string>
#include <string_view>

#include "cli/run_output.h"
#include "eval/party.h"
#include "eval/runner.h"

namespace assay::cli {

/// The plan of a run that is gone on with. Errors: those of the store; usage where another command
/// than this one began it.
Result<eval::RunPlan> begun_plan(store::Store& store, const std::string& run,
                                 std::string_view command);

struct RunShown {
  std::string resume;  ///< the run to go on with; "" = a new one
  bool quiet = false;  ///< no progress
  eval::Party party{};
};
/// Runs the plan until done or interrupted, with progress on standard error. Errors: those of
/// eval::run() and eval::resume().
Result<eval::RunOutcome> run_shown(model::Model& model, const eval::Registry& tasks,
                                   const eval::RunPlan& plan, store::Store& store,
                                   const RunShown& shown);

/// Writes the report, and says how to go on where the run was stopped. Returns the exit code.
int end_run(const eval::RunOutcome& outcome, const eval::Registry& tasks, const Output& output,
            const std::string& command, const std::string& model);

}  // namespace assay::cli
