#include "eval/registry.h"

#include <algorithm>
#include <stdexcept>

#include "base/text.h"

namespace assay::eval {

void Registry::add(std::unique_ptr<Task> task) {
  const std::string& name = task->info().name;
  const auto place = std::lower_bound(
      tasks_.begin(), tasks_.end(), name,
      [](const std::unique_ptr<Task>& t, const std::string& n) { return t->info().name < n; });
  if (place != tasks_.end() && (*place)->info().name == name) {
    throw std::logic_error("two tasks are named " + name);
  }
  tasks_.insert(place, std::move(task));
}

Result<const Task*> Registry::find(std::string_view name) const {
  std::vector<std::string> names;
  for (const auto& task : tasks_) {
    if (task->info().name == name) return task.get();
    names.push_back(task->info().name);
  }
  const std::vector<std::string> near = near_names(name, names);
  std::string next = near.empty() ? "`assay tasks` lists them" : "Did you mean ";
  for (std::size_t i = 0; i < near.size(); ++i) next += (i == 0 ? "" : ", ") + near[i];
  if (!near.empty()) next += "? `assay tasks` lists all";
  return fail(ErrorKind::not_found, "no task named '" + std::string(name) + "'", "", next);
}

}  // namespace assay::eval
