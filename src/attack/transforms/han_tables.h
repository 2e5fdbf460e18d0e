// Tables for written Chinese in other forms. Thread-safety: constants.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "attack/transforms/look_alikes.h"

namespace assay::attack {

/// Usual character -> the variant that internet Chinese ("Martian script") writes in its place.
const Pairs& martian_characters();
/// Character -> its parts, written one after the other: U"明" -> U"日月".
const std::vector<std::pair<char32_t, std::u32string_view>>& split_characters();

}  // namespace assay::attack
