// Items of the task string_rules: a string or list, one to three steps, and what comes out.
// Thread-safety: pure functions.
#pragma once

#include <string>
#include <vector>

#include "base/lang.h"
#include "base/random.h"

namespace assay::eval {

struct StepsItem {
  std::string start;               ///< as it stands in the prompt
  bool list = false;               ///< several items, separated by commas
  std::string noun;                ///< what is worked on: "string", "list of words", ...
  std::vector<std::string> steps;  ///< instructions, each a sentence
  std::string result;
};

/// Every step changes what the one before it left; the result is not empty.
StepsItem steps_item(Lang lang, int steps, Rng& rng);

}  // namespace assay::eval
