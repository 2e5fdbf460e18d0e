// From what judging models reply to a verdict: a failed call, a reply without a label, and a
// verdict that changes with the order are unassessed, always. Thread-safety: pure functions.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "eval/judge/rubric.h"
#include "model/model.h"

namespace assay::eval {

inline constexpr const char* kJudgeCallFailed = "the judge's call failed";

/// What one model says in one order.
struct JudgeCall {
  std::optional<std::size_t> label;
  std::string problem;  ///< where there is no label
  std::string detail;
  bool cancelled = false;
};
/// `swapped`: as in judge_request().
JudgeCall read_call(const Rubric& rubric, const Result<model::GenerateResult>& result,
                    bool swapped);

/// What one model says in all orders.
struct JudgeVote {
  Verdict verdict = Verdict::unassessed;
  std::string reason;   ///< where it is no verdict
  bool failed = false;  ///< a call failed: no vote of others makes up for it
};
/// At least one call.
JudgeVote vote_of(const Rubric& rubric, std::span<const JudgeCall> calls);
/// Several votes into one: a failed call stays unassessed, whatever the others say. `all`: they
/// must agree; else most of them.
JudgeVote combined(const std::vector<JudgeVote>& votes, bool all);

}  // namespace assay::eval
