// Items of tokenizer_premium: the same twelve everyday sentences in 25 languages, written by us.
// Thread-safety: constant tables.
#pragma once

#include <array>
#include <string_view>
#include <vector>

#include "base/lang.h"

namespace assay::eval::items {

inline constexpr std::size_t kPremiumSentences = 12;

struct PremiumLanguage {
  std::string_view code;  ///< BCP 47
  Text name;
  std::array<std::string_view, kPremiumSentences> sentences;
};

const std::vector<PremiumLanguage>& latin_languages();  ///< written in Latin letters, English first
const std::vector<PremiumLanguage>& other_languages();
/// All; `lang` is the first of them.
std::vector<PremiumLanguage> premium_languages(Lang lang);

}  // namespace assay::eval::items
