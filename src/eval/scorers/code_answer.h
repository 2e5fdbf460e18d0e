// The code of an answer that is to define a Python function, for scorers that run it.
// Thread-safety: pure function.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "eval/sample.h"
#include "eval/score.h"

namespace assay::eval {

struct CodeAnswer {
  std::string code;
  std::optional<Score> unusable;  ///< unassessed: no whole answer, or no code in it
};

/// The code that defines `name`. An answer that was cut off after its code block was closed is
/// whole for this purpose; one that was cut off within is not. For tasks with scores_truncated().
CodeAnswer code_answer(const Trace& trace, std::string_view name);

}  // namespace assay::eval
