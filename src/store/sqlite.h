// A store in one SQLite file: opening and checking it, making its tables, and turning SQLite's
// errors into ours. Thread-safety: one thread per Database.
#pragma once

#include <filesystem>
#include <memory>

#include "base/result.h"
#include "store/sql.h"

namespace assay::store {

/// SQLite's application_id of a store: "ASSY".
inline constexpr int kApplicationId = 0x41535359;

/// Opens the file; with Mode::write makes folder, file and tables where they are missing, and
/// brings older tables to this version.
Result<std::unique_ptr<Database>> open_sqlite(const std::filesystem::path& file, Mode mode);

}  // namespace assay::store
