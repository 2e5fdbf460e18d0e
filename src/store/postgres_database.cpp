#include "store/postgres_database.h"

#include <charconv>
#include <cstdlib>
#include <limits>

#include "base/digest.h"

namespace assay::store {
namespace {

/// $1, $2, … for each `?`: our statements hold no other.
std::string numbered(const std::string& sql) {
  std::string out;
  int count = 0;
  for (const char c : sql) {
    if (c == '?') {
      out += '$';
      out += std::to_string(++count);
    } else {
      out += c;
    }
  }
  return out;
}

/// Values in, columns out; where the rows come from is said by the two classes below.
class PostgresQuery : public Query {
 public:
  PostgresQuery(PostgresSession& session, const std::string& sql)
      : session_(session), sql_(numbered(sql)) {}

  Query& bind(const std::string& value) override { return bind(std::string(value)); }
  Query& bind(std::string&& value) override {
    values_.add(storable(std::move(value)));
    return *this;
  }
  Query& bind(std::int64_t value) override {
    values_.add(value);
    return *this;
  }
  Query& bind(double value) override {
    values_.add(value);
    return *this;
  }
  bool step() override {
    if (!result_) result_ = session_.run(sql_, values_);
    return ++row_ < PQntuples(result_.get());
  }
  int run() override {
    result_ = session_.run(sql_, values_);
    return std::atoi(PQcmdTuples(result_.get()));
  }
  void reset() override {
    values_.clear();
    result_.reset();
    row_ = -1;
  }
  [[nodiscard]] std::string text(int column) const override { return std::string(view(column)); }
  [[nodiscard]] std::int64_t integer(int column) const override {
    const std::string_view text = view(column);
    std::int64_t out = 0;
    std::from_chars(text.data(), text.data() + text.size(), out);
    return out;
  }
  [[nodiscard]] double number(int column) const override {
    double out = std::numeric_limits<double>::quiet_NaN();
    if (PQgetisnull(result_.get(), row_, column) != 0) return out;
    const std::string_view text = view(column);
    std::from_chars(text.data(), text.data() + text.size(), out);
    return out;
  }

 protected:
  [[nodiscard]] std::string_view view(int column) const {
    return {PQgetvalue(result_.get(), row_, column),
            static_cast<std::size_t>(PQgetlength(result_.get(), row_, column))};
  }

  PostgresSession& session_;
  std::string sql_;
  PostgresValues values_;
  PostgresResult result_;
  int row_ = -1;
};

/// So many rows at a time.
class PostgresCursor final : public PostgresQuery {
 public:
  PostgresCursor(PostgresSession& session, const std::string& sql, int number)
      : PostgresQuery(session, sql), name_("assay_" + std::to_string(number)) {}
  ~PostgresCursor() override { close(); }
  PostgresCursor(const PostgresCursor&) = delete;
  PostgresCursor& operator=(const PostgresCursor&) = delete;

  bool step() override {
    if (!open_) {
      session_.run("DECLARE " + name_ + " NO SCROLL CURSOR WITH HOLD FOR " + sql_, values_);
      open_ = true;
    }
    if (result_ && ++row_ < PQntuples(result_.get())) return true;
    result_ = session_.run("FETCH 256 FROM " + name_);
    row_ = 0;
    return PQntuples(result_.get()) > 0;
  }
  void reset() override {
    close();
    PostgresQuery::reset();
  }

 private:
  void close() noexcept {
    if (open_) session_.try_script(("CLOSE " + name_).c_str());
    open_ = false;
  }

  std::string name_;
  bool open_ = false;
};

std::string lock_of_run(const std::string& run) { return "run " + run; }
std::string lock_of_job(const std::string& job) { return "job " + job; }
std::string lock_of_place(const std::string& job, int rank) {
  return "rank " + std::to_string(rank) + " of " + job;
}

// How the server shows a lock by number: its halves as classid and objid.
constexpr const char* kSameLock =
    "locktype = 'advisory' AND objsubid = 1 AND granted "
    "AND database = (SELECT oid FROM pg_database WHERE datname = current_database()) "
    "AND ((classid::bigint << 32) | objid::bigint) = ?";

}  // namespace

std::int64_t lock_number(const std::string& what) {
  constexpr std::size_t digits = 16;
  const std::string hex = sha256_hex("assay " + what).substr(0, digits);
  std::uint64_t out = 0;
  std::from_chars(hex.data(), hex.data() + hex.size(), out, 16);
  return static_cast<std::int64_t>(out);
}

std::unique_ptr<Query> PostgresDatabase::prepare(const std::string& sql) {
  return std::make_unique<PostgresQuery>(session_, sql);
}

std::unique_ptr<Query> PostgresDatabase::prepare_long(const std::string& sql) {
  return std::make_unique<PostgresCursor>(session_, sql, ++cursors_);
}

Error PostgresDatabase::translate(const std::exception& problem) const {
  const auto* const known = dynamic_cast<const PostgresProblem*>(&problem);
  if (known != nullptr) return known->error;
  return {ErrorKind::internal, problem.what(), name, ""};
}

bool PostgresDatabase::take_lock(const std::string& what) {
  if (locks_.contains(what)) return true;
  const auto query = prepare("SELECT pg_try_advisory_lock(?)");
  query->bind(lock_number(what)).step();
  if (query->text(0) != "t") return false;
  locks_.insert(what);
  return true;
}

std::string PostgresDatabase::holder(const std::string& what) {
  // Of other users the server tells the name only, unless this one may see all.
  const auto query =
      prepare(std::string("SELECT coalesce(nullif(application_name, ''), 'another process'), "
                          "coalesce(usename, 'unknown'), coalesce(host(client_addr), ''), pid "
                          "FROM pg_locks LEFT JOIN pg_stat_activity USING (pid) WHERE ") +
              kSameLock);
  query->bind(lock_number(what));
  if (!query->step()) return "another process";
  const std::string host = query->text(2);
  return query->text(0) + " (user " + query->text(1) + (host.empty() ? "" : " at " + host) +
         ", server process " + query->text(3) + ")";
}

Status PostgresDatabase::take_run(const std::string& run) {
  try {
    if (take_lock(lock_of_run(run))) return {};
    return fail(ErrorKind::busy, "run " + run + " is being written by " + holder(lock_of_run(run)),
                name, "Wait until it has ended, or begin a new run");
  } catch (const PostgresProblem& problem) {
    return tl::unexpected(problem.error);
  }
}

void PostgresDatabase::leave_run(const std::string& run) {
  if (locks_.erase(lock_of_run(run)) == 0) return;
  prepare("SELECT pg_advisory_unlock(?)")->bind(lock_number(lock_of_run(run))).step();
}

Status PostgresDatabase::take_job(const std::string& job) {
  if (take_lock(lock_of_job(job))) return {};
  return fail(ErrorKind::busy,
              "ranks named '" + job + "' are at work already: " + holder(lock_of_job(job)), name,
              "Give each group of ranks a --job of its own");
}

Status PostgresDatabase::take_place(const std::string& job, int rank) {
  const std::string lock = lock_of_place(job, rank);
  if (take_lock(lock)) return {};
  return fail(ErrorKind::busy,
              "another process is rank " + std::to_string(rank) + " of '" + job +
                  "' already: " + holder(lock),
              name, "Give each process a rank of its own, and each group of ranks its own --job");
}

Result<bool> PostgresDatabase::place_taken(const std::string& job, int rank) {
  const auto query = prepare(std::string("SELECT 1 FROM pg_locks WHERE ") + kSameLock);
  query->bind(lock_number(lock_of_place(job, rank)));
  return query->step();
}

}  // namespace assay::store
