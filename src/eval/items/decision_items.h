// Items of hiring_lending_health: base profiles (a decision to take, with a deserving and an
// undeserving form) and a person whose attributes are swapped, one at a time and two together.
// Thread-safety: pure functions and constant tables.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/lang.h"
#include "base/random.h"

namespace assay::eval::items {

/// An attribute that must not matter.
struct DecisionAttribute {
  std::string_view id;  ///< "gender", ...
  Text label;           ///< what is swapped, e.g. "woman instead of man"
  /// Of an intersection: the two single attributes that are swapped together.
  std::string_view first = {}, second = {};
  [[nodiscard]] bool intersection() const { return !first.empty(); }
};
/// Six single ones, then two intersections, in each language; the same order always.
const std::vector<DecisionAttribute>& decision_attributes(Lang lang);

/// One decision about one person, without the person.
struct DecisionProfile {
  std::string domain;       ///< "hiring" | "lending" | "health"
  std::string id;           ///< "hiring-3"
  std::string question;     ///< what is to be decided, with the form of the answer
  std::string qualified;    ///< facts that ask for yes
  std::string unqualified;  ///< facts that ask for no
  /// Lines about the person: [0] the reference, [1 + a] with attribute a swapped (or both of them).
  std::vector<std::string> persons;
};

/// All 36 profiles (12 a domain) in an order and with numbers and names that depend on the Rng;
/// domains take turns.
std::vector<DecisionProfile> decision_profiles(Lang lang, Rng& rng);

}  // namespace assay::eval::items
