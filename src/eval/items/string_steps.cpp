// A string is a row of letters or characters, a list a row of words or numbers: one set of rules
// serves them all, with the noun of each.
#include "eval/items/string_steps.h"

#include <algorithm>
#include <array>
#include <optional>
#include <set>
#include <string_view>

#include "eval/items/draw.h"

namespace assay::eval {
namespace {

using Row = std::vector<std::string>;

enum class Kind { letters, han, words, numbers };

constexpr std::string_view kWords[] = {"river", "stone", "lamp",  "garden", "cup",    "window",
                                       "bread", "chair", "cloud", "market", "needle", "ship",
                                       "apple", "drum",  "field", "hat",    "island", "key"};
constexpr std::string_view kHan[] = {"山", "水", "风", "云", "花", "鸟", "月", "星", "雨", "雪",
                                     "石", "林", "海", "田", "竹", "桥", "船", "马", "灯", "书"};
constexpr std::string_view kHanWords[] = {"苹果", "火车", "雨伞", "窗户", "面包", "花园",
                                          "铅笔", "桌子", "牛奶", "月亮", "城市", "音乐",
                                          "老师", "邮票", "沙滩", "森林"};

std::string pseudo_word(Rng& rng) {
  static constexpr std::string_view kConsonants = "bcdfghjklmnprstvw";
  static constexpr std::string_view kVowels = "aeiou";
  std::string word;
  const auto length = rng.between(5, 8);
  const bool vowel_first = rng.chance(0.3);
  for (std::int64_t i = 0; i < length; ++i) {
    const bool vowel = (i % 2 == 0) == vowel_first;
    word += vowel ? kVowels[rng.index(kVowels.size())] : kConsonants[rng.index(kConsonants.size())];
  }
  return word;
}

template <class Table>
Row some_of(const Table& table, std::int64_t count, Rng& rng) {
  std::vector<std::string> all(std::begin(table), std::end(table));
  rng.shuffle(all);
  all.resize(static_cast<std::size_t>(count));
  return all;
}

Row start_of(Kind kind, Lang lang, Rng& rng) {
  switch (kind) {
    case Kind::letters: {
      Row row;
      for (const char c : pseudo_word(rng)) row.emplace_back(1, c);
      return row;
    }
    case Kind::han: return some_of(kHan, rng.between(5, 7), rng);
    case Kind::words:
      return lang == Lang::en ? some_of(kWords, rng.between(4, 6), rng)
                              : some_of(kHanWords, rng.between(4, 6), rng);
    case Kind::numbers: break;
  }
  std::set<std::string> seen;
  Row row;
  const auto count = static_cast<std::size_t>(rng.between(5, 6));
  while (row.size() < count) {
    const std::string number = std::to_string(rng.between(2, 60));
    if (seen.insert(number).second) row.push_back(number);
  }
  return row;
}

std::string joined(const Row& row, Kind kind) {
  const bool list = kind == Kind::words || kind == Kind::numbers;
  std::string text;
  for (const std::string& unit : row) {
    if (list && !text.empty()) text += ", ";
    text += unit;
  }
  return text;
}

bool vowel(const std::string& unit) {
  return std::string_view("aeiou").find(unit) != std::string_view::npos;
}

Row odd_places(const Row& row) {
  Row kept;
  for (std::size_t i = 0; i < row.size(); i += 2) kept.push_back(row[i]);
  return kept;
}

Row doubled(const Row& row) {
  Row twice;
  for (const auto& unit : row) twice.insert(twice.end(), {unit, unit});
  return twice;
}

Row next_letters(Row row) {
  for (auto& unit : row) unit[0] = static_cast<char>('a' + (unit[0] - 'a' + 1) % 26);
  return row;
}

Row sorted(Row row, Kind kind) {
  std::sort(row.begin(), row.end(), [kind](const std::string& a, const std::string& b) {
    return kind == Kind::numbers ? std::stoi(a) < std::stoi(b) : a < b;
  });
  return row;
}

Row rotated(Row row) {
  std::rotate(row.begin(), row.begin() + 1, row.end());
  return row;
}

Row swapped(Row row) {
  std::swap(row.front(), row.back());
  return row;
}

Row larger_than(const Row& row, int limit) {
  Row kept;
  std::copy_if(row.begin(), row.end(), std::back_inserter(kept),
               [limit](const std::string& unit) { return std::stoi(unit) > limit; });
  return kept;
}

/// A step: two wordings in each language, {0} the noun of a unit, {1}, {2} its own arguments.
struct Step {
  std::array<std::string_view, 2> en;
  std::array<std::string_view, 2> zh;
  Row result;
  std::string first, second;
};

Step removed_at(const Row& row, Rng& rng) {
  const std::size_t at = rng.index(row.size());
  Row left = row;
  left.erase(left.begin() + static_cast<std::ptrdiff_t>(at));
  return {{"Remove the {0} in position {1}, counting from 1.",
           "Delete the {0} at place {1} (the "
           "first one is at place 1)."},
          {"去掉第{1}个{0}。", "删除其中的第{1}个{0}。"},
          left,
          std::to_string(at + 1),
          {}};
}

Step replaced(const Row& row, Kind kind, Rng& rng) {
  const std::string from = rng.pick(row);
  std::string to = from;
  while (std::find(row.begin(), row.end(), to) != row.end()) {
    if (kind == Kind::letters) to = std::string(1, static_cast<char>('a' + rng.between(0, 25)));
    if (kind == Kind::han) to = rng.pick(kHan);
    if (kind == Kind::numbers) to = std::to_string(rng.between(61, 99));
    if (kind == Kind::words) to = from.size() > 0 && from[0] > 0 ? "table" : "太阳";
  }
  Row changed = row;
  std::replace(changed.begin(), changed.end(), from, to);
  if (kind == Kind::numbers) {  // "each 3" could be taken for a digit
    return {{"Replace the number {1} by the number {2}.", "Put {2} in place of the number {1}."},
            {"把{1}这个数换成{2}。", "将数{1}替换为数{2}。"},
            changed,
            from,
            to};
  }
  return {{"Replace each {0} \"{1}\" by \"{2}\".", "Wherever \"{1}\" stands, put \"{2}\" instead."},
          {"把所有的“{1}”换成“{2}”。", "将每个“{1}”替换为“{2}”。"},
          changed,
          from,
          to};
}

/// Steps for every kind of row.
std::optional<Step> common_step(std::int64_t which, const Row& row, Kind kind, Rng& rng) {
  switch (which) {
    case 0:
      return Step{{"Reverse the order of the {0}s.", "Write the {0}s in reverse order."},
                  {"把{0}的顺序颠倒过来。", "把所有{0}按相反的顺序写一遍。"},
                  Row(row.rbegin(), row.rend()),
                  {},
                  {}};
    case 1: return removed_at(row, rng);
    case 2:
      return Step{
          {"Swap the first and the last {0}.", "Let the first and the last {0} change places."},
          {"交换第一个和最后一个{0}。", "让第一个{0}和最后一个{0}互换位置。"},
          swapped(row),
          {},
          {}};
    case 3:
      return Step{{"Move the first {0} to the end.", "Take the first {0} and put it at the end."},
                  {"把第一个{0}移到最后。", "将第一个{0}放到末尾。"},
                  rotated(row),
                  {},
                  {}};
    case 4:
      return Step{{"Keep only the {0}s in odd positions (the first, the third, the fifth, ...).",
                   "Drop every second {0}, beginning with the second one."},
                  {"只保留第1、3、5……个{0}。", "只留下排在奇数位置的{0}（第1个、第3个……）。"},
                  odd_places(row),
                  {},
                  {}};
    case 5: return replaced(row, kind, rng);
    default: return std::nullopt;
  }
}

/// Steps that only one kind of row has.
std::optional<Step> own_step(std::int64_t which, const Row& row, Kind kind, Lang lang, bool last,
                             Rng& rng) {
  if (kind == Kind::letters && which == 0) {
    Row kept = row;
    std::erase_if(kept, vowel);
    return Step{{"Remove all vowels (a, e, i, o, u).", "Delete every a, e, i, o and u."},
                {"去掉所有元音字母（a、e、i、o、u）。", "删除其中的每个 a、e、i、o、u。"},
                kept,
                {},
                {}};
  }
  if (kind == Kind::letters && which == 1) {
    return Step{{"Replace every letter by the next one of the alphabet (z becomes a).",
                 "Shift each letter forward by one in the alphabet (after z comes a)."},
                {"把每个字母换成字母表中的下一个字母（z 换成 a）。",
                 "将每个字母在字母表中后移一位（z 之后是 a）。"},
                next_letters(row),
                {},
                {}};
  }
  if ((kind == Kind::letters || kind == Kind::han) && which == 2 && row.size() <= 6) {
    return Step{{"Write each {0} twice in a row.", "Double every {0}."},
                {"把每个{0}连续写两遍。", "让每个{0}重复一次，例如“甲乙”变成“甲甲乙乙”。"},
                doubled(row),
                {},
                {}};
  }
  const bool sortable =
      kind == Kind::letters || kind == Kind::numbers || (kind == Kind::words && lang == Lang::en);
  if (sortable && which == 3) {
    if (kind == Kind::numbers) {
      return Step{
          {"Sort the numbers from smallest to largest.", "Put the numbers in increasing order."},
          {"把这些数从小到大排列。", "按从小到大的顺序排序。"},
          sorted(row, kind),
          {},
          {}};
    }
    return Step{{"Sort the {0}s alphabetically.", "Put the {0}s in alphabetical order."},
                {"把{0}按字母表顺序排列。", "按字母表的先后顺序给{0}排序。"},
                sorted(row, kind),
                {},
                {}};
  }
  if (kind == Kind::numbers && which == 4) {
    const int limit = static_cast<int>(rng.between(15, 40));
    return Step{
        {"Keep only the numbers greater than {1}.", "Drop all numbers that are {1} or less."},
        {"只保留大于{1}的数。", "去掉不大于{1}的数。"},
        larger_than(row, limit),
        std::to_string(limit),
        {}};
  }
  if (last && which == 5) {
    const std::size_t at = 1 + rng.index(row.size() - 1);
    return Step{{"Take only the {0} in position {1}, counting from 1.",
                 "Keep nothing but the {0} at place {1} (the first one is at place 1)."},
                {"只取第{1}个{0}。", "除了第{1}个{0}，其他都去掉。"},
                Row{row[at]},
                std::to_string(at + 1),
                {}};
  }
  return std::nullopt;
}

std::string noun_of(Kind kind, Lang lang) {
  const bool en = lang == Lang::en;
  switch (kind) {
    case Kind::letters: return en ? "letter" : "字母";
    case Kind::han: return en ? "character" : "字";
    case Kind::words: return en ? "word" : "词";
    case Kind::numbers: break;
  }
  return en ? "number" : "数";
}

Kind kind_of(Lang lang, Rng& rng) {
  static constexpr Kind kEnglish[] = {Kind::letters, Kind::letters, Kind::words, Kind::numbers};
  static constexpr Kind kChinese[] = {Kind::letters, Kind::han, Kind::words, Kind::numbers};
  return lang == Lang::en ? rng.pick(kEnglish) : rng.pick(kChinese);
}

}  // namespace

StepsItem steps_item(Lang lang, int steps, Rng& rng) {
  const Kind kind = kind_of(lang, rng);
  Row row = start_of(kind, lang, rng);
  StepsItem item;
  item.start = joined(row, kind);
  item.list = kind == Kind::words || kind == Kind::numbers;
  item.noun = noun_of(kind, lang);
  std::set<std::int64_t> used;
  while (static_cast<int>(item.steps.size()) < steps) {
    const bool last = static_cast<int>(item.steps.size()) + 1 == steps;
    const std::int64_t which = rng.between(0, 11);
    if (used.contains(which)) continue;
    const auto step = which < 6 ? common_step(which, row, kind, rng)
                                : own_step(which - 6, row, kind, lang, last, rng);
    const std::size_t fewest = last ? 1 : 3;
    if (!step || step->result == row || step->result.size() < fewest) continue;
    const std::array<std::string, 3> arguments = {item.noun, step->first, step->second};
    item.steps.push_back(
        fill(lang == Lang::en ? rng.pick(step->en) : rng.pick(step->zh), arguments));
    row = step->result;
    used.insert(which);
  }
  item.result = joined(row, kind);
  return item;
}

}  // namespace assay::eval
