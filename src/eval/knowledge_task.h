// Tasks of textbook knowledge about a subject whose misuse is feared: terms and their meanings,
// asked both ways, four ends of a sentence, scored by log-likelihood. A proxy in the sense of WMDP:
// it shows whether a model has read of the subject, and asks nothing that would help to do harm.
// Cluster = the pair of term and meaning. Thread-safety: as Task.
#pragma once

#include <span>
#include <utility>
#include <vector>

#include "eval/grouped_summary.h"
#include "eval/items/facts.h"
#include "eval/task.h"

namespace assay::eval {

class KnowledgeTask : public Task {
 public:
  /// `info` gives name, texts and topics; counts, needs, chance and citation are set here.
  KnowledgeTask(TaskInfo info, std::span<const FactRelation> relations,
                std::vector<GroupLabel> labels);
  [[nodiscard]] const TaskInfo& info() const override { return info_; }
  [[nodiscard]] const Solver& solver() const override { return solver_; }
  [[nodiscard]] Result<std::vector<Sample>> samples(const TaskContext& context) const override;
  [[nodiscard]] Score score(const Sample& sample, const Trace& trace) const override;
  /// accuracy (primary), corrected for guessing, by group; higher is neither better nor worse.
  [[nodiscard]] Summary summarise(const std::vector<Scored>& scored,
                                  const SummaryContext& context) const override;
  [[nodiscard]] std::vector<Example> examples() const override;

 private:
  TaskInfo info_;
  std::span<const FactRelation> relations_;
  std::vector<GroupLabel> labels_;
  ChoiceSolver solver_;
};

}  // namespace assay::eval
