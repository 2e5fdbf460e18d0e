#include "store/store.h"

#include <cmath>
#include <random>
#include <unistd.h>
#include <utility>

#include "base/digest.h"
#include "base/paths.h"
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

void bind_number(SQLite::Statement& statement, int index, double value) {
  if (std::isfinite(value)) {
    statement.bind(index, value);
  } else {
    statement.bind(index);  // NULL
  }
}

constexpr const char* kInsertSample =
    "INSERT INTO samples(unit, sample, epoch, verdict, value, cluster, grp, answer, explanation, "
    "score_metadata, sample_metadata, record, bytes) VALUES(?,?,?,?,?,?,?,?,?,?,?,?,?)";

void insert_sample(SQLite::Statement& insert, std::int64_t unit, const NewSample& sample,
                   std::int64_t record) {
  const ScoredRow& row = sample.scored;
  insert.reset();
  insert.bind(1, unit);
  insert.bindNoCopy(2, row.sample);
  insert.bind(3, row.epoch);
  insert.bind(4, row.verdict);
  bind_number(insert, 5, row.value);
  insert.bindNoCopy(6, row.cluster);
  insert.bindNoCopy(7, row.group);
  insert.bindNoCopy(8, row.answer);
  insert.bindNoCopy(9, row.explanation);
  insert.bindNoCopy(10, row.score_metadata);
  insert.bindNoCopy(11, row.sample_metadata);
  insert.bind(12, record);
  insert.bind(13, static_cast<std::int64_t>(sample.record.size()));
  insert.exec();
}

/// Adds to a task's samples, and replaces its cost unless that is null.
void count_samples(SQLite::Database& db, std::int64_t unit, std::size_t more, const Json& ledger) {
  SQLite::Statement count(db,
                          "UPDATE tasks SET samples = samples + ?, "
                          "ledger = iif(? = '', ledger, ?) WHERE unit = ?");
  const std::string cost = ledger.is_null() ? "" : dump_json(ledger);
  count.bind(1, static_cast<std::int64_t>(more));
  count.bind(2, cost);
  count.bind(3, cost);
  count.bind(4, unit);
  count.exec();
}

void put_share(SQLite::Database& db, std::int64_t unit, int rank, const Json& ledger) {
  if (ledger.is_null()) return;
  SQLite::Statement put(db,
                        "INSERT INTO shares(unit, rank, ledger) VALUES(?,?,?) "
                        "ON CONFLICT(unit, rank) DO UPDATE SET ledger = excluded.ledger");
  put.bind(1, unit);
  put.bind(2, rank);
  put.bind(3, dump_json(ledger));
  put.exec();
}

}  // namespace

std::filesystem::path default_path() { return user_data_dir() / "runs.db"; }

