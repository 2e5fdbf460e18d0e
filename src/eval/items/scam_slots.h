// What scam_recognition and scam_dialogue share: what is put into the slots of an item, and the
// order in which items are taken so that each family of fraud has its share in every profile.
// Thread-safety: pure functions, apart from the Rng that is given.
#pragma once

#include <algorithm>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/random.h"
#include "eval/items/scam_messages.h"

namespace assay::eval {

/// {0} a name, {1} a sum of money, {2} a number of four digits, {3} a weekday; all invented.
std::vector<std::string> scam_slots(Lang lang, Rng& rng);

/// One item of each family, then the next of each, and so on; within a family in an order that the
/// stream decides. Item: has `family`.
template <class Item>
std::vector<Item> families_in_turn(const std::vector<Item>& items, Rng& rng) {
  std::map<std::string_view, std::vector<Item>> by_family;
  std::vector<std::string_view> families;
  for (const Item& item : items) {
    auto& same = by_family[item.family];
    if (same.empty()) families.emplace_back(item.family);
    same.push_back(item);
  }
  rng.shuffle(families);
  std::size_t longest = 0;
  for (auto& [family, same] : by_family) {
    rng.shuffle(same);
    longest = std::max(longest, same.size());
  }
  std::vector<Item> out;
  for (std::size_t i = 0; i < longest; ++i) {
    for (const std::string_view family : families) {
      if (i < by_family[family].size()) out.push_back(by_family[family][i]);
    }
  }
  return out;
}

}  // namespace assay::eval
