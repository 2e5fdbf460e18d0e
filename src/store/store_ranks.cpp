// What the ranks of one run tell each other through the store.
#include "store/store.h"
#include "store/store_impl.h"

namespace assay::store {

Status Store::take_place(const std::string& /*job*/, int rank) {
  // One job at a time writes to the file, so that its places need no name.
  ASSAY_TRY(impl_->database.place, Places::take(file(), rank));
  return {};
}

Result<bool> Store::place_taken(const std::string& /*job*/, int rank) {
  return Places::taken(file(), rank);
}

Status Store::withdraw(const std::string& /*job*/) {
  ASSAY_CHECK(impl_->writable());
  return impl_->guarded([&]() -> Status {
    impl_->db().exec("DELETE FROM parties");  // who writes alone knows that none is at work
    return {};
  });
}

Status Store::announce(const std::string& job, const Announcement& announcement) {
  ASSAY_CHECK(impl_->writable());
  ASSAY_TRY(const RunRow row, find_run(announcement.run));
  return impl_->guarded([&]() -> Status {
    SQLite::Database& db = impl_->db();
    SQLite::Transaction transaction(db);
    for (const char* const sql :
         {"UPDATE shares SET ended = 0 WHERE unit IN "
          "(SELECT unit FROM tasks JOIN runs ON run = seq WHERE runs.id = ?)",
          "DELETE FROM ranks WHERE run = (SELECT seq FROM runs WHERE id = ?)"}) {
      SQLite::Statement reset(db, sql);
      reset.bind(1, row.id);
      reset.exec();
    }
    SQLite::Statement insert(db,
                             "INSERT OR REPLACE INTO parties(job, run, shares) "
                             "SELECT ?, seq, ? FROM runs WHERE id = ?");
    insert.bind(1, job);
    insert.bind(2, dump_json(announcement.shares));
    insert.bind(3, row.id);
    insert.exec();
    transaction.commit();
    return impl_->database.lock.share(file());
  });
}

Result<std::optional<Announcement>> Store::announcement(const std::string& job) {
  using Found = std::optional<Announcement>;
  if (impl_->database.version < 2) return Found{};
  return impl_->guarded([&]() -> Result<Found> {
    SQLite::Statement query(impl_->db(),
                            "SELECT runs.id, shares FROM parties JOIN runs ON run = seq "
                            "WHERE job = ?");
    query.bind(1, job);
    if (!query.executeStep()) return Found{};
    Announcement out;
    out.run = query.getColumn(0).getString();
    ASSAY_TRY(out.shares, parse_json(query.getColumn(1).getString(), file().string()));
    return Found(std::move(out));
  });
}

Status Store::enter_rank(const std::string& run, int rank, const std::string& process) {
  ASSAY_CHECK(impl_->writable());
  return impl_->guarded([&]() -> Status {
    SQLite::Statement insert(impl_->db(),
                             "INSERT OR REPLACE INTO ranks(run, rank, process) "
                             "SELECT seq, ?, ? FROM runs WHERE id = ?");
    insert.bind(1, rank);
    insert.bind(2, process);
    insert.bind(3, run);
    insert.exec();
    return {};
  });
}

Status Store::end_share(const std::string& run, const std::string& task, const std::string& lang,
                        int rank) {
  ASSAY_CHECK(impl_->writable());
  return impl_->guarded([&]() -> Status {
    ASSAY_TRY(const std::int64_t unit, impl_->unit_of(run, task, lang));
    SQLite::Statement end(impl_->db(),
                          "INSERT INTO shares(unit, rank, ended) VALUES(?,?,1) "
                          "ON CONFLICT(unit, rank) DO UPDATE SET ended = 1");
    end.bind(1, unit);
    end.bind(2, rank);
    end.exec();
    return {};
  });
}

Status Store::end_rank(const std::string& run, int rank, const std::string& error) {
  ASSAY_CHECK(impl_->writable());
  return impl_->guarded([&]() -> Status {
    SQLite::Statement end(impl_->db(),
                          "UPDATE ranks SET ended = 1, error = ? "
                          "WHERE rank = ? AND run = (SELECT seq FROM runs WHERE id = ?)");
    end.bind(1, error);
    end.bind(2, rank);
    end.bind(3, run);
    end.exec();
    return {};
  });
}

Result<std::vector<RankRow>> Store::ranks(const std::string& run) {
  if (impl_->database.version < 2) return std::vector<RankRow>{};
  return impl_->guarded([&]() -> Result<std::vector<RankRow>> {
    SQLite::Statement query(impl_->db(),
                            "SELECT rank, process, ended, error FROM ranks JOIN runs ON run = seq "
                            "WHERE runs.id = ? ORDER BY rank");
    query.bind(1, run);
    std::vector<RankRow> out;
    while (query.executeStep()) {
      out.push_back({query.getColumn(0).getInt(), query.getColumn(1).getString(),
                     query.getColumn(2).getInt() != 0, query.getColumn(3).getString()});
    }
    return out;
  });
}

}  // namespace assay::store
