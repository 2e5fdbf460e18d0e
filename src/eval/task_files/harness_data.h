// What a task of lm-evaluation-harness includes, and the local data that it names.
// Thread-safety: pure functions of the file system.
#pragma once

#include <filesystem>
#include <vector>

#include "base/json.h"
#include "eval/data/records.h"

namespace assay::eval::task_files {

/// The description with the keys of the file that it includes, its own winning; includes of
/// includes too, to a depth of 16. Errors: format, limit, and those of reading.
Result<Json> with_includes(const Json& description, const std::filesystem::path& file, int depth);

struct HarnessData {
  std::vector<data::Record> items;  ///< of test_split, else validation_split, else training_split
  std::vector<data::Record> shots;  ///< of fewshot_split; empty where no examples are wanted
};

/// Errors: unsupported (a data set of the hub: dataset_path must be json or csv with data_files; an
/// order of examples that only the harness has), not_found, format.
Result<HarnessData> read_harness_data(const Json& description, const std::filesystem::path& file);

}  // namespace assay::eval::task_files
