#include "model/local/chat_template.h"

#include <chrono>
#include <optional>

#include "chat-auto-parser.h"
#include "chat.h"
#include "model/local/backend.h"

namespace assay::model::local {

struct ToolSyntax {
  common_chat_parser_params parser;
};

namespace {

/// llama.cpp wants the arguments as JSON text. A call keeps whatever the model had written.
common_chat_msg converted(const Message& message) {
  common_chat_msg out;
  out.role = message.role;
  out.content = message.content;
  out.tool_call_id = message.tool_call_id;
  for (const ToolCall& call : message.tool_calls) {
    const Json& given = call.arguments;
    out.tool_calls.push_back(
        {call.name, dump_json(given.is_object() ? given : Json{{"text", given}}), call.id});
  }
  return out;
}

/// Does llama.cpp have a handler of its own for this template, whose prompt may be another than
/// what the template says? Which it has is a matter of the template's source.
bool has_handler(const common_chat_templates* templates) {
  try {
    const common_chat_template source(common_chat_templates_source(templates), "", "");
    autoparser::generation_params hello;
    hello.messages = {{{"role", "user"}, {"content", "Hello"}}};
    return common_chat_try_specialized_template(source, source.source(), hello).has_value();
  } catch (const std::exception&) {
    return true;  // the handler does not take it; without one nothing is looked at
  }
}

}  // namespace

void take_tool_calls(const ToolSyntax& syntax, GenerateResult& result) {
  const AbortGuard guard;
  try {
    const common_chat_msg message = common_chat_parse(result.text, false, syntax.parser);
    if (message.tool_calls.empty()) return;
    result.text = message.content;
    for (const common_chat_tool_call& call : message.tool_calls) {
      const auto parsed = parse_json(call.arguments, "arguments");
      const std::string id = "call-" + std::to_string(result.tool_calls.size());
      result.tool_calls.push_back(
          {call.id.empty() ? id : call.id, call.name, parsed ? *parsed : Json(call.arguments)});
    }
  } catch (const std::exception&) {
    return;  // not in this syntax
  }
}

struct ChatTemplate::Impl {
  common_chat_templates_ptr templates;
  bool handled_apart = true;
  /// Of chats without tools, where the template is not handled apart; they depend on it alone.
  std::optional<std::vector<std::string>> stops;
};

ChatTemplate::ChatTemplate(const llama_model* model) {
  if (llama_model_chat_template(model, nullptr) == nullptr) {
    problem_ = "this model has no chat template";
    return;
  }
  const AbortGuard guard;
  try {
    auto impl = std::make_unique<Impl>();
    impl->templates = common_chat_templates_init(model, "");
    if (impl->templates == nullptr) return;
    impl->handled_apart = has_handler(impl->templates.get());
    templates_ = std::move(impl);
  } catch (const std::exception& problem) {
    problem_ = std::string("the model's chat template cannot be read: ") + problem.what();
  }
}

ChatTemplate::~ChatTemplate() = default;

bool ChatTemplate::takes_tools() const {
  if (templates_ == nullptr) return false;
  const auto able = common_chat_templates_get_caps(templates_->templates.get());
  const auto has = [&](const char* what) {
    const auto found = able.find(what);
    return found != able.end() && found->second;
  };
  return has("supports_tools") && has("supports_tool_calls");
}

Result<ChatPrompt> ChatTemplate::apply(std::span<const Message> messages, const Json& tools) const {
  if (templates_ == nullptr) {
    return fail(ErrorKind::unsupported, problem_, {},
                "Use a model that was trained for dialogue, or give a raw prompt");
  }
  const AbortGuard guard;
  try {
    common_chat_templates_inputs inputs;
    for (const Message& message : messages) inputs.messages.push_back(converted(message));
    inputs.now = std::chrono::system_clock::from_time_t(1721995200);  // 26 July 2024, 12:00 UTC
    if (!tools.is_null()) {
      inputs.tools = common_chat_tools_parse_oaicompat(common_json::parse(dump_json(tools)));
    }
    const bool plain = tools.is_null() && !templates_->handled_apart;
    // Each time llama.cpp works out how the template's models write calls, by rendering it dozens
    // of times. Without tools that is for nothing: the prompt is the template's own.
    inputs.force_pure_content = plain && templates_->stops.has_value();
    const auto applied = common_chat_templates_apply(templates_->templates.get(), inputs);
    if (plain && !templates_->stops) templates_->stops = applied.additional_stops;
    ChatPrompt out{
        applied.prompt, plain ? *templates_->stops : applied.additional_stops, {}, nullptr};
    if (!tools.is_null()) {
      auto syntax = std::make_shared<ToolSyntax>();
      syntax->parser = common_chat_parser_params(applied);
      if (!applied.parser.empty()) syntax->parser.parser.load(applied.parser);
      out.shown = applied.preserved_tokens;
      out.tools = std::move(syntax);
    }
    return out;
  } catch (const std::exception& problem) {
    return fail(ErrorKind::usage,
                std::string("the model's chat template refuses these messages: ") + problem.what(),
                {}, "Check the order of the roles, and the tools");
  }
}

}  // namespace assay::model::local
