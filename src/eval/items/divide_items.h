// Items of language_divide: the same sentence in English and in another language.
// Thread-safety: constant tables and pure functions.
#pragma once

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "base/lang.h"

namespace assay::eval::items {

struct DivideLanguage {
  std::string_view code;  ///< ISO 639-1
  Text name;
};
/// Spanish, French, German, Russian, Arabic, Hindi, Swahili, Indonesian, Portuguese,
/// Turkish, Vietnamese.
const std::array<DivideLanguage, 11>& divide_languages();

/// One sentence in English and, in the order of divide_languages(), in the others.
struct DivideSentence {
  std::string_view english;
  std::array<std::string_view, 11> others;
};
const std::array<DivideSentence, 25>& divide_sentences();

/// Parts of an English and Chinese sentence: who did what when.
struct DividePart {
  std::string_view english, chinese;
};
const std::array<DividePart, 12>& divide_persons();
const std::array<DividePart, 30>& divide_actions();
const std::array<DividePart, 8>& divide_times();

}  // namespace assay::eval::items
