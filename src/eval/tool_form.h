// Tool form: how a model that has no tool calls of its own is given tools, in the ReAct form (Yao
// et al. 2023, ReAct: Synergizing Reasoning and Acting in Language Models, arXiv:2210.03629): the
// tools are described in the system message, and a call is written into the answer.
//
//   Thought: what to do                 Observation: what the tool answered
//   Action: bash
//   Action Input: {"command": "ls"}
//
// Thread-safety: pure functions.
#pragma once

#include "base/lang.h"
#include "model/model.h"

namespace assay::eval {

/// A request with tools becomes one without: they are described in its system message, earlier
/// calls and answers are written in the form, and the answer stops before an observation that the
/// model would make up.
void make_tool_text(model::GenerateRequest& request, Lang lang);
/// A call as the form writes it: "Action: ..." and "Action Input: ..." on lines of their own.
[[nodiscard]] std::string call_text(const std::string& tool, const Json& arguments);
/// Moves a call out of the answer into tool_calls, where it has one: in the form above, or as
/// <tool_call>{"name": ..., "arguments": ...}</tool_call>. What follows a call is dropped.
/// Arguments that are no JSON object are kept as text.
void read_tool_text(model::GenerateResult& result);
/// A message for people to read: its text, then each call as a line "[calls bash {...}]".
[[nodiscard]] std::string text_with_calls(const model::Message& message);
/// What the outcome of a task asked in this form says.
[[nodiscard]] Text tool_form_note();

}  // namespace assay::eval
