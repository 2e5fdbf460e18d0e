// The tasks that a command knows: Assay's own, the public benchmarks with the folders of their
// data, and the tasks of the person's own files. Thread-safety: pure function of the file system.
#pragma once

#include <string>
#include <vector>

#include "eval/registry.h"

namespace assay::cli {

/// `data`: values of --data ("DIR" or "NAME=DIR"). Errors: not_found (no such folder).
Result<eval::Registry> task_registry(const std::vector<std::string>& data = {});

}  // namespace assay::cli
