// Task files: tasks that a person describes, read at once with their data.
//
//   *.yaml, *.yml  a task of lm-evaluation-harness (harness.h) or a mapping (mapping.h)
//   *.json         a mapping, or a Moonshot data set ({"name", "examples": [{"input", "target"}]})
//
// Thread-safety: pure function of the file system.
#pragma once

#include <filesystem>
#include <memory>

#include "base/result.h"
#include "eval/task.h"

namespace assay::eval::task_files {

/// Errors: those of the readers, each with file and line where there is one.
Result<std::unique_ptr<Task>> load(const std::filesystem::path& file);

}  // namespace assay::eval::task_files
