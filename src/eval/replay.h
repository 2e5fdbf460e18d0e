// From a trace to a score, as the runner does it, and from a declared example to a trace, so that
// a task's examples go through the same rules as a model's answers.
// Thread-safety: pure functions.
#pragma once

#include "eval/task.h"

namespace assay::eval {

/// Reasons of the runner, as they are counted in TaskOutcome::unassessed_reasons.
inline constexpr const char* kReasonCutOff = "answer cut off by the token limit";
inline constexpr const char* kReasonTooLong = "item longer than the model's context";
inline constexpr const char* kReasonModelError = "the model call failed";
inline constexpr const char* kReasonScorerError = "the scorer failed";

/// Was one of the model's turns ended by the token limit?
[[nodiscard]] bool cut_off(const Trace& trace);

/// The score of a trace. An error in the trace, an answer that was cut off (unless the task
/// scores those itself) and an exception of the scorer are unassessed; all else is task.score().
[[nodiscard]] Score score_trace(const Task& task, const Sample& sample, const Trace& trace);

/// Drives the task's solver through the example with the example's replies or log-probabilities in
/// place of a model. A choice counts one token, or as many as the sample's metadata says of it in
/// "example_tokens" (for tasks that count tokens). Errors: usage, where the solver asks for more or
/// for other things than the example holds, or leaves some of it unasked.
[[nodiscard]] Result<Trace> replay(const Task& task, const Example& example);

}  // namespace assay::eval
