// Numbers in words, English and Chinese; see number.h.
#include <map>
#include <re2/re2.h>

#include "base/text.h"
#include "eval/scorers/answer_text.h"
#include "eval/scorers/number.h"

namespace assay::eval {
namespace {

std::optional<double> english(std::string_view text) {
  static const std::map<std::string, double> kSmall = {
      {"zero", 0},     {"one", 1},      {"two", 2},        {"three", 3},     {"four", 4},
      {"five", 5},     {"six", 6},      {"seven", 7},      {"eight", 8},     {"nine", 9},
      {"ten", 10},     {"eleven", 11},  {"twelve", 12},    {"thirteen", 13}, {"fourteen", 14},
      {"fifteen", 15}, {"sixteen", 16}, {"seventeen", 17}, {"eighteen", 18}, {"nineteen", 19},
      {"twenty", 20},  {"thirty", 30},  {"forty", 40},     {"fifty", 50},    {"sixty", 60},
      {"seventy", 70}, {"eighty", 80},  {"ninety", 90}};
  static const std::map<std::string, double> kScale = {{"thousand", 1e3}, {"million", 1e6}};
  double total = 0.0;
  double part = 0.0;
  bool any = false;
  std::string spaced = lower_ascii(text);
  for (char& c : spaced) {
    if (c == '-') c = ' ';
  }
  for (const std::string& word : split(spaced, ' ')) {
    if (word.empty() || (word == "and" && any)) continue;
    if (const auto small = kSmall.find(word); small != kSmall.end()) {
      part += small->second;
    } else if (word == "hundred" && part > 0.0) {
      part *= 100.0;
    } else if (const auto scale = kScale.find(word); scale != kScale.end() && part > 0.0) {
      total += part * scale->second;
      part = 0.0;
    } else {
      return std::nullopt;
    }
    any = true;
  }
  return any ? std::optional(total + part) : std::nullopt;
}

std::optional<double> chinese(std::string_view text) {
  static const std::u32string kDigits = U"零一二三四五六七八九";
  static const std::map<char32_t, double> kUnits = {{U'十', 10}, {U'百', 100}, {U'千', 1000}};
  double total = 0.0;
  double section = 0.0;
  double digit = -1.0;
  bool any = false;
  for (const char32_t c : code_points(text)) {
    const char32_t plain = c == U'两' ? U'二' : c == U'〇' ? U'零' : c;
    if (const auto at = kDigits.find(plain); at != std::u32string::npos) {
      digit = static_cast<double>(at);
    } else if (const auto unit = kUnits.find(plain); unit != kUnits.end()) {
      section += (digit < 0.0 ? 1.0 : digit) * unit->second;
      digit = -1.0;
    } else if (plain == U'万' && any) {
      total += (section + (digit < 0.0 ? 0.0 : digit)) * 1e4;
      section = 0.0;
      digit = -1.0;
    } else {
      return std::nullopt;
    }
    any = true;
  }
  return any ? std::optional(total + section + (digit < 0.0 ? 0.0 : digit)) : std::nullopt;
}

}  // namespace

std::optional<double> number_in_words(std::string_view text) {
  const std::string inner = bare(text);
  if (const auto value = english(inner)) return value;
  // A Chinese measure word may follow: "四十二个".
  static const RE2 measure(
      "^(.*?)(?:个|元|块|本|人|支|只|页|公里|千米|米|岁|分钟|天|盒|张|名|辆|袋|箱)?$");
  std::string number;
  if (!RE2::FullMatch(inner, measure, &number)) return std::nullopt;
  return chinese(number);
}

}  // namespace assay::eval
