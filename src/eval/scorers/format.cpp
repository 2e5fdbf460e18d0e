#include "eval/scorers/format.h"

#include <algorithm>
#include <re2/re2.h>
#include <unicode/uchar.h>

#include "base/text.h"
#include "eval/scorers/answer_text.h"

namespace assay::eval {
namespace {

std::string amount(std::size_t found, std::size_t wanted, const std::string& of) {
  if (found == wanted) return {};
  return "has " + std::to_string(found) + " " + of + ", not " + std::to_string(wanted);
}

std::string listed(std::optional<std::size_t> found, std::size_t wanted, const std::string& of) {
  return found ? amount(*found, wanted, of) : "has lines that are no " + of;
}

std::string json_keys(std::string_view answer, const Json& keys) {
  const auto object = json_object(answer);
  if (!object) return "is no JSON object";
  std::vector<std::string> wanted;
  for (const auto& key : keys) wanted.push_back(key.get<std::string>());
  std::vector<std::string> found;
  for (const auto& [key, value] : object->items()) found.push_back(key);
  std::sort(wanted.begin(), wanted.end());
  std::sort(found.begin(), found.end());
  return wanted == found ? "" : "has other keys";
}

std::string uses(std::string_view answer, const std::string& word) {
  return contains_word(answer, word) ? "" : "lacks the word " + word;
}

std::size_t comma_items(std::string_view answer) {
  std::string text = narrow(answer);
  for (auto at = text.find("、"); at != std::string::npos; at = text.find("、", at)) {
    text.replace(at, std::string_view("、").size(), 1, ',');
  }
  std::size_t items = 0;
  for (const std::string& item : split(text, ',')) items += bare(item).empty() ? 0 : 1;
  return items;
}

bool has_punctuation(std::string_view text) {
  for (const char32_t c : code_points(text)) {
    if (u_ispunct(static_cast<UChar32>(c)) != 0) return true;
  }
  return false;
}

std::string word_rule(std::string_view answer, const std::string& kind, const Json& check) {
  if (kind == "include") {
    for (const auto& word : check["words"]) {
      if (!contains_word(answer, word.get<std::string>())) return uses(answer, word);
    }
    return {};
  }
  const std::string word = check.value("word", "");
  if (kind == "lower" && has_upper(answer)) return "has upper-case letters";
  if (kind == "upper" && has_lower(answer)) return "has lower-case letters";
  if (kind == "no_punctuation" && has_punctuation(answer)) return "has punctuation";
  if (kind == "include_avoid" && contains_word(answer, check.value("avoid", ""))) {
    return "uses the word " + check.value("avoid", "");
  }
  return uses(answer, word);
}

std::string edge_rule(std::string_view answer, const std::string& kind, const Json& check) {
  if (kind == "wrapped") {
    const std::string open = check.value("open", "");
    const std::string close = check.value("close", "");
    const bool whole = answer.size() > open.size() + close.size() && answer.starts_with(open) &&
                       answer.ends_with(close);
    return whole ? "" : "is not wrapped in " + open + close;
  }
  const std::string text = check.value("text", "");
  if (kind == "starts") return answer.starts_with(text) ? "" : "does not begin so";
  if (kind == "ends") return answer.ends_with(text) ? "" : "does not end so";
  if (kind == "repeat") return bare(answer) == bare(text) ? "" : "is not the same text";
  const std::string said = lower_ascii(bare(answer));
  for (const auto& label : check["labels"]) {
    if (said == lower_ascii(label.get<std::string>())) return {};
  }
  return "is none of the labels";
}

}  // namespace

std::size_t count_words(std::string_view text) {
  static const RE2 word(R"([\p{L}\p{N}]+(?:[-'’][\p{L}\p{N}]+)*)");
  re2::StringPiece rest(text.data(), text.size());
  std::size_t count = 0;
  while (RE2::FindAndConsume(&rest, word)) ++count;
  return count;
}

std::size_t count_sentences(std::string_view text) {
  // An end: marks, closing quotes, then a space or the end of the text (Chinese marks need none).
  static const RE2 end("((?:[。！？…]+|[.!?]+[\"'”’)]*(?:\\s+|$))[\"”’」）]*)");
  const std::string whole(trim(text));
  re2::StringPiece rest(whole);
  re2::StringPiece mark;
  std::string tail = whole;
  std::size_t count = 0;
  while (RE2::FindAndConsume(&rest, end, &mark)) {
    const bool abbreviation = !rest.empty() && rest[0] >= 'a' && rest[0] <= 'z' && mark[0] == '.';
    if (abbreviation) continue;
    ++count;
    tail = std::string(rest.data(), rest.size());
  }
  return count + (bare(tail).empty() ? 0 : 1);
}

std::optional<std::size_t> bullets_only(std::string_view text) {
  const auto lines = lines_of(text);
  for (const std::string& line : lines) {
    if (!line.starts_with("- ") && !line.starts_with("* ") && !line.starts_with("• ")) {
      return std::nullopt;
    }
  }
  return lines.size();
}

std::optional<std::size_t> numbered_only(std::string_view text) {
  const auto lines = lines_of(text);
  static const RE2 marker(R"(^(\d+)(?:[.)]\s|、|．)\s*\S.*$)");
  for (std::size_t i = 0; i < lines.size(); ++i) {
    std::string number;
    if (!RE2::FullMatch(lines[i], marker, &number)) return std::nullopt;
    if (number != std::to_string(i + 1)) return std::nullopt;
  }
  return lines.size();
}

std::optional<Json> json_object(std::string_view text) {
  std::string inner(trim(text));
  static const RE2 fence("(?s)^```(?:json|JSON)?\\s*(.*?)\\s*```$");
  std::string fenced;
  if (RE2::FullMatch(inner, fence, &fenced)) inner = fenced;
  const auto value = parse_json(inner, "answer");
  if (!value || !value->is_object()) return std::nullopt;
  return *value;
}

bool has_upper(std::string_view text) {
  const auto points = code_points(text);
  return std::any_of(points.begin(), points.end(),
                     [](char32_t c) { return u_isupper(static_cast<UChar32>(c)) != 0; });
}

bool has_lower(std::string_view text) {
  const auto points = code_points(text);
  return std::any_of(points.begin(), points.end(),
                     [](char32_t c) { return u_islower(static_cast<UChar32>(c)) != 0; });
}

std::string broken_rule(std::string_view answer, const Json& check) {
  const std::string kind = check.value("kind", "");
  const auto n = static_cast<std::size_t>(check.value("n", 0));
  if (kind == "words") return amount(count_words(answer), n, "words");
  if (kind == "han") return amount(count_han(answer), n, "characters");
  if (kind == "sentences") return amount(count_sentences(answer), n, "sentences");
  if (kind == "bullets") return listed(bullets_only(answer), n, "bullets");
  if (kind == "numbered") return listed(numbered_only(answer), n, "numbered items");
  if (kind == "commas") {
    if (lines_of(answer).size() != 1) return "is not one line";
    return amount(comma_items(answer), n, "items");
  }
  if (kind == "json") return json_keys(answer, check["keys"]);
  const bool word = kind == "lower" || kind == "upper" || kind == "no_punctuation" ||
                    kind == "include" || kind == "include_avoid";
  return word ? word_rule(answer, kind, check) : edge_rule(answer, kind, check);
}

}  // namespace assay::eval
