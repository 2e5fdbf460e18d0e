// What a person sees while a run is under way: a status line with task, counts, rate and time left,
// and a plain line when a task ends. Thread-safety: one thread.
#pragma once

#include "cli/status_line.h"
#include "eval/runner.h"

namespace assay::cli {

class RunProgress {
 public:
  void progress(const eval::Progress& progress);
  void task_end(const eval::TaskOutcome& outcome);
  void finish() { line_.finish(); }

 private:
  StatusLine line_;
};

/// "62% [50% to 73%]", "1.8 J/token [1.2 to 3.0]" or "no figure": a figure in a few words.
std::string short_figure(const eval::Figure& figure);

}  // namespace assay::cli
