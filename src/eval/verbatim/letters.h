// Letters: what of a text counts when two texts are compared word for word: letters and digits of
// any script in lower case, traditional Chinese characters as simplified ones (one by one), no
// spaces, no punctuation, no accents. So line breaks, quotation marks and capitals make no
// difference, a changed word does.
// Thread-safety: pure functions.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "base/lang.h"

namespace assay::eval {

std::u32string letters_of(std::string_view text);

/// Chinese where more than half of the letters are Han characters, else "English": any language
/// written in an alphabet.
Lang script_of(std::u32string_view letters);

}  // namespace assay::eval
