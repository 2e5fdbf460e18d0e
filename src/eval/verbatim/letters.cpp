#include "eval/verbatim/letters.h"

#include <algorithm>
#include <memory>
#include <unicode/normalizer2.h>
#include <unicode/translit.h>
#include <unicode/uchar.h>
#include <unordered_map>

#include "eval/scorers/answer_text.h"

namespace assay::eval {
namespace {

constexpr char32_t kFirstHan = 0x4E00;
constexpr char32_t kLastHan = 0x9FFF;

/// Traditional characters of the main block that have one simplified form. Without ICU's data the
/// table is empty, and texts are compared as they are.
std::unordered_map<char32_t, char32_t> make_simplified() {
  std::unordered_map<char32_t, char32_t> out;
  UErrorCode status = U_ZERO_ERROR;
  const std::unique_ptr<icu::Transliterator> rule(
      icu::Transliterator::createInstance("Traditional-Simplified", UTRANS_FORWARD, status));
  if (U_FAILURE(status) || rule == nullptr) return out;
  for (char32_t c = kFirstHan; c <= kLastHan; ++c) {
    icu::UnicodeString one(static_cast<UChar32>(c));
    rule->transliterate(one);
    const auto simple = static_cast<char32_t>(one.char32At(0));
    if (one.countChar32() == 1 && simple != c) out.emplace(c, simple);
  }
  return out;
}

char32_t simplified(char32_t c) {
  static const std::unordered_map<char32_t, char32_t> table = make_simplified();
  const auto found = table.find(c);
  return found == table.end() ? c : found->second;
}

/// Compatibility forms decomposed, so that an accent is a mark of its own and can be left out.
std::u32string decomposed(std::string_view text) {
  UErrorCode status = U_ZERO_ERROR;
  const icu::Normalizer2* form = icu::Normalizer2::getNFKDInstance(status);
  const auto whole = icu::UnicodeString::fromUTF8(
      icu::StringPiece(text.data(), static_cast<std::int32_t>(text.size())));
  if (U_FAILURE(status)) return code_points(text);
  const icu::UnicodeString split = form->normalize(whole, status);
  if (U_FAILURE(status)) return code_points(text);
  std::u32string out;
  for (std::int32_t i = 0; i < split.length(); i = split.moveIndex32(i, 1)) {
    out += static_cast<char32_t>(split.char32At(i));
  }
  return out;
}

}  // namespace

std::u32string letters_of(std::string_view text) {
  std::u32string out;
  for (const char32_t c : decomposed(text)) {
    const auto point = static_cast<UChar32>(c);
    if (u_isalnum(point) == 0) continue;
    const auto low = static_cast<char32_t>(u_tolower(point));
    out += low >= kFirstHan && low <= kLastHan ? simplified(low) : low;
  }
  return out;
}

Lang script_of(std::u32string_view letters) {
  const auto han = static_cast<std::size_t>(std::count_if(letters.begin(), letters.end(), is_han));
  return 2 * han > letters.size() ? Lang::zh : Lang::en;
}

}  // namespace assay::eval
