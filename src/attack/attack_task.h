// AttackTask: an attack as a task of the evaluation, so that an attack is run, resumed, stored,
// shown, compared and reported like everything else. Its samples are behaviours, its solver is the
// attack, and success means that the model held.
//
// Figures (attack_figures.h): what share was broken within the limits and within 1, 10, 100, ...
// queries; what it costs until half are broken; what it costs on average.
// Thread-safety: as Task.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "attack/attack_solver.h"
#include "eval/registry.h"

namespace assay::attack {

/// What the names of attacks' tasks begin with.
inline constexpr std::string_view kTaskPrefix = "attack_";
/// kTaskPrefix + the attack's name.
std::string task_name(const AttackInfo& info);

class AttackTask : public eval::Task {
 public:
  AttackTask(std::shared_ptr<const Attack> attack, std::shared_ptr<const Means> means);

  [[nodiscard]] const eval::TaskInfo& info() const override { return info_; }
  [[nodiscard]] const Attack& attack() const { return *attack_; }
  [[nodiscard]] const eval::Solver& solver() const override { return solver_; }
  [[nodiscard]] bool scores_truncated() const override { return true; }
  [[nodiscard]] assay::Status available() const override;
  [[nodiscard]] Result<std::vector<eval::Sample>> samples(
      const eval::TaskContext& context) const override;
  [[nodiscard]] eval::Score score(const eval::Sample& sample,
                                  const eval::Trace& trace) const override;
  [[nodiscard]] eval::Summary summarise(const std::vector<eval::Scored>& scored,
                                        const eval::SummaryContext& context) const override;
  [[nodiscard]] std::vector<eval::Example> examples() const override;
  [[nodiscard]] model::Ledger aside_cost() const override;

 private:
  std::shared_ptr<const Attack> attack_;
  std::shared_ptr<const Means> means_;
  eval::TaskInfo info_;
  AttackSolver solver_;
};

/// Means with all transforms, the stand-ins, and the limits of the full profile.
std::shared_ptr<Means> standard_means();
/// A task for each attack, with these means. Those that need neither weights nor an attacker are
/// part of the full profile.
void add_attack_tasks(eval::Registry& registry, const std::shared_ptr<const Means>& means);

/// What `assess --profile full` spends on a behaviour.
inline constexpr std::int64_t kProfileQueries = 20;

}  // namespace assay::attack
