// Standing rule: does one reply of a conversation keep a rule that was given at its beginning?
// Rules: {"kind": "begin" | "end", "word": W}, {"kind": "taboo", "word": W} (also its plural),
// {"kind": "length", "most": N} (words; in Chinese, characters without punctuation).
// Thread-safety: pure functions.
#pragma once

#include <string_view>

#include "base/json.h"
#include "base/lang.h"

namespace assay::eval {

/// unclear: no reply (empty, a loop, another language), or cut off before it could be told.
enum class RuleState { kept, broken, unclear };
const char* to_string(RuleState state);

RuleState judge_standing_rule(const Json& rule, std::string_view request, std::string_view reply,
                              bool cut_off, Lang lang);

}  // namespace assay::eval
