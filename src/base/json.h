// JSON at the edge: parse once into native types, with typed errors instead of exceptions.
// `Json` keeps key order, so a document is written byte for byte the same each time.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

#include "base/result.h"

namespace assay {

using Json = nlohmann::ordered_json;

/// Parses UTF-8 JSON; depth-limited (256). `where` names the source in the error.
Result<Json> parse_json(std::string_view text, std::string_view where);
/// One line, invalid UTF-8 replaced by U+FFFD; never throws.
std::string dump_json(const Json& value, int indent = -1);

}  // namespace assay
