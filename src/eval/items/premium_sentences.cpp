#include "eval/items/premium_sentences.h"

#include <algorithm>

namespace assay::eval::items {

std::vector<PremiumLanguage> premium_languages(Lang lang) {
  std::vector<PremiumLanguage> out = latin_languages();
  out.insert(out.end(), other_languages().begin(), other_languages().end());
  const auto first = std::find_if(out.begin(), out.end(), [&](const PremiumLanguage& one) {
    return one.code == to_string(lang);
  });
  std::rotate(out.begin(), first, first + 1);
  return out;
}

}  // namespace assay::eval::items
