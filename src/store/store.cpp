#include "store/store.h"

#include <algorithm>
#include <random>
#include <unistd.h>
#include <utility>

#include "base/digest.h"
#include "base/paths.h"
#include "store/postgres.h"
#include "store/sqlite.h"
#include "store/store_impl.h"

namespace assay::store {
namespace {

/// Ten hex digits that no other run has: of the config, the time, the process and 64 random bits.
std::string new_id(const NewRun& run) {
  std::random_device device;
  const std::uint64_t noise = (std::uint64_t{device()} << 32U) | device();
  return sha256_hex(run.created + run.config_digest + std::to_string(getpid()) +
                    std::to_string(noise))
      .substr(0, 10);
}

constexpr const char* kInsertSample =
    "INSERT INTO samples(unit, sample, epoch, verdict, value, cluster, grp, answer, explanation, "
    "score_metadata, sample_metadata, record, bytes) VALUES(?,?,?,?,?,?,?,?,?,?,?,?,?) "
    "ON CONFLICT DO NOTHING";

/// False if it was stored before.
bool insert_sample(Query& insert, std::int64_t unit, const NewSample& sample, std::int64_t record) {
  const ScoredRow& row = sample.scored;
  insert.reset();
  insert.bind(unit)
      .bind(row.sample)
      .bind(row.epoch)
      .bind(row.verdict)
      .bind(row.value)
      .bind(row.cluster)
      .bind(row.group)
      .bind(row.answer)
      .bind(row.explanation)
      .bind(row.score_metadata)
      .bind(row.sample_metadata)
      .bind(record)
      .bind(static_cast<std::int64_t>(sample.record.size()));
  return insert.run() == 1;
}

std::int64_t insert_record(Query& insert, const std::string& record) {
  insert.reset();
  insert.bind(record);
  insert.step();
  const std::int64_t id = insert.integer(0);
  insert.reset();
  return id;
}

/// Adds to a task's samples, and replaces its cost unless that is null.
void count_samples(Database& db, std::int64_t unit, std::size_t more, const Json& ledger) {
  const auto count = db.prepare(
      "UPDATE tasks SET samples = samples + ?, "
      "ledger = CASE WHEN ? = '' THEN ledger ELSE ? END WHERE unit = ?");
  const std::string cost = ledger.is_null() ? "" : dump_json(ledger);
  count->bind(static_cast<std::int64_t>(more)).bind(cost).bind(cost).bind(unit).run();
}

void put_share(Database& db, std::int64_t unit, int rank, const Json& ledger) {
  if (ledger.is_null()) return;
  const auto put = db.prepare(
      "INSERT INTO shares(unit, rank, ledger) VALUES(?,?,?) "
      "ON CONFLICT(unit, rank) DO UPDATE SET ledger = excluded.ledger");
  put->bind(unit).bind(rank).bind(dump_json(ledger)).run();
}

/// "sqlite" of "sqlite:///runs.db"; "" of a path.
std::string_view scheme_of(std::string_view place) {
  const std::size_t end = place.find("://");
  if (end == std::string_view::npos || end == 0) return "";
  const auto of_scheme = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '+';
  };
  const std::string_view scheme = place.substr(0, end);
  return std::all_of(scheme.begin(), scheme.end(), of_scheme) ? scheme : "";
}

Result<std::unique_ptr<Database>> open_database(const std::string& place, Mode mode) {
  if (is_server(place)) return open_postgres(place, mode);
  const std::string_view scheme = scheme_of(place);
  if (scheme.empty()) return open_sqlite(place, mode);
  return fail(ErrorKind::usage, "a store is a file or on a PostgreSQL server",
              std::string(scheme) + "://…",
              "Give a path, or an address like postgresql://user@host/database");
}

}  // namespace

std::filesystem::path default_path() { return user_data_dir() / "runs.db"; }

bool is_server(std::string_view place) {
  return place.starts_with("postgresql://") || place.starts_with("postgres://");
}

