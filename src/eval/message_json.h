// Messages and the calls in them as JSON, wherever a conversation is stored. Empty fields are left
// out, and read back as empty. Thread-safety: pure functions.
#pragma once

#include <vector>

#include "eval/json_fields.h"
#include "model/model.h"

namespace assay::eval {

Json calls_json(const std::vector<model::ToolCall>& calls);
Json messages_json(const std::vector<model::Message>& messages);
/// Fields "tool_calls"; none where it is missing. Errors are the fields'.
std::vector<model::ToolCall> read_calls(Fields& fields);
/// Errors: format.
Result<model::Message> read_message(const Json& json);
/// An array of messages; none where it is missing. Errors are the fields'.
std::vector<model::Message> read_messages(Fields& fields, const char* key);

}  // namespace assay::eval
