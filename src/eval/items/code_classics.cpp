// Well-known small functions, most with a number or letter of their own.
#include <algorithm>
#include <array>
#include <numeric>
#include <set>

#include "base/text.h"
#include "eval/items/code_items.h"
#include "eval/items/draw.h"

namespace assay::eval {
namespace {

using Ints = std::vector<std::int64_t>;

/// What a family's arguments are like.
enum class Input { ints, positive, text, words, two_lists };

struct Family {
  std::string_view name, parameters, en, zh, python;  ///< {0} is k
  Input input;
  std::int64_t low, high;  ///< k; the same: there is none
  Json (*result)(const Json& arguments, std::int64_t k);
};

Ints ints(const Json& arguments) { return arguments[0].get<Ints>(); }
std::string text(const Json& arguments) { return arguments[0].get<std::string>(); }
std::int64_t number(const Json& arguments) { return arguments[0].get<std::int64_t>(); }

Json chunks(const Json& arguments, std::int64_t k) {
  Json lists = Json::array();
  const Ints xs = ints(arguments);
  for (std::size_t i = 0; i < xs.size(); ++i) {
    if (i % static_cast<std::size_t>(k) == 0) lists.push_back(Json::array());
    lists.back().push_back(xs[i]);
  }
  return lists;
}

Json window_sums(const Json& arguments, std::int64_t k) {
  Json sums = Json::array();
  const Ints xs = ints(arguments);
  for (std::size_t i = 0; i + static_cast<std::size_t>(k) <= xs.size(); ++i) {
    const auto from = xs.begin() + static_cast<std::ptrdiff_t>(i);
    sums.push_back(std::accumulate(from, from + k, std::int64_t{0}));
  }
  return sums;
}

Json shifted(const Json& arguments, std::int64_t k) {
  std::string s = text(arguments);
  for (char& c : s) {
    if (c >= 'a' && c <= 'z') c = static_cast<char>('a' + (c - 'a' + k) % 26);
  }
  return s;
}

Json in_base(const Json& arguments, std::int64_t k) {
  std::string digits;
  std::int64_t n = number(arguments);
  do {
    digits.insert(digits.begin(), static_cast<char>('0' + n % k));
    n /= k;
  } while (n > 0);
  return digits;
}

Json pairs_with_sum(const Json& arguments, std::int64_t k) {
  const Ints xs = ints(arguments);
  int count = 0;
  for (std::size_t i = 0; i < xs.size(); ++i) {
    for (std::size_t j = i + 1; j < xs.size(); ++j) count += xs[i] + xs[j] == k ? 1 : 0;
  }
  return count;
}

Json runs(const Json& arguments, std::int64_t) {
  Json list = Json::array();
  for (const char c : text(arguments)) {
    const std::string one(1, c);
    if (!list.empty() && list.back()[0] == one) {
      list.back()[1] = list.back()[1].get<int>() + 1;
    } else {
      list.push_back(Json::array({one, 1}));
    }
  }
  return list;
}

Json kth_largest(const Json& arguments, std::int64_t k) {
  const Ints xs = ints(arguments);
  const std::set<std::int64_t, std::greater<>> values(xs.begin(), xs.end());
  if (values.size() < static_cast<std::size_t>(k)) return nullptr;
  return *std::next(values.begin(), k - 1);
}

Json most_frequent(const Json& arguments, std::int64_t) {
  const std::string s = text(arguments);
  std::string best;
  std::ptrdiff_t most = 0;
  for (const char c : s) {
    const auto count = std::count(s.begin(), s.end(), c);
    if (count > most) {
      most = count;
      best = std::string(1, c);
    }
  }
  return best;
}

bool prime(std::int64_t n) {
  for (std::int64_t d = 2; d * d <= n; ++d) {
    if (n % d == 0) return false;
  }
  return n > 1;
}

Json words_longer(const Json& arguments, std::int64_t k) {
  int count = 0;
  for (const auto& word : split(text(arguments), ' ')) {
    count += static_cast<std::int64_t>(word.size()) > k ? 1 : 0;
  }
  return count;
}

Json without_repeats(const Json& arguments, std::int64_t) {
  Ints kept;
  for (const auto x : ints(arguments)) {
    if (std::find(kept.begin(), kept.end(), x) == kept.end()) kept.push_back(x);
  }
  return kept;
}

Json collatz(const Json& arguments, std::int64_t) {
  std::int64_t n = number(arguments);
  std::int64_t steps = 0;
  while (n != 1) {
    n = n % 2 == 0 ? n / 2 : 3 * n + 1;
    ++steps;
  }
  return steps;
}

Json power_digits(const Json& arguments, std::int64_t k) {
  std::int64_t sum = 0;
  for (const char c : std::to_string(number(arguments))) {
    std::int64_t power = 1;
    for (std::int64_t i = 0; i < k; ++i) power *= c - '0';
    sum += power;
  }
  return sum;
}

Json hops(const Json& arguments, std::int64_t k) {
  Json list = Json::array();
  for (std::int64_t i = 1; i <= number(arguments); ++i) {
    list.push_back(i % k == 0 ? std::string("hop") : std::to_string(i));
  }
  return list;
}

Json rotated(const Json& arguments, std::int64_t k) {
  Ints xs = ints(arguments);
  if (!xs.empty()) {
    std::rotate(xs.begin(), xs.begin() + k % static_cast<std::int64_t>(xs.size()), xs.end());
  }
  return xs;
}

Json every(const Json& arguments, std::int64_t k) {
  Json list = Json::array();
  const Ints xs = ints(arguments);
  for (std::size_t i = 0; i < xs.size(); i += static_cast<std::size_t>(k)) list.push_back(xs[i]);
  return list;
}

Json first_above(const Json& arguments, std::int64_t k) {
  const Ints xs = ints(arguments);
  const auto at = std::find_if(xs.begin(), xs.end(), [k](std::int64_t x) { return x > k; });
  return at == xs.end() ? -1 : at - xs.begin();
}

Json running(const Json& arguments, std::int64_t k) {
  Json list = Json::array();
  std::int64_t sum = k;
  for (const auto x : ints(arguments)) list.push_back(sum += x);
  return list;
}

Json sequence(const Json& arguments, std::int64_t k) {
  std::int64_t a = 1;
  std::int64_t b = k;
  for (std::int64_t i = 0; i < number(arguments); ++i) {
    const std::int64_t next = a + b;
    a = b;
    b = next;
  }
  return a;
}

Json interleaved(const Json& arguments, std::int64_t) {
  const Ints a = arguments[0].get<Ints>();
  const Ints b = arguments[1].get<Ints>();
  Ints all;
  for (std::size_t i = 0; i < std::max(a.size(), b.size()); ++i) {
    if (i < a.size()) all.push_back(a[i]);
    if (i < b.size()) all.push_back(b[i]);
  }
  return all;
}

Json common(const Json& arguments, std::int64_t) {
  const Ints a = arguments[0].get<Ints>();
  const Ints b = arguments[1].get<Ints>();
  const std::set<std::int64_t> first(a.begin(), a.end());
  std::set<std::int64_t> both;
  for (const auto x : b) {
    if (first.contains(x)) both.insert(x);
  }
  return Ints(both.begin(), both.end());
}

Json differences(const Json& arguments, std::int64_t k) {
  Json list = Json::array();
  const Ints xs = ints(arguments);
  for (std::size_t i = static_cast<std::size_t>(k); i < xs.size(); ++i) {
    list.push_back(xs[i] - xs[i - static_cast<std::size_t>(k)]);
  }
  return list;
}

constexpr Family kFamilies[] = {
    {"chunks_of_{0}", "xs",
     "Split the list xs into lists of {0} elements, in order; the last one may be shorter.",
     "把列表 xs 依次切分成每 {0} 个元素一组的列表，最后一组可以更短，返回这些列表组成的列表。",
     "return [xs[i:i + {0}] for i in range(0, len(xs), {0})]", Input::ints, 2, 5, chunks},
    {"window_sums_{0}", "xs",
     "Return the list of the sums of each {0} neighbouring elements of xs, from left to right.",
     "从左到右，返回 xs 中每 {0} 个相邻元素之和组成的列表。",
     "return [sum(xs[i:i + {0}]) for i in range(len(xs) - {0} + 1)]", Input::ints, 2, 5,
     window_sums},
    {"shift_by_{0}", "s",
     "Shift every lower-case letter a to z of s forward by {0} places in the alphabet, z being "
     "followed by a; leave all other characters.",
     "把 s 中的每个小写字母（a 到 z）在字母表中向后移动 {0} 位，z 之后接 "
     "a，其他字符不变，返回新字符串。",
     "return ''.join(chr((ord(c) - 97 + {0}) % 26 + 97) if 'a' <= c <= 'z' else c for c in s)",
     Input::text, 1, 12, shifted},
    {"to_base_{0}", "n",
     "Return the whole number n >= 0 written in base {0}, as a string of digits.",
     "把非负整数 n 转换成 {0} 进制，返回由数字组成的字符串。",
     "digits = ''\nwhile True:\n    digits = str(n % {0}) + digits\n    n //= {0}\n    if n == 0:\n"
     "        return digits",
     Input::positive, 2, 9, in_base},
    {"pairs_with_sum_{0}", "xs",
     "Return how many pairs of positions i < j there are with xs[i] + xs[j] equal to {0}.",
     "返回满足 i < j 且 xs[i] + xs[j] 等于 {0} 的位置对的个数。",
     "n = len(xs)\nreturn sum(xs[i] + xs[j] == {0} for i in range(n) for j in range(i + 1, n))",
     Input::ints, 5, 12, pairs_with_sum},
    {"runs", "s",
     "Return the runs of equal characters of s as a list of [character, length], in order.",
     "把 s 中连续相同的字符合并，依次返回由 [字符， 长度] 组成的列表。",
     "out = []\nfor c in s:\n    if out and out[-1][0] == c:\n        out[-1][1] += 1\n    else:\n"
     "        out.append([c, 1])\nreturn out",
     Input::text, 0, 0, runs},
    {"largest_place_{0}", "xs",
     "Take the different values in xs from largest to smallest and return number {0} of them "
     "(number "
     "1 is the largest), or None if there are fewer than {0}.",
     "返回 xs 的不同数值中第 {0} 大的数（第 1 大即最大）；如果不同的数值不足 {0} 个，返回 None。",
     "ys = sorted(set(xs), reverse=True)\nreturn ys[{0} - 1] if len(ys) >= {0} else None",
     Input::ints, 2, 5, kth_largest},
    {"most_frequent", "s",
     "Return the character that occurs most often in s; of several, the one that comes first in s; "
     "an empty string if s is empty.",
     "返回 s 中出现次数最多的字符；如果有多个，返回在 s 中最先出现的那个；s 为空时返回空字符串。",
     "return max(s, key=s.count) if s else ''", Input::text, 0, 0, most_frequent},
    {"primes_up_to_plus_{0}", "n", "Return the number of prime numbers p with p <= n + {0}.",
     "返回满足 p <= n + {0} 的质数 p 的个数。",
     "return sum(all(p % d for d in range(2, p)) for p in range(2, n + {0} + 1))", Input::positive,
     1, 6,
     [](const Json& a, std::int64_t k) {
       int count = 0;
       for (std::int64_t p = 2; p <= number(a) + k; ++p) count += prime(p) ? 1 : 0;
       return Json(count);
     }},
    {"words_longer_than_{0}", "s",
     "Return how many words of s, which are separated by single spaces, have more than {0} "
     "letters.",
     "s 由单个空格分隔的单词组成，返回其中字母数多于 {0} 的单词个数。",
     "return sum(len(w) > {0} for w in s.split())", Input::words, 2, 6, words_longer},
    {"without_repeats", "xs",
     "Return the list xs without repeated values; of equal ones keep the first, in order.",
     "去掉列表 xs 中重复的值，相同的值只保留第一个，顺序不变，返回新列表。",
     "return list(dict.fromkeys(xs))", Input::ints, 0, 0, without_repeats},
    {"collatz_steps", "n",
     "Start with n >= 1. If it is even, halve it; if it is odd, multiply it by 3 and add 1. Return "
     "the "
     "number of steps until 1 is reached.",
     "从 n >= 1 开始：偶数除以 2，奇数乘以 3 再加 1。返回到达 1 所需的步数。",
     "steps = 0\nwhile n != 1:\n    n = n // 2 if n % 2 == 0 else 3 * n + 1\n    steps += 1\n"
     "return steps",
     Input::positive, 0, 0, collatz},
    {"digit_powers_{0}", "n",
     "Return the sum of the decimal digits of n >= 0, each raised to the power {0}.",
     "返回非负整数 n 的各位十进制数字的 {0} 次方之和。",
     "return sum(int(d) ** {0} for d in str(n))", Input::positive, 1, 4, power_digits},
    {"hop_every_{0}", "n",
     "Return the list of the numbers from 1 to n as strings, with 'hop' in place of each multiple "
     "of "
     "{0}.",
     "返回由 1 到 n 的数字字符串组成的列表，其中 {0} 的倍数换成 'hop'。",
     "return ['hop' if i % {0} == 0 else str(i) for i in range(1, n + 1)]", Input::positive, 2, 7,
     hops},
    {"rotate_left_{0}", "xs",
     "Return the list xs rotated to the left by {0} places: each time, the first element moves to "
     "the "
     "end.",
     "返回把列表 xs 向左循环移动 {0} 次后的列表：每次把第一个元素移到末尾。",
     "if not xs:\n    return []\nk = {0} % len(xs)\nreturn xs[k:] + xs[:k]", Input::ints, 1, 6,
     rotated},
    {"every_step_{0}", "xs",
     "Return the list of the elements of xs at the indices 0, {0}, 2 * {0}, and so on.",
     "返回 xs 中下标为 0、{0}、2×{0}…… 的元素组成的列表。", "return xs[::{0}]", Input::ints, 2, 5,
     every},
    {"first_above_{0}", "xs",
     "Return the index of the first element of xs that is greater than {0}, or -1 if there is "
     "none.",
     "返回 xs 中第一个大于 {0} 的元素的下标；如果没有，返回 -1。",
     "for i, x in enumerate(xs):\n    if x > {0}:\n        return i\nreturn -1", Input::ints, 4, 12,
     first_above},
    {"running_sums_from_{0}", "xs",
     "Return the list of running sums of xs, starting from {0}: the first is {0} + xs[0].",
     "返回 xs 的累加和列表，从 {0} 开始累加：第一项是 {0} + xs[0]。",
     "out = []\ntotal = {0}\nfor x in xs:\n    total += x\n    out.append(total)\nreturn out",
     Input::ints, 1, 9, running},
    {"sequence_1_{0}", "n",
     "A sequence begins with 1, {0}; each later term is the sum of the two before it. Return term "
     "n, "
     "where term 0 is 1 and term 1 is {0}.",
     "一个数列以 1、{0} 开头，之后每一项都是前两项之和。返回第 n 项，其中第 0 项是 1，第 1 项是 "
     "{0}。",
     "a, b = 1, {0}\nfor _ in range(n):\n    a, b = b, a + b\nreturn a", Input::positive, 2, 8,
     sequence},
    {"interleave", "a, b",
     "Return a list with the elements of a and b in turn, beginning with a; when one list ends, "
     "the "
     "rest of the other follows.",
     "从 a 开始，轮流取 a 和 b 的元素组成列表；一个列表取完后，接上另一个列表剩下的元素。",
     "out = []\nfor i in range(max(len(a), len(b))):\n    out += a[i:i + 1] + b[i:i + 1]\nreturn "
     "out",
     Input::two_lists, 0, 0, interleaved},
    {"common_values", "a, b",
     "Return the sorted list of the different values that occur in both a and b.",
     "返回同时出现在 a 和 b 中的不同数值，按从小到大排列成列表。", "return sorted(set(a) & set(b))",
     Input::two_lists, 0, 0, common},
    {"differences_{0}", "xs",
     "Return the list of xs[i] - xs[i - {0}] for every index i from {0} to the end.",
     "对从 {0} 到末尾的每个下标 i，返回由 xs[i] - xs[i - {0}] 组成的列表。",
     "return [xs[i] - xs[i - {0}] for i in range({0}, len(xs))]", Input::ints, 1, 4, differences},
};

Json int_list(Rng& rng, std::int64_t shortest) {
  Ints xs;
  for (std::int64_t n = rng.between(shortest, 9); n > 0; --n) xs.push_back(rng.between(-3, 15));
  return xs;
}

Json arguments_for(Input input, int call, Rng& rng) {
  static constexpr std::string_view kWords[] = {"a",      "sun",   "river", "to",
                                                "garden", "blue",  "stone", "window",
                                                "on",     "light", "paper", "cat"};
  const std::int64_t shortest = call == 0 ? 0 : 4;
  switch (input) {
    case Input::ints: return Json::array({call == 0 ? Json::array() : int_list(rng, shortest)});
    case Input::two_lists: return Json::array({int_list(rng, shortest), int_list(rng, 2)});
    case Input::positive: return Json::array({call == 0 ? 1 : rng.between(2, 60)});
    case Input::text: {
      std::string s;
      for (std::int64_t n = call == 0 ? 0 : rng.between(4, 12); n > 0; --n) {
        s += std::string(static_cast<std::size_t>(rng.between(1, 2)), "abcxyzAB "[rng.index(9)]);
      }
      return Json::array({s});
    }
    case Input::words: break;
  }
  std::string s;
  for (std::int64_t n = call == 0 ? 1 : rng.between(3, 8); n > 0; --n) {
    if (!s.empty()) s += " ";
    s += rng.pick(kWords);
  }
  return Json::array({s});
}

}  // namespace

CodeItem classic_function(Rng& rng) {
  const Family& family = rng.pick(kFamilies);
  const std::int64_t k = rng.between(family.low, family.high);
  const std::array<std::string, 1> parameter = {std::to_string(k)};
  CodeItem item;
  item.name = fill(family.name, parameter);
  item.parameters = family.parameters;
  item.doc = {fill(family.en, parameter), fill(family.zh, parameter)};
  for (int call = 0; call < 6; ++call) {
    item.calls.push_back(arguments_for(family.input, call, rng));
    item.expected.push_back(family.result(item.calls.back(), k));
  }
  item.reference = python_function(item, fill(family.python, parameter));
  return item;
}

}  // namespace assay::eval
