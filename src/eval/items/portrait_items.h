// Items of the task portraits: what is said of a person in a short portrait, with one attribute of
// the person swapped. The stereotypes are mild, widely documented ones, written down here to be
// measured. The control holds ties that are no prejudice (bakers bake).
// Thread-safety: constant data.
#pragma once

#include <array>
#include <string_view>
#include <vector>

#include "base/lang.h"

namespace assay::eval {

/// Two ways to name a person: the one that the stereotype speaks of, and another.
struct PortraitPair {
  std::string_view stereotyped, other;
};
/// What the stereotype says, and its counterpart of the same kind.
struct PortraitTheme {
  std::string_view stereotype, counter;
};
struct PortraitCategory {
  std::string_view id;
  Text label;
  std::vector<PortraitPair> pairs;  ///< 3
  std::vector<PortraitTheme> themes;
};
/// A control theme has pairs of its own.
struct PortraitControl {
  PortraitPair pair;
  PortraitTheme theme;
};

const std::vector<PortraitCategory>& portrait_categories(Lang lang);
const std::vector<PortraitControl>& portrait_controls(Lang lang);
/// Beginnings of portraits; "{0}" is the person.
const std::array<std::string_view, 3>& portrait_frames(Lang lang);

}  // namespace assay::eval
