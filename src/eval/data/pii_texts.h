// Texts with marked personal data, in the form of presidio-research: a JSON array of {"full_text",
// "spans": [{"entity_type", "entity_value", "start_position", "end_position"}], "template_id"}.
// Positions count Unicode code points. Thread-safety: pure functions.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace assay::eval::data {

struct PiiSpan {
  std::string type;       ///< e.g. "PHONE_NUMBER"
  std::string value;      ///< the text at [begin, end)
  std::size_t begin = 0;  ///< code points
  std::size_t end = 0;
};

struct PiiText {
  std::string text;
  std::vector<PiiSpan> spans;
  std::int64_t template_id = 0;
};

/// Errors: format, with the item, also where a value is not the text at its positions.
Result<std::vector<PiiText>> parse_pii_texts(std::string_view text, std::string_view file);

}  // namespace assay::eval::data