Store::Store(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Store::Store(Store&& other) noexcept = default;
Store& Store::operator=(Store&& other) noexcept = default;
Store::~Store() = default;

Result<Store> Store::open(const std::filesystem::path& file, Mode mode) {
  ASSAY_TRY(Database database, open_database(file, mode));
  auto impl = std::make_unique<Impl>();
  impl->database = std::move(database);
  return Store(std::move(impl));
}

const std::filesystem::path& Store::file() const { return impl_->database.file; }

Status Store::Impl::writable() const {
  if (database.mode != Mode::read) return {};
  return fail(ErrorKind::usage, "the store was opened for reading", database.file.string(),
              "Open it with Mode::write");
}

Result<std::int64_t> Store::Impl::unit_of(const std::string& run, const std::string& task,
                                          const std::string& lang) {
  if (last_unit != 0 && run == last_run && task == last_task && lang == last_lang) {
    return last_unit;
  }
  SQLite::Statement find(db(),
                         "SELECT unit FROM tasks JOIN runs ON run = seq "
                         "WHERE runs.id = ? AND task = ? AND lang = ?");
  find.bind(1, run);
  find.bind(2, task);
  find.bind(3, lang);
  if (!find.executeStep()) {
    return fail(ErrorKind::not_found, "run " + run + " has no task " + task + " in " + lang,
                database.file.string(), "`assay show " + run + "` lists its tasks");
  }
  last_unit = find.getColumn(0).getInt64();
  last_run = run;
  last_task = task;
  last_lang = lang;
  return last_unit;
}

Result<std::string> Store::create_run(const NewRun& run) {
  ASSAY_CHECK(impl_->writable());
  return impl_->guarded([&]() -> Result<std::string> {
    SQLite::Statement insert(impl_->db(),
                             "INSERT INTO runs(id, created, profile, model, model_digest, "
                             "template_digest, config_digest, config, header) "
                             "VALUES(?,?,?,?,?,?,?,?,?)");
    std::string id = new_id(run);
    int column = 0;
    for (const std::string& value :
         {id, run.created, run.profile, run.model, run.model_digest, run.template_digest,
          run.config_digest, dump_json(run.config), dump_json(run.header)}) {
      insert.bind(++column, value);
    }
    insert.exec();
    return id;
  });
}

Status Store::begin_task(const std::string& run, const std::string& task, const std::string& lang) {
  ASSAY_CHECK(impl_->writable());
  ASSAY_TRY(const RunRow row, find_run(run));
  return impl_->guarded([&]() -> Status {
    SQLite::Statement insert(impl_->db(),
                             "INSERT OR IGNORE INTO tasks(run, task, lang) "
                             "SELECT seq, ?, ? FROM runs WHERE id = ?");
    insert.bind(1, task);
    insert.bind(2, lang);
    insert.bind(3, row.id);
    insert.exec();
    return {};
  });
}

Status Store::append(const std::string& run, const std::string& task, const std::string& lang,
                     std::span<const NewSample> samples, const Json& ledger, int rank) {
  ASSAY_CHECK(impl_->writable());
  return impl_->guarded([&]() -> Status {
    ASSAY_TRY(const std::int64_t unit, impl_->unit_of(run, task, lang));
    SQLite::Database& db = impl_->db();
    // At once for writing: another rank may write between a read and a write of ours.
    SQLite::Transaction transaction(db, SQLite::TransactionBehavior::IMMEDIATE);
    SQLite::Statement known(db, "SELECT 1 FROM samples WHERE unit=? AND sample=? AND epoch=?");
    SQLite::Statement record(db, "INSERT INTO records(record) VALUES(?)");
    SQLite::Statement insert(db, kInsertSample);
    for (const NewSample& sample : samples) {
      known.reset();
      known.bind(1, unit);
      known.bindNoCopy(2, sample.scored.sample);
      known.bind(3, sample.scored.epoch);
      if (known.executeStep()) {
        return fail(ErrorKind::internal, "a sample was finished twice",
                    task + "/" + lang + "/" + sample.scored.sample);
      }
      record.reset();
      record.bindNoCopy(1, sample.record);
      record.exec();
      insert_sample(insert, unit, sample, db.getLastInsertRowid());
    }
    count_samples(db, unit, samples.size(), rank == 0 ? ledger : Json(nullptr));
    if (rank > 0) put_share(db, unit, rank, ledger);
    transaction.commit();
    return {};
  });
}

Status Store::put_outcome(const std::string& run, const std::string& task, const std::string& lang,
                          const Json& outcome) {
  ASSAY_CHECK(impl_->writable());
  return impl_->guarded([&]() -> Status {
    ASSAY_TRY(const std::int64_t unit, impl_->unit_of(run, task, lang));
    SQLite::Statement update(impl_->db(), "UPDATE tasks SET outcome = ? WHERE unit = ?");
    update.bind(1, dump_json(outcome));
    update.bind(2, unit);
    update.exec();
    return {};
  });
}

Status Store::finish_run(const std::string& run, const std::string& finished) {
  ASSAY_CHECK(impl_->writable());
  ASSAY_TRY(const RunRow row, find_run(run));
  return impl_->guarded([&]() -> Status {
    SQLite::Statement update(impl_->db(), "UPDATE runs SET finished = ? WHERE id = ?");
    update.bind(1, finished);
    update.bind(2, row.id);
    update.exec();
    return {};
  });
}

}  // namespace assay::store
