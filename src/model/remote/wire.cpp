#include "model/remote/wire.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "base/text.h"

namespace assay::model::remote {
namespace {

constexpr std::size_t kMostStops = 4;  ///< the protocol's bound; the rest is cut here
constexpr std::size_t kErrorBytes = 300;

Error bad_reply(const std::string& what) {
  return {ErrorKind::format, "the reply is not what the protocol promises: " + what, {}, {}};
}

const Json* member(const Json& object, const char* key) {
  if (!object.is_object()) return nullptr;
  const auto found = object.find(key);
  return found == object.end() || found->is_null() ? nullptr : &*found;
}

std::int64_t count_of(const Json* object, const char* key, std::int64_t missing) {
  const Json* value = object == nullptr ? nullptr : member(*object, key);
  if (value == nullptr || !value->is_number_integer()) return missing;
  const auto count = value->get<std::int64_t>();
  return count >= 0 && count <= std::numeric_limits<std::int32_t>::max() ? count : missing;
}

Json messages_json(const std::vector<Message>& messages) {
  Json out = Json::array();
  for (const Message& message : messages) {
    Json& written = out.emplace_back(Json{{"role", message.role}, {"content", message.content}});
    if (!message.tool_call_id.empty()) written["tool_call_id"] = message.tool_call_id;
    for (const ToolCall& call : message.tool_calls) {
      const bool text = call.arguments.is_string();
      Json function{{"name", call.name},
                    {"arguments", text ? call.arguments : Json(dump_json(call.arguments))}};
      written["tool_calls"].push_back(
          {{"id", call.id}, {"type", "function"}, {"function", std::move(function)}});
    }
  }
  return out;
}

void add_sampling(Json& body, Dialect dialect, const Sampling& sampling) {
  body["temperature"] = sampling.temperature;
  if (sampling.temperature <= 0.0) return;
  body["top_p"] = sampling.top_p;
  body["seed"] = static_cast<std::int64_t>(sampling.seed & 0x7fffffffU);
  // Servers of open models have defaults of their own for these.
  const bool own = dialect != Dialect::plain;
  if (own || sampling.top_k > 0) body["top_k"] = sampling.top_k;
  if (own || sampling.min_p > 0.0) body["min_p"] = sampling.min_p;
}

bool has_schema(const GenerateRequest& request) { return !request.json_schema.is_null(); }

/// What holds the answer to a form, in the words of each kind of server.
void add_form(Json& body, Dialect dialect, const GenerateRequest& request) {
  if (!request.grammar.empty()) {
    if (dialect ==
        Dialect::vllm) {  // by release: 0.11 and later read the second, earlier the first
      body["guided_grammar"] = request.grammar;
      body["structured_outputs"] = {{"grammar", request.grammar}};
    } else {
      body["grammar"] = request.grammar;
    }
  } else if (has_schema(request) && dialect == Dialect::llama_server) {
    body["json_schema"] = request.json_schema;
  } else if (has_schema(request)) {
    body["response_format"] = {
        {"type", "json_schema"},
        {"json_schema", {{"name", "answer"}, {"strict", true}, {"schema", request.json_schema}}}};
  }
}

/// The beginning of the answer, in the words of each kind of server.
void add_prefill(Json& body, Dialect dialect, const std::string& prefill) {
  body["messages"].push_back({{"role", "assistant"}, {"content", prefill}});
  if (dialect != Dialect::vllm) return;
  body["add_generation_prompt"] = false;
  body["continue_final_message"] = true;
}

/// {"content": [{"logprob", "id"?}]}: the form of chats.
Status add_content_logprobs(const Json& content, GenerateResult& result) {
  for (const Json& token : content) {
    const Json* logprob = member(token, "logprob");
    if (logprob == nullptr || !logprob->is_number()) {
      return tl::unexpected(bad_reply("a token without a log-probability"));
    }
    result.token_logprobs.push_back(logprob->get<double>());
    const Json* id = member(token, "id");
    if (id != nullptr && id->is_number_integer()) {
      result.tokens.push_back(id->get<std::int32_t>());
    }
  }
  return {};
}

Result<std::string> string_of(const Json* value, const char* name) {
  if (value == nullptr) return std::string();
  if (!value->is_string()) return tl::unexpected(bad_reply(std::string(name) + " is not text"));
  return value->get<std::string>();
}

Status add_chat_text(const Json& choice, bool tools, Generated& out) {
  const Json* message = member(choice, "message");
  if (message == nullptr || !message->is_object()) {
    return tl::unexpected(bad_reply("no message in the choice"));
  }
  bool left_out = false;
  std::string& text = out.result.text;
  ASSAY_TRY(text, content_text(*message, &left_out));
  if (const Json* calls = member(*message, "tool_calls")) {
    ASSAY_CHECK(add_tool_calls(*calls, tools, out.result));
  }
  const bool called = !out.result.tool_calls.empty();
  if (text.empty() && !called) {  // some vendors put a refusal of their own beside the content
    ASSAY_TRY(text, string_of(member(*message, "refusal"), "refusal"));
  }
  if (text.empty() && !called && left_out && out.withheld.empty()) out.withheld = kNoText;
  return {};
}

}  // namespace

Status can_hold(Dialect dialect, const GenerateRequest& request) {
  if (has_schema(request) && !request.grammar.empty()) {
    return fail(ErrorKind::usage,
                "an answer is held to a JSON Schema or to a grammar, not to both");
  }
  if (has_schema(request) && !request.json_schema.is_object()) {
    return fail(ErrorKind::usage, "the JSON Schema of the answer is not an object");
  }
  if (dialect != Dialect::plain) return {};
  if (!request.prefill.empty() && !request.messages.empty()) {
    return fail(ErrorKind::unsupported, "this server does not let an answer be begun", {},
                "Use llama-server or vLLM, or the weights themselves");
  }
  if (!request.grammar.empty()) {
    return fail(ErrorKind::unsupported, "this server cannot hold an answer to a grammar", {},
                "Use llama-server or vLLM, or the weights themselves");
  }
  if (has_schema(request) && request.messages.empty()) {
    return fail(ErrorKind::unsupported,
                "this server holds answers of chats to a JSON Schema, not those of plain texts", {},
                "Ask as a chat, or use llama-server or vLLM");
  }
  return {};
}

Json generate_body(const Settings& settings, Dialect dialect, const GenerateRequest& request,
                   bool stream) {
  const bool chat = !request.messages.empty();
  Json body = {{"model", settings.model}};
  if (chat) {
    body["messages"] = messages_json(request.messages);
    if (!request.prefill.empty()) add_prefill(body, dialect, request.prefill);
    if (request.tools.is_array() && !request.tools.empty()) body["tools"] = request.tools;
  } else {
    body["prompt"] = request.prompt + request.prefill;
  }
  body[chat ? settings.max_tokens_field : "max_tokens"] = request.max_tokens;
  add_sampling(body, dialect, request.sampling);
  if (!request.stop.empty()) {
    const auto end = request.stop.begin() +
                     static_cast<std::ptrdiff_t>(std::min(kMostStops, request.stop.size()));
    body["stop"] = std::vector<std::string>(request.stop.begin(), end);
  }
  if (request.logprobs) {
    body["logprobs"] = chat ? Json(true) : Json(1);
    if (chat) body["top_logprobs"] = 1;
  }
  add_form(body, dialect, request);
  if (stream) {
    body["stream"] = true;
    body["stream_options"] = {{"include_usage", true}};
  }
  if (settings.extra_body.is_object()) body.update(settings.extra_body);
  return body;
}

Usage read_usage(const Json& reply, std::size_t prompt_bytes, std::size_t answer_bytes) {
  constexpr std::size_t bytes = 4;
  const auto estimate = [](std::size_t n) {
    return static_cast<std::int64_t>((n + bytes - 1) / bytes);
  };
  const Json* usage = member(reply, "usage");
  Usage out;
  out.prompt_tokens = count_of(usage, "prompt_tokens", estimate(prompt_bytes));
  out.completion_tokens = count_of(usage, "completion_tokens", estimate(answer_bytes));
  const Json* details = usage == nullptr ? nullptr : member(*usage, "prompt_tokens_details");
  out.cached_tokens = std::min(out.prompt_tokens, count_of(details, "cached_tokens", 0));
  return out;
}

std::optional<FinishReason> read_finish(const std::string& reason) {
  if (reason == "stop" || reason == "tool_calls" || reason == "function_call" || reason == "eos" ||
      reason == "eos_token" || reason == "stop_sequence") {
    return FinishReason::stop;
  }
  if (reason == "length" || reason == "max_tokens") return FinishReason::length;
  return std::nullopt;
}

Result<std::string> content_text(const Json& message, bool* left_out) {
  const Json* content = member(message, "content");
  if (content == nullptr) return std::string();
  if (content->is_string()) return content->get<std::string>();
  if (!content->is_array()) return tl::unexpected(bad_reply("the content is not text"));
  std::string text;
  for (const Json& part : *content) {  // images and sound are left out
    const Json* type = member(part, "type");
    if (type == nullptr || *type != "text") {
      if (left_out != nullptr) *left_out = true;
      continue;
    }
    ASSAY_TRY(const std::string piece, string_of(member(part, "text"), "a part of the content"));
    text += piece;
  }
  return text;
}

Status add_tool_calls(const Json& calls, bool tools, GenerateResult& result) {
  if (!calls.is_array()) return tl::unexpected(bad_reply("tool_calls is not a list"));
  for (const Json& json : calls) {
    const Json* function = member(json, "function");
    if (function == nullptr) return tl::unexpected(bad_reply("a tool call without a function"));
    ToolCall call;
    ASSAY_TRY(call.id, string_of(member(json, "id"), "the id of a tool call"));
    ASSAY_TRY(call.name, string_of(member(*function, "name"), "a tool's name"));
    ASSAY_TRY(const std::string arguments,
              string_of(member(*function, "arguments"), "a tool's arguments"));
    const auto parsed = parse_json(arguments, "arguments");
    call.arguments = parsed ? *parsed : Json(arguments);
    if (tools) {
      result.tool_calls.push_back(std::move(call));
      continue;
    }
    call.id.clear();
    result.text += result.text.empty() ? "" : "\n";
    result.text += "<tool_call>" + dump_json(to_json(call)) + "</tool_call>";
  }
  return {};
}

Status add_logprobs(const Json& logprobs, GenerateResult& result) {
  if (logprobs.is_null()) return {};
  if (const Json* content = member(logprobs, "content")) {
    if (!content->is_array()) return tl::unexpected(bad_reply("logprobs is not a list"));
    return add_content_logprobs(*content, result);
  }
  const Json* values = member(logprobs, "token_logprobs");
  if (values == nullptr) return {};
  if (!values->is_array()) return tl::unexpected(bad_reply("token_logprobs is not a list"));
  for (const Json& value : *values) {
    if (!value.is_number()) {
      return tl::unexpected(bad_reply("a token without a log-probability"));
    }
    result.token_logprobs.push_back(value.get<double>());
  }
  return {};
}

Result<Generated> read_generated(const Json& reply, bool chat, bool tools) {
  const Json* choices = member(reply, "choices");
  if (choices == nullptr || !choices->is_array()) {
    return tl::unexpected(bad_reply("no list of choices"));
  }
  if (choices->size() != 1) {
    return tl::unexpected(
        bad_reply(std::to_string(choices->size()) + " choices where one was asked for"));
  }
  const Json& choice = choices->front();
  ASSAY_TRY(const std::string reason, string_of(member(choice, "finish_reason"), "finish_reason"));
  Generated out;
  if (reason == "content_filter") out.withheld = kFiltered;
  const auto finish = read_finish(reason);
  if (!finish && out.withheld.empty()) {
    return tl::unexpected(bad_reply("the finish_reason is '" + reason.substr(0, 40) + "'"));
  }
  out.result.finish = finish.value_or(FinishReason::stop);
  if (chat) {
    ASSAY_CHECK(add_chat_text(choice, tools, out));
  } else {
    const Json* text = member(choice, "text");
    if (text == nullptr) return tl::unexpected(bad_reply("no text in the choice"));
    ASSAY_TRY(out.result.text, string_of(text, "text"));
  }
  if (const Json* logprobs = member(choice, "logprobs")) {
    ASSAY_CHECK(add_logprobs(*logprobs, out.result));
  }
  return out;
}

bool held_to(const GenerateRequest& request, const GenerateResult& result) {
  const bool calls =
      !result.tool_calls.empty() || result.text.find("<tool_call>") != std::string::npos;
  if (!has_schema(request) || result.finish != FinishReason::stop || calls) return true;
  return parse_json(trim(result.text), "answer").has_value();
}

void cut_at_stop(GenerateResult& result, const std::vector<std::string>& stop) {
  std::size_t cut = std::string::npos;
  for (const std::string& mark : stop) {
    if (!mark.empty()) cut = std::min(cut, result.text.find(mark));
  }
  if (cut == std::string::npos) return;
  result.text.resize(cut);
  result.finish = FinishReason::stop;
}

std::string error_text(const std::string& body) {
  const auto json = parse_json(body, "error");
  if (!json) return {};
  std::string text;
  const Json* error = member(*json, "error");
  for (const Json* place : {error, &*json}) {
    if (place == nullptr || !text.empty()) continue;
    if (place->is_string()) text = place->get<std::string>();
    for (const char* key : {"message", "detail"}) {
      const Json* message = member(*place, key);
      if (text.empty() && message != nullptr && message->is_string()) {
        text = message->get<std::string>();
      }
    }
  }
  for (char& c : text) {
    if (static_cast<unsigned char>(c) < 32 || c == 127) c = ' ';
  }
  if (text.size() > kErrorBytes) {
    std::size_t end = kErrorBytes;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) --end;
    text.resize(end);
    text += "…";
  }
  return std::string(trim(text));
}

}  // namespace assay::model::remote
