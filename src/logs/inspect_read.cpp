// Inspect's logs (inspect_ai, log schema version 2): .eval archives and .json files. Layout of an
// archive: header.json (absent while the run goes on; then _journal/start.json), summaries.json
// (then _journal/summaries/N.json), samples/ID_epoch_N.json, reductions.json. A sample may also be
// a folder, samples/ID_epoch_N/sample.json with sequences beside it.
#include <algorithm>
#include <map>

#include "logs/archive.h"
#include "logs/inspect_sample.h"
#include "logs/json_parts.h"
#include "logs/values.h"

namespace assay::logs {
namespace {

constexpr std::string_view kSamples = "samples/";

eval::Direction direction_of(const Json& scorer) {
  const Json& metrics = at(scorer, "metrics");
  if (!metrics.is_array()) return eval::Direction::neutral;
  for (const Json& metric : metrics) {
    const std::string name = metric.is_string() ? as_text(metric) : as_text(at(metric, "name"));
    if (name == "accuracy" || name.ends_with("/accuracy")) return eval::Direction::higher_better;
  }
  return eval::Direction::neutral;
}

std::int64_t planned_of(const Json& header, int epochs) {
  if (const auto total = as_integer(at(at(header, "results"), "total_samples")); total > 0) {
    return total;
  }
  const Json& ids = at(at(at(header, "eval"), "dataset"), "sample_ids");
  return ids.is_array() ? static_cast<std::int64_t>(ids.size()) * epochs : 0;
}

LogTask task_of(const Json& header) {
  const Json& spec = at(header, "eval");
  LogTask out;
  out.name = task_name(as_text(at(spec, "task")));
  out.version = as_text(at(spec, "task_version"));
  out.dataset = as_text(at(at(spec, "dataset"), "name"));
  out.epochs = static_cast<int>(
      std::clamp<std::int64_t>(as_integer(at(at(spec, "config"), "epochs"), 1), 1, 1'000'000));
  out.planned = planned_of(header, out.epochs);
  const Json& scorers = at(spec, "scorers");
  if (scorers.is_array()) {
    for (const Json& scorer : scorers) {
      std::string name = as_text(at(scorer, "name"));
      out.directions[name] = direction_of(scorer);
      out.scorers.push_back(std::move(name));
    }
  }
  out.reported = at(at(header, "results"), "scores");
  out.assay = at(at(at(spec, "metadata"), "assay"), "task");
  return out;
}

LogInfo info_of(const Json& header) {
  const Json& spec = at(header, "eval");
  LogInfo out;
  out.format = "inspect";
  out.tool = "inspect_ai";
  out.tool_version = as_text(at(at(spec, "packages"), "inspect_ai"));
  out.tasks.push_back(task_of(header));
  out.assay = at(at(at(spec, "metadata"), "assay"), "run");
  if (out.assay.is_object()) {
    out.tool = "assay";
    out.tool_version = as_text(at(out.assay, "assay"));
  }
  out.created = iso_time(at(spec, "created"));
  out.finished = iso_time(at(at(header, "stats"), "completed_at"));
  out.status = as_text(at(header, "status"));
  out.model = as_text(at(spec, "model"));
  out.config = Json::object();
  for (const char* key : {"run_id", "eval_id", "task_id", "task_args", "solver", "model_base_url",
                          "model_generate_config", "config", "revision", "packages"}) {
    if (const Json& value = at(spec, key); !value.is_null()) out.config[key] = value;
  }
  return out;
}

tl::unexpected<Error> no_log(const std::filesystem::path& file, const std::string& why) {
  return fail(ErrorKind::format, "this is not a log of Inspect: " + why, file.string(),
              "Give a .eval or .json log of inspect_ai");
}

class EvalArchive : public LogReader {
 public:
  static Result<std::unique_ptr<LogReader>> open(const std::filesystem::path& file);
  [[nodiscard]] const LogInfo& info() const override { return info_; }
  Status for_each(const Use& use) override;
  Status for_each_summary(const Use& use) override;

 private:
  explicit EvalArchive(Archive archive) : archive_(std::move(archive)) {}
  void add_notes(bool started_only);
  [[nodiscard]] bool has_samples() const;
  Status read_summaries(const std::string& name, Distinct& distinct, const Use& use);

