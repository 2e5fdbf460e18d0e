// Chinese by sound and by number, and traditional characters, through ICU (CLDR's rules and the
// GB 2312 converter). Where ICU lacks a rule the text stays as it is.
// Thread-safety: pure functions (each thread has rules of its own).
#pragma once

#include <string>
#include <string_view>

namespace assay::attack {

std::string to_pinyin(std::string_view text, bool tones);
std::string to_bopomofo(std::string_view text);
std::string to_traditional(std::string_view text);
/// Row and cell of GB 2312 as four digits, characters apart by spaces; what it lacks stays.
std::string to_area_codes(std::string_view text);

/// The other characters of GB 2312's first level (3,755 common ones) with the same pinyin, tones
/// aside; empty for other characters, and for one that stands alone.
std::u32string_view homophones(char32_t c);
/// The traditional form of a character of GB 2312's first level; itself where there is none.
char32_t traditional_form(char32_t c);

}  // namespace assay::attack
