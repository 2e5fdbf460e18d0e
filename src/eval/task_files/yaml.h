// YAML as JSON values (yaml-cpp), for task files: mappings, lists, scalars by the core schema. Tags
// such as "!function" are refused with their line, since they name code.
// Thread-safety: pure function.
#pragma once

#include <string_view>

#include "base/json.h"
#include "base/result.h"

namespace assay::eval::task_files {

/// Errors (with file and line): format (not YAML, no mapping at the top, a key twice), unsupported
/// (a tag), limit (more than 100,000 nodes, aliases counted each time, or nested deeper than 64).
Result<Json> parse_yaml(std::string_view text, std::string_view file);

}  // namespace assay::eval::task_files
