// A task whose items are each asked in several contexts (contexts.h): items x contexts, crossed, so
// that the same items stand in every context and the contexts can be compared on them.
//
// Its figures are those of the task in the reference context, which is what the task would have
// shown by itself, and beside them: the rate over all contexts, how far the reference stands from
// it, the worst context with an interval that allows for having chosen it, the rate at each level,
// and how much of the variance each factor brings (vary_summary.h).
//
// Legal call order: can_vary() -> make one per task of a run. A sample's number of context is in
// its metadata ("context"), so a stored run can be read without the task. Thread-safety: immutable,
// as Task. The task must outlive it.
#pragma once

#include <vector>

#include "eval/task.h"
#include "eval/vary/contexts.h"

namespace assay::eval {

/// The factors and contexts of one task.
struct Design {
  std::vector<Factor> factors;
  std::vector<std::vector<Text>> levels;  ///< names, of each factor
  std::vector<Context> contexts;          ///< the first is the reference
  /// "a child, Markdown": the levels that differ from the reference.
  [[nodiscard]] Text name_of(std::size_t context) const;
};

/// Those factors of the variation that can be varied in a task: `format` needs a question in a
/// chat, `temperature` a generated answer, `language` items in both.
std::vector<Factor> usable_factors(const Task& task, const Variation& variation,
                                   const std::vector<Lang>& langs);

class VariedTask : public Task {
 public:
  /// `factors` as usable_factors() gave them, at least one.
  VariedTask(const Task& task, std::vector<Factor> factors, const Variation& variation,
             std::uint64_t seed);

  /// The task's own; with the language among the factors, English alone: its samples hold both.
  [[nodiscard]] const TaskInfo& info() const override { return info_; }
  [[nodiscard]] const Design& design() const { return design_; }
  [[nodiscard]] const Task& inner() const { return *task_; }
  /// `context.count` items, each in every context.
  [[nodiscard]] Result<std::vector<Sample>> samples(const TaskContext& context) const override;
  [[nodiscard]] assay::Status available() const override { return task_->available(); }
  [[nodiscard]] const Solver& solver() const override { return solver_; }
  [[nodiscard]] Score score(const Sample& sample, const Trace& trace) const override {
    return task_->score(sample, trace);
  }
  [[nodiscard]] bool scores_truncated() const override { return task_->scores_truncated(); }
  [[nodiscard]] Summary summarise(const std::vector<Scored>& scored,
                                  const SummaryContext& context) const override;
  [[nodiscard]] std::vector<Example> examples() const override { return task_->examples(); }

 private:
  /// The task's own solver, at the context's temperature and form of the weights.
  class ContextSolver : public Solver {
   public:
    explicit ContextSolver(const VariedTask& task) : task_(&task) {}
    [[nodiscard]] std::string name() const override { return task_->task_->solver().name(); }
    [[nodiscard]] Step next(const Sample& sample, Trace& trace) const override;

   private:
    const VariedTask* task_;
  };

  [[nodiscard]] std::optional<std::uint32_t> level_of(Factor factor, std::size_t context) const;
  [[nodiscard]] Sample in_context(const Sample& item, std::size_t context) const;

  const Task* task_;
  TaskInfo info_;
  Design design_;
  ContextSolver solver_;
};

/// The tasks of a run with those replaced that can be varied; owns the replacements.
class VariedTasks {
 public:
  /// Errors: usage, where a task that was asked for by name has not one of the factors, or none of
  /// the tasks has any.
  assay::Status replace(std::vector<const Task*>& tasks, const Variation& variation,
                        const std::vector<Lang>& langs, const std::vector<std::string>& named,
                        std::uint64_t seed);

 private:
  std::vector<std::unique_ptr<VariedTask>> owned_;
};

/// Contexts of a task: 1 for one that is not varied.
[[nodiscard]] std::size_t contexts_of(const Task& task);

}  // namespace assay::eval
