// A fixed outcome that holds everything a report has to cope with: all states, both languages,
// no failures, no figure, unassessed answers, sensitive and hostile text. Its estimates are
// literals, so that the golden files do not depend on the last digit of a compiler's arithmetic.
#pragma once

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "eval/registry.h"

namespace assay::report::test {

/// A task that is only its description.
class Described : public eval::Task {
 public:
  explicit Described(eval::TaskInfo info) : info_(std::move(info)) {}
  [[nodiscard]] const eval::TaskInfo& info() const override { return info_; }
  [[nodiscard]] Result<std::vector<eval::Sample>> samples(
      const eval::TaskContext& /*context*/) const override {
    return std::vector<eval::Sample>{};
  }
  [[nodiscard]] const eval::Solver& solver() const override { return solver_; }
  [[nodiscard]] eval::Score score(const eval::Sample& /*sample*/,
                                  const eval::Trace& /*trace*/) const override {
    return {};
  }
  [[nodiscard]] std::vector<eval::Example> examples() const override { return {}; }

 private:
  eval::TaskInfo info_;
  eval::GenerateSolver solver_;
};

void add_task(eval::Registry& registry, std::string name, Text title,
              std::vector<std::string> topics, bool sensitive = false);

/// A rate with a Clopper-Pearson or other interval, as literals.
stats::Estimate rate(double value, double low, double high, std::int64_t n);

eval::Figure figure(std::string id, Text label, stats::Estimate estimate, eval::Direction direction,
                    bool primary = true);

void fill_registry(eval::Registry& registry);
eval::RunOutcome rich_run();

/// Strings that break careless writers of Markdown, HTML, JSON and tables.
std::string hostile();

}  // namespace assay::report::test
