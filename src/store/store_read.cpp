// The reading half of Store.
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

Result<RunRow> read_run(const Query& row, const std::string& file) {
  RunRow out;
  out.id = row.text(0);
  out.finished = row.text(1);
  out.begun.created = row.text(2);
  out.begun.profile = row.text(3);
  out.begun.model = row.text(4);
  out.begun.model_digest = row.text(5);
  out.begun.template_digest = row.text(6);
  out.begun.config_digest = row.text(7);
  ASSAY_TRY(out.begun.config, parse_json(row.text(8), file));
  ASSAY_TRY(out.begun.header, parse_json(row.text(9), file));
  out.samples = row.integer(10);
  return out;
}

ScoredRow read_scored(const Query& row, int first = 0) {
  ScoredRow out;
  out.sample = row.text(first);
  out.epoch = row.small(first + 1);
  out.verdict = row.small(first + 2);
  out.value = row.number(first + 3);
  out.cluster = row.text(first + 4);
  out.group = row.text(first + 5);
  out.answer = row.text(first + 6);
  out.explanation = row.text(first + 7);
  out.score_metadata = row.text(first + 8);
  out.sample_metadata = row.text(first + 9);
  out.record_bytes = row.integer(first + 10);
  return out;
}

Result<Json> json_or_null(const Query& row, int column, const std::string& file) {
  const std::string text = row.text(column);
  if (text.empty()) return Json(nullptr);
  return parse_json(text, file);
}

std::string record_query(const RecordFilter& filter) {
  std::string sql = std::string("SELECT task, lang, ") + kScoredColumns +
                    ", records.record FROM runs JOIN tasks ON tasks.run = seq "
                    "JOIN samples USING(unit) JOIN records ON records.id = samples.record "
                    "WHERE runs.id = ?";
  if (filter.task) sql += " AND task = ?";
  if (filter.lang) sql += " AND lang = ?";
  if (filter.sample) sql += " AND sample = ?";
  if (filter.epoch) sql += " AND epoch = ?";
  if (filter.verdict) sql += " AND verdict = ?";
  sql += " ORDER BY unit, sample, epoch";
  if (filter.limit) sql += " LIMIT ?";
  return sql;
}

void bind_filter(Query& query, const std::string& run, const RecordFilter& filter) {
  query.bind(run);
  if (filter.task) query.bind(*filter.task);
  if (filter.lang) query.bind(*filter.lang);
  if (filter.sample) query.bind(*filter.sample);
  if (filter.epoch) query.bind(*filter.epoch);
  if (filter.verdict) query.bind(*filter.verdict);
  if (filter.limit) query.bind(*filter.limit);
}

}  // namespace

Result<std::vector<RunRow>> Store::list_runs() {
  return impl_->guarded([&]() -> Result<std::vector<RunRow>> {
    std::vector<RunRow> out;
    const auto query = impl_->db().prepare(std::string(kRunColumns) + "ORDER BY seq DESC");
    while (query->step()) {
      ASSAY_TRY(RunRow row, read_run(*query, name()));
      out.push_back(std::move(row));
    }
    return out;
  });
}

Result<RunRow> Store::find_run(std::string_view name) {
  const std::string wanted(name);
  return impl_->guarded([&]() -> Result<RunRow> {
    const bool latest = wanted == "latest";
    const auto query = impl_->db().prepare(
        std::string(kRunColumns) +
        (latest ? "ORDER BY seq DESC LIMIT 1"
                : "WHERE substr(id, 1, length(?)) = ? AND ? <> '' ORDER BY seq LIMIT 3"));
    if (!latest) query->bind(wanted).bind(wanted).bind(wanted);
    std::vector<RunRow> found;
    while (query->step()) {
      ASSAY_TRY(RunRow row, read_run(*query, impl_->name()));
      found.push_back(std::move(row));
    }
    if (found.size() == 1) return std::move(found.front());
    if (found.empty()) {
      return fail(ErrorKind::not_found,
                  latest ? "the store has no runs" : "no run '" + wanted + "'", impl_->name(),
                  latest ? "Run `assay assess MODEL` first" : "`assay runs` lists them");
    }
    return fail(ErrorKind::usage, "several runs begin with '" + wanted + "'", impl_->name(),
                "Give more of the id, e.g. " + found[0].id + " or " + found[1].id);
  });
}

Result<std::vector<TaskRow>> Store::tasks(const std::string& run) {
  return impl_->guarded([&]() -> Result<std::vector<TaskRow>> {
    std::vector<TaskRow> out;
    std::map<std::int64_t, std::size_t> unfinished;
    const auto query = impl_->db().prepare(
        "SELECT task, lang, samples, ledger, outcome, unit FROM tasks "
        "JOIN runs ON run = seq WHERE runs.id = ? ORDER BY unit");
    query->bind(run);
    while (query->step()) {
      TaskRow row;
      row.task = query->text(0);
      row.lang = query->text(1);
      row.samples = query->integer(2);
      ASSAY_TRY(row.ledger, json_or_null(*query, 3, name()));
      ASSAY_TRY(row.outcome, json_or_null(*query, 4, name()));
      if (row.outcome.is_null()) unfinished[query->integer(5)] = out.size();
      out.push_back(std::move(row));
    }
    if (unfinished.empty() || impl_->db().version < 2) return out;
    const auto shares = impl_->db().prepare(
        "SELECT unit, rank, shares.ledger, ended FROM shares JOIN tasks USING(unit) "
        "JOIN runs ON run = seq WHERE runs.id = ? ORDER BY unit, rank");
    shares->bind(run);
    while (shares->step()) {
      const auto task = unfinished.find(shares->integer(0));
      if (task == unfinished.end()) continue;
      ShareRow share;
      share.rank = shares->small(1);
      ASSAY_TRY(share.ledger, json_or_null(*shares, 2, name()));
      share.ended = shares->small(3) != 0;
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
    const auto query =
        impl_->db().prepare_long(std::string("SELECT ") + kScoredColumns +
                                 " FROM samples WHERE unit = ? ORDER BY sample, epoch");
    query->bind(unit);
    while (query->step()) use(read_scored(*query));
    return {};
  });
}

Status Store::for_each_record(const std::string& run, const RecordFilter& filter,
                              const std::function<bool(SampleRecord&&)>& use) {
  return impl_->guarded([&]() -> Status {
    const auto query = impl_->db().prepare_long(record_query(filter));
    bind_filter(*query, run, filter);
    while (query->step()) {
      SampleRecord out;
      out.task = query->text(0);
      out.lang = query->text(1);
      out.scored = read_scored(*query, 2);
      ASSAY_TRY(out.record, parse_json(query->text(13), name()));
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
