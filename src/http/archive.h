// Taking one file out of a zip archive (wheels are zip files), by libzip.
// Thread-safety: any number of calls at once.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <string_view>

#include "base/cancel.h"
#include "base/result.h"

namespace assay::http {

/// Receives the member's bytes in order; an error stops the extraction and is returned.
using ByteSink = std::function<Status(std::string_view bytes)>;

/// Streams `member` of `archive` into `sink`; its CRC is checked. Errors: not_found (archive or
/// member), format (not a zip, damaged), limit (longer than max_bytes), cancelled, the sink's.
Result<std::int64_t> extract(const std::filesystem::path& archive, const std::string& member,
                             std::int64_t max_bytes, const ByteSink& sink,
                             const CancelToken* cancel = nullptr);

}  // namespace assay::http
