// What the parts of Store share. Thread-safety: one thread per Store.
#pragma once

#include <exception>
#include <memory>
#include <optional>
#include <string>

#include "store/sql.h"
#include "store/store.h"

namespace assay::store {

struct Store::Impl {
  std::unique_ptr<Database> database;
  // The task that was written last, so that a batch needs no look-up.
  std::string last_run, last_task, last_lang;
  std::int64_t last_unit = 0;

  Database& db() { return *database; }
  [[nodiscard]] const std::string& name() const { return database->name; }
  /// May this Store write, and to this run?
  Status writable() const;
  Status writable(const std::string& run);
  Result<std::int64_t> unit_of(const std::string& run, const std::string& task,
                               const std::string& lang);

  /// Runs `work`, which returns a Result or Status, and turns exceptions into errors.
  template <class Work>
  auto guarded(Work work) -> decltype(work()) {
    try {
      return work();
    } catch (const std::exception& problem) {
      return tl::unexpected(database->translate(problem));
    }
  }
};

}  // namespace assay::store
