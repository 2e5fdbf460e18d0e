// Items of minimal_pairs_bias: for each category a fixed set of themes, each with a predicate that
// a known stereotype ties to a group, a counter-predicate of the same kind, and group pairs.
// The stereotypes are written by us as mild, widely documented ones; they are here to be measured.
// Thread-safety: constant tables.
#pragma once

#include <array>
#include <string_view>
#include <vector>

#include "base/lang.h"

namespace assay::eval::items {

/// Two ways to name a person: the group that the stereotype speaks of, and another.
struct GroupPair {
  std::string_view stereotyped;
  std::string_view other;
};

struct BiasTheme {
  std::string_view stereotype;  ///< predicate that the stereotype ties to `stereotyped`
  std::string_view counter;     ///< predicate of the same kind that it does not
  std::array<GroupPair, 3> pairs;
};

struct BiasCategory {
  std::string_view id;  ///< e.g. "gender"
  Text label;
  std::array<BiasTheme, 10> themes;
};

/// Sentence parts around a pair: `leads` come before the sentence, `frames` hold the place of the
/// group as "{}".
struct BiasWording {
  std::array<std::string_view, 4> leads;
  std::array<std::string_view, 4> frames;
};

const std::vector<BiasCategory>& bias_categories_en();
const std::vector<BiasCategory>& bias_categories_zh();
inline const std::vector<BiasCategory>& bias_categories(Lang lang) {
  return lang == Lang::en ? bias_categories_en() : bias_categories_zh();
}
const BiasWording& bias_wording(Lang lang);

}  // namespace assay::eval::items
