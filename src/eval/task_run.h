// One task in one language of a run: its samples in order, and how they are put to the model in
// waves, every finished one going into the store. Used by runner.cpp only.
//
// Legal call order: make the RunControl of the run -> per task: TaskRun -> work() -> outcome().
// Thread-safety: one thread; RunControl::stop may be set from another.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "eval/batch_scored.h"
#include "eval/budget.h"
#include "eval/progress_meter.h"
#include "eval/runner.h"

namespace assay::eval {

/// What the tasks of a run share.
struct RunControl {
  model::Model& model;
  store::Store& store;
  const RunPlan& plan;
  const RunHooks& hooks;
  std::string run_id;
  bool plain = false;  ///< the model has no chat template
  CancelToken stop;    ///< cancelled by the person, out of time, or the store failed
  Budget seconds;
  Budget tokens;
  ProgressMeter meter;
  std::optional<Error> store_error;

  [[nodiscard]] bool cancelled() const {
    return hooks.cancel != nullptr && hooks.cancel->requested();
  }
};

/// Seconds on the steady clock.
double steady_seconds();

/// A sample's expected work, in tokens to read: about 1 for 4 bytes of text, and 4 for each token
/// that may be generated. Only ratios matter: their cost is measured.
double sample_work(const Sample& sample);

class TaskRun {
 public:
  /// Samples in the order in which they are asked.
  TaskRun(RunControl& control, const Task& task, Lang lang, std::vector<Sample> samples);

  [[nodiscard]] const Task& task() const { return *task_; }
  [[nodiscard]] Lang lang() const { return lang_; }
  /// samples x epochs.
  [[nodiscard]] std::int64_t planned() const;
  /// Work of what is not finished yet.
  [[nodiscard]] double work_left() const;

  /// Takes over what a run that was stopped has finished. Errors: format, where the store holds
  /// samples that this task does not have.
  assay::Status take_over(const store::TaskRow& row);
  /// Asks until all is done, cancelled, or the task's part of the budget is used. `others`: work
  /// of the tasks that come later. Errors: io, from the store.
  assay::Status work(const std::vector<double>& others);
  /// The figures of what is stored. Errors: io.
  Result<TaskOutcome> outcome(const std::vector<TaskOutcome>& earlier);

 private:
  using Part = std::vector<std::pair<const Sample*, int>>;

  Part next_part();
  void ask(const Part& part);
  void keep(const Sample& sample, int epoch, const Trace& trace, const Score& score);
  void judge_waiting();
  [[nodiscard]] std::size_t part_size() const;
  [[nodiscard]] model::Ledger cost() const;
  void flush();

  RunControl* control_;
  const Task* task_;
  Lang lang_;
  std::vector<Sample> samples_;
  int epochs_ = 1;
  std::set<std::pair<std::string, int>> done_;
  std::size_t next_ = 0;  ///< first sample that no part took yet

  const BatchScored* judged_ = nullptr;  ///< the task, where its answers are scored in batches
  std::vector<Answered> unjudged_;

  model::Ledger before_;  ///< cost of this task before this process took it up
  model::Ledger start_;   ///< the model's ledger when this process took it up
  model::Ledger judge_start_;
  std::vector<store::NewSample> waiting_;
  double flushed_ = 0.0;
};

}  // namespace assay::eval
