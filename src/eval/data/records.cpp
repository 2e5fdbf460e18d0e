#include "eval/data/records.h"

#include <algorithm>
#include <charconv>
#include <set>

#include "base/text.h"
#include "eval/data/csv.h"
#include "eval/data/text_file.h"

namespace assay::eval::data {
namespace {

std::string named(std::string_view key) { return std::string("field '").append(key).append("'"); }

std::string keys_of(const Json& object) {
  std::string out;
  int shown = 0;
  for (const auto& [key, value] : object.items()) {
    if (++shown > 12) return out + ", ...";
    out += (out.empty() ? "" : ", ") + key;
  }
  return out;
}

Error at(std::string what, std::string place, std::string next = {}) {
  return {ErrorKind::format, std::move(what), std::move(place), std::move(next)};
}

Result<std::vector<std::string>> header_of(const std::vector<CsvRow>& rows, std::string_view file) {
  const CsvRow& first = rows.front();
  std::set<std::string_view> seen;
  for (const std::string& name : first.fields) {
    if (seen.insert(name).second) continue;
    return tl::unexpected(at("two columns are named '" + name + "'", at_line(file, first.line),
                             "Give each column a name of its own"));
  }
  return first.fields;
}

}  // namespace

const Json* Record::find(std::string_view key) const {
  const Json* value = &fields_;
  while (true) {
    const std::size_t slash = key.find('/');
    const auto step = std::string(key.substr(0, slash));
    if (!value->is_object()) return nullptr;
    const auto place = value->find(step);
    if (place == value->end()) return nullptr;
    value = &*place;
    if (slash == std::string_view::npos) return value;
    key.remove_prefix(slash + 1);
  }
}

Error Record::error(std::string what, std::string next) const {
  return at(std::move(what), place_, std::move(next));
}

Result<std::string> Record::text(std::string_view key) const {
  const Json* value = find(key);
  if (value == nullptr) {
    return tl::unexpected(
        error("there is no " + named(key), "The fields here are: " + keys_of(fields_)));
  }
  if (!value->is_string()) return tl::unexpected(error(named(key) + " is not a text"));
  return value->get<std::string>();
}

Result<std::int64_t> Record::integer(std::string_view key) const {
  const Json* value = find(key);
  if (value != nullptr && value->is_number_integer()) return value->get<std::int64_t>();
  if (value != nullptr && !value->is_string()) {
    return tl::unexpected(error(named(key) + " is not a whole number"));
  }
  ASSAY_TRY(const std::string digits, text(key));
  std::int64_t out = 0;
  const std::string_view trimmed = trim(digits);
  const auto [end, problem] = std::from_chars(trimmed.data(), trimmed.data() + trimmed.size(), out);
  if (problem == std::errc() && end == trimmed.data() + trimmed.size()) return out;
  return tl::unexpected(error(named(key) + " is not a whole number: '" + digits + "'"));
}

Result<std::vector<std::string>> Record::texts(std::string_view key) const {
  const Json* value = find(key);
  if (value == nullptr) {
    return tl::unexpected(
        error("there is no " + named(key), "The fields here are: " + keys_of(fields_)));
  }
  std::vector<std::string> out;
  const bool all_texts =
      value->is_array() &&
      std::all_of(value->begin(), value->end(), [](const Json& item) { return item.is_string(); });
  if (!all_texts) return tl::unexpected(error(named(key) + " is not a list of texts"));
  for (const Json& item : *value) out.push_back(item.get<std::string>());
  return out;
}

Result<int> Record::index(std::string_view key, std::size_t size) const {
  ASSAY_TRY(const std::int64_t value, integer(key));
  if (value >= 0 && static_cast<std::uint64_t>(value) < size) return static_cast<int>(value);
  return tl::unexpected(error(named(key) + " is " + std::to_string(value) + ", but there are " +
                              std::to_string(size) + " choices, counted from 0"));
}

Result<std::vector<Record>> parse_csv(std::string_view text, std::string_view file, char separator,
                                      const std::vector<std::string>& columns) {
  ASSAY_TRY(const std::vector<CsvRow> rows, parse_csv_rows(text, file, separator));
  if (rows.empty()) return tl::unexpected(at("the file has no rows", std::string(file)));
  std::vector<std::string> names = columns;
  if (names.empty()) {
    ASSAY_TRY(names, header_of(rows, file));
  }
  std::vector<Record> out;
  for (std::size_t i = columns.empty() ? 1 : 0; i < rows.size(); ++i) {
    const CsvRow& row = rows[i];
    if (row.fields.size() != names.size()) {
      return tl::unexpected(
          at("the row has " + std::to_string(row.fields.size()) + " fields where " +
                 std::to_string(names.size()) + " are expected",
             at_line(file, row.line), "The file may be cut off or have another separator"));
    }
    Json fields = Json::object();
    for (std::size_t k = 0; k < names.size(); ++k) fields[names[k]] = row.fields[k];
    out.emplace_back(std::move(fields), at_line(file, row.line));
  }
  return out;
}

Result<std::vector<Record>> parse_jsonl(std::string_view text, std::string_view file) {
  std::vector<Record> out;
  for (std::int64_t line = 1; !text.empty(); ++line) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    const std::string_view one = trim(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
    if (one.empty()) continue;
    const std::string place = at_line(file, line);
    ASSAY_TRY(Json json, parse_json(one, place));
    if (!json.is_object()) return tl::unexpected(at("the line is not a JSON object", place));
    out.emplace_back(std::move(json), place);
  }
  if (out.empty()) return tl::unexpected(at("the file has no items", std::string(file)));
  return out;
}

Result<std::vector<Record>> parse_json_array(std::string_view text, std::string_view file,
                                             std::string_view key) {
  ASSAY_TRY(Json json, parse_json(text, file));
  if (!key.empty()) {
    const auto place = json.is_object() ? json.find(std::string(key)) : json.end();
    if (place == json.end()) {
      return tl::unexpected(at("there is no " + named(key), std::string(file)));
    }
    json = Json(std::move(*place));
  }
  if (!json.is_array()) return tl::unexpected(at("it is not a JSON array", std::string(file)));
  std::vector<Record> out;
  for (Json& item : json) {
    std::string place = std::string(file) + ", item " + std::to_string(out.size() + 1);
    if (!item.is_object()) return tl::unexpected(at("the item is not a JSON object", place));
    out.emplace_back(std::move(item), std::move(place));
  }
  if (out.empty()) return tl::unexpected(at("the file has no items", std::string(file)));
  return out;
}

Result<std::vector<Record>> read_csv(const std::filesystem::path& file, char separator,
                                     const std::vector<std::string>& columns) {
  ASSAY_TRY(const std::string text, read_text(file));
  return parse_csv(text, file.string(), separator, columns);
}

Result<std::vector<Record>> read_jsonl(const std::filesystem::path& file) {
  ASSAY_TRY(const std::string text, read_text(file));
  return parse_jsonl(text, file.string());
}

Result<std::vector<Record>> read_json_array(const std::filesystem::path& file,
                                            std::string_view key) {
  ASSAY_TRY(const std::string text, read_text(file));
  return parse_json_array(text, file.string(), key);
}

}  // namespace assay::eval::data