  Archive archive_;
  LogInfo info_;
};

bool is_sample(const std::string& name) {
  if (!name.starts_with(kSamples) || !name.ends_with(".json")) return false;
  const std::size_t slash = name.find("_epoch_");
  const std::size_t folder = slash == std::string::npos ? slash : name.find('/', slash);
  return folder == std::string::npos || name.substr(folder) == "/sample.json";
}

Result<std::unique_ptr<LogReader>> EvalArchive::open(const std::filesystem::path& file) {
  ASSAY_TRY(Archive archive, Archive::open(file));
  const bool finished = archive.has("header.json");
  const std::string name = finished ? "header.json" : "_journal/start.json";
  if (!archive.has(name)) return no_log(file, "it has no header.json and no _journal/start.json");
  ASSAY_TRY(const std::string text, archive.read(name));
  ASSAY_TRY(Json header, parse_lenient(text, file.string() + ":" + name));
  if (!at(header, "eval").is_object()) return no_log(file, "its header has no \"eval\"");
  if (!finished) header["status"] = "started";
  std::unique_ptr<EvalArchive> out(new EvalArchive(std::move(archive)));
  out->info_ = info_of(header);
  out->info_.files = {file};
  out->add_notes(!finished);
  return out;
}

bool EvalArchive::has_samples() const {
  const auto& entries = archive_.entries();
  return std::any_of(entries.begin(), entries.end(),
                     [](const ArchiveEntry& entry) { return is_sample(entry.name); });
}

void EvalArchive::add_notes(bool started_only) {
  if (archive_.salvaged()) {
    info_.notes.emplace_back(
        "the archive has no directory (the run was killed): what stands whole in it was read");
  }
  if (started_only) info_.notes.emplace_back("the run did not end: the log has no final header");
  if (archive_.replaced() > 0) {
    info_.notes.emplace_back(std::to_string(archive_.replaced()) +
                             " entries were replaced by a later one of the same name");
  }
}

Status EvalArchive::for_each(const Use& use) {
  if (!has_samples()) return for_each_summary(use);
  Distinct distinct(info_.notes);
  const bool by_assay = info_.tool == "assay";
  return archive_.for_each(
      is_sample, [&](const ArchiveEntry& entry, Result<std::string>&& bytes) -> Result<bool> {
        std::string name = entry.name;
        if (name.ends_with("/sample.json")) name.erase(name.size() - 12);
        LogSample sample =
            inspect_sample(bytes ? *bytes : std::string(), info_.tasks[0].name, name, by_assay);
        if (!bytes) sample.detail = bytes.error().what;
        distinct.name(sample);
        ASSAY_CHECK(use(std::move(sample)));
        return true;
      });
}

Status EvalArchive::read_summaries(const std::string& name, Distinct& distinct, const Use& use) {
  ASSAY_TRY(const std::string text, archive_.read(name));
  return for_each_element(
      text, archive_.file().string() + ":" + name, [&](std::string_view element) -> Status {
        LogSample sample = inspect_sample(element, info_.tasks[0].name, "summary", false);
        distinct.name(sample);
        return use(std::move(sample));
      });
}

/// The journal's summaries lag behind the samples, so they count only where nothing else is there.
Status EvalArchive::for_each_summary(const Use& use) {
  const bool whole = archive_.has("summaries.json");
  if (!whole && has_samples()) return for_each(use);
  Distinct distinct(info_.notes);
  if (whole) return read_summaries("summaries.json", distinct, use);
  std::map<std::int64_t, std::string> journal;
  constexpr std::string_view folder = "_journal/summaries/";
  for (const ArchiveEntry& entry : archive_.entries()) {
    if (!entry.name.starts_with(folder)) continue;
    journal[std::atoll(entry.name.c_str() + folder.size())] = entry.name;
  }
  if (journal.empty()) {
    return fail(ErrorKind::format, "the log has neither samples nor summaries",
                archive_.file().string(), "Evaluate again with log_samples=True");
  }
  for (const auto& [number, name] : journal) ASSAY_CHECK(read_summaries(name, distinct, use));
  return {};
}

class EvalJson : public LogReader {
 public:
  static Result<std::unique_ptr<LogReader>> open(const std::filesystem::path& file);
  [[nodiscard]] const LogInfo& info() const override { return info_; }
  Status for_each(const Use& use) override;

 private:
  explicit EvalJson(MappedFile file) : file_(std::move(file)) {}
  MappedFile file_;
  std::string_view samples_;
  LogInfo info_;
};

Result<std::unique_ptr<LogReader>> EvalJson::open(const std::filesystem::path& path) {
  ASSAY_TRY(MappedFile file, MappedFile::open(path));
  ASSAY_TRY(const Members members, object_members(file.text(), path.string()));
  Json header = Json::object();
  for (const char* key : {"version", "status", "eval", "results", "stats"}) {
    const std::string_view text = member(members, key);
    if (text.empty()) continue;
    ASSAY_TRY(header[key], parse_lenient(text, path.string() + ":" + key));
  }
  if (!at(header, "eval").is_object()) return no_log(path, "it has no \"eval\"");
  std::unique_ptr<EvalJson> out(new EvalJson(std::move(file)));
  out->samples_ = member(members, "samples");
  out->info_ = info_of(header);
  out->info_.files = {path};
  return out;
}

Status EvalJson::for_each(const Use& use) {
  const std::string where = info_.files[0].string() + ":samples";
  if (samples_.empty() || samples_ == "null") {
    return fail(ErrorKind::format, "the log has no samples", info_.files[0].string(),
                "Evaluate again with log_samples=True");
  }
  Distinct distinct(info_.notes);
  std::size_t number = 0;
  return for_each_element(samples_, where, [&](std::string_view element) -> Status {
    LogSample sample = inspect_sample(element, info_.tasks[0].name,
                                      "sample " + std::to_string(++number), info_.tool == "assay");
    distinct.name(sample);
    return use(std::move(sample));
  });
}

}  // namespace

Result<std::unique_ptr<LogReader>> open_inspect(const std::filesystem::path& file) {
  {
    ASSAY_TRY(const MappedFile bytes, MappedFile::open(file));
    if (!bytes.text().starts_with("PK")) return EvalJson::open(file);
  }
  return EvalArchive::open(file);
}

}  // namespace assay::logs
