#include "eval/message_json.h"

namespace assay::eval {

Json calls_json(const std::vector<model::ToolCall>& calls) {
  Json out = Json::array();
  for (const model::ToolCall& call : calls) out.push_back(model::to_json(call));
  return out;
}

Json messages_json(const std::vector<model::Message>& messages) {
  Json out = Json::array();
  for (const model::Message& m : messages) {
    Json& written = out.emplace_back(Json{{"role", m.role}, {"content", m.content}});
    if (!m.tool_calls.empty()) written["tool_calls"] = calls_json(m.tool_calls);
    if (!m.tool_call_id.empty()) written["tool_call_id"] = m.tool_call_id;
  }
  return out;
}

namespace {

Result<model::ToolCall> read_call(const Json& json) {
  Fields fields(json, "tool call");
  model::ToolCall out;
  if (fields.has("id")) out.id = fields.text("id");
  out.name = fields.text("name");
  out.arguments = fields.any("arguments");
  if (!fields.status()) return tl::unexpected(fields.status().error());
  return out;
}

}  // namespace

std::vector<model::ToolCall> read_calls(Fields& fields) {
  if (!fields.has("tool_calls")) return {};
  return read_list<model::ToolCall>(fields, "tool_calls", read_call);
}

Result<model::Message> read_message(const Json& json) {
  Fields fields(json, "message");
  model::Message out{fields.text("role"), fields.text("content")};
  out.tool_calls = read_calls(fields);
  if (fields.has("tool_call_id")) out.tool_call_id = fields.text("tool_call_id");
  if (!fields.status()) return tl::unexpected(fields.status().error());
  return out;
}

std::vector<model::Message> read_messages(Fields& fields, const char* key) {
  if (!fields.has(key)) return {};
  return read_list<model::Message>(fields, key, read_message);
}

}  // namespace assay::eval
