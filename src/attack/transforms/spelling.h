// Ways to spell Latin text letter by letter (Morse, Braille, letter words, numbers), and word games
// (pig Latin, leetspeak). Thread-safety: pure functions.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace assay::attack::spelling {

/// International Morse (ITU-R M.1677-1): letters apart by a space, words by " / "; what has no sign
/// stays.
std::string morse(std::string_view text);
/// Strictly Morse (also with "|" between words, and · −), in capital letters.
std::optional<std::string> from_morse(std::string_view text);
/// Uncontracted Braille (letters, digits after the number sign, common punctuation), as Unicode
/// patterns; capitals are marked by dot 6.
std::string braille(std::string_view text);
std::string from_braille(std::string_view text);
/// "Alfa Bravo ..." (ICAO); words apart by " / ".
std::string letter_words(std::string_view text);
std::string from_letter_words(std::string_view text);
/// a = 1 ... z = 26, letters apart by "-", words by " "; digits are in brackets.
std::string letter_numbers(std::string_view text);
std::optional<std::string> from_letter_numbers(std::string_view text);
/// Leading consonants to the end and "ay" after them; "way" after a vowel.
std::string pig_latin(std::string_view text);
std::string leetspeak(std::string_view text);
std::string from_leetspeak(std::string_view text);

}  // namespace assay::attack::spelling
