// Text files of others: whole, as UTF-8, without a byte order mark. Every error names the file, and
// the line where there is one. Thread-safety: pure functions of the file system.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>

#include "base/result.h"

namespace assay::eval::data {

/// Larger files are refused: data sets are read whole.
inline constexpr std::int64_t kMaxDataBytes = std::int64_t{1} << 29U;

/// "Age.jsonl, line 12".
std::string at_line(std::string_view file, std::int64_t line);

/// Text that is UTF-8 and not empty, without its byte order mark. Errors: format, with the line of
/// the first byte that is not UTF-8. `file` is only a name for errors.
Result<std::string> clean_text(std::string bytes, std::string_view file);

/// clean_text() of a file. Errors: those of assay::read_file too.
Result<std::string> read_text(const std::filesystem::path& file);

}  // namespace assay::eval::data
