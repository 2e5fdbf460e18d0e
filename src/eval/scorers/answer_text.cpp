#include "eval/scorers/answer_text.h"

#include <algorithm>
#include <array>
#include <re2/re2.h>
#include <set>
#include <unicode/uchar.h>

#include "base/text.h"

namespace assay::eval {
namespace {

constexpr char32_t kReplacement = 0xFFFD;

/// Reads the code point at `at` and moves past it; a malformed byte is one U+FFFD.
char32_t next_code_point(std::string_view text, std::size_t& at) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const unsigned char first = byte(at++);
  if (first < 0x80) return first;
  const int more = first >= 0xF0 ? 3 : first >= 0xE0 ? 2 : 1;
  if (first < 0xC2 || first > 0xF4) return kReplacement;
  char32_t c = first & (0x3FU >> static_cast<unsigned>(more));
  std::size_t i = at;
  for (int k = 0; k < more; ++k, ++i) {
    if (i >= text.size() || (byte(i) & 0xC0U) != 0x80U) return kReplacement;
    c = (c << 6U) | (byte(i) & 0x3FU);
  }
  at = i;
  return c;
}

bool is_latin_or_digit(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

/// Pieces in quotes, bold type or backticks.
std::vector<std::string> marked_pieces(const std::string& line) {
  static const RE2 pattern(
      R"re(\*\*([^*]+)\*\*|`([^`]+)`|"([^"]+)"|“([^”]+)”|「([^」]+)」|(?:^|\s)'([^']+)')re");
  std::vector<std::string> pieces;
  std::array<std::string, 6> parts;
  re2::StringPiece rest(line);
  while (RE2::FindAndConsume(&rest, pattern, &parts[0], &parts[1], &parts[2], &parts[3], &parts[4],
                             &parts[5])) {
    for (const std::string& part : parts) {
      if (!part.empty()) pieces.push_back(bare(part));
    }
  }
  return pieces;
}

/// What follows the last lead-in to a final answer, on its line or else on the next.
std::optional<std::string> after_lead_in(const std::vector<std::string>& lines) {
  static const RE2 pattern(
      R"((?i)^.*(?:answer|result|output|string|list)(?:\*\*)?(?: is| would be| becomes|:| =)+:?(.*)$)");
  static const RE2 chinese(R"(^.*(?:答案|结果|输出)(?:\*\*)?(?:应该)?(?:是|为|:|变成)+:?(.*)$)");
  for (std::size_t i = lines.size(); i-- > 0;) {
    const std::string line = narrow(lines[i]);
    std::string rest;
    if (!RE2::FullMatch(line, pattern, &rest) && !RE2::FullMatch(line, chinese, &rest)) continue;
    if (!bare(rest).empty()) return rest;
    if (i + 1 < lines.size()) return narrow(lines[i + 1]);
  }
  return std::nullopt;
}

bool one_token(const std::string& text) {
  return !text.empty() && text.find_first_of(" \t:=>") == std::string::npos;
}

/// The final answer of one line.
std::optional<std::string> from_line(const std::string& line, std::string_view question,
                                     bool list) {
  const std::string whole = bare(line);
  if (one_token(whole)) return whole;
  if (!list) {
    std::set<std::string> pieces;
    for (const std::string& piece : marked_pieces(line)) {
      if (question.find(piece) == std::string_view::npos) pieces.insert(piece);
    }
    if (pieces.size() == 1) return *pieces.begin();
    if (pieces.size() > 1) return std::nullopt;
  }
  static const RE2 verb(R"(^.*(?:\bis\b|=|:|->|→|⇒|是|为)\s*(.+)$)");
  std::string rest;
  if (RE2::FullMatch(line, verb, &rest)) {
    rest = bare(rest);
    if (list || one_token(rest)) return rest;
    return std::nullopt;
  }
  if (list) return whole;
  return std::nullopt;
}

}  // namespace

std::u32string code_points(std::string_view text) {
  std::u32string points;
  points.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) points.push_back(next_code_point(text, at));
  return points;
}

std::string to_utf8(std::u32string_view text) {
  std::string bytes;
  const auto put = [&](char32_t value) { bytes.push_back(static_cast<char>(value)); };
  for (const char32_t c : text) {
    if (c < 0x80) {
      put(c);
    } else if (c < 0x800) {
      put(0xC0U | (c >> 6U));
      put(0x80U | (c & 0x3FU));
    } else if (c < 0x10000) {
      put(0xE0U | (c >> 12U));
      put(0x80U | ((c >> 6U) & 0x3FU));
      put(0x80U | (c & 0x3FU));
    } else {
      put(0xF0U | (c >> 18U));
      put(0x80U | ((c >> 12U) & 0x3FU));
      put(0x80U | ((c >> 6U) & 0x3FU));
      put(0x80U | (c & 0x3FU));
    }
  }
  return bytes;
}

bool is_han(char32_t c) {
  return (c >= 0x4E00 && c <= 0x9FFF) || (c >= 0x3400 && c <= 0x4DBF) || c == 0x3007 ||
         (c >= 0x20000 && c <= 0x323AF);
}

std::size_t count_han(std::string_view text) {
  const std::u32string points = code_points(text);
  return static_cast<std::size_t>(std::count_if(points.begin(), points.end(), is_han));
}

double han_share(std::string_view text) {
  std::size_t han = 0;
  std::size_t letters = 0;
  for (const char32_t c : code_points(text)) {
    han += is_han(c) ? 1 : 0;
    letters += is_han(c) || u_isalpha(static_cast<UChar32>(c)) != 0 ? 1 : 0;
  }
  return letters == 0 ? 0.0 : static_cast<double>(han) / static_cast<double>(letters);
}

std::string final_text(std::string_view answer) {
  constexpr std::string_view kOpen = "<think>";
  constexpr std::string_view kClose = "</think>";
  if (const auto close = answer.rfind(kClose); close != std::string_view::npos) {
    answer.remove_prefix(close + kClose.size());
  } else if (const auto open = answer.find(kOpen); open != std::string_view::npos) {
    answer = answer.substr(0, open);
  }
  return std::string(trim(answer));
}

std::optional<Score> without_answer(const Trace& trace) {
  if (trace.error) return Score::unassessed(trace.error->what);
  if (trace.generations.empty()) return Score::unassessed("no answer");
  switch (trace.generations.back().finish) {
    case model::FinishReason::length: return Score::unassessed("answer cut off");
    case model::FinishReason::cancelled: return Score::unassessed("cancelled");
    case model::FinishReason::stop: break;
  }
  if (final_text(trace.answer()).empty()) return Score::unassessed("empty answer");
  return std::nullopt;
}

std::string narrow(std::string_view text) {
  std::u32string points = code_points(text);
  for (char32_t& c : points) {
    if (c >= 0xFF01 && c <= 0xFF5E) c -= 0xFEE0;
    if (c == 0x3000 || c == 0x00A0 || c == 0x202F || c == 0x2009) c = ' ';
  }
  return to_utf8(points);
}

std::string bare(std::string_view text) {
  static const std::u32string kAround =
      U" \t\r\n\"'`*_()[]{}"  // and the quotes and brackets of Chinese
      U"\u201C\u201D\u2018\u2019\u300C\u300D\u300E\u300F\u300A\u300B\uFF08\uFF09\u3010\u3011\u3000";
  static const std::u32string kAfter = U".,;:!?\uFF0C\u3002\uFF1B\uFF1A\uFF01\uFF1F\u3001";
  const std::u32string points = code_points(text);
  std::size_t low = 0;
  std::size_t high = points.size();
  const auto in = [](const std::u32string& set, char32_t c) { return set.find(c) != set.npos; };
  while (low < high && (in(kAround, points[low]) || in(kAfter, points[low]))) ++low;
  while (high > low && (in(kAround, points[high - 1]) || in(kAfter, points[high - 1]))) --high;
  return to_utf8(std::u32string_view(points).substr(low, high - low));
}

std::vector<std::string> lines_of(std::string_view text) {
  std::vector<std::string> lines;
  for (const std::string& line : split(text, '\n')) {
    const std::string_view inner = trim(line);
    if (!inner.empty()) lines.emplace_back(inner);
  }
  return lines;
}

bool contains_word(std::string_view text, std::string_view word) {
  if (word.empty()) return false;
  const std::string where = lower_ascii(text);
  const std::string what = lower_ascii(word);
  for (auto at = where.find(what); at != std::string::npos; at = where.find(what, at + 1)) {
    const std::size_t end = at + what.size();
    const bool joined_before =
        at > 0 && is_latin_or_digit(what.front()) && is_latin_or_digit(where[at - 1]);
    const bool joined_after =
        end < where.size() && is_latin_or_digit(what.back()) && is_latin_or_digit(where[end]);
    if (!joined_before && !joined_after) return true;
  }
  return false;
}

std::optional<std::string> short_answer(std::string_view answer, std::string_view question,
                                        bool list) {
  std::vector<std::string> lines = lines_of(final_text(answer));
  std::vector<std::size_t> fences;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (lines[i].starts_with("```")) fences.push_back(i);
  }
  if (fences.size() == 2 && fences[1] == fences[0] + 2) return bare(narrow(lines[fences[0] + 1]));
  std::erase_if(lines, [](const std::string& line) { return line.starts_with("```"); });
  if (lines.empty()) return std::nullopt;
  if (const auto rest = after_lead_in(lines)) {
    if (list || one_token(bare(*rest))) return bare(*rest);
    return from_line(*rest, question, list);
  }
  if (lines.size() == 1) return from_line(narrow(lines[0]), question, list);
  return std::nullopt;
}

}  // namespace assay::eval
