#include "store/postgres.h"

#include <cstdlib>
#include <string>
#include <utility>

#include "store/postgres_database.h"

namespace assay::store {
namespace {

// The tables of sqlite.cpp. Texts are ordered by their bytes, as there, whatever the database's
// language.
constexpr const char* kTables = R"sql(
CREATE TABLE assay.runs(
  seq bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  id text COLLATE "C" NOT NULL UNIQUE, created text COLLATE "C" NOT NULL,
  finished text COLLATE "C" NOT NULL DEFAULT '', profile text COLLATE "C" NOT NULL,
  model text COLLATE "C" NOT NULL, model_digest text COLLATE "C" NOT NULL,
  template_digest text COLLATE "C" NOT NULL, config_digest text COLLATE "C" NOT NULL,
  config text COLLATE "C" NOT NULL, header text COLLATE "C" NOT NULL);
CREATE TABLE assay.tasks(
  unit bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  run bigint NOT NULL REFERENCES assay.runs(seq), task text COLLATE "C" NOT NULL,
  lang text COLLATE "C" NOT NULL, samples bigint NOT NULL DEFAULT 0,
  ledger text COLLATE "C" NOT NULL DEFAULT '', outcome text COLLATE "C" NOT NULL DEFAULT '',
  UNIQUE(run, task, lang));
CREATE TABLE assay.samples(
  unit bigint NOT NULL REFERENCES assay.tasks(unit), sample text COLLATE "C" NOT NULL,
  epoch bigint NOT NULL, verdict bigint NOT NULL, value double precision,
  cluster text COLLATE "C" NOT NULL, grp text COLLATE "C" NOT NULL,
  answer text COLLATE "C" NOT NULL, explanation text COLLATE "C" NOT NULL,
  score_metadata text COLLATE "C" NOT NULL, sample_metadata text COLLATE "C" NOT NULL,
  record bigint NOT NULL, bytes bigint NOT NULL, PRIMARY KEY(unit, sample, epoch));
CREATE TABLE assay.records(
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, record text COLLATE "C" NOT NULL);
CREATE TABLE assay.parties(
  job text COLLATE "C" PRIMARY KEY, run bigint NOT NULL REFERENCES assay.runs(seq),
  shares text COLLATE "C" NOT NULL);
CREATE TABLE assay.ranks(
  run bigint NOT NULL REFERENCES assay.runs(seq), rank bigint NOT NULL,
  process text COLLATE "C" NOT NULL, ended bigint NOT NULL DEFAULT 0,
  error text COLLATE "C" NOT NULL DEFAULT '', PRIMARY KEY(run, rank));
CREATE TABLE assay.shares(
  unit bigint NOT NULL REFERENCES assay.tasks(unit), rank bigint NOT NULL,
  ledger text COLLATE "C" NOT NULL DEFAULT '', ended bigint NOT NULL DEFAULT 0,
  PRIMARY KEY(unit, rank));
CREATE TABLE assay.format(version bigint NOT NULL);
)sql";

// Asked of the catalogue's tables: functions like to_regclass() may answer from before another
// process made what is asked for.
constexpr const char* kSchema = "FROM pg_namespace WHERE nspname = 'assay'";
constexpr const char* kFormat =
    "FROM pg_tables WHERE schemaname = 'assay' AND tablename = 'format'";

bool is_there(PostgresSession& session, const std::string& from) {
  return PQntuples(session.run("SELECT 1 " + from).get()) > 0;
}

std::string text_of(PostgresSession& session, const std::string& sql) {
  const PostgresResult result = session.run(sql);
  return PQntuples(result.get()) > 0 ? PQgetvalue(result.get(), 0, 0) : "";
}

/// What the server, its configuration or another program may have set otherwise.
void settle(PostgresSession& session, Mode mode) {
  std::string settings =
      "SET search_path = assay, pg_temp; SET extra_float_digits = 3; SET lock_timeout = '60s'; "
      "SET idle_in_transaction_session_timeout = 0; SET standard_conforming_strings = on;";
  constexpr int idle_sessions_may_end = 140000;
  if (session.version_number() >= idle_sessions_may_end) {
    settings += "SET idle_session_timeout = 0;";  // a model may answer for hours
  }
  if (mode == Mode::read) settings += "SET default_transaction_read_only = on;";
  session.script(settings);
}

Status check_encoding(PostgresSession& session, const std::string& name) {
  const std::string encoding = text_of(session, "SHOW server_encoding");
  if (encoding == "UTF8") return {};
  return fail(ErrorKind::unsupported, "the database keeps texts as " + encoding + ", not as UTF8",
              name, "Make one with `createdb -E UTF8 -T template0 NAME`");
}

/// Within a transaction: makes the tables unless another process has done it meanwhile.
void make_tables(PostgresDatabase& database) {
  PostgresSession& session = database.session();
  database.prepare("SELECT pg_advisory_xact_lock(?)")->bind(lock_number("tables")).step();
  if (is_there(session, kFormat)) return;
  if (!is_there(session, kSchema)) session.script("CREATE SCHEMA assay");
  session.script(kTables);
  const auto version = database.prepare("INSERT INTO assay.format(version) VALUES(?)");
  version->bind(kSchemaVersion).run();
}

Status check_tables(PostgresDatabase& database) {
  PostgresSession& session = database.session();
  const std::string version = text_of(session, "SELECT max(version) FROM assay.format");
  database.version = std::atoi(version.c_str());
  if (database.version > kSchemaVersion) {
    return fail(ErrorKind::format,
                "the store was written by a newer assay (format " + version +
                    "; this one reads up to " + std::to_string(kSchemaVersion) + ")",
                database.name, "Update assay, or name another store");
  }
  const std::string missing = text_of(
      session,
      "SELECT name FROM unnest(ARRAY['runs', 'tasks', 'samples', 'records', 'parties', 'ranks', "
      "'shares']) AS name WHERE name NOT IN "
      "(SELECT tablename FROM pg_tables WHERE schemaname = 'assay') LIMIT 1");
  if (missing.empty() && database.version == kSchemaVersion) return {};
  return fail(
      ErrorKind::format,
      "the store is damaged: " + (missing.empty() ? "it has no version" : "no table " + missing),
      database.name, "Restore the database from a copy, or name another one");
}

Status prepare_tables(PostgresDatabase& database) {
  if (!is_there(database.session(), kFormat)) {
    if (database.mode != Mode::write) {
      return fail(ErrorKind::not_found, "there is no store of runs", database.name,
                  "Run `assay assess MODEL --store ADDRESS` first, or name another store");
    }
    ASSAY_CHECK(check_encoding(database.session(), database.name));
    Transaction transaction(database);
    make_tables(database);
    transaction.commit();
  }
  return check_tables(database);
}

Result<std::unique_ptr<PostgresDatabase>> connect(const std::string& url, Mode mode) {
  ASSAY_TRY(const PostgresAddress address, read_address(url));
  ASSAY_TRY(PostgresSession session, PostgresSession::connect(address));
  return std::make_unique<PostgresDatabase>(std::move(session), address.name, mode);
}

template <class Work>
Status guarded(PostgresDatabase& database, Work work) {
  try {
    return work();
  } catch (const std::exception& problem) {
    return tl::unexpected(database.translate(problem));
  }
}

}  // namespace

Result<std::unique_ptr<Database>> open_postgres(const std::string& address, Mode mode) {
  ASSAY_TRY(auto database, connect(address, mode));
  ASSAY_CHECK(guarded(*database, [&] {
    settle(database->session(), mode);
    return prepare_tables(*database);
  }));
  return database;
}

Result<std::string> try_server(const std::string& address) {
  ASSAY_TRY(const auto database, connect(address, Mode::write));
  const Status tried = guarded(*database, [&]() -> Status {
    settle(database->session(), Mode::write);
    ASSAY_CHECK(check_encoding(database->session(), database->name));
    const Transaction undone(*database);
    make_tables(*database);
    ASSAY_CHECK(check_tables(*database));
    database->prepare("INSERT INTO records(record) VALUES(?)")->bind("{}").run();
    return {};
  });
  if (!tried) return tl::unexpected(tried.error());
  return database->session().version() + " at " + database->name;
}

}  // namespace assay::store
