// Characters that look like others: pairs (usual, look-alike). After the Unicode consortium's
// confusables (UTS 39), of which these are the ones that hold in common fonts.
// Thread-safety: constants.
#pragma once

#include <utility>
#include <vector>

namespace assay::attack {

using Pairs = std::vector<std::pair<char32_t, char32_t>>;

const Pairs& homoglyphs();      ///< Latin letter -> Cyrillic or Greek letter of the same shape
const Pairs& small_capitals();  ///< a-z -> small capital
const Pairs& upside_down();     ///< character -> its like, turned by 180 degrees

}  // namespace assay::attack
