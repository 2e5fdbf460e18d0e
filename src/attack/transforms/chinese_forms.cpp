#include "attack/transforms/chinese_forms.h"

#include <algorithm>
#include <array>
#include <map>
#include <memory>
#include <unicode/translit.h>
#include <unicode/ucnv.h>
#include <unordered_map>

#include "eval/scorers/answer_text.h"

namespace assay::attack {
namespace {

using Rule = std::unique_ptr<icu::Transliterator>;
using Converter = std::unique_ptr<UConverter, decltype(&ucnv_close)>;

// GB 2312 in its EUC form: rows 16 to 55 hold the first level, 94 cells each.
constexpr unsigned kOffset = 0xA0;
constexpr unsigned kFirstRow = 16;
constexpr unsigned kLastRow = 55;
constexpr unsigned kCells = 94;

Rule make_rule(const char* id) {
  UErrorCode status = U_ZERO_ERROR;
  Rule out(icu::Transliterator::createInstance(id, UTRANS_FORWARD, status));
  if (U_FAILURE(status)) out.reset();
  return out;
}

std::string transliterated(std::string_view text, const icu::Transliterator* rule) {
  if (rule == nullptr) return std::string(text);
  auto whole = icu::UnicodeString::fromUTF8(
      icu::StringPiece(text.data(), static_cast<std::int32_t>(text.size())));
  rule->transliterate(whole);
  std::string out;
  whole.toUTF8String(out);
  return out;
}

UConverter* gb2312() {
  thread_local const Converter converter(
      [] {
        UErrorCode status = U_ZERO_ERROR;
        UConverter* out = ucnv_open("gb2312", &status);
        if (U_SUCCESS(status)) {  // what it lacks is an error, not a substitute
          ucnv_setFromUCallBack(out, UCNV_FROM_U_CALLBACK_STOP, nullptr, nullptr, nullptr, &status);
        }
        return U_FAILURE(status) ? nullptr : out;
      }(),
      ucnv_close);
  return converter.get();
}

/// Row and cell; {0, 0} where GB 2312 lacks the character.
std::pair<unsigned, unsigned> place_of(char32_t c) {
  if (c < 128 || gb2312() == nullptr) return {0, 0};
  const icu::UnicodeString one(static_cast<UChar32>(c));
  std::array<char, 8> bytes{};
  UErrorCode status = U_ZERO_ERROR;
  const std::int32_t n =
      ucnv_fromUChars(gb2312(), bytes.data(), bytes.size(), one.getBuffer(), one.length(), &status);
  const unsigned high = static_cast<unsigned char>(bytes[0]);
  const unsigned low = static_cast<unsigned char>(bytes[1]);
  if (U_FAILURE(status) || n != 2 || high <= kOffset || low <= kOffset) return {0, 0};
  return {high - kOffset, low - kOffset};
}

struct Common {
  std::u32string characters;
  std::unordered_map<char32_t, char32_t> traditional;
  std::unordered_map<char32_t, std::u32string> same_sound;
};

Common make_common() {
  Common out;
  if (gb2312() == nullptr) return out;
  for (unsigned row = kFirstRow; row <= kLastRow; ++row) {
    for (unsigned cell = 1; cell <= kCells; ++cell) {
      const std::array<char, 2> bytes{static_cast<char>(row + kOffset),
                                      static_cast<char>(cell + kOffset)};
      std::array<UChar, 4> units{};
      UErrorCode status = U_ZERO_ERROR;
      const std::int32_t n =
          ucnv_toUChars(gb2312(), units.data(), units.size(), bytes.data(), bytes.size(), &status);
      if (U_FAILURE(status) || n != 1 || !eval::is_han(units[0])) continue;
      out.characters += static_cast<char32_t>(units[0]);
    }
  }
  std::map<std::string, std::u32string> by_sound;
  for (const char32_t c : out.characters) {
    const std::string one = eval::to_utf8(std::u32string(1, c));
    by_sound[to_pinyin(one, false)] += c;
    const std::u32string old = eval::code_points(to_traditional(one));
    if (old.size() == 1 && old[0] != c) out.traditional.emplace(c, old[0]);
  }
  for (const auto& [sound, characters] : by_sound) {
    for (const char32_t c : characters) {
      std::u32string others = characters;
      others.erase(std::remove(others.begin(), others.end(), c), others.end());
      out.same_sound.emplace(c, std::move(others));
    }
  }
  return out;
}

const Common& common() {
  static const Common all = make_common();
  return all;
}

}  // namespace

std::string to_pinyin(std::string_view text, bool tones) {
  thread_local const Rule with = make_rule("Han-Latin");
  thread_local const Rule without = make_rule("Han-Latin; NFD; [:Nonspacing Mark:] Remove; NFC");
  return transliterated(text, tones ? with.get() : without.get());
}

std::string to_bopomofo(std::string_view text) {
  thread_local const Rule rule = make_rule("Han-Latin; Latin-Bopomofo");
  return transliterated(text, rule.get());
}

std::string to_traditional(std::string_view text) {
  thread_local const Rule rule = make_rule("Simplified-Traditional");
  return transliterated(text, rule.get());
}

std::string to_area_codes(std::string_view text) {
  std::string out;
  for (const char32_t c : eval::code_points(text)) {
    const auto [row, cell] = place_of(c);
    if (!out.empty()) out += ' ';
    if (row == 0) {
      out.append(eval::to_utf8(std::u32string(1, c)));
      continue;
    }
    for (const unsigned part : {row, cell}) {
      out += static_cast<char>('0' + part / 10);
      out += static_cast<char>('0' + part % 10);
    }
  }
  return out;
}

std::u32string_view homophones(char32_t c) {
  const auto found = common().same_sound.find(c);
  return found == common().same_sound.end() ? std::u32string_view{} : found->second;
}

char32_t traditional_form(char32_t c) {
  const auto found = common().traditional.find(c);
  return found == common().traditional.end() ? c : found->second;
}

}  // namespace assay::attack
