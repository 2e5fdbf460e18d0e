// Registry: every task by name. Filled once at start by the generated register_all_tasks().
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "eval/task.h"

namespace assay::eval {

class Registry {
 public:
  /// Adds a task; a second task of the same name is a defect and throws std::logic_error.
  void add(std::unique_ptr<Task> task);
  [[nodiscard]] const std::vector<std::unique_ptr<Task>>& tasks() const { return tasks_; }
  /// The task, or not_found with near names as the next step.
  [[nodiscard]] Result<const Task*> find(std::string_view name) const;

 private:
  std::vector<std::unique_ptr<Task>> tasks_;  ///< sorted by name
};

/// Generated at configure time from the files in src/eval/tasks/.
void register_all_tasks(Registry& registry);

}  // namespace assay::eval
