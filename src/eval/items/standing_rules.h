// Items of the task instruction_decay: a rule for all replies of a conversation, and the questions
// that follow. Thread-safety: pure functions.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"
#include "base/lang.h"
#include "base/random.h"

namespace assay::eval {

constexpr std::size_t kRuleTurns = 4;

struct RuleItem {
  Json rule;                           ///< for judge_standing_rule()
  std::string told;                    ///< the rule in words
  std::vector<std::string> questions;  ///< kRuleTurns, of a few words' answer each
};

/// Kinds: "begin", "end", "taboo", "length". The questions of a taboo all lead to its word.
RuleItem rule_item(Lang lang, std::string_view kind, Rng& rng);

}  // namespace assay::eval
