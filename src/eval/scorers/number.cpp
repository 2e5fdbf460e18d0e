#include "eval/scorers/number.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>
#include <re2/re2.h>
#include <set>

#include "base/text.h"
#include "eval/scorers/answer_text.h"

namespace assay::eval {
namespace {

bool digit(char c) { return c >= '0' && c <= '9'; }
bool letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; }

/// End of the digits at `at`, with thousands groups and decimals.
std::size_t end_of_number(std::string_view text, std::size_t at) {
  std::size_t end = at;
  while (end < text.size() && digit(text[end])) ++end;
  if (end - at <= 3) {
    const auto group = [&](std::size_t i) {
      return i + 3 < text.size() && text[i] == ',' && digit(text[i + 1]) && digit(text[i + 2]) &&
             digit(text[i + 3]) && (i + 4 >= text.size() || !digit(text[i + 4]));
    };
    while (group(end)) end += 4;
  }
  if (end + 1 < text.size() && text[end] == '.' && digit(text[end + 1])) {
    ++end;
    while (end < text.size() && digit(text[end])) ++end;
  }
  return end;
}

double multiplier(std::string_view rest, std::size_t& length) {
  static const std::array<std::pair<std::string_view, double>, 5> kUnits = {
      {{"万", 1e4}, {"亿", 1e8}, {" thousand", 1e3}, {" million", 1e6}, {" billion", 1e9}}};
  for (const auto& [word, value] : kUnits) {
    if (lower_ascii(rest.substr(0, word.size())) != word) continue;
    length = word.size();
    return value;
  }
  length = 0;
  return 1.0;
}

/// -1 if a minus belongs to the number at `at` ("= -5", "(-5)", "负5"), else 1; not in "9 - 5",
/// "9-5".
double sign_before(std::string_view text, std::size_t at, std::size_t& begin) {
  for (const std::string_view minus : {"-", "−", "负", "minus "}) {
    if (!text.substr(0, at).ends_with(minus)) continue;
    const std::string_view before = text.substr(0, at - minus.size());
    if (minus.size() == 1 || minus == "−") {
      const std::string_view inner = trim(before);
      if (!inner.empty() && (digit(inner.back()) || inner.back() == ')' || letter(inner.back()))) {
        if (before.size() == inner.size() || digit(inner.back()) || inner.back() == ')') return 1.0;
      }
    }
    begin = at - minus.size();
    return -1.0;
  }
  return 1.0;
}

bool is_label(std::string_view text, std::size_t begin, std::size_t end) {
  const std::string before =
      lower_ascii(text.substr(begin > 6 ? begin - 6 : 0, begin > 6 ? 6 : begin));
  if (before.ends_with("step ") || before.ends_with("第") || before.ends_with("步骤")) return true;
  const std::string after = lower_ascii(text.substr(end, 2));
  return after == "st" || after == "nd" || after == "rd" || after == "th";
}

/// "1. " or "2) " at the start of a line.
bool is_marker(std::string_view text, std::size_t begin, std::size_t end) {
  if (begin > 0 && text[begin - 1] != '\n') return false;
  if (text.substr(end).starts_with("、")) return true;
  return end + 1 < text.size() && (text[end] == '.' || text[end] == ')') && text[end + 1] == ' ';
}

std::vector<FoundNumber> scan(std::string_view text) {
  std::vector<FoundNumber> found;
  std::vector<FoundNumber> markers;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (!digit(text[at])) continue;
    const std::size_t end = end_of_number(text, at);
    std::string digits(text.substr(at, end - at));
    std::erase(digits, ',');
    FoundNumber number{std::strtod(digits.c_str(), nullptr), at, end};
    const bool joined = at > 0 && letter(text[at - 1]);
    if (!joined && !is_label(text, at, end)) {
      std::size_t length = 0;
      number.value *= sign_before(text, at, number.begin);
      number.value *= multiplier(text.substr(end), length);
      number.end = end + length;
      (is_marker(text, at, end) ? markers : found).push_back(number);
    }
    at = end - 1;
  }
  // A single "42. That is the sum" is an answer, not a list.
  const bool list = markers.size() >= 2 && markers.front().value == 1.0;
  if (!list) found.insert(found.end(), markers.begin(), markers.end());
  std::sort(found.begin(), found.end(),
            [](const auto& a, const auto& b) { return a.begin < b.begin; });
  return found;
}

bool same(double a, double b) { return std::fabs(a - b) <= 1e-9 * std::max(1.0, std::fabs(b)); }

