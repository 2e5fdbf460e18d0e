#include "eval/judge/vote.h"

#include <algorithm>

#include "eval/judge/prompt.h"

namespace assay::eval {
namespace {

constexpr const char* kNoLabel = "the judge gave no label";
constexpr const char* kCutOff = "the judge's reply was cut off";
constexpr const char* kTooLong = "too long for the judge";
constexpr const char* kOrder = "the judge's verdict changes with the order";
constexpr const char* kApart = "the judges do not agree";

}  // namespace

JudgeCall read_call(const Rubric& rubric, const Result<model::GenerateResult>& result,
                    bool swapped) {
  JudgeCall out;
  if (!result) {
    out.cancelled = result.error().kind == ErrorKind::cancelled;
    out.problem = result.error().kind == ErrorKind::limit ? kTooLong : kJudgeCallFailed;
    out.detail = result.error().message();
    return out;
  }
  if (result->finish == model::FinishReason::cancelled) {
    out.cancelled = true;
  } else if (result->finish == model::FinishReason::length) {
    out.problem = kCutOff;
  } else if (out.label = read_label(rubric, result->text, swapped); !out.label) {
    out.problem = kNoLabel;
  }
  out.detail = result->text;
  return out;
}

JudgeVote vote_of(const Rubric& rubric, std::span<const JudgeCall> calls) {
  for (const JudgeCall& call : calls) {
    if (!call.label) return {Verdict::unassessed, call.problem, true};
  }
  const RubricLabel& first = rubric.labels[*calls.front().label];
  for (const JudgeCall& call : calls) {
    if (rubric.labels[*call.label].verdict != first.verdict) {
      return {Verdict::unassessed, kOrder, false};
    }
  }
  const bool verdict = first.verdict != Verdict::unassessed;
  return {first.verdict, verdict ? "" : std::string("judged \"") + first.name + "\"", false};
}

JudgeVote combined(const std::vector<JudgeVote>& votes, bool all) {
  for (const JudgeVote& vote : votes) {
    if (vote.failed) return vote;
  }
  if (votes.size() == 1) return votes.front();
  for (const Verdict verdict : {Verdict::success, Verdict::failure}) {
    const auto agree = static_cast<std::size_t>(std::count_if(
        votes.begin(), votes.end(), [&](const JudgeVote& v) { return v.verdict == verdict; }));
    if (all ? agree == votes.size() : 2 * agree > votes.size()) return {verdict, "", false};
  }
  return {Verdict::unassessed, kApart, false};
}

}  // namespace assay::eval
