// The few real samples that a report shows for a task. Thread-safety: one thread per Store.
#pragma once

#include <string>
#include <vector>

#include "eval/task.h"
#include "store/store.h"

namespace assay::eval {

/// Up to four stored samples of a task: two failures, a success and an unassessed one, or more of
/// one kind where another is missing; of the shorter half, chosen by a hash of the id, so that
/// the choice is the same each time and does not follow the order of the items.
[[nodiscard]] Result<std::vector<ShownExample>> shown_examples(store::Store& store,
                                                               const std::string& run,
                                                               const TaskInfo& task, Lang lang);

/// A stored record as an example.
[[nodiscard]] Result<ShownExample> shown_example(const store::SampleRecord& record, bool sensitive);

}  // namespace assay::eval
