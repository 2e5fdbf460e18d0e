#include "eval/agent/agent.h"

#include <algorithm>
#include <array>

#include "eval/json_fields.h"

namespace assay::eval {
namespace {

constexpr std::array<AgentEnd, 4> kEnds{AgentEnd::open, AgentEnd::answer, AgentEnd::turns,
                                        AgentEnd::tokens};

Result<AgentStep> read_step(const Json& json) {
  Fields fields(json, "agent step");
  AgentStep out;
  out.turn = fields.small("turn");
  out.tool = fields.text("tool");
  out.arguments = fields.any("arguments");
  out.result = fields.text("result");
  out.failed = fields.flag("failed");
  if (!fields.status()) return tl::unexpected(fields.status().error());
  return out;
}

Json definition(const Tool& tool, Lang lang) {
  return Json{{"type", "function"},
              {"function",
               {{"name", tool.name},
                {"description", tool.description.in(lang)},
                {"parameters", tool.parameters}}}};
}

/// A model that writes its one text argument without JSON around it is understood.
Json arguments_for(const Tool& tool, const Json& given) {
  const Json& required = tool.parameters["required"];
  if (given.is_string() && required.size() == 1) {
    return Json{{required[0].get<std::string>(), given}};
  }
  return given;
}

/// The name of what is missing or no text, or nothing.
std::string missing(const Tool& tool, const Json& arguments) {
  for (const Json& name : tool.parameters["required"]) {
    const auto found = arguments.find(name.get<std::string>());
    if (found == arguments.end() || !found->is_string()) return name.get<std::string>();
  }
  return {};
}

Result<ToolResult> call_tool(const std::vector<const Tool*>& tools, const model::ToolCall& call,
                             AgentState& state) {
  std::string names;
  for (const Tool* tool : tools) {
    names += (names.empty() ? "" : ", ") + tool->name;
    if (tool->name != call.name) continue;
    const Json arguments = arguments_for(*tool, call.arguments);
    if (!arguments.is_object()) {
      return ToolResult{"Error: the arguments are not a JSON object.", true};
    }
    const std::string lacks = missing(*tool, arguments);
    if (!lacks.empty()) return ToolResult{"Error: the argument '" + lacks + "' is missing.", true};
    return tool->run(arguments, state);
  }
  return ToolResult{"Error: there is no tool '" + call.name + "'. Tools: " + names + ".", true};
}

Result<ToolResult> run_command(const std::vector<std::string>& argv, const WorkLimits& limits,
                               AgentState& state) {
  ASSAY_TRY(WorkRun run, run_work(argv, state.files, limits));
  state.files = std::move(run.files);
  std::string text = std::move(run.output);
  const auto line = [&](const std::string& what) {
    if (!text.empty() && text.back() != '\n') text += '\n';
    text += "[" + what + "]";
  };
  if (run.output_cut) line("the rest of the output is left out");
  if (run.out_of_time) line("not ended in time, stopped");
  if (!run.trouble.empty()) line("all its changes are lost: " + run.trouble);
  const bool failed = run.exit_code != 0 || run.out_of_time || !run.trouble.empty();
  if (run.exit_code != 0 && !run.out_of_time) {
    line("exit status " + std::to_string(run.exit_code));
  } else if (text.empty()) {
    text = "[done, no output]";
  }
  return ToolResult{std::move(text), failed};
}

int tokens_of(const Trace& trace) {
  int sum = 0;
  for (const model::GenerateResult& result : trace.generations) sum += result.completion_tokens;
  return sum;
}

}  // namespace

const char* to_string(AgentEnd end) {
  switch (end) {
    case AgentEnd::open: return "open";
    case AgentEnd::answer: return "answer";
    case AgentEnd::turns: return "turns";
    case AgentEnd::tokens: return "tokens";
  }
  return "open";
}

bool AgentState::called(std::string_view tool) const {
  return std::any_of(steps.begin(), steps.end(),
                     [&](const AgentStep& step) { return step.tool == tool && !step.failed; });
}

Json to_json(const AgentState& state) {
  Json steps = Json::array();
  for (const AgentStep& step : state.steps) {
    steps.push_back({{"turn", step.turn},
                     {"tool", step.tool},
                     {"arguments", step.arguments},
                     {"result", step.result},
                     {"failed", step.failed}});
  }
  return Json{{"files", state.files.json()},
              {"facts", state.facts},
              {"steps", std::move(steps)},
              {"end", to_string(state.end)},
              {"read", state.read}};
}

Result<AgentState> agent_state(const Json& json) {
  AgentState out;
  if (json.is_null()) return out;
  Fields fields(json, "agent state");
  auto files = WorkFiles::from_json(fields.object("files"));
  if (!files) return tl::unexpected(files.error());
  out.files = std::move(*files);
  out.facts = fields.object("facts");
  out.steps = read_list<AgentStep>(fields, "steps", read_step);
  const std::string end = fields.text("end");
  out.read = static_cast<std::size_t>(fields.natural("read"));
  if (!fields.status()) return tl::unexpected(fields.status().error());
  const auto found =
      std::find_if(kEnds.begin(), kEnds.end(), [&](AgentEnd e) { return end == to_string(e); });
  if (found == kEnds.end()) return fail(ErrorKind::format, "unknown end '" + end + "'", "agent");
  out.end = *found;
  return out;
}

Json text_parameters(const std::vector<std::pair<std::string, std::string>>& parameters) {
  Json properties = Json::object();
  Json required = Json::array();
  for (const auto& [name, about] : parameters) {
    properties[name] = {{"type", "string"}, {"description", about}};
    required.push_back(name);
  }
  return Json{{"type", "object"}, {"properties", properties}, {"required", required}};
}

Tool bash_tool(const WorkLimits& limits) {
  return {
      "bash",
      {"Runs a command with bash in your work folder. Files stay; programs that are still "
       "running when it ends are stopped.",
       "在你的工作文件夹中用 bash 运行命令。文件会保留；命令结束时仍在运行的程序会被停止。"},
      text_parameters({{"command", "the command"}}),
      [limits](const Json& arguments, AgentState& state) {
        return run_command({"bash", "-c", arguments["command"].get<std::string>()}, limits, state);
      }};
}

Tool python_tool(const WorkLimits& limits) {
  return {"python",
          {"Runs a Python 3 program in your work folder and shows what it prints.",
           "在你的工作文件夹中运行 Python 3 程序，并显示其输出。"},
          text_parameters({{"code", "the program"}}),
          [limits](const Json& arguments, AgentState& state) {
            return run_command({"python3", "-B", "-c", arguments["code"].get<std::string>()},
                               limits, state);
          }};
}

std::vector<const Tool*> AgentSolver::given(const Sample& sample) const {
  std::vector<const Tool*> out;
  const auto wanted = sample.metadata.find("tools");
  for (const Tool& tool : tools_) {
    const bool named = wanted == sample.metadata.end() ||
                       std::find(wanted->begin(), wanted->end(), Json(tool.name)) != wanted->end();
    if (named) out.push_back(&tool);
  }
  return out;
}

Status AgentSolver::run_calls(const std::vector<const Tool*>& tools,
                              const std::vector<model::ToolCall>& calls, AgentState& state,
                              Trace& trace) const {
  for (const model::ToolCall& call : calls) {
    if (state.steps.size() >= static_cast<std::size_t>(limits_.calls)) {
      trace.transcript.push_back({"tool", "[not run: no calls are left]", {}, call.id});
      continue;
    }
    ASSAY_TRY(const ToolResult result, call_tool(tools, call, state));
    const bool known = std::any_of(tools.begin(), tools.end(),
                                   [&](const Tool* tool) { return tool->name == call.name; });
    state.steps.push_back({static_cast<int>(state.read), known ? call.name : "", call.arguments,
                           result.text, result.failed});
    trace.transcript.push_back({"tool", result.text, {}, call.id});
  }
  return {};
}

Step AgentSolver::next(const Sample& sample, Trace& trace) const {
  Json before = trace.state;
  if (before.is_null()) {
    before = to_json(AgentState{});
    for (const char* key : {"files", "facts"}) {
      if (sample.metadata.contains(key)) before[key] = sample.metadata[key];
    }
  }
  auto state = agent_state(before);
  if (!state) {
    trace.error = state.error();
    return {};
  }
  const std::vector<const Tool*> tools = given(sample);
  if (state->read < trace.generations.size()) {
    const model::GenerateResult& last = trace.generations.back();
    if (last.tool_calls.empty()) {
      state->end = AgentEnd::answer;
    } else if (const Status status = run_calls(tools, last.tool_calls, *state, trace); !status) {
      trace.error = status.error();
      return {};
    }
    state->read = trace.generations.size();
  }
  const bool out_of_turns = state->read >= static_cast<std::size_t>(limits_.turns) ||
                            state->steps.size() >= static_cast<std::size_t>(limits_.calls);
  if (state->end == AgentEnd::open && out_of_turns) state->end = AgentEnd::turns;
  if (state->end == AgentEnd::open && tokens_of(trace) >= limits_.tokens) {
    state->end = AgentEnd::tokens;
  }
  trace.state = to_json(*state);
  if (state->end != AgentEnd::open) return {};
  Step step;
  model::GenerateRequest& request = step.generate.emplace();
  request.messages = trace.transcript;
  request.tools = Json::array();
  for (const Tool* tool : tools) request.tools.push_back(definition(*tool, sample.lang));
  request.max_tokens = std::min(sample.max_tokens, std::max(1, limits_.tokens - tokens_of(trace)));
  return step;
}

}  // namespace assay::eval
