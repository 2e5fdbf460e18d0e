// A session with a PostgreSQL server through libpq: connecting, statements, and the server's errors
// as ours. Thread-safety: one thread per session.
#pragma once

#include <libpq-fe.h>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

#include "base/result.h"
#include "store/postgres_address.h"

namespace assay::store {

/// Thrown by statements.
class PostgresProblem : public std::runtime_error {
 public:
  explicit PostgresProblem(Error problem)
      : std::runtime_error(problem.what), error(std::move(problem)) {}
  Error error;
};

struct PostgresResultEnd {
  void operator()(PGresult* result) const { PQclear(result); }
};
using PostgresResult = std::unique_ptr<PGresult, PostgresResultEnd>;

/// Values of $1, $2, …: text, with the type that the server is told.
class PostgresValues {
 public:
  void add(std::string&& text);
  void add(std::int64_t number);
  void add(double number);  ///< NULL unless it is finite
  void clear();
  [[nodiscard]] int count() const { return static_cast<int>(types_.size()); }
  [[nodiscard]] const Oid* types() const { return types_.data(); }
  [[nodiscard]] std::vector<const char*> pointers() const;

 private:
  std::vector<Oid> types_;
  std::vector<std::optional<std::string>> texts_;
};

class PostgresSession {
 public:
  /// Errors: io (no answer, refused, full), not_found (no such database), usage (password),
  /// unsupported (older than PostgreSQL 12).
  static Result<PostgresSession> connect(PostgresAddress address);

  /// One statement. Throws PostgresProblem.
  PostgresResult run(const std::string& sql, const PostgresValues& values = {});
  /// Several statements without values. Throws PostgresProblem.
  void script(const std::string& sql);
  /// A statement whose failure does not matter, as when the connection is lost.
  void try_script(const char* sql) noexcept;
  /// "PostgreSQL 15.4"
  [[nodiscard]] std::string version() const;
  [[nodiscard]] int version_number() const { return PQserverVersion(connection_.get()); }

 private:
  struct End {
    void operator()(PGconn* connection) const { PQfinish(connection); }
  };
  PostgresSession(PostgresAddress address, PGconn* connection)
      : address_(std::move(address)), connection_(connection) {}
  [[nodiscard]] Status await_connection() const;
  [[nodiscard]] Error connect_error() const;
  [[nodiscard]] Error error_of(const PGresult* result) const;

  PostgresAddress address_;
  std::unique_ptr<PGconn, End> connection_;
};

/// UTF-8 without NUL, which is all that PostgreSQL holds: what is not becomes U+FFFD.
std::string storable(std::string text);

}  // namespace assay::store
