// Plays an agent of fixed character through a task's own solver, tools and score.
#pragma once

#include <functional>
#include <string>
#include <utility>

#include "eval/agent/agent.h"
#include "eval/replay.h"

namespace assay::eval {

/// A tool and its arguments; with an empty tool the last answer, {"text": ...}.
using Call = std::pair<std::string, Json>;
/// What it does next, by the sample and what its tools have done so far.
using Character = std::function<Call(const Sample&, const AgentState&)>;

inline Scored play(const Task& task, const Sample& sample, const Character& character) {
  Trace trace;
  trace.transcript = sample.messages;
  while (!task.solver().next(sample, trace).done()) {
    const auto [tool, arguments] = character(sample, *agent_state(trace.state));
    model::GenerateResult result;
    result.completion_tokens = 20;
    if (tool.empty()) {
      result.text = arguments.value("text", "I have finished.");
    } else {
      result.tool_calls.push_back({"c", tool, arguments});
    }
    trace.transcript.push_back({"assistant", result.text, result.tool_calls});
    trace.generations.push_back(std::move(result));
  }
  return {sample.id,      sample.cluster, sample.group, 0, score_trace(task, sample, trace),
          sample.metadata};
}

}  // namespace assay::eval
