#include "eval/tool_form.h"

#include <algorithm>
#include <optional>
#include <string_view>

#include "base/text.h"

namespace assay::eval {
namespace {

constexpr std::string_view kAction = "Action:";
constexpr std::string_view kInput = "Action Input:";
constexpr std::string_view kObservation = "Observation:";
constexpr std::string_view kOpen = "<tool_call>";
constexpr std::string_view kClose = "</tool_call>";

/// The member of that name, or null.
const Json& part(const Json& object, const char* name) {
  static const Json none;
  if (!object.is_object()) return none;
  const auto found = object.find(name);
  return found == object.end() ? none : *found;
}

std::string described(const Json& tools) {
  std::string text;
  for (const Json& tool : tools) {
    const Json& function = part(tool, "function");
    if (!function.is_object()) continue;
    text += "- " + function.value("name", "") + ": " + function.value("description", "") + "\n";
    const Json& properties = part(part(function, "parameters"), "properties");
    for (const auto& [name, about] : properties.items()) {
      text += "    " + name + " (" + about.value("type", "string") + ")";
      const std::string what = about.value("description", "");
      text += (what.empty() ? "" : ": " + what) + "\n";
    }
  }
  return text;
}

std::string instructions(const Json& tools, Lang lang) {
  const bool zh = lang == Lang::zh;
  return std::string(zh ? "你可以使用这些工具：\n" : "You can use these tools:\n") +
         described(tools) +
         (zh ? "要使用工具，请严格按下面的格式写三行，然后停下来等待结果：\n"
             : "To use one, write exactly these three lines, then stop and wait for the "
               "result:\n") +
         "Thought: " + (zh ? "你的想法" : "what you think") +
         "\nAction: " + (zh ? "工具名" : "name of the tool") +
         "\nAction Input: " + (zh ? "JSON 对象形式的参数" : "its arguments as a JSON object") +
         "\n" +
         (zh ? "结果会以 Observation: 给出。全部完成后，直接写出最后的回答，不要再写 Action。"
             : "The result comes as Observation: ... When all is done, write your last answer "
               "without an Action.");
}

std::string written(const model::Message& message) {
  std::string text = message.content;
  for (const model::ToolCall& call : message.tool_calls) {
    if (!text.empty() && text.back() != '\n') text += "\n";
    text += call_text(call.name, call.arguments);
  }
  return text;
}

/// Where `mark` begins a line, at or after `from`.
std::size_t line_with(std::string_view text, std::string_view mark, std::size_t from) {
  for (std::size_t at = text.find(mark, from); at != std::string_view::npos;
       at = text.find(mark, at + 1)) {
    std::size_t before = at;
    while (before > 0 && (text[before - 1] == ' ' || text[before - 1] == '*')) --before;
    if (before == 0 || text[before - 1] == '\n') return at;
  }
  return std::string_view::npos;
}

/// Without what models put around a name or an object: spaces, stars, quotes, code fences.
std::string_view bare(std::string_view text) {
  text = trim(text);
  if (text.starts_with("```")) {
    const std::size_t line = text.find('\n');
    text.remove_prefix(line == std::string_view::npos ? 3 : line + 1);
    text = text.substr(0, text.find("```"));
  }
  while (!text.empty() && (text.front() == '*' || text.front() == '`')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == '*' || text.back() == '`')) text.remove_suffix(1);
  return trim(text);
}

/// The JSON object at the beginning of a text that may go on, or the text itself.
Json arguments_of(std::string_view text) {
  text = bare(text);
  if (const auto whole = parse_json(std::string(text), "arguments"); whole && whole->is_object()) {
    return *whole;
  }
  int depth = 0;
  bool quoted = false;
  for (std::size_t i = 0; text.starts_with('{') && i < text.size(); ++i) {
    const char c = text[i];
    if (quoted && c == '\\') {
      ++i;
    } else if (c == '"') {
      quoted = !quoted;
    } else if (!quoted && (c == '{' || c == '}')) {
      depth += c == '{' ? 1 : -1;
      if (depth > 0) continue;
      const auto part = parse_json(std::string(text.substr(0, i + 1)), "arguments");
      if (part && part->is_object()) return *part;
      break;
    }
  }
  return std::string(text);
}

struct Found {
  std::size_t begin = 0;
  model::ToolCall call;
};

std::optional<Found> react_call(std::string_view text) {
  const std::size_t action = line_with(text, kAction, 0);
  if (action == std::string_view::npos) return std::nullopt;
  const std::size_t input = line_with(text, kInput, action);
  const std::size_t name_at = action + kAction.size();
  const std::size_t line_end = std::min(text.find('\n', name_at), text.size());
  Found found;
  found.begin = action;
  found.call.name = std::string(bare(text.substr(name_at, line_end - name_at)));
  found.call.arguments = Json::object();
  if (found.call.name.empty()) return std::nullopt;
  if (input == std::string_view::npos) return found;
  std::size_t end = text.size();
  for (const std::string_view mark : {kObservation, std::string_view("Thought:"), kAction}) {
    end = std::min(end, line_with(text, mark, input + kInput.size()));
  }
  const std::size_t from = input + kInput.size();
  found.call.arguments = arguments_of(text.substr(from, end - from));
  return found;
}

std::optional<Found> tagged_call(std::string_view text) {
  const std::size_t open = text.find(kOpen);
  if (open == std::string_view::npos) return std::nullopt;
  const std::size_t from = open + kOpen.size();
  const std::size_t close = std::min(text.find(kClose, from), text.size());
  const Json json = arguments_of(text.substr(from, close - from));
  const auto name = json.is_object() ? json.find("name") : json.end();
  if (!json.is_object() || name == json.end() || !name->is_string()) return std::nullopt;
  Found found;
  found.begin = open;
  found.call.name = name->get<std::string>();
  const auto given = json.find("arguments");
  found.call.arguments = given == json.end() ? Json::object() : *given;
  return found;
}

}  // namespace

