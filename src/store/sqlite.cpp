#include "store/sqlite.h"

#include <sqlite3.h>
#include <string>
#include <system_error>
#include <unistd.h>
#include <utility>

#include "store/sqlite_database.h"

namespace assay::store {
namespace {

using Opened = std::unique_ptr<SqliteDatabase>;

// Samples are kept in two tables: what summaries need in narrow rows that are scanned in order,
// and the long records beside them, read only when someone looks at a sample.
constexpr const char* kSchema = R"sql(
CREATE TABLE runs(
  seq INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, created TEXT NOT NULL,
  finished TEXT NOT NULL DEFAULT '', profile TEXT NOT NULL, model TEXT NOT NULL,
  model_digest TEXT NOT NULL, template_digest TEXT NOT NULL, config_digest TEXT NOT NULL,
  config TEXT NOT NULL, header TEXT NOT NULL) STRICT;
CREATE TABLE tasks(
  unit INTEGER PRIMARY KEY, run INTEGER NOT NULL REFERENCES runs(seq), task TEXT NOT NULL,
  lang TEXT NOT NULL, samples INTEGER NOT NULL DEFAULT 0, ledger TEXT NOT NULL DEFAULT '',
  outcome TEXT NOT NULL DEFAULT '', UNIQUE(run, task, lang)) STRICT;
CREATE TABLE samples(
  unit INTEGER NOT NULL REFERENCES tasks(unit), sample TEXT NOT NULL, epoch INTEGER NOT NULL,
  verdict INTEGER NOT NULL, value REAL, cluster TEXT NOT NULL, grp TEXT NOT NULL,
  answer TEXT NOT NULL, explanation TEXT NOT NULL, score_metadata TEXT NOT NULL,
  sample_metadata TEXT NOT NULL, record INTEGER NOT NULL, bytes INTEGER NOT NULL,
  PRIMARY KEY(unit, sample, epoch)) STRICT, WITHOUT ROWID;
CREATE TABLE records(id INTEGER PRIMARY KEY, record TEXT NOT NULL) STRICT;
)sql";

// Version 2: what the ranks of one run tell each other (store.h).
constexpr const char* kSchema2 = R"sql(
CREATE TABLE parties(job TEXT PRIMARY KEY, run INTEGER NOT NULL REFERENCES runs(seq),
  shares TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE ranks(
  run INTEGER NOT NULL REFERENCES runs(seq), rank INTEGER NOT NULL, process TEXT NOT NULL,
  ended INTEGER NOT NULL DEFAULT 0, error TEXT NOT NULL DEFAULT '',
  PRIMARY KEY(run, rank)) STRICT, WITHOUT ROWID;
CREATE TABLE shares(
  unit INTEGER NOT NULL REFERENCES tasks(unit), rank INTEGER NOT NULL,
  ledger TEXT NOT NULL DEFAULT '', ended INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY(unit, rank)) STRICT, WITHOUT ROWID;
)sql";

tl::unexpected<Error> not_a_store(const std::filesystem::path& file, const std::string& why) {
  return fail(ErrorKind::format, "not a store of assay: " + why, file.string(),
              "Name another store, or move this file away");
}

int pragma(SQLite::Database& db, const char* name) {
  return db.execAndGet(std::string("PRAGMA ") + name).getInt();
}

/// Nothing in a file that someone hands over may run code or be changed behind our back.
void harden(SQLite::Database& db) {
  sqlite3_db_config(db.getHandle(), SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
  sqlite3_db_config(db.getHandle(), SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
  sqlite3_db_config(db.getHandle(), SQLITE_DBCONFIG_ENABLE_TRIGGER, 0, nullptr);
  sqlite3_db_config(db.getHandle(), SQLITE_DBCONFIG_ENABLE_VIEW, 0, nullptr);
  db.exec("PRAGMA cell_size_check=ON");
}

/// The version of the tables, if they are all there.
Result<int> check_tables(SQLite::Database& db, const std::filesystem::path& file) {
  if (pragma(db, "application_id") != kApplicationId) {
    return not_a_store(file, "it is a database of another program");
  }
  const int version = pragma(db, "user_version");
  if (version > kSchemaVersion) {
    return fail(ErrorKind::format,
                "the store was written by a newer assay (format " + std::to_string(version) +
                    "; this one reads up to " + std::to_string(kSchemaVersion) + ")",
                file.string(), "Update assay, or name another store");
  }
  for (const char* table : {"runs", "tasks", "samples", "records", "parties", "ranks", "shares"}) {
    if (version < 2 && std::string_view(table) == "parties") break;
    if (!db.tableExists(table)) {
      return fail(ErrorKind::format, std::string("the store is damaged: no table ") + table,
                  file.string(), "Name another store, or restore this file from a copy");
    }
  }
  return version;
}

/// Makes the tables of an empty database, all or none.
void make_tables(SQLite::Database& db) {
  SQLite::Transaction transaction(db);
  db.exec(kSchema);
  db.exec(kSchema2);
  db.exec("PRAGMA application_id=" + std::to_string(kApplicationId));
  db.exec("PRAGMA user_version=" + std::to_string(kSchemaVersion));
  transaction.commit();
}

/// Brings the tables of an older version to this one, all or nothing.
void migrate(SQLite::Database& db, int version) {
  if (version >= kSchemaVersion) return;
  SQLite::Transaction transaction(db);
  db.exec(kSchema2);
  db.exec("PRAGMA user_version=" + std::to_string(kSchemaVersion));
  transaction.commit();
}

bool is_empty(SQLite::Database& db) {
  return db.execAndGet("SELECT count(*) FROM sqlite_master").getInt() == 0 &&
         pragma(db, "application_id") == 0;
}

Result<Opened> open_to_write(const std::filesystem::path& file) {
  std::error_code problem;
  if (file.has_parent_path()) std::filesystem::create_directories(file.parent_path(), problem);
  if (problem) {
    return fail(ErrorKind::io, "cannot make the store's folder: " + problem.message(),
                file.parent_path().string(), "Check its permissions, or name another store");
  }
  auto out = std::make_unique<SqliteDatabase>(file, Mode::write);
  ASSAY_TRY(out->lock, WriterLock::take(file));
  out->sqlite = std::make_unique<SQLite::Database>(
      file.string(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE, 5000);
  SQLite::Database& db = *out->sqlite;
  harden(db);
  if (is_empty(db)) {
    make_tables(db);
  } else {
    ASSAY_TRY(const int version, check_tables(db, file));
    migrate(db, version);
  }
  // WAL: readers go on while we write; NORMAL: a killed process loses nothing that was committed,
  // a power cut at most the last commits.
  db.execAndGet("PRAGMA journal_mode=WAL");
  db.exec("PRAGMA synchronous=NORMAL");
  return out;
}

/// Beside the rank that made the tables and shares its lock.
Result<Opened> open_to_join(const std::filesystem::path& file) {
  auto out = std::make_unique<SqliteDatabase>(file, Mode::join);
  ASSAY_TRY(out->lock, WriterLock::join(file));
  constexpr int patience_ms = 30000;  // the ranks write in turns
  out->sqlite =
      std::make_unique<SQLite::Database>(file.string(), SQLite::OPEN_READWRITE, patience_ms);
  harden(*out->sqlite);
  ASSAY_CHECK(check_tables(*out->sqlite, file));
  out->sqlite->exec("PRAGMA synchronous=NORMAL");
  return out;
}

/// SQLite's URI of a file that is read without locks or journal; only when nobody can write it.
std::string immutable_uri(const std::filesystem::path& file) {
  std::string uri = "file:";
  for (const char c : std::filesystem::absolute(file).string()) {
    switch (c) {
      case '%': uri += "%25"; break;
      case '?': uri += "%3f"; break;
      case '#': uri += "%23"; break;
      default: uri += c;
    }
  }
  return uri + "?immutable=1";
}

/// A writer that was killed while it made the store left a journal that only a writer can undo.
void undo_half_written(const std::filesystem::path& file) {
  SQLite::Database db(file.string(), SQLite::OPEN_READWRITE, 5000);
  harden(db);
  (void)pragma(db, "application_id");
}

std::unique_ptr<SQLite::Database> connect_to_read(const std::filesystem::path& file) {
  std::error_code unreadable;
  if (std::filesystem::exists(file.string() + "-journal", unreadable) &&
      access(file.c_str(), W_OK) == 0) {
    undo_half_written(file);
  }
  auto db = std::make_unique<SQLite::Database>(file.string(), SQLite::OPEN_READONLY, 5000);
  try {
    harden(*db);
    (void)pragma(*db, "application_id");
    return db;
  } catch (const SQLite::Exception&) {
    // A store on a medium that cannot be written: SQLite cannot make the files that WAL shares.
    std::error_code ignored;
    const bool journal = std::filesystem::exists(file.string() + "-wal", ignored);
    const std::string folder = file.has_parent_path() ? file.parent_path().string() : ".";
    if (journal || access(folder.c_str(), W_OK) == 0) throw;
  }
  db = std::make_unique<SQLite::Database>(immutable_uri(file),
                                          SQLite::OPEN_READONLY | SQLite::OPEN_URI);
  harden(*db);
  return db;
}

Result<Opened> open_to_read(const std::filesystem::path& file) {
  std::error_code problem;
  if (!std::filesystem::exists(file, problem)) {
    return fail(ErrorKind::not_found, "there is no store of runs", file.string(),
                "Run `assay assess MODEL` first, or name another store");
  }
  auto out = std::make_unique<SqliteDatabase>(file, Mode::read);
  out->sqlite = connect_to_read(file);
  if (is_empty(*out->sqlite)) return not_a_store(file, "it is empty");
  ASSAY_TRY(out->version, check_tables(*out->sqlite, file));
  return out;
}

}  // namespace

Result<std::unique_ptr<Database>> open_sqlite(const std::filesystem::path& file, Mode mode) {
  try {
    switch (mode) {
      case Mode::write: return open_to_write(file);
      case Mode::join: return open_to_join(file);
      case Mode::read: break;
    }
    return open_to_read(file);
  } catch (const SQLite::Exception& problem) {
    return tl::unexpected(translate_sqlite(problem, file.string()));
  } catch (const std::exception& problem) {
    return fail(ErrorKind::internal, problem.what(), file.string());
  }
}

}  // namespace assay::store
