// Windows of a document that is longer than a model's context.
// Thread-safety: pure functions.
#pragma once

#include <cstdint>
#include <vector>

#include "model/local/prefix_plan.h"

namespace assay::model::local {

/// The windows of lm-evaluation-harness (lm_eval/utils.py, get_rolling_token_windows and
/// make_disjoint_window with context_len = 1): every token is predicted once, with at most
/// `longest` tokens fed; `prefix` stands before the first.
std::vector<ScoreItem> rolling_windows(const std::vector<std::int32_t>& tokens, std::int32_t prefix,
                                       std::size_t longest);

}  // namespace assay::model::local
