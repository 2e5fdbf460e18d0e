// Database and Query over SQLiteCpp. Thread-safety: one thread per Database.
#pragma once

#include <SQLiteCpp/SQLiteCpp.h>
#include <filesystem>
#include <memory>
#include <string>

#include "store/sql.h"
#include "store/writer_lock.h"

namespace assay::store {

/// What SQLite reported, as one of our errors with the next step.
Error translate_sqlite(const SQLite::Exception& problem, const std::string& file);

class SqliteDatabase final : public Database {
 public:
  SqliteDatabase(const std::filesystem::path& file, Mode how)
      : Database(file.string(), how), file_(file) {}

  std::unique_ptr<Query> prepare(const std::string& sql) override;
  void begin() override;
  void commit() override;
  void rollback() noexcept override;
  [[nodiscard]] Error translate(const std::exception& problem) const override;
  // The file's one writer holds it with all runs and jobs.
  Status take_run(const std::string& /*run*/) override { return {}; }
  void leave_run(const std::string& /*run*/) override {}
  Status take_job(const std::string& /*job*/) override { return {}; }
  [[nodiscard]] bool shared() const override { return false; }
  Status let_others_join() override { return lock.share(file_); }
  Status take_place(const std::string& job, int rank) override;
  Result<bool> place_taken(const std::string& job, int rank) override;

  WriterLock lock;  ///< held with Mode::write, shared with Mode::join
  std::unique_ptr<SQLite::Database> sqlite;

 private:
  std::filesystem::path file_;
  Places place_;  // of a rank
};

}  // namespace assay::store
