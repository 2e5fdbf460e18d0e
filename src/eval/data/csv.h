// Comma-separated values after RFC 4180, as spreadsheets and Python's csv module write them: fields
// in double quotes may hold commas, line breaks and doubled quotes; lines end with LF or CRLF.
// Thread-safety: pure function.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace assay::eval::data {

struct CsvRow {
  std::vector<std::string> fields;
  std::int64_t line = 0;  ///< in which the row begins, from 1
};

/// All rows, blank lines left out. A quote within a field that does not begin with one is text, as
/// most writers mean it. Errors (format, with the line): a quote that is never closed, text between
/// a closing quote and the next separator.
Result<std::vector<CsvRow>> parse_csv_rows(std::string_view text, std::string_view file,
                                           char separator = ',');

}  // namespace assay::eval::data
