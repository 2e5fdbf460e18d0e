// The reading half of Store.
#include <limits>
#include <map>
#include <utility>

#include "store/store.h"
#include "store/store_impl.h"

namespace assay::store {
namespace {

constexpr const char* kRunColumns =
    "SELECT id, finished, created, profile, model, model_digest, template_digest, config_digest, "
    "config, header, (SELECT coalesce(sum(samples), 0) FROM tasks WHERE run = seq) FROM runs ";
constexpr const char* kScoredColumns =
    "sample, epoch, verdict, value, cluster, grp, answer, explanation, score_metadata, "
    "sample_metadata, bytes";

Result<RunRow> read_run(SQLite::Statement& row, const std::string& file) {
  RunRow out;
  out.id = row.getColumn(0).getString();
  out.finished = row.getColumn(1).getString();
  out.begun.created = row.getColumn(2).getString();
  out.begun.profile = row.getColumn(3).getString();
  out.begun.model = row.getColumn(4).getString();
  out.begun.model_digest = row.getColumn(5).getString();
  out.begun.template_digest = row.getColumn(6).getString();
  out.begun.config_digest = row.getColumn(7).getString();
  ASSAY_TRY(out.begun.config, parse_json(row.getColumn(8).getString(), file));
  ASSAY_TRY(out.begun.header, parse_json(row.getColumn(9).getString(), file));
  out.samples = row.getColumn(10).getInt64();
  return out;
}

ScoredRow read_scored(SQLite::Statement& row, int first = 0) {
  ScoredRow out;
  out.sample = row.getColumn(first).getString();
  out.epoch = row.getColumn(first + 1).getInt();
  out.verdict = row.getColumn(first + 2).getInt();
  const SQLite::Column value = row.getColumn(first + 3);
  out.value = value.isNull() ? std::numeric_limits<double>::quiet_NaN() : value.getDouble();
  out.cluster = row.getColumn(first + 4).getString();
  out.group = row.getColumn(first + 5).getString();
  out.answer = row.getColumn(first + 6).getString();
  out.explanation = row.getColumn(first + 7).getString();
  out.score_metadata = row.getColumn(first + 8).getString();
  out.sample_metadata = row.getColumn(first + 9).getString();
  out.record_bytes = row.getColumn(first + 10).getInt64();
  return out;
}

Result<Json> json_or_null(SQLite::Statement& row, int column, const std::string& file) {
  const std::string text = row.getColumn(column).getString();
  if (text.empty()) return Json(nullptr);
  return parse_json(text, file);
}

std::string record_query(const RecordFilter& filter) {
  std::string sql = std::string("SELECT task, lang, ") + kScoredColumns +
                    ", records.record FROM runs JOIN tasks ON tasks.run = seq "
                    "JOIN samples USING(unit) JOIN records ON records.id = samples.record "
                    "WHERE runs.id = :run";
  if (filter.task) sql += " AND task = :task";
  if (filter.lang) sql += " AND lang = :lang";
  if (filter.sample) sql += " AND sample = :sample";
  if (filter.epoch) sql += " AND epoch = :epoch";
  if (filter.verdict) sql += " AND verdict = :verdict";
  sql += " ORDER BY unit, sample, epoch";
  if (filter.limit) sql += " LIMIT :limit";
  return sql;
}

void bind_filter(SQLite::Statement& query, const std::string& run, const RecordFilter& filter) {
  query.bind(":run", run);
  if (filter.task) query.bind(":task", *filter.task);
  if (filter.lang) query.bind(":lang", *filter.lang);
  if (filter.sample) query.bind(":sample", *filter.sample);
  if (filter.epoch) query.bind(":epoch", *filter.epoch);
  if (filter.verdict) query.bind(":verdict", *filter.verdict);
  if (filter.limit) query.bind(":limit", *filter.limit);
}

}  // namespace

Result<std::vector<RunRow>> Store::list_runs() {
  return impl_->guarded([&]() -> Result<std::vector<RunRow>> {
    std::vector<RunRow> out;
    SQLite::Statement query(impl_->db(), std::string(kRunColumns) + "ORDER BY seq DESC");
    while (query.executeStep()) {
      ASSAY_TRY(RunRow row, read_run(query, file().string()));
      out.push_back(std::move(row));
    }
    return out;
  });
}

Result<RunRow> Store::find_run(std::string_view name) {
  const std::string wanted(name);
  return impl_->guarded([&]() -> Result<RunRow> {
    const bool latest = wanted == "latest";
    SQLite::Statement query(
        impl_->db(),
        std::string(kRunColumns) +
            (latest ? "ORDER BY seq DESC LIMIT 1"
                    : "WHERE substr(id, 1, length(?1)) = ?1 AND ?1 <> '' ORDER BY seq LIMIT 3"));
    if (!latest) query.bind(1, wanted);
    std::vector<RunRow> found;
    while (query.executeStep()) {
      ASSAY_TRY(RunRow row, read_run(query, file().string()));
      found.push_back(std::move(row));
    }
    if (found.size() == 1) return std::move(found.front());
    if (found.empty()) {
      return fail(ErrorKind::not_found,
                  latest ? "the store has no runs" : "no run '" + wanted + "'", file().string(),
                  latest ? "Run `assay assess MODEL` first" : "`assay runs` lists them");
    }
    return fail(ErrorKind::usage, "several runs begin with '" + wanted + "'", file().string(),
                "Give more of the id, e.g. " + found[0].id + " or " + found[1].id);
  });
}

Result<std::vector<TaskRow>> Store::tasks(const std::string& run) {
  return impl_->guarded([&]() -> Result<std::vector<TaskRow>> {
    std::vector<TaskRow> out;
    std::map<std::int64_t, std::size_t> unfinished;
    SQLite::Statement query(impl_->db(),
                            "SELECT task, lang, samples, ledger, outcome, unit FROM tasks "
                            "JOIN runs ON run = seq WHERE runs.id = ? ORDER BY unit");
    query.bind(1, run);
    while (query.executeStep()) {
      TaskRow row;
      row.task = query.getColumn(0).getString();
      row.lang = query.getColumn(1).getString();
      row.samples = query.getColumn(2).getInt64();
      ASSAY_TRY(row.ledger, json_or_null(query, 3, file().string()));
      ASSAY_TRY(row.outcome, json_or_null(query, 4, file().string()));
      if (row.outcome.is_null()) unfinished[query.getColumn(5).getInt64()] = out.size();
      out.push_back(std::move(row));
    }
    if (unfinished.empty() || impl_->database.version < 2) return out;
    SQLite::Statement shares(
        impl_->db(),
        "SELECT unit, rank, shares.ledger, ended FROM shares JOIN tasks USING(unit) "
        "JOIN runs ON run = seq WHERE runs.id = ? ORDER BY unit, rank");
    shares.bind(1, run);
    while (shares.executeStep()) {
      const auto task = unfinished.find(shares.getColumn(0).getInt64());
      if (task == unfinished.end()) continue;
      ShareRow share;
      share.rank = shares.getColumn(1).getInt();
      ASSAY_TRY(share.ledger, json_or_null(shares, 2, file().string()));
      share.ended = shares.getColumn(3).getInt() != 0;
      out[task->second].shares.push_back(std::move(share));
    }
    return out;
  });
}

Status Store::for_each_scored(const std::string& run, const std::string& task,
                              const std::string& lang,
                              const std::function<void(ScoredRow&&)>& use) {
  return impl_->guarded([&]() -> Status {
    ASSAY_TRY(const std::int64_t unit, impl_->unit_of(run, task, lang));
    SQLite::Statement query(impl_->db(), std::string("SELECT ") + kScoredColumns +
                                             " FROM samples WHERE unit = ? ORDER BY sample, epoch");
    query.bind(1, unit);
    while (query.executeStep()) use(read_scored(query));
    return {};
  });
}

Status Store::for_each_record(const std::string& run, const RecordFilter& filter,
                              const std::function<bool(SampleRecord&&)>& use) {
  return impl_->guarded([&]() -> Status {
    SQLite::Statement query(impl_->db(), record_query(filter));
    bind_filter(query, run, filter);
    while (query.executeStep()) {
      SampleRecord out;
      out.task = query.getColumn(0).getString();
      out.lang = query.getColumn(1).getString();
      out.scored = read_scored(query, 2);
      ASSAY_TRY(out.record, parse_json(query.getColumn(13).getString(), file().string()));
      if (!use(std::move(out))) break;
    }
    return {};
  });
}

Result<std::vector<SampleRecord>> Store::records(const std::string& run,
                                                 const RecordFilter& filter) {
  std::vector<SampleRecord> out;
  ASSAY_CHECK(for_each_record(run, filter, [&](SampleRecord&& record) {
    out.push_back(std::move(record));
    return true;
  }));
  return out;
}

}  // namespace assay::store
