// Database and Query over a PostgreSQL session. Thread-safety: one thread per Database.
#pragma once

#include <memory>
#include <set>
#include <string>
#include <string_view>

#include "store/postgres_session.h"
#include "store/sql.h"

namespace assay::store {

class PostgresDatabase final : public Database {
 public:
  PostgresDatabase(PostgresSession session, std::string name_for_people, Mode how)
      : Database(std::move(name_for_people), how), session_(std::move(session)) {}

  std::unique_ptr<Query> prepare(const std::string& sql) override;
  /// By a cursor of the server that outlives transactions, so that rows can be written meanwhile.
  std::unique_ptr<Query> prepare_long(const std::string& sql) override;
  void begin() override { session_.script("BEGIN"); }
  void commit() override { session_.script("COMMIT"); }
  void rollback() noexcept override { session_.try_script("ROLLBACK"); }
  [[nodiscard]] Error translate(const std::exception& problem) const override;

  Status take_run(const std::string& run) override;
  void leave_run(const std::string& run) override;
  Status take_job(const std::string& job) override;
  [[nodiscard]] bool shared() const override { return true; }
  Status let_others_join() override { return {}; }
  Status take_place(const std::string& job, int rank) override;
  Result<bool> place_taken(const std::string& job, int rank) override;

  PostgresSession& session() { return session_; }

 private:
  /// False if another session has the lock.
  bool take_lock(const std::string& what);
  /// Who has it: "assay, process 7 on host (user u at 10.0.0.2)".
  std::string holder(const std::string& what);

  PostgresSession session_;
  std::set<std::string> locks_;  // that this session has
  int cursors_ = 0;
};

/// The number by which the server knows a lock.
std::int64_t lock_number(const std::string& what);

}  // namespace assay::store