std::vector<double> distinct(const std::vector<FoundNumber>& numbers) {
  std::vector<double> values;
  for (const auto& n : numbers) {
    if (std::none_of(values.begin(), values.end(), [&](double v) { return same(v, n.value); })) {
      values.push_back(n.value);
    }
  }
  return values;
}

std::vector<double> without(std::vector<double> values, const std::vector<double>& others) {
  std::erase_if(values, [&](double v) {
    return std::any_of(others.begin(), others.end(), [&](double o) { return same(v, o); });
  });
  return values;
}

/// The number that a text directly after "answer is" states: the end of its equation, or the first.
std::optional<double> stated(std::string_view rest) {
  const auto numbers = scan(rest);
  if (numbers.empty()) {
    // Words up to the end of the clause: "forty-two.", "四十二个".
    return number_in_words(rest.substr(0, rest.find_first_of(".,;\n")));
  }
  std::size_t last = 0;
  while (last + 1 < numbers.size()) {
    const auto between =
        rest.substr(numbers[last].end, numbers[last + 1].begin - numbers[last].end);
    if (!RE2::FullMatch(re2::StringPiece(between.data(), between.size()),
                        R"([\s()+*/=×÷−-]*|\s*x\s*)")) {
      break;
    }
    ++last;
  }
  const auto whole = rest.substr(0, numbers[last].begin);
  if (last > 0 && whole.find('=') == std::string_view::npos) return std::nullopt;
  return numbers[last].value;
}

std::optional<double> after_lead_in(const std::string& text) {
  static const RE2 pattern(
      R"((?i)(?:\\boxed\{|answer(?: is| would be|:| =)+|result(?: is|:| =)+|####|答案(?:应该)?(?:是|为|:)+|结果(?:是|为|:)+))");
  re2::StringPiece rest(text);
  std::optional<std::string_view> last;
  while (RE2::FindAndConsume(&rest, pattern)) last = std::string_view(rest.data(), rest.size());
  if (!last) return std::nullopt;
  std::string_view after = trim(*last);
  return stated(after.substr(0, after.find('\n')));
}

std::optional<double> bold(const std::string& text) {
  static const RE2 pattern(R"(\*\*([^*]+)\*\*)");
  std::vector<FoundNumber> all;
  re2::StringPiece rest(text);
  std::string piece;
  while (RE2::FindAndConsume(&rest, pattern, &piece)) {
    const auto numbers = scan(piece);
    all.insert(all.end(), numbers.begin(), numbers.end());
  }
  const auto values = distinct(all);
  return values.size() == 1 ? std::optional(values[0]) : std::nullopt;
}

std::optional<double> conclusion(const std::string& text, const std::vector<double>& asked) {
  static const RE2 pattern(
      R"((?is)^.*(?:^|[.!?。!?\n]\s*)((?:so|therefore|thus|hence|in total|altogether|finally|所以|因此|最后|一共|总共|共)\b?.*)$)");
  std::string sentence;
  if (!RE2::FullMatch(text, pattern, &sentence)) return std::nullopt;
  const auto values = without(distinct(scan(sentence)), asked);
  return values.size() == 1 ? std::optional(values[0]) : std::nullopt;
}

}  // namespace

std::vector<FoundNumber> numbers_in(std::string_view text) { return scan(narrow(text)); }

NumberAnswer final_number(std::string_view answer, std::string_view question) {
  std::string text = narrow(final_text(answer));
  if (text.empty()) return {std::nullopt, "empty answer"};
  const auto in_bold = bold(text);
  for (const std::string_view mark : {"**", "`", "\\(", "\\)", "$"}) {
    for (auto at = text.find(mark); at != std::string::npos; at = text.find(mark, at)) {
      text.erase(at, mark.size());
    }
  }
  if (const auto value = after_lead_in(text)) return {value, {}};
  const auto numbers = scan(text);
  if (numbers.empty()) {
    if (const auto value = number_in_words(text)) return {value, {}};
    return {std::nullopt, "no number in the answer"};
  }
  const auto values = distinct(numbers);
  if (values.size() == 1) return {values[0], {}};
  const auto asked = distinct(numbers_in(question));
  const std::string before_last = text.substr(0, numbers.back().begin);
  if (trim(before_last).ends_with("=") || before_last.ends_with("等于")) {
    return {numbers.back().value, {}};
  }
  const auto fresh = without(values, asked);
  if (fresh.size() == 1) return {fresh[0], {}};
  if (in_bold) return {in_bold, {}};
  if (const auto value = conclusion(text, asked)) return {value, {}};
  return {std::nullopt, "several numbers, no clear final one"};
}

}  // namespace assay::eval
