// Reads of a report document, and the text helpers of all its forms.
#include <array>
#include <cmath>
#include <cstdio>

#include "eval/figure.h"
#include "report/format_number.h"
#include "report/render.h"
#include "report/wording.h"

namespace assay::report {
namespace doc {
namespace {

const Json* find(const Json& json, const char* key) {
  if (!json.is_object()) return nullptr;
  const auto place = json.find(key);
  return place == json.end() ? nullptr : &*place;
}

}  // namespace

std::string str(const Json& json, const char* key) {
  const Json* value = find(json, key);
  return value && value->is_string() ? value->get<std::string>() : std::string();
}

std::string text(const Json& json, const char* key, Lang lang) {
  const Json* value = find(json, key);
  return value ? str(*value, to_string(lang)) : std::string();
}

const Json& list(const Json& json, const char* key) {
  static const Json none = Json::array();
  const Json* value = find(json, key);
  return value && value->is_array() ? *value : none;
}

const Json& object(const Json& json, const char* key) {
  static const Json none = Json::object();
  const Json* value = find(json, key);
  return value && value->is_object() ? *value : none;
}

std::int64_t integer(const Json& json, const char* key) {
  const Json* value = find(json, key);
  return value && value->is_number_integer() ? value->get<std::int64_t>() : 0;
}

double number(const Json& json, const char* key) {
  const Json* value = find(json, key);
  return value && value->is_number() ? value->get<double>() : std::nan("");
}

bool flag(const Json& json, const char* key) {
  const Json* value = find(json, key);
  return value && value->is_boolean() && value->get<bool>();
}

std::optional<stats::Estimate> estimate(const Json& json, const char* key) {
  const Json* value = find(json, key);
  if (!value) return {};
  auto read = stats::estimate_from_json(*value);
  if (!read) return {};
  return std::move(*read);
}

std::vector<std::string> strings(const Json& json, const char* key) {
  std::vector<std::string> out;
  for (const Json& value : list(json, key)) {
    if (value.is_string()) out.push_back(value.get<std::string>());
  }
  return out;
}

}  // namespace doc

namespace {

/// Length of the well-formed UTF-8 character at `at` and its code point; 0: not well-formed.
std::size_t decode(const std::string& text, std::size_t at, std::uint32_t& point) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const unsigned char first = byte(at);
  if (first < 0x80) {
    point = first;
    return 1;
  }
  const std::size_t length = first >= 0xF0 ? 4 : (first >= 0xE0 ? 3 : 2);
  if (first < 0xC2 || first > 0xF4 || at + length > text.size()) return 0;
  point = first & (0xFFU >> (length + 1));
  for (std::size_t i = 1; i < length; ++i) {
    if ((byte(at + i) & 0xC0) != 0x80) return 0;
    point = (point << 6) | (byte(at + i) & 0x3FU);
  }
  static const std::array<std::uint32_t, 5> least{0, 0, 0x80, 0x800, 0x10000};
  if (point < least[length] || point > 0x10FFFF || (point >= 0xD800 && point <= 0xDFFF)) return 0;
  return length;
}

bool hidden(std::uint32_t point) {
  if (point == '\n' || point == '\t') return false;
  return point < 0x20 || (point >= 0x7F && point < 0xA0) || point == 0x061C || point == 0x200E ||
         point == 0x200F || (point >= 0x2028 && point <= 0x202E) ||
         (point >= 0x2066 && point <= 0x2069) || point == 0xFEFF;
}

}  // namespace

std::string visible(const std::string& text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    std::uint32_t point = 0;
    const std::size_t length = decode(text, at, point);
    if (length == 0) {
      out += "\uFFFD";
      ++at;
      continue;
    }
    if (point == '\r' && at + 1 < text.size() && text[at + 1] == '\n') {
      ++at;
      continue;
    }
    if (hidden(point)) {
      std::array<char, 24> code{};
      std::snprintf(code.data(), code.size(), "\u27E8U+%04X\u27E9", static_cast<unsigned>(point));
      out += code.data();
    } else {
      out.append(text, at, length);
    }
    at += length;
  }
  return out;
}

std::string shortened(const std::string& text, std::size_t most, Lang lang) {
  if (text.size() <= most) return text;
  std::size_t cut = most;
  while (cut > 0 && (static_cast<unsigned char>(text[cut]) & 0xC0) == 0x80) --cut;
  std::size_t rest = 0;
  for (std::size_t i = cut; i < text.size(); ++i) {
    if ((static_cast<unsigned char>(text[i]) & 0xC0) != 0x80) ++rest;
  }
  const std::string number = count(static_cast<std::int64_t>(rest));
  return text.substr(0, cut) + (lang == Lang::en
                                    ? " … (" + number + " more characters in report.json)"
                                    : " …（其余 " + number + " 个字符见 report.json）");
}

std::string state_text(const std::string& status, Lang lang) {
  const auto parsed = eval::parse_status(status);
  return parsed ? status_text(*parsed).in(lang) : status;
}

}  // namespace assay::report
