// The tasks that a command knows: Assay's own, the public benchmarks with the folders of their
// data, and the tasks of the person's own files. Thread-safety: pure function of the file system.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "attack/means.h"
#include "eval/registry.h"
#include "explain/lab.h"

namespace assay::cli {

/// `data`: values of --data ("DIR" or "NAME=DIR"). `means`: of the attacks; null = the standard
/// ones. `lab`: of the explanations; null = one without weights. Errors: not_found (no such
/// folder).
Result<eval::Registry> task_registry(const std::vector<std::string>& data = {},
                                     std::shared_ptr<const attack::Means> means = nullptr,
                                     std::shared_ptr<explain::Lab> lab = nullptr);

/// The tasks of a run, so that its figures can be made again: `config` is its plan. Errors: as
/// above, and format.
Result<eval::Registry> registry_of_run(const Json& config,
                                       const std::vector<std::string>& data = {});

/// What is done with a task before it is added.
using TaskWrap = std::function<Result<std::unique_ptr<eval::Task>>(std::unique_ptr<eval::Task>)>;

/// Adds the tasks of `files`; and of each of `names` that is a task file (it ends in .yaml, .yml or
/// .json), whose place in `names` the task's name takes. Names of `files` are added to `names`.
/// Errors: those of task_files::load(); usage where a task of the name is there already.
Status add_task_files(const std::vector<std::string>& files, std::vector<std::string>& names,
                      eval::Registry& registry, const TaskWrap& wrap);

}  // namespace assay::cli
