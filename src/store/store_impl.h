// What the parts of Store share. Thread-safety: one thread per Store.
#pragma once

#include <exception>
#include <memory>
#include <optional>
#include <string>

#include "store/database.h"
#include "store/store.h"

namespace assay::store {

struct Store::Impl {
  Database database;
  // The task that was written last, so that a batch needs no look-up.
  std::string last_run, last_task, last_lang;
  std::int64_t last_unit = 0;

  SQLite::Database& db() { return *database.sqlite; }
  [[nodiscard]] Status writable() const;
  Result<std::int64_t> unit_of(const std::string& run, const std::string& task,
                               const std::string& lang);

  /// Runs `work`, which returns a Result or Status, and turns exceptions into errors.
  template <class Work>
  auto guarded(Work work) -> decltype(work()) {
    try {
      return work();
    } catch (const SQLite::Exception& problem) {
      return tl::unexpected(translate(problem, database.file));
    } catch (const std::exception& problem) {
      return fail(ErrorKind::internal, problem.what(), database.file.string());
    }
  }
};

}  // namespace assay::store
