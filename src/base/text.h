// Text helpers that several layers share: UTF-8 checks, near names, trimming, number formatting.
// Thread-safety: pure functions.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace assay {

std::string_view trim(std::string_view text);
std::string lower_ascii(std::string_view text);
std::vector<std::string> split(std::string_view text, char separator);
bool is_utf8(std::string_view bytes);
/// Columns that the text takes on a terminal: 2 for a wide character (Unicode TR 11), 0 for a
/// combining one, else 1; invalid bytes count 1.
std::size_t display_width(std::string_view text);
/// Bytes of white space (Unicode, as Python's str.rstrip() takes it) at the end of UTF-8 text.
std::size_t trailing_space_bytes(std::string_view text);
/// Up to three names within a small edit distance (or containing the name), nearest first.
std::vector<std::string> near_names(std::string_view name, const std::vector<std::string>& names);

}  // namespace assay
