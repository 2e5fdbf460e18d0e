#include "eval/json_fields.h"

#include <cmath>
#include <limits>
#include <utility>

namespace assay::eval {
namespace {

const Json kNull = nullptr;
const Json kEmptyArray = Json::array();
const Json kEmptyObject = Json::object();

}  // namespace

Fields::Fields(const Json& json, std::string what) : json_(&json), what_(std::move(what)) {
  if (!json.is_object()) {
    json_ = &kEmptyObject;
    status_ = fail(ErrorKind::format, "a " + what_ + " is not a JSON object", what_,
                   "check that the data are complete and were written by this version of assay");
  }
}

const Json* Fields::find(const char* key) {
  const auto it = json_->find(key);
  return it == json_->end() ? nullptr : &*it;
}

void Fields::bad(const char* key) {
  if (!status_) return;
  status_ =
      fail(ErrorKind::format, "a " + what_ + " lacks a valid \"" + key + "\"", what_ + "." + key,
           "check that the data are complete and were written by this version of assay");
}

void Fields::note(const Error& error) {
  if (status_) status_ = tl::unexpected(error);
}

bool Fields::has(const char* key) const {
  const auto it = json_->find(key);
  return it != json_->end() && !it->is_null();
}

std::string Fields::text(const char* key) {
  const Json* field = find(key);
  if (field == nullptr || !field->is_string()) {
    bad(key);
    return {};
  }
  return field->get<std::string>();
}

std::int64_t Fields::integer(const char* key) {
  const Json* field = find(key);
  if (field == nullptr || !field->is_number_integer() ||
      (field->is_number_unsigned() &&
       field->get<std::uint64_t>() > std::uint64_t{std::numeric_limits<std::int64_t>::max()})) {
    bad(key);
    return 0;
  }
  return field->get<std::int64_t>();
}

std::uint64_t Fields::natural(const char* key) {
  const Json* field = find(key);
  const bool valid = field != nullptr && field->is_number_integer() &&
                     (field->is_number_unsigned() || field->get<std::int64_t>() >= 0);
  if (!valid) {
    bad(key);
    return 0;
  }
  return field->get<std::uint64_t>();
}

int Fields::small(const char* key) {
  const std::int64_t value = integer(key);
  if (value < std::numeric_limits<int>::min() || value > std::numeric_limits<int>::max()) {
    bad(key);
    return 0;
  }
  return static_cast<int>(value);
}

double Fields::number(const char* key, double if_null) {
  const Json* field = find(key);
  if (field != nullptr && field->is_null()) return if_null;
  if (field == nullptr || !field->is_number()) {
    bad(key);
    return if_null;
  }
  return field->get<double>();
}

bool Fields::flag(const char* key) {
  const Json* field = find(key);
  if (field == nullptr || !field->is_boolean()) {
    bad(key);
    return false;
  }
  return field->get<bool>();
}

Text Fields::both(const char* key) {
  Fields text(object(key), what_ + "." + key);
  Text out{text.text("en"), text.text("zh")};
  if (!text.status()) note(text.status().error());
  return out;
}

Lang Fields::lang(const char* key) {
  const Result<Lang> lang = parse_lang(text(key));
  if (!lang) bad(key);
  return lang.value_or(Lang::en);
}

std::vector<std::string> Fields::texts(const char* key) {
  std::vector<std::string> out;
  for (const Json& element : array(key)) {
    if (!element.is_string()) {
      bad(key);
      return {};
    }
    out.push_back(element.get<std::string>());
  }
  return out;
}

const Json& Fields::array(const char* key) {
  const Json* field = find(key);
  if (field != nullptr && field->is_array()) return *field;
  bad(key);
  return kEmptyArray;
}

const Json& Fields::object(const char* key) {
  const Json* field = find(key);
  if (field != nullptr && field->is_object()) return *field;
  bad(key);
  return kEmptyObject;
}

const Json& Fields::any(const char* key) {
  const Json* field = find(key);
  return field == nullptr ? kNull : *field;
}

Json to_json(const Text& text) { return Json{{"en", text.en}, {"zh", text.zh}}; }

Json number_json(double x) { return std::isfinite(x) ? Json(x) : Json(nullptr); }

Result<Lang> parse_lang(std::string_view name) {
  if (name == "en") return Lang::en;
  if (name == "zh") return Lang::zh;
  return fail(ErrorKind::format, "unknown language '" + std::string(name) + "'", "lang",
              "Use en or zh");
}

}  // namespace assay::eval
