#include "eval/data/pii_texts.h"

#include "eval/data/records.h"
#include "eval/scorers/answer_text.h"

namespace assay::eval::data {
namespace {

Result<PiiSpan> read_span(const Record& record, const std::u32string& text) {
  PiiSpan out;
  ASSAY_TRY(out.type, record.text("entity_type"));
  ASSAY_TRY(out.value, record.text("entity_value"));
  ASSAY_TRY(const std::int64_t begin, record.integer("start_position"));
  ASSAY_TRY(const std::int64_t end, record.integer("end_position"));
  if (begin < 0 || end <= begin || static_cast<std::uint64_t>(end) > text.size()) {
    return tl::unexpected(record.error(std::string("the span ") + std::to_string(begin) + " to " +
                                       std::to_string(end) + " is not within the text"));
  }
  out.begin = static_cast<std::size_t>(begin);
  out.end = static_cast<std::size_t>(end);
  if (to_utf8(text.substr(out.begin, out.end - out.begin)) != out.value) {
    return tl::unexpected(
        record.error("the value '" + out.value + "' is not the text at its positions",
                     "Positions count characters, not bytes"));
  }
  return out;
}

}  // namespace

Result<std::vector<PiiText>> parse_pii_texts(std::string_view text, std::string_view file) {
  ASSAY_TRY(const auto records, parse_json_array(text, file));
  std::vector<PiiText> out;
  for (const Record& record : records) {
    PiiText& one = out.emplace_back();
    ASSAY_TRY(one.text, record.text("full_text"));
    if (record.find("template_id") != nullptr && !record.find("template_id")->is_null()) {
      ASSAY_TRY(one.template_id, record.integer("template_id"));
    }
    const Json* spans = record.find("spans");
    if (spans == nullptr || !spans->is_array()) {
      return tl::unexpected(record.error("there is no list of spans"));
    }
    const std::u32string points = code_points(one.text);
    for (const Json& span : *spans) {
      const std::string place = record.place() + ", span " + std::to_string(one.spans.size() + 1);
      ASSAY_TRY(one.spans.emplace_back(), read_span(Record(span, place), points));
    }
  }
  return out;
}

}  // namespace assay::eval::data
