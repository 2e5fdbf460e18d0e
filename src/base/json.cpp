#include "base/json.h"

namespace assay {
namespace {

constexpr int max_depth = 256;

/// Nesting depth of the brackets outside strings; a cheap scan that bounds the parser's recursion.
bool too_deep(std::string_view text) {
  int depth = 0;
  bool in_string = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (in_string) {
      if (c == '\\')
        ++i;
      else if (c == '"')
        in_string = false;
      continue;
    }
    if (c == '"') in_string = true;
    if ((c == '{' || c == '[') && ++depth > max_depth) return true;
    if (c == '}' || c == ']') --depth;
  }
  return false;
}

}  // namespace

Result<Json> parse_json(std::string_view text, std::string_view where) {
  if (too_deep(text)) {
    return fail(ErrorKind::format, "JSON nested deeper than 256 levels", std::string(where),
                "Check that this is the file you meant");
  }
  try {
    return Json::parse(text);
  } catch (const nlohmann::json::exception& e) {
    return fail(ErrorKind::format, std::string("not valid JSON: ") + e.what(), std::string(where),
                "Check that the file is complete and is UTF-8 JSON");
  }
}

std::string dump_json(const Json& value, int indent) {
  return value.dump(indent, ' ', false, Json::error_handler_t::replace);
}

}  // namespace assay
