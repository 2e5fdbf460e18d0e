// The figure of a time horizon (stats/horizon.h) of samples whose metadata hold "family" and
// "minutes". Thread-safety: pure function.
#pragma once

#include "eval/task.h"

namespace assay::eval {

/// "horizon.50.LANG": minutes of a person's work at which half of the samples succeed.
[[nodiscard]] Figure horizon_figure(const std::vector<Scored>& scored,
                                    const SummaryContext& context);

}  // namespace assay::eval
