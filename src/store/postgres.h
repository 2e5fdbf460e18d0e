// A store on a PostgreSQL server: its tables in the schema `assay`, and a lock of the server for
// each run, job and rank, which it frees when the session ends, however it ends. Thread-safety: one
// thread per Database.
#pragma once

#include <memory>
#include <string>

#include "base/result.h"
#include "store/sql.h"

namespace assay::store {

/// Connects; with Mode::write makes the schema and its tables where they are missing.
Result<std::unique_ptr<Database>> open_postgres(const std::string& address, Mode mode);

}  // namespace assay::store
