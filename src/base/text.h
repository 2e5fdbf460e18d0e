// Text helpers that several layers share: UTF-8 checks, near names, trimming, number formatting.
// Thread-safety: pure functions.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace assay {

std::string_view trim(std::string_view text);
std::string lower_ascii(std::string_view text);
std::vector<std::string> split(std::string_view text, char separator);
bool is_utf8(std::string_view bytes);
/// Up to three names within a small edit distance (or containing the name), nearest first.
std::vector<std::string> near_names(std::string_view name, const std::vector<std::string>& names);

}  // namespace assay