std::string call_text(const std::string& tool, const Json& arguments) {
  return std::string(kAction) + " " + tool + "\n" + std::string(kInput) + " " +
         (arguments.is_string() ? arguments.get<std::string>() : dump_json(arguments));
}

void make_tool_text(model::GenerateRequest& request, Lang lang) {
  if (request.tools.is_null()) return;
  const std::string about = instructions(request.tools, lang);
  request.tools = nullptr;
  bool told = false;
  for (model::Message& message : request.messages) {
    if (message.role == "system" && !told) {
      message.content += "\n\n" + about;
      told = true;
    } else if (message.role == "tool") {
      message.role = "user";
      message.content = std::string(kObservation) + " " + message.content;
      message.tool_call_id.clear();
    } else if (!message.tool_calls.empty()) {
      message.content = written(message);
      message.tool_calls.clear();
    }
  }
  if (!told) request.messages.insert(request.messages.begin(), model::Message{"system", about});
  request.stop.push_back("\n" + std::string(kObservation));
}

void read_tool_text(model::GenerateResult& result) {
  std::optional<Found> found = tagged_call(result.text);
  if (!found) found = react_call(result.text);
  if (!found) return;
  found->call.id = "call-0";
  result.text = std::string(trim(std::string_view(result.text).substr(0, found->begin)));
  result.tool_calls.push_back(std::move(found->call));
}

std::string text_with_calls(const model::Message& message) {
  std::string text = message.content;
  for (const model::ToolCall& call : message.tool_calls) {
    const Json& given = call.arguments;
    if (!text.empty()) text += '\n';
    text += "[calls ";
    text += call.name;
    text += ' ';
    text += given.is_string() ? given.get<std::string>() : dump_json(given);
    text += ']';
  }
  return text;
}

Text tool_form_note() {
  return {
      "The model has no tool calls of its own, so tools were described to it in words and its "
      "calls were read from its text (ReAct form).",
      "模型本身没有工具调用功能，因此用文字向它说明工具，并从它的文本中读取调用（ReAct 格式）。"};
}

}  // namespace assay::eval
