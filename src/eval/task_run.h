// One task in one language of a run: its samples in order, and how they are put to the model in
// waves, every finished one going into the store. Used by runner.cpp only.
//
// Legal call order: make the RunControl of the run -> per task: TaskRun -> work() -> outcome().
// Thread-safety: one thread; RunControl::stop may be set from another.
#pragma once

#include <functional>
#include <limits>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "eval/batch_scored.h"
#include "eval/budget.h"
#include "eval/progress_meter.h"
#include "eval/runner.h"
#include "eval/share_out.h"

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
  std::int64_t stored = 0;       ///< answers that this process has written
  std::function<void()> tick{};  ///< called now and then while a task is at work

  [[nodiscard]] bool cancelled() const {
    return hooks.cancel != nullptr && hooks.cancel->requested();
  }
};

/// Seconds on the steady clock.
double steady_seconds();

/// A sample's expected work, in tokens to read: about 1 for 4 bytes of text, and 4 for each token
/// that may be generated, in each turn. `acts`: the solver gives the model tools (Solver::acts()),
/// so that the number of turns is the model's choice; about 6. Only ratios matter: their cost is
/// measured.
double sample_work(const Sample& sample, bool acts);

class TaskRun {
 public:
  static constexpr std::size_t kNoEnd = std::numeric_limits<std::size_t>::max();

  /// Samples in the order in which they are asked.
  TaskRun(RunControl& control, const Task& task, Lang lang, std::vector<Sample> samples);

  [[nodiscard]] const Task& task() const { return *task_; }
  [[nodiscard]] Lang lang() const { return lang_; }
  /// samples x epochs of this rank.
  [[nodiscard]] std::int64_t planned() const;
  /// The same of all ranks.
  [[nodiscard]] std::int64_t planned_by_all() const;
  [[nodiscard]] const std::vector<Sample>& samples() const { return samples_; }
  [[nodiscard]] int epochs() const { return epochs_; }
  /// Answers that are put to the model together.
  [[nodiscard]] std::size_t part_size() const;
  /// Answers of this rank that are stored.
  [[nodiscard]] std::int64_t done() const { return static_cast<std::int64_t>(done_.size()); }
  /// Answers that this process has asked for.
  [[nodiscard]] std::size_t asked() const { return asked_; }
  /// What an answer has cost on average, as a share of the run's limits (the scarcer one); nothing
  /// before the first answer.
  [[nodiscard]] std::optional<double> share_per_answer() const;
  /// Work of what is not finished yet: of all that is this rank's, or of one block of it.
  [[nodiscard]] double work_left() const;
  [[nodiscard]] double work_left(const Block& block) const;

  /// Takes over what a run that was stopped has finished. Errors: format, where the store holds
  /// samples that this task does not have.
  assay::Status take_over(const store::TaskRow& row);
  /// Leaves the samples of other ranks to them.
  void keep_only(const std::vector<Block>& blocks);
  /// Asks until all is done, cancelled, the task's part of the budget is used, or at least `most`
  /// answers more are there (whole clusters). `others`: work of the tasks that come later. May be
  /// called again for more. Errors: io, from the store.
  assay::Status work(const std::vector<double>& others, std::size_t most = kNoEnd);
  /// What the other ranks have spent on this task since.
  assay::Status add_costs(const store::TaskRow& row);
  /// The figures of what is stored, with examples for the report or without. Errors: io.
  Result<TaskOutcome> outcome(const std::vector<TaskOutcome>& earlier, bool examples = true);

 private:
  using Part = std::vector<std::pair<const Sample*, int>>;

  Part next_part(std::size_t most);
  void ask(const Part& part);
  void keep(const Sample& sample, int epoch, const Trace& trace, const Score& score);
  void judge_waiting();
  [[nodiscard]] model::Ledger cost() const;
  void flush();

  RunControl* control_;
  const Task* task_;
  Lang lang_;
  std::vector<Sample> samples_;
  std::optional<std::size_t> samples_of_all_;  ///< where there are other ranks
  bool chats_ = false;                         ///< some sample is a chat
  bool acts_ = false;                          ///< the model is given tools
  int epochs_ = 1;
  std::set<std::pair<std::string, int>> done_;
  std::size_t next_ = 0;  ///< first sample that no part took yet

  const BatchScored* judged_ = nullptr;  ///< the task, where its answers are scored in batches
  std::vector<Answered> unjudged_;

  model::Ledger before_;  ///< cost of this task and rank before this process took it up
  model::Ledger others_;  ///< and that of the other ranks
  model::Ledger start_;   ///< the model's ledger when this process took it up
  model::Ledger judge_start_, aside_start_;
  std::optional<model::Ledger> spent_;                    ///< cost() when work() ended
  std::size_t asked_ = 0;                                 ///< by this process
  double seconds_ = 0.0, tokens_ = 0.0;                   ///< that it took
  std::optional<double> seconds_a_unit_, tokens_a_unit_;  ///< of work, as last measured
  std::vector<store::NewSample> waiting_;
  double flushed_ = 0.0;
};

}  // namespace assay::eval
