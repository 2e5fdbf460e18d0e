// What the ranks of one run tell each other through the store.
#include "store/store.h"
#include "store/store_impl.h"

namespace assay::store {

Status Store::take_place(const std::string& job, int rank) {
  return impl_->guarded([&] { return impl_->db().take_place(job, rank); });
}

Result<bool> Store::place_taken(const std::string& job, int rank) {
  return impl_->guarded([&] { return impl_->db().place_taken(job, rank); });
}

Status Store::withdraw(const std::string& job) {
  ASSAY_CHECK(impl_->writable());
  return impl_->guarded([&]() -> Status {
    Database& db = impl_->db();
    ASSAY_CHECK(db.take_job(job));
    if (db.shared()) {
      db.prepare("DELETE FROM parties WHERE job = ?")->bind(job).run();
    } else {
      db.prepare("DELETE FROM parties")->run();  // who writes alone knows that none is at work
    }
    return {};
  });
}

Status Store::announce(const std::string& job, const Announcement& announcement) {
  ASSAY_CHECK(impl_->writable());
  ASSAY_TRY(const RunRow row, find_run(announcement.run));
  ASSAY_CHECK(impl_->writable(row.id));
  return impl_->guarded([&]() -> Status {
    Database& db = impl_->db();
    Transaction transaction(db);
    for (const char* const sql :
         {"UPDATE shares SET ended = 0 WHERE unit IN "
          "(SELECT unit FROM tasks JOIN runs ON run = seq WHERE runs.id = ?)",
          "DELETE FROM ranks WHERE run = (SELECT seq FROM runs WHERE id = ?)"}) {
      db.prepare(sql)->bind(row.id).run();
    }
    const auto insert = db.prepare(
        "INSERT INTO parties(job, run, shares) SELECT ?, seq, ? FROM runs WHERE id = ? "
        "ON CONFLICT(job) DO UPDATE SET run = excluded.run, shares = excluded.shares");
    insert->bind(job).bind(dump_json(announcement.shares)).bind(row.id).run();
    transaction.commit();
    return db.let_others_join();
  });
}

Result<std::optional<Announcement>> Store::announcement(const std::string& job) {
  using Found = std::optional<Announcement>;
  if (impl_->db().version < 2) return Found{};
  return impl_->guarded([&]() -> Result<Found> {
    const auto query = impl_->db().prepare(
        "SELECT runs.id, shares FROM parties JOIN runs ON run = seq WHERE job = ?");
    query->bind(job);
    if (!query->step()) return Found{};
    Announcement out;
    out.run = query->text(0);
    ASSAY_TRY(out.shares, parse_json(query->text(1), name()));
    return Found(std::move(out));
  });
}

Status Store::enter_rank(const std::string& run, int rank, const std::string& process) {
  ASSAY_CHECK(impl_->writable());
  return impl_->guarded([&]() -> Status {
    const auto insert = impl_->db().prepare(
        "INSERT INTO ranks(run, rank, process) SELECT seq, ?, ? FROM runs WHERE id = ? "
        "ON CONFLICT(run, rank) DO UPDATE SET process = excluded.process, ended = 0, error = ''");
    insert->bind(rank).bind(process).bind(run).run();
    return {};
  });
}

Status Store::end_share(const std::string& run, const std::string& task, const std::string& lang,
                        int rank) {
  ASSAY_CHECK(impl_->writable());
  return impl_->guarded([&]() -> Status {
    ASSAY_TRY(const std::int64_t unit, impl_->unit_of(run, task, lang));
    const auto end = impl_->db().prepare(
        "INSERT INTO shares(unit, rank, ended) VALUES(?,?,1) "
        "ON CONFLICT(unit, rank) DO UPDATE SET ended = 1");
    end->bind(unit).bind(rank).run();
    return {};
  });
}

Status Store::end_rank(const std::string& run, int rank, const std::string& error) {
  ASSAY_CHECK(impl_->writable());
  return impl_->guarded([&]() -> Status {
    const auto end = impl_->db().prepare(
        "UPDATE ranks SET ended = 1, error = ? "
        "WHERE rank = ? AND run = (SELECT seq FROM runs WHERE id = ?)");
    end->bind(error).bind(rank).bind(run).run();
    return {};
  });
}

Result<std::vector<RankRow>> Store::ranks(const std::string& run) {
  if (impl_->db().version < 2) return std::vector<RankRow>{};
  return impl_->guarded([&]() -> Result<std::vector<RankRow>> {
    const auto query = impl_->db().prepare(
        "SELECT rank, process, ended, error FROM ranks JOIN runs ON run = seq "
        "WHERE runs.id = ? ORDER BY rank");
    query->bind(run);
    std::vector<RankRow> out;
    while (query->step()) {
      out.push_back({query->small(0), query->text(1), query->integer(2) != 0, query->text(3)});
    }
    return out;
  });
}

}  // namespace assay::store
