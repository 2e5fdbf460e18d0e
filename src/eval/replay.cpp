#include "eval/replay.h"

#include <algorithm>
#include <exception>

#include "eval/tool_form.h"

namespace assay::eval {
namespace {

tl::unexpected<Error> mismatch(const Example& example, const std::string& what) {
  return fail(
      ErrorKind::usage, what, "example " + example.sample.id,
      "Declare one reply for each turn of the model, or one log-probability for each choice");
}

/// As many tokens as the example says in its sample's metadata ("example_tokens"), else one.
std::vector<std::int32_t> tokens_of(const Example& example, std::size_t index) {
  const Json& metadata = example.sample.metadata;
  if (!metadata.is_object() || !metadata.contains("example_tokens")) return {0};
  const Json& counts = metadata["example_tokens"];
  if (index >= counts.size() || !counts[index].is_number_unsigned()) return {0};
  return std::vector<std::int32_t>(counts[index].get<std::size_t>(), 0);
}

/// Fills a choice step from the example.
assay::Status reply_choices(const Step& step, const Example& example, Trace& trace) {
  for (std::size_t i = 0; i < step.choices.size(); ++i) {
    const std::size_t index = trace.scores.size();
    if (index >= example.choice_logprobs.size()) {
      return mismatch(example, "the solver scores more choices than the example has");
    }
    model::LoglikelihoodResult result;
    result.total = example.choice_logprobs[index];
    result.tokens = tokens_of(example, index);
    result.token_logprobs = {result.total};
    trace.scores.push_back(std::move(result));
  }
  return {};
}

assay::Status reply_text(const Step& step, const Example& example, Trace& trace) {
  const std::size_t index = trace.generations.size();
  if (index >= example.replies.size()) {
    return mismatch(example, "the solver asks for more replies than the example has");
  }
  model::GenerateResult result;
  result.text = example.replies[index];
  if (index + 1 == example.replies.size()) result.finish = example.finish;
  if (!step.generate->tools.is_null()) read_tool_text(result);
  trace.transcript.push_back({"assistant", result.text, result.tool_calls});
  trace.generations.push_back(std::move(result));
  return {};
}

}  // namespace

bool cut_off(const Trace& trace) {
  return std::any_of(trace.generations.begin(), trace.generations.end(), [](const auto& result) {
    return result.finish == model::FinishReason::length;
  });
}

Score score_trace(const Task& task, const Sample& sample, const Trace& trace) {
  if (trace.error) {
    const bool too_long = trace.error->kind == ErrorKind::limit;
    Score score = Score::unassessed(too_long ? kReasonTooLong : kReasonModelError);
    score.metadata = Json{{"error", trace.error->message()}};
    return score;
  }
  if (!task.scores_truncated() && cut_off(trace)) {
    return Score::unassessed(kReasonCutOff, std::string(trace.answer()));
  }
  try {
    return task.score(sample, trace);
  } catch (const std::exception& e) {
    Score score = Score::unassessed(kReasonScorerError, std::string(trace.answer()));
    score.metadata = Json{{"error", e.what()}};
    return score;
  }
}

Result<Trace> replay(const Task& task, const Example& example) {
  Trace trace;
  trace.transcript = example.sample.messages;
  while (true) {
    const Step step = task.solver().next(example.sample, trace);
    if (step.done()) break;
    ASSAY_CHECK(step.generate ? reply_text(step, example, trace)
                              : reply_choices(step, example, trace));
    if (!task.scores_truncated() && cut_off(trace)) break;
  }
  if (trace.generations.size() != example.replies.size() ||
      trace.scores.size() != example.choice_logprobs.size()) {
    return mismatch(example, "the solver did not use all that the example holds");
  }
  return trace;
}

}  // namespace assay::eval
