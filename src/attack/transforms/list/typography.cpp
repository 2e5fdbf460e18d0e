// Typography: spaces, capitals, marks and omissions that a reader sees through.
#include "attack/transforms/letters.h"
#include "attack/transforms/options.h"
#include "attack/transforms/transform.h"
#include "base/text.h"
#include "eval/scorers/answer_text.h"

namespace assay::attack {
namespace {

using Change = std::string (*)(std::string_view);

TransformInfo look(std::string name, Text title, Text description, std::string source = {}) {
  TransformInfo out{std::move(name), "typography", std::move(title), std::move(description),
                    std::move(source)};
  out.kept = Kept::rewritten;
  out.every_turn = true;
  return out;
}

void add(Transforms& registry, TransformInfo info, Change change) {
  registry.add({std::move(info), [change](const Prompt& prompt, const Call&) {
                  return change_turns(prompt, [&](const std::string& turn) -> Result<std::string> {
                    return change(turn);
                  });
                }});
}

std::string spaced(std::string_view text) {
  bool first = true;
  return map_points(text, [&](char32_t c, std::u32string& out) {
    if (!first) out += U' ';
    first = false;
    out += c;
  });
}

std::string in_capitals(std::string_view text) {
  return map_points(
      text, [](char32_t c, std::u32string& out) { out += is_lower(c) ? c - U'a' + U'A' : c; });
}

std::string alternating(std::string_view text) {
  bool up = false;
  return map_points(text, [&](char32_t c, std::u32string& out) {
    if (!is_ascii_letter(c)) {
      out += c;
      return;
    }
    const char32_t low = is_upper(c) ? c - U'A' + U'a' : c;
    out += up ? low - U'a' + U'A' : low;
    up = !up;
  });
}

/// "How do I" -> "howDoI": words run together, each with a capital.
std::string run_together(std::string_view text) {
  std::u32string out;
  bool starts = false;
  for (const char32_t c : eval::code_points(text)) {
    if (is_space(c)) {
      starts = true;
      continue;
    }
    out += starts && is_lower(c) ? c - U'a' + U'A' : c;
    starts = false;
  }
  return eval::to_utf8(out);
}

std::string without_vowels(std::string_view text) {
  return map_points(text, [](char32_t c, std::u32string& out) {
    static constexpr std::u32string_view kVowels = U"aeiouAEIOU";
    if (kVowels.find(c) == std::u32string_view::npos) out += c;
  });
}

/// Words in turn down the page; characters in Chinese.
std::string one_a_line(std::string_view text) {
  std::u32string out;
  for (const char32_t c : eval::code_points(text)) {
    const bool han = eval::is_han(c);
    if (is_space(c)) {
      if (!out.empty() && out.back() != U'\n') out += U'\n';
      continue;
    }
    if (han && !out.empty() && out.back() != U'\n') out += U'\n';
    out += c;
    if (han) out += U'\n';
  }
  return eval::to_utf8(out);
}

std::string doubled(std::string_view text) {
  std::size_t count = 0;
  return map_points(text, [&](char32_t c, std::u32string& out) {
    out += c;
    if (is_ascii_letter(c) && count++ % 3 == 1) out.append(2, c);
  });
}

/// A mark after a letter with probability `rate`.
Result<Prompt> with_marks(const Prompt& prompt, const Call& call) {
  constexpr double kUsual = 0.3;
  ASSAY_TRY(const double share, rate(call.argument, kUsual));
  static constexpr std::u32string_view kMarks = U"*.-_~|^#";
  static constexpr std::u32string_view kChinese = U"，。、…·～*#";
  const std::u32string_view marks = call.lang == Lang::zh ? kChinese : kMarks;
  return change_turns(prompt, [&](const std::string& turn) -> Result<std::string> {
    return map_points(turn, [&](char32_t c, std::u32string& out) {
      out += c;
      if (is_word_character(c) && call.random->chance(share)) out += call.random->pick(marks);
    });
  });
}

void add_for_letters(Transforms& registry) {
  const auto english = [](TransformInfo info) {
    info.langs = {Lang::en};
    return info;
  };
  add(registry,
      english(look("capitals", {"capitals", "全部大写"},
                   {"All letters as capitals.", "所有字母大写。"})),
      in_capitals);
  add(registry,
      english(look("alternating_case", {"alternating case", "大小写相间"},
                   {"Small and capital letters in turn.", "字母一小一大相间。"})),
      alternating);
  add(registry,
      english(look("run_together", {"no spaces", "去掉空格"},
                   {"Words run together, each with a capital.", "单词连写，每词首字母大写。"})),
      run_together);
  add(registry,
      english(look("without_vowels", {"no vowels", "去掉元音"},
                   {"The vowels left out.", "去掉元音字母。"},
                   "Wei et al. 2023, arXiv:2307.02483")),
      without_vowels);
  add(registry,
      english(look("repeated_letters", {"repeated letters", "重复字母"},
                   {"Every third letter three times.", "每隔两个字母，把一个字母写三遍。"})),
      doubled);
}

}  // namespace

void register_typography(Transforms& registry) {
  add(registry,
      look("spaced_letters", {"spaces between letters", "字间加空格"},
           {"A space between all characters.", "所有字符之间加空格。"}),
      spaced);
  add(registry,
      look("one_a_line", {"one a line", "一行一个"},
           {"Each word (character) on a line of its own.", "每个词（字）单独一行。"}),
      one_a_line);
  add_for_letters(registry);
  TransformInfo marks =
      look("punctuation_noise", {"stray marks", "零散标点"},
           {"Punctuation marks strewn between the letters.", "字里行间撒上标点。"},
           "Li et al. 2018, TextBugger, arXiv:1812.05271");
  marks.random = true;
  marks.argument = {"share of letters with a mark behind them (0.3)",
                    "后面带标点的字的比例（0.3）"};
  marks.example = std::string("0.8");
  registry.add({std::move(marks), with_marks});
}

}  // namespace assay::attack
