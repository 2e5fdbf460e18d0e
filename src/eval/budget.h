// Budget: how much of a limited resource (seconds, or tokens) a task may take, so that every task
// of a run gets a fair part.
//
// Max-min fairness (Bertsekas & Gallager 1992, Data Networks, section 6.5.2): a task that needs
// less than an equal part leaves the rest to the others. What a task needs is estimated as its
// work (a measure known beforehand) times the cost of a unit of work, measured while the run goes.
//
// Legal call order: begin_task() -> affordable() and spent() in turn -> the next begin_task().
// Thread-safety: one thread per Budget.
#pragma once

#include <optional>
#include <vector>

namespace assay::eval {

class Budget {
 public:
  /// No limit: everything is affordable.
  explicit Budget(std::optional<double> limit, double used_before = 0.0);

  /// `others`: work of the tasks that are still to come. `unit_cost`: of this task's work, where
  /// it is known from an earlier visit.
  void begin_task(std::vector<double> others, std::optional<double> unit_cost = std::nullopt);
  /// `cost` was spent on `work` of this task.
  void spent(double cost, double work);
  /// Work that this task may do next: enough for its fair part, half of it at a time while the
  /// cost of its work is not known well; none when its part is used up. `least` is what to
  /// try first, or less where that would be over its part by what work has cost in other tasks.
  [[nodiscard]] double affordable(double least) const;
  /// Is the whole limit used up?
  [[nodiscard]] bool exhausted() const;
  [[nodiscard]] bool limited() const { return limit_.has_value(); }
  /// Measured cost of a unit of work over the whole run; nothing before the first.
  [[nodiscard]] std::optional<double> unit_cost() const;
  /// The same of the task that is running, as last measured.
  [[nodiscard]] std::optional<double> task_unit_cost() const { return task_unit_cost_; }
  /// A cost as a share of the limit; 0 without one.
  [[nodiscard]] double share(double cost) const { return limit_ ? cost / *limit_ : 0.0; }

  /// The part of `total` for a task of unlimited wants beside others that want `wants`.
  static double fair_part(double total, std::vector<double> wants);

 private:
  std::optional<double> limit_;
  double used_ = 0.0;
  double cost_ = 0.0, work_ = 0.0;        // of this process, over all tasks
  double task_cost_ = 0.0;                // of the task that is running
  std::optional<double> task_unit_cost_;  // as last measured
  std::vector<double> others_;
};

}  // namespace assay::eval
