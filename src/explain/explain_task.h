// ExplainTask: a method of explanation as a task of the evaluation, so that explanations are run,
// resumed, stored, shown, compared and reported like everything else. Its samples are prompts, its
// solver looks inside the model, and success means that the explanation stood its own test:
// changing what it names changed the output more than as much changed at random. Thread-safety: as
// Task.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "eval/registry.h"
#include "explain/method.h"

namespace assay::explain {

/// Works in one step; the record is Trace::state.
class ExplainSolver : public eval::Solver {
 public:
  /// `method` must outlive it.
  ExplainSolver(const Method& method, std::shared_ptr<Lab> lab)
      : method_(&method), lab_(std::move(lab)) {}
  [[nodiscard]] std::string name() const override { return "explain " + method_->info().name; }
  [[nodiscard]] eval::Step next(const eval::Sample& sample, eval::Trace& trace) const override;

 private:
  const Method* method_;
  std::shared_ptr<Lab> lab_;
};

class ExplainTask : public eval::Task {
 public:
  ExplainTask(std::shared_ptr<const Method> method, std::shared_ptr<Lab> lab);

  [[nodiscard]] const eval::TaskInfo& info() const override { return info_; }
  [[nodiscard]] const eval::Solver& solver() const override { return solver_; }
  [[nodiscard]] assay::Status available() const override { return lab_->weights.available(); }
  [[nodiscard]] Result<std::vector<eval::Sample>> samples(
      const eval::TaskContext& context) const override;
  [[nodiscard]] eval::Score score(const eval::Sample& sample,
                                  const eval::Trace& trace) const override;
  [[nodiscard]] eval::Summary summarise(const std::vector<eval::Scored>& scored,
                                        const eval::SummaryContext& context) const override;
  [[nodiscard]] std::vector<eval::Example> examples() const override { return {}; }

 private:
  std::shared_ptr<const Method> method_;
  std::shared_ptr<Lab> lab_;
  eval::TaskInfo info_;
  ExplainSolver solver_;
};

/// "explain_" + the method's name.
std::string task_name(const MethodInfo& info);
/// A task for each method; they work with this lab.
void add_explain_tasks(eval::Registry& registry, const std::shared_ptr<Lab>& lab);

}  // namespace assay::explain
