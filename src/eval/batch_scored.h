// BatchScored: a task whose answers are scored many at a time, after the model has given them: by a
// judge that is itself a model. Task::score() gives kReasonAwaiting to an answer that is to be
// scored so; whoever runs the task hands these over to score_all(). Thread-safety: one call of
// score_all() at a time.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "eval/task.h"

namespace assay::eval {

inline constexpr const char* kReasonAwaiting = "not judged yet";
/// Answers in one call of score_all(): what a run that is killed has to ask again, at most.
inline constexpr std::size_t kJudgedBatch = 128;

struct Answered {
  Sample sample;
  int epoch = 0;
  Trace trace;
};

class BatchScored {
 public:
  virtual ~BatchScored() = default;
  /// One score an answer; nothing where it was cancelled before.
  [[nodiscard]] virtual std::vector<std::optional<Score>> score_all(
      std::span<const Answered> answers, const CancelToken* cancel) const = 0;
  /// All that scoring has cost so far.
  [[nodiscard]] virtual model::Ledger scoring_cost() const = 0;
  /// Why it scores no more.
  [[nodiscard]] virtual std::optional<model::Halt> scoring_halted() const = 0;
};

/// The task as one, or the task that it varies (vary/varied_task.h); null where each answer is
/// scored by itself.
const BatchScored* batch_scored(const Task& task);

}  // namespace assay::eval
