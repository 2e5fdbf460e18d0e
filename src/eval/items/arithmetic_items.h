// Items of the task arithmetic. Thread-safety: pure functions.
#pragma once

#include <string>
#include <string_view>

#include "base/random.h"
#include "eval/sample.h"

namespace assay::eval {

/// One item of a group ("easy", "medium", "hard", "word", "words"); metadata: {"target": number}.
/// The target is whole, not negative, and not among the numbers of the question.
Sample arithmetic_item(Lang lang, std::string_view group, Rng& rng);

/// 473 as "473", 1234.5 as "1234.5".
std::string plain_number(double value);

}  // namespace assay::eval
