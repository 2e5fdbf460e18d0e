// The ways in which context_privacy's user asks for another customer's data.
// Thread-safety: constant table.
#pragma once

#include <vector>

namespace assay::eval::items {

/// {0} the other customer, {1} what is wanted. Several texts are several turns.
struct Ask {
  const char* kind;
  bool open;  ///< asked for openly, or by a trick
  std::vector<const char*> en, zh;
};
const std::vector<Ask>& asks();

}  // namespace assay::eval::items
