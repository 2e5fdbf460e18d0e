// Look-alike and hidden characters: what a person sees and what a tokenizer gets differ.
#include "attack/transforms/code.h"

#include <algorithm>
#include <array>
#include <unordered_map>

#include "attack/transforms/letters.h"
#include "attack/transforms/look_alikes.h"
#include "eval/scorers/answer_text.h"

namespace assay::attack {
namespace {

using View = std::string_view;

constexpr const char* kBoucher = "Boucher et al. 2021, arXiv:2106.09898";
constexpr char32_t kZeroWidthSpace = 0x200B;
constexpr char32_t kOverride = 0x202E;     // right-to-left override
constexpr char32_t kEndOverride = 0x202C;  // pop directional formatting
constexpr char32_t kTags = 0xE0000;

std::unordered_map<char32_t, char32_t> map_of(const Pairs& pairs) {
  return {pairs.begin(), pairs.end()};
}

std::string replaced(View text, const std::unordered_map<char32_t, char32_t>& table,
                     bool lower_first = false) {
  return map_points(text, [&](char32_t c, std::u32string& out) {
    const auto found = table.find(lower_first && is_upper(c) ? c - U'A' + U'a' : c);
    out += found == table.end() ? c : found->second;
  });
}

std::string homoglyph_text(View text, View) {
  static const auto table = map_of(homoglyphs());
  return replaced(text, table);
}

std::string small_capital_text(View text, View) {
  static const auto table = map_of(small_capitals());
  return replaced(text, table, true);
}

std::string turned(View text, View) {
  static const auto table = map_of(upside_down());
  std::u32string points = eval::code_points(replaced(text, table, true));
  std::reverse(points.begin(), points.end());
  return eval::to_utf8(points);
}

std::string full_width(View text, View) {
  return map_points(text, [](char32_t c, std::u32string& out) {
    out += c == U' ' ? U'\u3000' : c > U' ' && c <= U'~' ? c + 0xFEE0 : c;
  });
}

/// First code points of capitals, small letters and digits of a mathematical alphabet.
struct Alphabet {
  View name;
  char32_t capitals, smalls, digits;  // digits 0: the plain ones
};
constexpr std::array<Alphabet, 5> kAlphabets{{{"bold", 0x1D400, 0x1D41A, 0x1D7CE},
                                              {"script", 0x1D4D0, 0x1D4EA, 0},
                                              {"fraktur", 0x1D56C, 0x1D586, 0},
                                              {"sans", 0x1D5A0, 0x1D5BA, 0x1D7E2},
                                              {"mono", 0x1D670, 0x1D68A, 0x1D7F6}}};

const Alphabet* alphabet(View name) {
  const auto found = std::find_if(kAlphabets.begin(), kAlphabets.end(),
                                  [&](const Alphabet& a) { return a.name == name; });
  return found == kAlphabets.end() ? nullptr : &*found;
}

std::string mathematical(View text, View key) {
  const Alphabet* found = alphabet(key);
  if (found == nullptr) return std::string(text);
  return map_points(text, [&](char32_t c, std::u32string& out) {
    const bool digit = c >= U'0' && c <= U'9' && found->digits != 0;
    out += is_upper(c)   ? c - U'A' + found->capitals
           : is_lower(c) ? c - U'a' + found->smalls
           : digit       ? c - U'0' + found->digits
                         : c;
  });
}

std::string circled(View text, View) {
  return map_points(text, [](char32_t c, std::u32string& out) {
    out += is_upper(c)              ? c - U'A' + 0x24B6
           : is_lower(c)            ? c - U'a' + 0x24D0
           : c == U'0'              ? 0x24EA
           : c >= U'1' && c <= U'9' ? c - U'1' + 0x2460
                                    : c;
  });
}

/// One combining mark after each letter, in a fixed turn.
std::string accented(View text, View) {
  static constexpr std::array<char32_t, 8> kMarks{0x301, 0x323, 0x308, 0x332,
                                                  0x302, 0x330, 0x304, 0x325};
  std::size_t next = 0;
  return map_points(text, [&](char32_t c, std::u32string& out) {
    out += c;
    if (is_word_character(c)) out += kMarks[next++ % kMarks.size()];
  });
}

std::string zero_width(View text, View) {
  bool first = true;
  return map_points(text, [&](char32_t c, std::u32string& out) {
    if (!first) out += kZeroWidthSpace;
    first = false;
    out += c;
  });
}

std::string tagged(View text, View) {
  return map_points(
      text, [](char32_t c, std::u32string& out) { out += c >= U' ' && c <= U'~' ? c + kTags : c; });
}

/// Each UTF-8 byte as one of the 256 variation selectors, all after one visible letter.
std::string selected(View text, View) {
  std::u32string out = U"a";
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    out += byte < 16 ? 0xFE00 + byte : 0xE0100 + (byte - 16U);
  }
  return eval::to_utf8(out);
}

/// Reverse order, shown in the right order by the override of the writing direction.
std::string overridden(View text, View) {
  std::u32string points = eval::code_points(text);
  std::reverse(points.begin(), points.end());
  return eval::to_utf8(std::u32string(1, kOverride).append(points).append(1, kEndOverride));
}

std::string fold_reply(View text, View) { return folded(text); }

Code look(std::string name, Text title, Text description, const char* source,
          std::string (*encode)(View, View), bool latin = true) {
  Code out;
  out.info = {std::move(name), "unicode", std::move(title), std::move(description), source};
  out.info.kept = Kept::rewritten;
  if (latin) out.info.langs = {Lang::en};
  out.encode = encode;
  out.script = latin ? Code::Script::latin : Code::Script::any;
  out.plain = true;
  return out;
}

Code hidden(Code code, Text label, std::string (*decode)(View, View) = nullptr) {
  code.info.kept = Kept::encoded;
  code.label = std::move(label);
  code.decode_reply = decode;
  code.plain = false;
  return code;
}

std::vector<Code> make_codes() {
  std::vector<Code> out{
      look("homoglyphs", {"look-alike letters", "形近字母"},
           {"Latin letters as Cyrillic and Greek ones of the same shape.",
            "拉丁字母换成同形的西里尔、希腊字母。"},
           kBoucher, homoglyph_text),
      look("fullwidth", {"full-width letters", "全角字符"},
           {"ASCII characters as their full-width forms.", "ASCII 字符换成全角。"}, "", full_width),
      look("circled", {"letters in circles", "带圈字母"},
           {"Letters and digits in circles.", "字母和数字加圈。"}, "", circled),
      look("small_capitals", {"small capitals", "小型大写字母"},
           {"Letters as small capitals.", "字母换成小型大写。"}, "", small_capital_text),
      look("diacritics", {"accents on every letter", "处处加附标"},
           {"A combining mark on each letter or character.", "每个字母或汉字加一个组合附标。"},
           kBoucher, accented, false),
      look("zero_width", {"invisible spaces", "零宽空格"},
           {"Zero-width spaces between all characters.", "所有字符之间插入零宽空格。"}, kBoucher,
           zero_width, false),
      hidden(look("upside_down", {"upside down", "上下颠倒"},
                  {"Letters turned by 180 degrees, from right to left.",
                   "字母旋转一百八十度，从右往左写。"},
                  "", turned),
             {"letters that stand upside down, to be read from the end",
              "上下颠倒的字母（从末尾读起）"}),
      hidden(look("tag_characters", {"invisible tag characters", "不可见的标签字符"},
                  {"ASCII characters as tag characters, which are not shown.",
                   "ASCII 字符换成不显示的标签字符。"},
                  "Rehberger 2024, ASCII smuggling", tagged),
             {"Unicode tag characters: invisible, each U+E0000 plus its ASCII code",
              "Unicode 标签字符（不可见，每个为 U+E0000 加 ASCII 码）"},
             fold_reply),
      hidden(look("variation_selectors", {"invisible variation selectors", "不可见的变体选择符"},
                  {"The bytes of the request as variation selectors behind one letter.",
                   "把请求的字节写成跟在一个字母后面的变体选择符。"},
                  "Butler 2025, Smuggling arbitrary data through an emoji", selected, false),
             {"variation selectors after one letter: the selector number n (from 1) stands for "
              "the UTF-8 byte n - 1",
              "跟在一个字母后的变体选择符（第 n 个选择符代表 UTF-8 字节 n - 1）"}),
      hidden(look("direction_override", {"writing direction overridden", "反转书写方向"},
                  {"The characters in reverse order, shown in the right order by a direction mark.",
                   "字符倒序存放，靠方向控制符显示成正序。"},
                  kBoucher, overridden, false),
             {"reverse order behind a right-to-left override (U+202E)",
              "从右至左控制符（U+202E）之后的倒序"})};
  Code math = look("math_letters", {"mathematical letters", "数学字母"},
                   {"Letters of a mathematical alphabet: bold, script, fraktur, sans or mono.",
                    "换成数学字母：bold、script、fraktur、sans 或 mono。"},
                   "", mathematical);
  math.key = std::string("bold");
  math.info.argument = {"bold (as usual), script, fraktur, sans or mono",
                        "bold（默认）、script、fraktur、sans 或 mono"};
  math.info.example = std::string("script");
  math.valid_key = [](View key) { return alphabet(key) != nullptr; };
  out.push_back(std::move(math));
  return out;
}

}  // namespace

const std::vector<Code>& unicode_codes() {
  static const std::vector<Code> all = make_codes();
  return all;
}

}  // namespace assay::attack
