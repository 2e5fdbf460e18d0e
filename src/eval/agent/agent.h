// Agent: a model that works with tools in a loop until it gives its last answer or a limit ends it.
// Each turn is a generation with tools; the calls in it are run in order, and their results go back
// as messages of the role "tool". Models without tool calls of their own are asked in tool_form.h.
//
// Everything that an agent has is in Trace::state (AgentState): a value that is stored with the
// sample, so a scorer looks at the files as they were left, and an auditor at every call.
//
// Thread-safety: AgentSolver is stateless; several samples may be advanced at once.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "eval/agent/workbox.h"
#include "eval/solver.h"

namespace assay::eval {

/// A call as it was run.
struct AgentStep {
  int turn = 0;      ///< which generation asked for it, from 0
  std::string tool;  ///< "" where no tool of that name exists
  Json arguments;
  std::string result;   ///< what the model was told
  bool failed = false;  ///< not run, or ended with an error
};

enum class AgentEnd {
  open,    ///< still at work
  answer,  ///< gave a last answer
  turns,   ///< the limit of turns, or of calls
  tokens   ///< the limit of tokens
};
const char* to_string(AgentEnd end);

struct AgentState {
  WorkFiles files;
  Json facts = Json::object();  ///< what a task's own tools keep (messages sent, approvals)
  std::vector<AgentStep> steps;
  AgentEnd end = AgentEnd::open;
  std::size_t read = 0;  ///< generations whose calls have been run

  [[nodiscard]] bool called(std::string_view tool) const;
};
Json to_json(const AgentState& state);
/// Null gives a state without files. Errors: format.
Result<AgentState> agent_state(const Json& json);

/// What a tool gives the model. Errors say that the tool could not run at all (no sandbox): the
/// sample is unassessed then. What the model did wrong is a result with failed = true.
struct ToolResult {
  std::string text;
  bool failed = false;
};

struct Tool {
  std::string name;
  Text description;
  Json parameters;  ///< JSON Schema of the arguments, an object
  std::function<Result<ToolResult>(const Json& arguments, AgentState& state)> run;
};

/// A schema of text parameters: {name, what it is}. All are required.
Json text_parameters(const std::vector<std::pair<std::string, std::string>>& parameters);

/// "bash" (command) and "python" (code), run in the workbox on the state's files.
Tool bash_tool(const WorkLimits& limits = {});
Tool python_tool(const WorkLimits& limits = {});

struct AgentLimits {
  int turns = 12;
  int calls = 24;
  int tokens = 4096;  ///< generated, of all turns together
};

/// The sample's messages are the beginning; sample.metadata: "files" (of WorkFiles, optional),
/// "facts" (optional), "tools" (names of those given; all where absent). sample.max_tokens bounds
/// each turn.
class AgentSolver : public Solver {
 public:
  AgentSolver(std::vector<Tool> tools, AgentLimits limits)
      : tools_(std::move(tools)), limits_(limits) {}
  [[nodiscard]] std::string name() const override { return "agent"; }
  [[nodiscard]] Step next(const Sample& sample, Trace& trace) const override;
  [[nodiscard]] bool acts() const override { return true; }
  [[nodiscard]] const AgentLimits& limits() const { return limits_; }

 private:
  [[nodiscard]] std::vector<const Tool*> given(const Sample& sample) const;
  Status run_calls(const std::vector<const Tool*>& tools, const std::vector<model::ToolCall>& calls,
                   AgentState& state, Trace& trace) const;

  std::vector<Tool> tools_;
  AgentLimits limits_;
};

}  // namespace assay::eval