Store::Store(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Store::Store(Store&& other) noexcept = default;
Store& Store::operator=(Store&& other) noexcept = default;
Store::~Store() = default;

Result<Store> Store::open(const std::string& place, Mode mode) {
  auto impl = std::make_unique<Impl>();
  ASSAY_TRY(impl->database, open_database(place, mode));
  return Store(std::move(impl));
}

const std::string& Store::name() const { return impl_->name(); }

Status Store::Impl::writable() const {
  if (database->mode != Mode::read) return {};
  return fail(ErrorKind::usage, "the store was opened for reading", name(),
              "Open it with Mode::write");
}

Status Store::Impl::writable(const std::string& run) {
  ASSAY_CHECK(writable());
  return database->mode == Mode::write ? database->take_run(run) : Status{};
}

Result<std::int64_t> Store::Impl::unit_of(const std::string& run, const std::string& task,
                                          const std::string& lang) {
  if (last_unit != 0 && run == last_run && task == last_task && lang == last_lang) {
    return last_unit;
  }
  const auto find = db().prepare(
      "SELECT unit FROM tasks JOIN runs ON run = seq "
      "WHERE runs.id = ? AND task = ? AND lang = ?");
  find->bind(run).bind(task).bind(lang);
  if (!find->step()) {
    return fail(ErrorKind::not_found, "run " + run + " has no task " + task + " in " + lang, name(),
                "`assay show " + run + "` lists its tasks");
  }
  last_unit = find->integer(0);
  last_run = run;
  last_task = task;
  last_lang = lang;
  return last_unit;
}

Result<std::string> Store::create_run(const NewRun& run) {
  std::string id = new_id(run);
  ASSAY_CHECK(impl_->writable(id));
  return impl_->guarded([&]() -> Result<std::string> {
    const auto insert = impl_->db().prepare(
        "INSERT INTO runs(id, created, profile, model, model_digest, template_digest, "
        "config_digest, config, header) VALUES(?,?,?,?,?,?,?,?,?)");
    insert->bind(id)
        .bind(run.created)
        .bind(run.profile)
        .bind(run.model)
        .bind(run.model_digest)
        .bind(run.template_digest)
        .bind(run.config_digest)
        .bind(dump_json(run.config))
        .bind(dump_json(run.header))
        .run();
    return id;
  });
}

Result<RunRow> Store::resume_run(std::string_view name) {
  ASSAY_TRY(RunRow row, find_run(name));
  if (!row.finished.empty()) return row;
  ASSAY_CHECK(impl_->writable(row.id));
  return find_run(row.id);  // as it is now that nobody else changes it
}

Status Store::begin_task(const std::string& run, const std::string& task, const std::string& lang) {
  ASSAY_CHECK(impl_->writable());
  ASSAY_TRY(const RunRow row, find_run(run));
  ASSAY_CHECK(impl_->writable(row.id));
  return impl_->guarded([&]() -> Status {
    const auto insert = impl_->db().prepare(
        "INSERT INTO tasks(run, task, lang) SELECT seq, ?, ? FROM runs WHERE id = ? "
        "ON CONFLICT DO NOTHING");
    insert->bind(task).bind(lang).bind(row.id).run();
    return {};
  });
}

Status Store::append(const std::string& run, const std::string& task, const std::string& lang,
                     std::span<const NewSample> samples, const Json& ledger, int rank) {
  ASSAY_CHECK(impl_->writable(run));
  return impl_->guarded([&]() -> Status {
    ASSAY_TRY(const std::int64_t unit, impl_->unit_of(run, task, lang));
    Database& db = impl_->db();
    Transaction transaction(db);
    const auto record = db.prepare("INSERT INTO records(record) VALUES(?) RETURNING id");
    const auto insert = db.prepare(kInsertSample);
    for (const NewSample& sample : samples) {
      if (insert_sample(*insert, unit, sample, insert_record(*record, sample.record))) continue;
      return fail(ErrorKind::internal, "a sample was finished twice",
                  task + "/" + lang + "/" + sample.scored.sample);
    }
    count_samples(db, unit, samples.size(), rank == 0 ? ledger : Json(nullptr));
    if (rank > 0) put_share(db, unit, rank, ledger);
    transaction.commit();
    return {};
  });
}

Status Store::put_outcome(const std::string& run, const std::string& task, const std::string& lang,
                          const Json& outcome) {
  ASSAY_CHECK(impl_->writable(run));
  return impl_->guarded([&]() -> Status {
    ASSAY_TRY(const std::int64_t unit, impl_->unit_of(run, task, lang));
    const auto update = impl_->db().prepare("UPDATE tasks SET outcome = ? WHERE unit = ?");
    update->bind(dump_json(outcome)).bind(unit).run();
    return {};
  });
}

Status Store::finish_run(const std::string& run, const std::string& finished) {
  ASSAY_CHECK(impl_->writable());
  ASSAY_TRY(const RunRow row, find_run(run));
  ASSAY_CHECK(impl_->writable(row.id));
  return impl_->guarded([&]() -> Status {
    const auto update = impl_->db().prepare("UPDATE runs SET finished = ? WHERE id = ?");
    update->bind(finished).bind(row.id).run();
    impl_->db().leave_run(row.id);
    return {};
  });
}

}  // namespace assay::store
