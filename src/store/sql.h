// What Store needs of a database that understands SQL, whichever it is: queries with `?` for
// values, transactions, and the locks of runs and ranks, which every kind holds in a way of its
// own. Queries and transactions throw; translate() makes one of our errors of that. sqlite.h and
// postgres.h have the two kinds.
//
// Legal call order of a Query: bind() for each `?` in their order -> step() while it returns true,
// or run() -> reset() -> again. A Query and a Transaction end before their Database. Thread-safety:
// one thread per Database.
#pragma once

#include <cstdint>
#include <exception>
#include <memory>
#include <string>
#include <utility>

#include "base/result.h"
#include "store/store.h"

namespace assay::store {

/// Version of the tables; a store with a greater one is refused.
inline constexpr int kSchemaVersion = 2;

class Query {
 public:
  Query() = default;
  Query(const Query&) = delete;
  Query& operator=(const Query&) = delete;
  virtual ~Query() = default;

  /// A text that is no temporary is not copied: it must live as long as the values are bound.
  virtual Query& bind(const std::string& value) = 0;
  virtual Query& bind(std::string&& value) = 0;
  virtual Query& bind(std::int64_t value) = 0;
  virtual Query& bind(double value) = 0;  ///< NULL unless it is finite
  Query& bind(int value) { return bind(static_cast<std::int64_t>(value)); }

  /// The next row, if there is one.
  virtual bool step() = 0;
  /// Without rows; how many were changed.
  virtual int run() = 0;
  virtual void reset() = 0;

  // Columns of the row, from 0.
  [[nodiscard]] virtual std::string text(int column) const = 0;
  [[nodiscard]] virtual std::int64_t integer(int column) const = 0;
  [[nodiscard]] virtual double number(int column) const = 0;  ///< NaN for NULL
  [[nodiscard]] int small(int column) const { return static_cast<int>(integer(column)); }
};

class Database {
 public:
  Database(std::string name_for_people, Mode how) : name(std::move(name_for_people)), mode(how) {}
  Database(const Database&) = delete;
  Database& operator=(const Database&) = delete;
  virtual ~Database() = default;

  virtual std::unique_ptr<Query> prepare(const std::string& sql) = 0;
  /// For many rows: they are not all held in memory.
  virtual std::unique_ptr<Query> prepare_long(const std::string& sql) { return prepare(sql); }
  virtual void begin() = 0;
  virtual void commit() = 0;
  virtual void rollback() noexcept = 0;
  /// What a query has thrown, with the next step.
  [[nodiscard]] virtual Error translate(const std::exception& problem) const = 0;

  /// Only this process writes to the run from now on. Error: busy.
  virtual Status take_run(const std::string& run) = 0;
  /// It is finished: nobody needs to be kept from it. Throws.
  virtual void leave_run(const std::string& run) = 0;
  /// Only this process leads a job of this name from now on. Error: busy.
  virtual Status take_job(const std::string& job) = 0;
  /// May other processes write other runs at the same time?
  [[nodiscard]] virtual bool shared() const = 0;
  /// From now on others may open with Mode::join. Error: busy.
  virtual Status let_others_join() = 0;
  virtual Status take_place(const std::string& job, int rank) = 0;
  virtual Result<bool> place_taken(const std::string& job, int rank) = 0;

  const std::string name;  ///< without password
  const Mode mode;
  int version = kSchemaVersion;  ///< of its tables; older only with Mode::read
};

/// All or nothing: undone unless commit() was called.
class Transaction {
 public:
  explicit Transaction(Database& database) : database_(database) { database_.begin(); }
  Transaction(const Transaction&) = delete;
  Transaction& operator=(const Transaction&) = delete;
  ~Transaction() {
    if (!ended_) database_.rollback();
  }
  void commit() {
    database_.commit();
    ended_ = true;
  }

 private:
  Database& database_;
  bool ended_ = false;
};

}  // namespace assay::store
