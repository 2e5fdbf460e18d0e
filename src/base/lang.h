// The two languages of Assay's own items and reports, and a text that exists in both.
#pragma once

#include <string>
#include <string_view>

namespace assay {

enum class Lang { en, zh };

inline const char* to_string(Lang lang) { return lang == Lang::en ? "en" : "zh"; }

/// The same text in English and Simplified Chinese; both are always filled.
struct Text {
  std::string en;
  std::string zh;
  [[nodiscard]] const std::string& in(Lang lang) const { return lang == Lang::en ? en : zh; }
  friend bool operator==(const Text&, const Text&) = default;
};

}  // namespace assay
