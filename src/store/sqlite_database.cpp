#include "store/sqlite_database.h"

#include <cmath>
#include <limits>
#include <sqlite3.h>

namespace assay::store {
namespace {

class SqliteQuery final : public Query {
 public:
  SqliteQuery(SQLite::Database& database, const std::string& sql) : statement_(database, sql) {}

  Query& bind(const std::string& value) override {
    statement_.bindNoCopy(++bound_, value);
    return *this;
  }
  Query& bind(std::string&& value) override {
    statement_.bind(++bound_, value);
    return *this;
  }
  Query& bind(std::int64_t value) override {
    statement_.bind(++bound_, value);
    return *this;
  }
  Query& bind(double value) override {
    if (std::isfinite(value)) {
      statement_.bind(++bound_, value);
    } else {
      statement_.bind(++bound_);  // NULL
    }
    return *this;
  }
  bool step() override { return statement_.executeStep(); }
  int run() override { return statement_.exec(); }
  void reset() override {
    statement_.reset();
    bound_ = 0;
  }
  [[nodiscard]] std::string text(int column) const override {
    return statement().getColumn(column).getString();
  }
  [[nodiscard]] std::int64_t integer(int column) const override {
    return statement().getColumn(column).getInt64();
  }
  [[nodiscard]] double number(int column) const override {
    const SQLite::Column value = statement().getColumn(column);
    return value.isNull() ? std::numeric_limits<double>::quiet_NaN() : value.getDouble();
  }

 private:
  SQLite::Statement& statement() const { return statement_; }  // reading a column changes nothing

  mutable SQLite::Statement statement_;
  int bound_ = 0;
};

}  // namespace

Error translate_sqlite(const SQLite::Exception& problem, const std::string& file) {
  const std::string detail = problem.what();
  const std::string& where = file;
  switch (problem.getErrorCode() & 0xff) {
    case SQLITE_FULL:
      return {ErrorKind::io, "the disk is full", where,
              "Free some space, then resume the run: all that was finished is kept"};
    case SQLITE_IOERR:
      return {ErrorKind::io, "the store could not be read or written: " + detail, where,
              "Check the disk and its free space, then resume the run: what was finished is kept"};
    case SQLITE_READONLY:
    case SQLITE_PERM:
      return {ErrorKind::io, "the store may not be written", where,
              "Check the permissions of the file and its folder, or name another store"};
    case SQLITE_CANTOPEN:
      return {ErrorKind::io, "the store cannot be opened", where,
              "Check the path and the permissions of the file and its folder"};
    case SQLITE_NOTADB:
      return {ErrorKind::format, "not a store of assay: it is not a database", where,
              "Name another store, or move this file away"};
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return {ErrorKind::busy, "the store is in use by another program", where,
              "Try again when it has ended, or name another store"};
    default: break;
  }
  return {ErrorKind::format, "the store is damaged: " + detail, where,
          "Keep a copy; `sqlite3 FILE .recover` saves what is readable. Name another store"};
}

std::unique_ptr<Query> SqliteDatabase::prepare(const std::string& sql) {
  return std::make_unique<SqliteQuery>(*sqlite, sql);
}

// At once for writing: another rank may write between a read and a write of ours.
void SqliteDatabase::begin() { sqlite->exec("BEGIN IMMEDIATE"); }

void SqliteDatabase::commit() { sqlite->exec("COMMIT"); }

void SqliteDatabase::rollback() noexcept {
  (void)sqlite3_exec(sqlite->getHandle(), "ROLLBACK", nullptr, nullptr, nullptr);
}

Error SqliteDatabase::translate(const std::exception& problem) const {
  const auto* const known = dynamic_cast<const SQLite::Exception*>(&problem);
  if (known != nullptr) return translate_sqlite(*known, name);
  return {ErrorKind::internal, problem.what(), name, ""};
}

Status SqliteDatabase::take_place(const std::string& /*job*/, int rank) {
  // One job at a time writes to the file, so that its places need no name.
  ASSAY_TRY(place_, Places::take(file_, rank));
  return {};
}

Result<bool> SqliteDatabase::place_taken(const std::string& /*job*/, int rank) {
  return Places::taken(file_, rank);
}

}  // namespace assay::store
