// The work of a run: its tasks in order, each in each language; alone, or as one rank of several.
// Used by runner.cpp only.
//
// Legal call order: prepare() -> work() once. Thread-safety: one thread; RunControl::stop may be
// set from another.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "eval/companions.h"
#include "eval/task_run.h"

namespace assay::eval {

class RunWork {
 public:
  RunWork(RunControl& control, std::vector<const Task*> tasks)
      : control_(control), tasks_(std::move(tasks)) {}

  /// Makes the samples of all tasks, so that the whole work is known before the first question;
  /// with other ranks, also who does what.
  assay::Status prepare();
  assay::Status work();

 private:
  /// One task in one language of the plan: with samples to ask, or with its outcome already.
  struct Unit {
    const Task* task = nullptr;
    Lang lang = Lang::en;
    std::optional<TaskOutcome> outcome;
    std::unique_ptr<TaskRun> run;
    double work = 0.0;         ///< left for this process
    double work_of_all = 0.0;  ///< left for all ranks
    bool asked = false;        ///< this process has done its part, or can afford no more
    bool closed = false;       ///< its outcome is stored
    double uncertainty = 1.0;  ///< of its figures so far, see information.h
    [[nodiscard]] bool is_floor() const { return task->info().run_first > 0; }
    [[nodiscard]] std::string key() const { return task->info().name + "/" + to_string(lang); }
  };
  using Stored = std::map<std::string, store::TaskRow>;

  assay::Status prepare_unit(Unit& unit, const Stored& stored);
  assay::Status work_alone();
  assay::Status work_in_order();
  assay::Status work_on(std::size_t index);
  assay::Status ask(std::size_t index);
  assay::Status conclude_own(Unit& unit);
  assay::Status close(Unit& unit, TaskOutcome outcome);
  void block_language(const TaskOutcome& floor);
  [[nodiscard]] Error resumable(Error why) const;

  [[nodiscard]] bool stopped() const;

  // Under a budget: run_work_planned.cpp.
  assay::Status work_planned();
  assay::Status first_looks();
  assay::Status visit(Unit& unit, std::int64_t answers, const std::vector<double>& others);
  assay::Status look_at(Unit& unit, bool first);
  Unit* most_telling();

  // With other ranks: run_work_shared.cpp.
  assay::Status agree();
  assay::Status announce();
  assay::Status take_share();
  assay::Status work_shared();
  assay::Status do_share(std::size_t index);
  assay::Status pass_floors();
  assay::Status await_floor(std::size_t index);
  assay::Status hear_floor(Unit& unit);
  void watch_others();
  std::pair<std::int64_t, std::int64_t> done_elsewhere();
  [[nodiscard]] bool own_part_done(const Unit& unit) const;
  assay::Status conclude_ready();
  assay::Status conclude_rest();
  assay::Status conclude(std::size_t index);
  [[nodiscard]] bool ended_early() const;

  RunControl& control_;
  std::vector<const Task*> tasks_;
  std::vector<Unit> units_;
  std::vector<TaskOutcome> outcomes_;
  std::optional<Companions> companions_;
  std::pair<std::int64_t, std::int64_t> counted_{0, 0};  ///< done_elsewhere() as last shown
  std::map<std::string, std::int64_t> tokens_elsewhere_;
  bool floor_lost_ = false;  ///< a rank was lost before all knew what a floor shows
};

}  // namespace assay::eval
