#include "eval/scorers/code_answer.h"

#include "base/text.h"
#include "eval/replay.h"
#include "eval/scorers/answer_text.h"
#include "eval/scorers/python_tests.h"

namespace assay::eval {
namespace {

bool block_closed(std::string_view answer) {
  int fences = 0;
  for (const std::string& line : split(answer, '\n')) {
    if (trim(line).starts_with("```")) ++fences;
  }
  return fences >= 2 && fences % 2 == 0;
}

}  // namespace

CodeAnswer code_answer(const Trace& trace, std::string_view name) {
  CodeAnswer out;
  const bool cut =
      !trace.generations.empty() && trace.generations.back().finish == model::FinishReason::length;
  if (cut && !block_closed(final_text(trace.answer()))) {
    out.unusable = Score::unassessed(kReasonCutOff, std::string(trace.answer()));
  } else if (!cut) {
    out.unusable = without_answer(trace);
  }
  if (out.unusable) return out;
  out.code = code_of(trace.answer(), name);
  if (out.code.empty()) {
    out.unusable = Score::unassessed("no code in the answer", std::string(trace.answer()));
  }
  return out;
}

}  // namespace assay::eval
