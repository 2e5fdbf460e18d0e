// Items of the task dialogue_memory: a conversation in which a person tells facts, talks of other
// things, and asks for one of the facts.
// Thread-safety: pure functions.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/lang.h"
#include "base/random.h"

namespace assay::eval {

struct MemoryItem {
  std::vector<std::string> turns;  ///< of the person; the last one asks
  std::string target;              ///< the value asked for
  std::vector<std::string>
      rivals;  ///< other values told: of another person or thing, or out of date
};

/// Groups: "near" (asked right after the facts), "far" (two turns on other things between), "long"
/// (four), "updated" (a fact changes; the latest value counts).
MemoryItem memory_item(Lang lang, std::string_view group, Rng& rng);

}  // namespace assay::eval
