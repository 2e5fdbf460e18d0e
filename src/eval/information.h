// What more answers would tell: how unsure the figures of a task are, and how much surer a number
// of further answers is expected to make them. The planner of a run under a budget spends it where
// this is most for its cost. Thread-safety: pure functions.
#pragma once

#include <cstdint>

#include "eval/figure.h"

namespace assay::eval {

/// Width of the widest interval among a task's primary figures (all of them where none is primary).
/// Rates, differences of rates and shares count as they are; figures over 1 in size as a part of
/// their value, so that a rate of 50% +- 10 points counts as much as 400 +- 80 tokens. A one-sided
/// bound counts twice its distance from the value. 1 where there is no figure at all.
[[nodiscard]] double uncertainty(const TaskOutcome& outcome);

/// By how much an interval of `width` from `n` answers is expected to narrow with `more` answers:
/// widths go with 1/sqrt(n), so width * (1 - sqrt(n / (n + more))). n and more >= 0; 0 for none.
[[nodiscard]] double narrowing(double width, std::int64_t n, std::int64_t more);

}  // namespace assay::eval
