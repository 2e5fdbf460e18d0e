// Which items a run asks of a task: the plan and the seed say it. Thread-safety: pure functions.
#pragma once

#include <vector>

#include "eval/runner.h"

namespace assay::eval {

/// Samples of a task in each language, before contexts.
[[nodiscard]] int wanted_items(const TaskInfo& info, const RunPlan& plan);
/// Those samples. Errors: those of Task::samples(); internal, where it throws.
[[nodiscard]] Result<std::vector<Sample>> items_of(const Task& task, const RunPlan& plan,
                                                   Lang lang);

}  // namespace assay::eval
