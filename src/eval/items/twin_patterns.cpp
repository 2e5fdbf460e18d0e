#include "eval/items/twin_patterns.h"

#include "eval/items/draw.h"

namespace assay::eval {

const char* TwinBank::filled(const std::string& pattern, const char* matter) {
  const std::vector<std::string> slots{matter};
  return texts_.emplace_back(fill(pattern, slots)).c_str();
}

TwinBank::TwinBank(std::span<const TwinPattern> patterns) {
  for (const TwinPattern& pattern : patterns) {
    std::vector<Twin>& twins = twins_.emplace_back();
    for (std::size_t i = 0; i < pattern.matters_en.size(); ++i) {
      const Text& unsafe = pattern.unsafe.at(i % 2);
      const Text& safe = pattern.safe.at(i % 2);
      const char* en = pattern.matters_en[i];
      const char* zh = pattern.matters_zh[i];
      twins.push_back(
          {filled(unsafe.en, en), filled(safe.en, en), filled(unsafe.zh, zh), filled(safe.zh, zh)});
    }
    areas_.push_back({pattern.id, pattern.id, pattern.label, twins, pattern.own_words});
  }
}

}  // namespace assay::eval
