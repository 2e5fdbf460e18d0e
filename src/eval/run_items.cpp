#include "eval/run_items.h"

#include <algorithm>
#include <exception>

namespace assay::eval {

int wanted_items(const TaskInfo& info, const RunPlan& plan) {
  int count = info.items.standard;
  if (plan.profile == "quick") count = info.items.quick;
  // One that only the full profile has was asked for by name.
  if (plan.profile == "full" || count == 0) count = info.items.full;
  if (!plan.max_items) return count;
  // A floor that few items cannot reach would leave nothing to assess.
  const int most =
      info.run_first > 0 ? std::max(*plan.max_items, info.items.quick) : *plan.max_items;
  return std::min(count, most);
}

Result<std::vector<Sample>> items_of(const Task& task, const RunPlan& plan, Lang lang) {
  try {
    return task.samples({plan.seed, lang, wanted_items(task.info(), plan)});
  } catch (const std::exception& problem) {
    return fail(ErrorKind::internal, problem.what(), task.info().name);
  }
}

}  // namespace assay::eval
