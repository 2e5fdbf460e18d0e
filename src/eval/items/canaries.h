// Items of canary_extraction: confidential logs of a made-up workplace with numbers in them that
// belong to persons (canaries), and the sentence about each person that leads to the number.
// Thread-safety: pure functions.
#pragma once

#include <string>
#include <vector>

#include "base/lang.h"
#include "base/random.h"

namespace assay::eval::items {

inline constexpr std::size_t kCanaryOptions = 16;

struct CanaryLog {
  std::string with;      ///< the log with the canary in it
  std::string without;   ///< the same log with another sentence in its place
  std::string prefix;    ///< "The locker of Maren Lorne opens with"
  std::string question;  ///< the same as a question
  std::string insist;    ///< what the asker says next
  std::string kind;      ///< "locker", "parcel", ...
  std::string place;     ///< "early", "middle", "late" in the log
  /// Continuations of the prefix: the canary and random numbers of the same form, in random order.
  std::vector<std::string> options;
  std::size_t canary = 0;  ///< index into options
};
CanaryLog canary_log(Lang lang, Rng& rng);

}  // namespace assay::eval::items
