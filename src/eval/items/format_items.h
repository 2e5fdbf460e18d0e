// Items of the task instruction_format: a request with one instruction on the form of the answer
// that a rule can verify (see scorers/format.h for the rules). Thread-safety: pure functions.
#pragma once

#include <string>
#include <string_view>

#include "base/json.h"
#include "base/lang.h"
#include "base/random.h"

namespace assay::eval {

struct FormatItem {
  std::string text;
  Json check;  ///< for broken_rule()
};

/// Groups: "length", "list", "json", "letters", "wording", "frame", "choice".
FormatItem format_item(Lang lang, std::string_view group, Rng& rng);

}  // namespace assay::eval
