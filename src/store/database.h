// The store's SQLite database: opening and checking the file, making its tables, and turning
// SQLite's errors into ours. Thread-safety: one thread per Database.
#pragma once

#include <SQLiteCpp/SQLiteCpp.h>
#include <filesystem>
#include <memory>

#include "base/result.h"
#include "store/store.h"
#include "store/writer_lock.h"

namespace assay::store {

/// Version of the tables; a store with a greater one is refused.
inline constexpr int kSchemaVersion = 2;
/// SQLite's application_id of a store: "ASSY".
inline constexpr int kApplicationId = 0x41535359;

/// What SQLite reported, as one of our errors with the next step.
Error translate(const SQLite::Exception& problem, const std::filesystem::path& file);

struct Database {
  std::filesystem::path file;
  Mode mode = Mode::read;
  WriterLock lock;  ///< held with Mode::write, shared with Mode::join
  Places place;     ///< of a rank
  std::unique_ptr<SQLite::Database> sqlite;
  int version = kSchemaVersion;  ///< of its tables; older only with Mode::read
};

/// Opens the file; with Mode::write makes folder, file and tables where they are missing, and
/// brings older tables to this version.
Result<Database> open_database(const std::filesystem::path& file, Mode mode);

}  // namespace assay::store
