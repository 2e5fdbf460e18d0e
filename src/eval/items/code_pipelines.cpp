// Functions that choose elements, change each, and sum them up in some way.
#include <algorithm>
#include <array>
#include <cctype>
#include <numeric>
#include <set>

#include "base/text.h"
#include "eval/items/code_items.h"
#include "eval/items/draw.h"

namespace assay::eval {
namespace {

using Ints = std::vector<std::int64_t>;

std::string with(std::string_view pattern, const std::string& k) {
  const std::array<std::string, 1> arguments = {k};
  return fill(pattern, arguments);
}

/// Python's x % k for k > 0.
std::int64_t modulo(std::int64_t x, std::int64_t k) { return ((x % k) + k) % k; }

struct IntFilter {
  std::string_view tag, en, zh, python;  ///< {0} is k
  bool (*keep)(std::int64_t x, std::int64_t k);
};
constexpr IntFilter kFilters[] = {
    {"even", "the even numbers in xs", "xs 中的偶数", "x % 2 == 0",
     [](std::int64_t x, std::int64_t) { return modulo(x, 2) == 0; }},
    {"odd", "the odd numbers in xs", "xs 中的奇数", "x % 2 == 1",
     [](std::int64_t x, std::int64_t) { return modulo(x, 2) == 1; }},
    {"positive", "the positive numbers in xs", "xs 中的正数", "x > 0",
     [](std::int64_t x, std::int64_t) { return x > 0; }},
    {"negative", "the negative numbers in xs", "xs 中的负数", "x < 0",
     [](std::int64_t x, std::int64_t) { return x < 0; }},
    {"above_{0}", "the numbers in xs that are greater than {0}", "xs 中大于 {0} 的数", "x > {0}",
     [](std::int64_t x, std::int64_t k) { return x > k; }},
    {"below_{0}", "the numbers in xs that are less than {0}", "xs 中小于 {0} 的数", "x < {0}",
     [](std::int64_t x, std::int64_t k) { return x < k; }},
    {"multiple_of_{0}", "the numbers in xs that are divisible by {0}", "xs 中能被 {0} 整除的数",
     "x % {0} == 0", [](std::int64_t x, std::int64_t k) { return modulo(x, k) == 0; }},
};

struct IntChange {
  std::string_view tag, en, zh, python;  ///< {0} is the phrase, in Python k; {1} is k
  std::int64_t (*change)(std::int64_t x, std::int64_t k);
};
constexpr IntChange kChanges[] = {
    {"", "{0}", "{0}", "x", [](std::int64_t x, std::int64_t) { return x; }},
    {"squared", "the squares of {0}", "{0}的平方", "x * x",
     [](std::int64_t x, std::int64_t) { return x * x; }},
    {"times_{1}", "{0}, each multiplied by {1}", "{0}分别乘以 {1} 的结果", "x * {1}",
     [](std::int64_t x, std::int64_t k) { return x * k; }},
    {"plus_{1}", "{0}, each increased by {1}", "{0}分别加上 {1} 的结果", "x + {1}",
     [](std::int64_t x, std::int64_t k) { return x + k; }},
    {"absolute", "the absolute values of {0}", "{0}的绝对值", "abs(x)",
     [](std::int64_t x, std::int64_t) { return x < 0 ? -x : x; }},
};

struct IntSummary {
  std::string_view tag, en, zh, python;  ///< {0} is the phrase
  Json (*sum_up)(const Ints& xs);
};
constexpr IntSummary kSummaries[] = {
    {"sum", "Return the sum of {0}; 0 if there are none.", "返回 {0}的总和；如果没有，返回 0。",
     "return sum(ys)",
     [](const Ints& xs) { return Json(std::accumulate(xs.begin(), xs.end(), std::int64_t{0})); }},
    {"largest", "Return the largest of {0}; 0 if there are none.",
     "返回 {0}中的最大值；如果没有，返回 0。", "return max(ys) if ys else 0",
     [](const Ints& xs) { return Json(xs.empty() ? 0 : *std::max_element(xs.begin(), xs.end())); }},
    {"smallest", "Return the smallest of {0}; 0 if there are none.",
     "返回 {0}中的最小值；如果没有，返回 0。", "return min(ys) if ys else 0",
     [](const Ints& xs) { return Json(xs.empty() ? 0 : *std::min_element(xs.begin(), xs.end())); }},
    {"list", "Return a list of {0}, in their original order.",
     "返回由 {0}组成的列表，保持原来的顺序。", "return ys",
     [](const Ints& xs) { return Json(xs); }},
    {"reversed", "Return a list of {0}, in reverse order.",
     "返回由 {0}组成的列表，顺序与原来相反。", "return ys[::-1]",
     [](const Ints& xs) { return Json(Ints(xs.rbegin(), xs.rend())); }},
    {"sorted", "Return a list of {0}, sorted from smallest to largest.",
     "返回由 {0}组成的列表，从小到大排序。", "return sorted(ys)",
     [](const Ints& xs) {
       Ints sorted = xs;
       std::sort(sorted.begin(), sorted.end());
       return Json(sorted);
     }},
};

struct CharFilter {
  std::string_view tag, en, zh, python;
  bool (*keep)(char c);
};
constexpr CharFilter kCharFilters[] = {
    {"vowels", "the vowels (a, e, i, o, u in lower or upper case) in s",
     "s 中的元音字母（a、e、i、o、u，不分大小写）", "c in 'aeiouAEIOU'",
     [](char c) { return std::string_view("aeiouAEIOU").find(c) != std::string_view::npos; }},
    {"digits", "the digits in s", "s 中的数字字符", "c in '0123456789'",
     [](char c) { return c >= '0' && c <= '9'; }},
    {"capitals", "the upper-case letters A to Z in s", "s 中的大写字母（A 到 Z）",
     "'A' <= c <= 'Z'", [](char c) { return c >= 'A' && c <= 'Z'; }},
    {"small_letters", "the lower-case letters a to z in s", "s 中的小写字母（a 到 z）",
     "'a' <= c <= 'z'", [](char c) { return c >= 'a' && c <= 'z'; }},
    {"letters", "the letters (a to z and A to Z) in s", "s 中的字母（a 到 z 和 A 到 Z）",
     "'a' <= c <= 'z' or 'A' <= c <= 'Z'",
     [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }},
    {"no_spaces", "the characters in s that are not spaces", "s 中不是空格的字符", "c != ' '",
     [](char c) { return c != ' '; }},
    {"no_vowels", "the characters in s that are not vowels (a, e, i, o, u in lower or upper case)",
     "s 中不是元音字母（a、e、i、o、u，不分大小写）的字符", "c not in 'aeiouAEIOU'",
     [](char c) { return std::string_view("aeiouAEIOU").find(c) == std::string_view::npos; }},
};

struct CharSummary {
  std::string_view tag, en, zh, python;
  Json (*sum_up)(const std::string& s);
};
constexpr CharSummary kCharSummaries[] = {
    {"count", "Return how many there are of {0}.", "返回 {0}的个数。", "return len(cs)",
     [](const std::string& s) { return Json(s.size()); }},
    {"joined", "Return a string of {0}, in their original order.",
     "返回由 {0}组成的字符串，保持原来的顺序。", "return ''.join(cs)",
     [](const std::string& s) { return Json(s); }},
    {"reversed", "Return a string of {0}, in reverse order.",
     "返回由 {0}组成的字符串，顺序与原来相反。", "return ''.join(cs[::-1])",
     [](const std::string& s) { return Json(std::string(s.rbegin(), s.rend())); }},
    {"upper", "Return a string of {0}, in their original order and all in upper case.",
     "返回由 {0}组成的字符串，保持原来的顺序，并全部变成大写。", "return ''.join(cs).upper()",
     [](const std::string& s) {
       std::string upper = s;
       for (char& c : upper) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
       return Json(upper);
     }},
    {"different", "Return how many different characters there are among {0}.",
     "返回 {0}里一共有多少种不同的字符。", "return len(set(cs))",
     [](const std::string& s) { return Json(std::set<char>(s.begin(), s.end()).size()); }},
    {"sorted", "Return a string of {0}, sorted by character code.",
     "返回由 {0}组成的字符串，按字符编码从小到大排序。", "return ''.join(sorted(cs))",
     [](const std::string& s) {
       std::string sorted = s;
       std::sort(sorted.begin(), sorted.end());
       return Json(sorted);
     }},
    {"doubled", "Return a string of {0}, in their original order, each written twice.",
     "返回由 {0}组成的字符串，保持原来的顺序，每个字符写两遍。",
     "return ''.join(c + c for c in cs)",
     [](const std::string& s) {
       std::string doubled;
       for (const char c : s) doubled.append(2, c);
       return Json(doubled);
     }},
    {"first", "Return the first of {0}; an empty string if there are none.",
     "返回 {0}中的第一个；如果没有，返回空字符串。", "return cs[0] if cs else ''",
     [](const std::string& s) { return Json(s.substr(0, 1)); }},
    {"last", "Return the last of {0}; an empty string if there are none.",
     "返回 {0}中的最后一个；如果没有，返回空字符串。", "return cs[-1] if cs else ''",
     [](const std::string& s) { return Json(s.empty() ? s : s.substr(s.size() - 1)); }},
};

std::string random_text(Rng& rng) {
  static constexpr std::string_view kCharacters =
      "aabcdeefghiijklmnoopqrstuuvwxyzAEIOUBCDRSTXY0123456789    ";
  std::string text;
  const auto length = rng.between(6, 18);
  for (std::int64_t i = 0; i < length; ++i) text += kCharacters[rng.index(kCharacters.size())];
  return text;
}

}  // namespace

CodeItem list_pipeline(Rng& rng) {
  const IntFilter& filter = rng.pick(kFilters);
  const IntChange& change = rng.pick(kChanges);
  const IntSummary& summary = rng.pick(kSummaries);
  const std::int64_t k = rng.between(2, 9);
  const std::int64_t m = rng.between(2, 9);
  const auto changed = [&](std::string_view pattern, const std::string& phrase) {
    const std::array<std::string, 2> arguments = {phrase, std::to_string(m)};
    return fill(pattern, arguments);
  };
  CodeItem item;
  const std::string tag = changed(change.tag, "");
  item.name = with(filter.tag, std::to_string(k));
  for (const std::string_view part : {std::string_view(tag), summary.tag}) {
    if (!part.empty()) item.name.append("_").append(part);
  }
  item.parameters = std::string("xs");
  item.doc = {with(summary.en, changed(change.en, with(filter.en, std::to_string(k)))),
              with(summary.zh, changed(change.zh, with(filter.zh, std::to_string(k))))};
  for (int call = 0; call < 6; ++call) {
    Ints xs;
    for (std::int64_t n = call == 0 ? 0 : rng.between(3, 9); n > 0; --n) {
      xs.push_back(rng.between(-20, 40));
    }
    Ints ys;
    for (const auto x : xs) {
      if (filter.keep(x, k)) ys.push_back(change.change(x, m));
    }
    item.calls.push_back(Json::array({Json(xs)}));
    item.expected.push_back(summary.sum_up(ys));
  }
  std::string body = "ys = [";
  body.append(changed(change.python, "")).append(" for x in xs if ");
  body.append(with(filter.python, std::to_string(k))).append("]\n").append(summary.python);
  item.reference = python_function(item, body);
  return item;
}

CodeItem string_pipeline(Rng& rng) {
  const CharFilter& filter = rng.pick(kCharFilters);
  const CharSummary& summary = rng.pick(kCharSummaries);
  CodeItem item;
  item.name = std::string(filter.tag).append("_").append(summary.tag);
  item.parameters = std::string("s");
  item.doc = {with(summary.en, std::string(filter.en)), with(summary.zh, std::string(filter.zh))};
  for (int call = 0; call < 6; ++call) {
    const std::string s = call == 0 ? "" : random_text(rng);
    std::string kept;
    std::copy_if(s.begin(), s.end(), std::back_inserter(kept), filter.keep);
    item.calls.push_back(Json::array({s}));
    item.expected.push_back(summary.sum_up(kept));
  }
  std::string body = "cs = [c for c in s if ";
  body.append(filter.python).append("]\n").append(summary.python);
  item.reference = python_function(item, body);
  return item;
}

CodeItem code_item(std::string_view group, Rng& rng) {
  while (true) {
    CodeItem item = group == "lists"     ? list_pipeline(rng)
                    : group == "strings" ? string_pipeline(rng)
                                         : classic_function(rng);
    // A function that always returns the same must not pass.
    std::set<std::string> results;
    for (const Json& result : item.expected) results.insert(dump_json(result));
    if (results.size() >= 3) return item;
  }
}

std::string python_function(const CodeItem& item, std::string_view body) {
  std::string source = "def ";
  source.append(item.name).append("(").append(item.parameters).append("):\n");
  for (const std::string& line : split(body, '\n')) source.append(4, ' ').append(line).append("\n");
  return source;
}

}  // namespace assay::eval
