// Judge: whatever turns answers into verdicts in batches: a model or several with a rubric, a rule
// of scorers/named.h, the similarity of two texts. What it is has a digest, so that a measurement
// of its error (calibration.h) is only used for the judge that was measured.
//
// A call that failed, was cut off, or gave no label leaves the answer unassessed, always; so does a
// verdict that changes with the order in which labels or answers stand.
// Legal call order: make one -> judge() any number of times. Thread-safety: one call at a time.
#pragma once

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "eval/judge/rubric.h"
#include "eval/sample.h"
#include "eval/scorers/named.h"

namespace assay::eval {

struct JudgeItem {
  std::string prompt;
  std::string answer;
  std::string reference;  ///< a target, where there is one
  Lang lang = Lang::en;
};

class Judge {
 public:
  virtual ~Judge() = default;
  /// "smollm2, rubric refusal"
  [[nodiscard]] virtual std::string name() const = 0;
  /// What its verdicts depend on: digests of models and rubric, the rule, the threshold.
  [[nodiscard]] virtual Json about() const = 0;
  [[nodiscard]] virtual const Rubric* rubric() const { return nullptr; }
  /// One score an item; nothing where it was cancelled before.
  [[nodiscard]] virtual std::vector<std::optional<Score>> judge(std::span<const JudgeItem> items,
                                                                const CancelToken* cancel) = 0;
  /// All that it has cost so far.
  [[nodiscard]] virtual model::Ledger ledger() const { return {}; }
  /// Why it judges no more (its server was given up); then all comes back cancelled.
  [[nodiscard]] virtual std::optional<model::Halt> halted() const { return std::nullopt; }

  [[nodiscard]] std::string digest() const;
};

/// Models by a rubric; at least one.
std::unique_ptr<Judge> make_model_judge(std::vector<std::unique_ptr<model::Model>> models,
                                        Rubric rubric);
/// A scorer by name, e.g. "refusal". Errors: those of make_scorer().
Result<std::unique_ptr<Judge>> make_rule_judge(const std::string& scorer,
                                               const Json& options = nullptr);

}  // namespace assay::eval
