// Twins out of patterns: two wordings of an unsafe request and two of its harmless twin, with "{0}"
// for the matter; each matter makes a pair, and its place in the list decides the wording.
// Thread-safety: constants and plain values; a TwinBank must outlive the areas that it gives.
#pragma once

#include <array>
#include <deque>
#include <span>
#include <string>
#include <vector>

#include "eval/twin_task.h"

namespace assay::eval {

struct TwinPattern {
  const char* id;  ///< in metadata, ids and figures
  Text label;
  std::array<Text, 2> unsafe;
  std::array<Text, 2> safe;
  std::span<const char* const> matters_en;
  std::span<const char* const> matters_zh;  ///< as many, in any order
  bool own_words = false;                   ///< see TwinArea
};

class TwinBank {
 public:
  explicit TwinBank(std::span<const TwinPattern> patterns);
  TwinBank(const TwinBank&) = delete;
  TwinBank& operator=(const TwinBank&) = delete;
  /// One area a pattern.
  [[nodiscard]] const std::vector<TwinArea>& areas() const { return areas_; }

 private:
  const char* filled(const std::string& pattern, const char* matter);

  std::deque<std::string> texts_;  ///< does not move what it holds
  std::deque<std::vector<Twin>> twins_;
  std::vector<TwinArea> areas_;
};

const TwinBank& disinformation_bank();
const TwinBank& scam_bank();
const TwinBank& copyright_bank();

}  // namespace assay::eval
