// Letters and words of requests in both scripts, and texts as they are read when look-alike and
// invisible characters are seen through. Thread-safety: pure functions.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace assay::attack {

bool is_upper(char32_t c);
bool is_lower(char32_t c);
bool is_ascii_letter(char32_t c);
bool is_space(char32_t c);
/// Letters and digits of any script (Han too).
bool is_word_character(char32_t c);

/// Share of Latin letters among all letters and Han characters; 0 when there are none.
double latin_share(std::string_view text);

/// The text cut into words and what stands between them, in order; put together they are the text.
/// Chinese is cut by ICU's dictionary (Unicode TR 29), so "word" may be several characters.
struct Piece {
  std::u32string text;
  bool word = false;
};
std::vector<Piece> pieces_of(std::string_view text);
/// Only the words.
std::vector<std::string> words_of(std::string_view text);
/// Shared parts of about equal length, cut between words (between characters where there are too
/// few words); put together they are the text. At most `parts`, at least one.
std::vector<std::string> parts_of(std::string_view text, std::size_t parts);

/// Every code point put through `change`, which appends to the result.
std::string map_points(std::string_view text,
                       const std::function<void(char32_t, std::u32string&)>& change);

/// As a reader sees it: compatibility forms (full width, circled, mathematical) as plain letters,
/// accents and invisible characters left out, Cyrillic, Greek and small-capital look-alikes as the
/// Latin letters, tag characters as the ASCII that they stand for. Spaces stay.
std::string folded(std::string_view text);

}  // namespace assay::attack
