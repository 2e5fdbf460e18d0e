// Forms of written Chinese: by sound, by shape, by number.
#include <unordered_map>

#include "attack/transforms/chinese_forms.h"
#include "attack/transforms/code.h"
#include "attack/transforms/han_tables.h"
#include "attack/transforms/letters.h"
#include "eval/scorers/answer_text.h"

namespace assay::attack {
namespace {

using View = std::string_view;

constexpr const char* kSu = "Su et al. 2022, RoCBert (ACL 2022)";

std::string pinyin(View text, View key) { return to_pinyin(text, key != "plain"); }
std::string bopomofo(View text, View) { return to_bopomofo(text); }
std::string traditional(View text, View) { return to_traditional(text); }

std::string martian(View text, View) {
  static const std::unordered_map<char32_t, char32_t> table(martian_characters().begin(),
                                                            martian_characters().end());
  return map_points(text, [](char32_t c, std::u32string& out) {
    const auto found = table.find(c);
    out += found == table.end() ? c : found->second;
  });
}

std::string split_up(View text, View) {
  static const std::unordered_map<char32_t, std::u32string_view> table(split_characters().begin(),
                                                                       split_characters().end());
  return map_points(text, [](char32_t c, std::u32string& out) {
    const auto found = table.find(c);
    if (found == table.end()) {
      out += c;
    } else {
      out.append(U"（").append(found->second).append(U"）");
    }
  });
}

std::string area_codes(View text, View) { return to_area_codes(text); }

/// Columns of `rows` characters, the first one rightmost, as in old prints.
std::string vertical(View text, View key) {
  std::u32string points;
  for (const char32_t c : eval::code_points(text)) {
    if (c != U'\n' && c != U'\r') points += c == U' ' ? U'\u3000' : c;
  }
  const auto rows = static_cast<std::size_t>(key[0] - '0');
  const std::size_t columns = (points.size() + rows - 1) / rows;
  std::u32string out;
  for (std::size_t row = 0; row < rows && row < points.size(); ++row) {
    for (std::size_t column = columns; column > 0; --column) {
      const std::size_t place = (column - 1) * rows + row;
      out += place < points.size() ? points[place] : U'\u3000';
    }
    out += U'\n';
  }
  return eval::to_utf8(out);
}

Code chinese(std::string name, Text title, Text description, Text label,
             std::string (*encode)(View, View)) {
  Code out;
  out.info = {std::move(name), "chinese", std::move(title), std::move(description), kSu};
  out.info.kept = Kept::encoded;
  out.info.langs = {Lang::zh};
  out.label = std::move(label);
  out.encode = encode;
  out.script = Code::Script::han;
  return out;
}

std::vector<Code> make_codes() {
  std::vector<Code> out;
  Code by_sound = chinese("pinyin", {"pinyin", "拼音"},
                          {"Characters as pinyin, with tones or (plain) without.",
                           "汉字换成拼音，带声调，或（plain）不带。"},
                          {"pinyin", "拼音"}, pinyin);
  by_sound.key = std::string("tones");
  by_sound.valid_key = [](View key) { return key == "tones" || key == "plain"; };
  by_sound.info.latin = true;
  by_sound.info.argument = {"tones (as usual) or plain", "tones（默认，带声调）或 plain（不带）"};
  by_sound.info.example = std::string("plain");
  by_sound.plain = true;
  out.push_back(std::move(by_sound));
  Code zhuyin = chinese("bopomofo", {"bopomofo", "注音符号"},
                        {"Characters as bopomofo.", "汉字换成注音符号。"}, {"bopomofo", "注音符号"},
                        bopomofo);
  zhuyin.plain = true;
  out.push_back(std::move(zhuyin));
  Code old = chinese("traditional", {"traditional characters", "繁体字"},
                     {"Simplified characters as traditional ones.", "简体字换成繁体字。"}, {},
                     traditional);
  old.info.kept = Kept::rewritten;
  old.plain = true;
  out.push_back(std::move(old));
  Code variants =
      chinese("martian", {"\"Martian\" characters", "火星文"},
              {"Characters as the variants of internet slang.", "汉字换成网络上的火星文变体。"}, {},
              martian);
  variants.info.kept = Kept::rewritten;
  variants.plain = true;
  out.push_back(std::move(variants));
  out.push_back(chinese("split_characters", {"characters taken apart", "拆字"},
                        {"Characters as their parts, in brackets.", "汉字拆成部件，写在括号里。"},
                        {"characters taken apart: the parts in brackets make one character",
                         "拆字的写法（括号里的部件合成一个字）"},
                        split_up));
  Code codes = chinese(
      "area_codes", {"GB 2312 numbers", "区位码"},
      {"Characters as their four digits of row and cell in GB 2312.", "汉字换成四位区位码。"},
      {"GB 2312 row-cell numbers, four digits a character", "区位码（每字四位数字）"}, area_codes);
  codes.info.source = std::string("Yuan et al. 2023, arXiv:2308.06463 (GBK)");
  out.push_back(std::move(codes));
  Code columns = chinese(
      "vertical_text", {"vertical lines", "竖排"},
      {"Characters in columns from right to left.", "从右到左竖着写。"},
      {"columns, to be read downwards and from right to left", "竖排（从上往下读，从右往左换行）"},
      vertical);
  columns.info.source.clear();
  columns.key = std::string("5");
  columns.valid_key = [](View key) { return key.size() == 1 && key[0] >= '2' && key[0] <= '9'; };
  out.push_back(std::move(columns));
  return out;
}

}  // namespace

const std::vector<Code>& chinese_codes() {
  static const std::vector<Code> all = make_codes();
  return all;
}

}  // namespace assay::attack
