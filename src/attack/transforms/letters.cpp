#include "attack/transforms/letters.h"

#include <algorithm>
#include <memory>
#include <unicode/brkiter.h>
#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>
#include <unordered_map>

#include "attack/transforms/look_alikes.h"
#include "eval/scorers/answer_text.h"

namespace assay::attack {
namespace {

icu::UnicodeString to_icu(std::string_view text) {
  return icu::UnicodeString::fromUTF8(
      icu::StringPiece(text.data(), static_cast<std::int32_t>(text.size())));
}

std::u32string points_of(const icu::UnicodeString& text) {
  std::u32string out;
  out.reserve(static_cast<std::size_t>(text.length()));
  for (std::int32_t i = 0; i < text.length(); i = text.moveIndex32(i, 1)) {
    out += static_cast<char32_t>(text.char32At(i));
  }
  return out;
}

/// One a thread: an iterator keeps its place, and making one reads the dictionary.
icu::BreakIterator* word_breaks() {
  thread_local const std::unique_ptr<icu::BreakIterator> breaks = [] {
    UErrorCode status = U_ZERO_ERROR;
    std::unique_ptr<icu::BreakIterator> out(
        icu::BreakIterator::createWordInstance(icu::Locale::getRoot(), status));
    if (U_FAILURE(status)) out.reset();
    return out;
  }();
  return breaks.get();
}

const std::unordered_map<char32_t, char32_t>& seen_through() {
  static const auto all = [] {
    std::unordered_map<char32_t, char32_t> out;
    for (const auto& [latin, other] : homoglyphs()) out.emplace(other, latin);
    for (const auto& [latin, other] : small_capitals()) out.emplace(other, latin);
    return out;
  }();
  return all;
}

bool invisible(char32_t c) {
  const int kind = u_charType(static_cast<UChar32>(c));
  return kind == U_FORMAT_CHAR || kind == U_NON_SPACING_MARK || kind == U_ENCLOSING_MARK ||
         kind == U_COMBINING_SPACING_MARK;
}

}  // namespace

bool is_upper(char32_t c) { return c >= U'A' && c <= U'Z'; }
bool is_lower(char32_t c) { return c >= U'a' && c <= U'z'; }
bool is_ascii_letter(char32_t c) { return is_upper(c) || is_lower(c); }
bool is_space(char32_t c) { return c < 128 ? c == U' ' || (c >= 9 && c <= 13) : c == 0x3000; }
bool is_word_character(char32_t c) { return u_isalnum(static_cast<UChar32>(c)) != 0; }

double latin_share(std::string_view text) {
  std::size_t latin = 0;
  std::size_t all = 0;
  for (const char32_t c : eval::code_points(text)) {
    if (u_isalpha(static_cast<UChar32>(c)) == 0) continue;
    ++all;
    latin += is_ascii_letter(c) ? 1 : 0;
  }
  return all == 0 ? 0.0 : static_cast<double>(latin) / static_cast<double>(all);
}

std::vector<Piece> pieces_of(std::string_view text) {
  std::vector<Piece> out;
  const icu::UnicodeString whole = to_icu(text);
  icu::BreakIterator* breaks = word_breaks();
  if (breaks == nullptr) return {{eval::code_points(text), true}};
  breaks->setText(whole);
  std::int32_t from = breaks->first();
  for (std::int32_t to = breaks->next(); to != icu::BreakIterator::DONE; to = breaks->next()) {
    const bool word = breaks->getRuleStatus() >= UBRK_WORD_NONE_LIMIT;
    std::u32string piece = points_of(whole.tempSubStringBetween(from, to));
    if (!word && !out.empty() && !out.back().word) {
      out.back().text += piece;
    } else {
      out.push_back({std::move(piece), word});
    }
    from = to;
  }
  return out;
}

std::vector<std::string> words_of(std::string_view text) {
  std::vector<std::string> out;
  for (const Piece& piece : pieces_of(text)) {
    if (piece.word) out.push_back(eval::to_utf8(piece.text));
  }
  return out;
}

std::vector<std::string> parts_of(std::string_view text, std::size_t parts) {
  std::vector<std::u32string> units;
  for (Piece& piece : pieces_of(text)) units.push_back(std::move(piece.text));
  if (units.size() < 2 * parts) {
    units.clear();
    for (const char32_t c : eval::code_points(text)) units.emplace_back(1, c);
  }
  std::size_t left = 0;
  for (const auto& unit : units) left += unit.size();
  std::vector<std::string> out;
  std::u32string part;
  for (const auto& unit : units) {
    const std::size_t wanted = parts - out.size();
    part += unit;
    if (wanted > 1 && part.size() * wanted >= left) {
      left -= part.size();
      out.push_back(eval::to_utf8(part));
      part.clear();
    }
  }
  if (!part.empty() || out.empty()) out.push_back(eval::to_utf8(part));
  return out;
}

std::string map_points(std::string_view text,
                       const std::function<void(char32_t, std::u32string&)>& change) {
  std::u32string out;
  out.reserve(text.size());
  for (const char32_t c : eval::code_points(text)) change(c, out);
  return eval::to_utf8(out);
}

std::string folded(std::string_view text) {
  std::u32string untagged;
  for (const char32_t c : eval::code_points(text)) {
    untagged += c >= 0xE0020 && c <= 0xE007E ? c - 0xE0000 : c;
  }
  UErrorCode status = U_ZERO_ERROR;
  const icu::Normalizer2* form = icu::Normalizer2::getNFKDInstance(status);
  icu::UnicodeString split = to_icu(eval::to_utf8(untagged));
  if (U_SUCCESS(status)) split = form->normalize(split, status);
  if (U_FAILURE(status)) return std::string(text);
  const auto& plain = seen_through();
  std::u32string out;
  for (const char32_t c : points_of(split)) {
    if (invisible(c)) continue;
    const auto found = c < 128 ? plain.end() : plain.find(c);
    out += found == plain.end() ? c : found->second;
  }
  return eval::to_utf8(out);
}

}  // namespace assay::attack
