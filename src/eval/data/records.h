// Records: the rows of a CSV file, the lines of a JSONL file or the items of a JSON array, as JSON
// objects that know where they stand, so that each complaint names file and line.
//
// Legal call order: read_x() or parse_x() -> per record text(), integer(), ...
// Thread-safety: immutable values.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"
#include "base/result.h"

namespace assay::eval::data {

class Record {
 public:
  Record(Json fields, std::string place) : fields_(std::move(fields)), place_(std::move(place)) {}

  [[nodiscard]] const Json& fields() const { return fields_; }
  /// "Age.jsonl, line 12" or "test.json, item 3".
  [[nodiscard]] const std::string& place() const { return place_; }
  /// The field, or null where there is none.
  [[nodiscard]] const Json* find(std::string_view key) const;

  /// Fields of a type; `key` may be a path, "answer_info/ans0". Errors: format, naming place and
  /// field. A number in quotes, as CSV has it, is an integer too.
  [[nodiscard]] Result<std::string> text(std::string_view key) const;
  [[nodiscard]] Result<std::int64_t> integer(std::string_view key) const;
  [[nodiscard]] Result<std::vector<std::string>> texts(std::string_view key) const;
  /// An index into `size` choices, 0-based. Errors: format.
  [[nodiscard]] Result<int> index(std::string_view key, std::size_t size) const;

  [[nodiscard]] Error error(std::string what, std::string next = {}) const;

 private:
  Json fields_;
  std::string place_;
};

/// CSV with a header line; without one, give its names as `columns`. Every row must have as many
/// fields as the header. Errors: format (also: a name twice), and those of text_file.h.
Result<std::vector<Record>> parse_csv(std::string_view text, std::string_view file,
                                      char separator = ',',
                                      const std::vector<std::string>& columns = {});
/// One JSON object a line; blank lines are left out.
Result<std::vector<Record>> parse_jsonl(std::string_view text, std::string_view file);
/// A JSON array of objects, or the one in field `key` of an object.
Result<std::vector<Record>> parse_json_array(std::string_view text, std::string_view file,
                                             std::string_view key = {});

Result<std::vector<Record>> read_csv(const std::filesystem::path& file, char separator = ',',
                                     const std::vector<std::string>& columns = {});
Result<std::vector<Record>> read_jsonl(const std::filesystem::path& file);
Result<std::vector<Record>> read_json_array(const std::filesystem::path& file,
                                            std::string_view key = {});

}  // namespace assay::eval::data
