// Registry: every task and every public data set by name. Filled once at start by the generated
// register_all_tasks() and register_all_benchmarks().
//
// Legal call order: make it, with the folders of public data -> fill it -> read it.
// Thread-safety: filled by one thread, then const.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "eval/data/dataset.h"
#include "eval/task.h"

namespace assay::eval {

class Registry {
 public:
  explicit Registry(data::DataFolders folders = data::DataFolders::standard())
      : folders_(std::move(folders)) {}

  /// Where the benchmarks that are added from now on look for their data.
  [[nodiscard]] const data::DataFolders& folders() const { return folders_; }
  /// Adds a task; a second task of the same name is a defect and throws std::logic_error.
  void add(std::unique_ptr<Task> task);
  [[nodiscard]] const std::vector<std::unique_ptr<Task>>& tasks() const { return tasks_; }
  /// The task, or not_found with near names as the next step.
  [[nodiscard]] Result<const Task*> find(std::string_view name) const;

  /// Adds a data set; a second one of the same name is a defect and throws std::logic_error.
  void add_dataset(data::Dataset dataset);
  [[nodiscard]] const std::vector<std::unique_ptr<data::Dataset>>& datasets() const {
    return datasets_;
  }
  /// The data set ('_' is taken for '-'), or not_found with near names as the next step.
  [[nodiscard]] Result<const data::Dataset*> find_dataset(std::string_view name) const;

 private:
  data::DataFolders folders_;
  std::vector<std::unique_ptr<Task>> tasks_;              ///< sorted by name
  std::vector<std::unique_ptr<data::Dataset>> datasets_;  ///< sorted by name
};

/// Generated at configure time from the files in src/eval/tasks/.
void register_all_tasks(Registry& registry);
/// Generated at configure time from the files in src/eval/benchmarks/: public benchmarks, and the
/// data sets that they read.
void register_all_benchmarks(Registry& registry);

}  // namespace assay::eval
