// links: eval
// The CSV reader and its records on any bytes: rows or an error with a place; rows that are written
// by RFC 4180 are read back the same.
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "eval/data/csv.h"
#include "eval/data/records.h"
#include "eval/data/text_file.h"

namespace {

using namespace assay::eval::data;

std::string written(const std::vector<CsvRow>& rows) {
  std::string out;
  for (const CsvRow& row : rows) {
    for (std::size_t i = 0; i < row.fields.size(); ++i) {
      out += i > 0 ? ",\"" : "\"";
      for (const char c : row.fields[i]) out += c == '"' ? std::string("\"\"") : std::string(1, c);
      out += '"';
    }
    out += '\n';
  }
  return out;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string bytes(reinterpret_cast<const char*>(data), size);
  const auto text = clean_text(bytes, "fuzz.csv");
  if (!text) return 0;
  const auto rows = parse_csv_rows(*text, "fuzz.csv");
  if (!rows && rows.error().where.empty()) std::abort();
  if (rows) {
    const auto again = parse_csv_rows(written(*rows), "again.csv");
    if (!again || again->size() != rows->size()) std::abort();
    for (std::size_t i = 0; i < rows->size(); ++i) {
      if ((*again)[i].fields != (*rows)[i].fields) std::abort();
    }
  }
  const auto records = parse_csv(*text, "fuzz.csv");
  if (!records && records.error().where.empty()) std::abort();
  return 0;
}
