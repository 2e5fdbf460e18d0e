#include "logs/import.h"

#include <algorithm>
#include <utility>

#include "base/digest.h"
#include "eval/surroundings.h"
#include "eval/task_outcome.h"
#include "logs/prepare.h"
#include "logs/values.h"

namespace assay::logs {
namespace {

/// A task of the log on its way into the store.
struct Unit {
  std::string log_name;
  Lang lang = Lang::en;
  std::int64_t planned = 0;
  std::int64_t done = 0;
  const eval::Task* own = nullptr;         ///< a built-in task, of a log that Assay wrote
  std::unique_ptr<RecordedTask> recorded;  ///< else
  [[nodiscard]] const eval::Task& task() const { return own != nullptr ? *own : *recorded; }
  Json kept_ledger;  ///< of a log that Assay wrote
  [[nodiscard]] const std::string& name() const { return task().info().name; }
};

const std::string& or_unknown(const std::string& text) {
  static const std::string unknown = "unknown";
  return text.empty() ? unknown : text;
}

class Import {
 public:
  Import(store::Store& store, const eval::Registry& registry, LogReader& reader,
         const ImportOptions& options)
      : store_(store), registry_(registry), reader_(reader), options_(options) {}
  Result<Imported> work();

 private:
  Status digest_files();
  Status make_units();
  void choose_task(Unit& unit, const LogTask& task, Recorded recorded);
  [[nodiscard]] store::NewRun new_run() const;
  [[nodiscard]] Json origin() const;
  [[nodiscard]] model::ModelInfo model() const;
  Status take(LogSample&& sample, Batches& batches);
  Status conclude(Batches& batches);
  void group(eval::Sample& sample) const;

  store::Store& store_;
  const eval::Registry& registry_;
  LogReader& reader_;
  const ImportOptions& options_;
  Json files_ = Json::array();
  std::string source_;
  std::vector<Unit> units_;
  std::map<std::string, Survey> surveys_;
  Imported result_;
};

Status Import::digest_files() {
  for (const auto& file : reader_.info().files) {
    ASSAY_TRY(const std::string digest, sha256_file(file, options_.cancel));
    std::error_code code;
    files_.push_back(Json{{"name", file.filename().string()},
                          {"sha256", digest},
                          {"bytes", std::filesystem::file_size(file, code)}});
    source_ += (source_.empty() ? "" : "; ") + file.filename().string() + ", SHA-256 " + digest;
  }
  return {};
}

/// A built-in task of the same version where Assay wrote the log, else a recorded one under a name
/// that no built-in task has.
void Import::choose_task(Unit& unit, const LogTask& task, Recorded recorded) {
  const std::string own = as_text(at(task.assay, "task"));
  const bool as_it_is = options_.scorer.empty() && !options_.threshold && options_.topic.empty();
  const auto known = registry_.find(own.empty() ? recorded.name : own);
  if (!own.empty() && as_it_is && known &&
      (*known)->info().version == as_integer(at(task.assay, "version"), -1)) {
    unit.own = *known;
    return;
  }
  if (!own.empty()) recorded.name = own;
  if (registry_.find(recorded.name)) recorded.name += "." + recorded.tool;
  recorded.source = source_;
  unit.recorded = std::make_unique<RecordedTask>(std::move(recorded));
}

Status Import::make_units() {
  const LogInfo& info = reader_.info();
  for (const LogTask& task : info.tasks) {
    const Survey& found = surveys_[task.name];
    Unit unit;
    unit.log_name = task.name;
    unit.planned = std::max(task.planned, found.samples);
    unit.kept_ledger = at(task.assay, "ledger");
    unit.lang = found.chinese * 2 > found.looked_at ? Lang::zh : Lang::en;
    if (const std::string lang = as_text(at(task.assay, "lang")); !lang.empty()) {
      unit.lang = lang == "zh" ? Lang::zh : Lang::en;
    }
    if (options_.lang) unit.lang = *options_.lang;
    ASSAY_TRY(Recorded recorded, recorded_of(info, task, found, options_));
    choose_task(unit, task, std::move(recorded));
    units_.push_back(std::move(unit));
  }
  return {};
}

model::ModelInfo Import::model() const {
  const LogInfo& info = reader_.info();
  if (const auto kept = eval::model_info_from_json(at(info.assay, "model"))) return *kept;
  model::ModelInfo out;
  out.id = or_unknown(info.model);
  out.name = out.id;
  out.architecture = "unknown";
  out.tokenizer = "unknown";
  out.weights_dtype = "unknown";
  out.scored_dtype = "unknown";
  out.engine = info.tool + " " + or_unknown(info.tool_version);
  return out;
}

Json Import::origin() const {
  const LogInfo& info = reader_.info();
  return Json{{"kind", "imported"},
              {"format", info.format},
              {"tool", info.tool},
              {"tool_version", or_unknown(info.tool_version)},
              {"created", or_unknown(info.created)},
              {"finished", or_unknown(info.finished)},
              {"status", or_unknown(info.status)},
              {"files", files_},
              {"config", info.config},
              {"notes", info.notes},
              {"run", at(info.assay, "run")}};
}

store::NewRun Import::new_run() const {
  const LogInfo& info = reader_.info();
  eval::RunPlan plan;
  plan.seed = options_.seed;
  if (const auto kept = eval::run_plan_from_json(at(info.assay, "plan"))) plan = *kept;
  plan.profile = "imported";
  plan.langs.clear();
  Json versions = Json::object();
  Json recorded = Json::array();
  for (const Unit& unit : units_) {
    if (std::find(plan.langs.begin(), plan.langs.end(), unit.lang) == plan.langs.end()) {
      plan.langs.push_back(unit.lang);
    }
    if (unit.own != nullptr) {
      versions[unit.name()] = unit.own->info().version;
    } else {
      versions[unit.name()] = or_unknown(unit.recorded->recorded().version);
      recorded.push_back(to_json(unit.recorded->recorded()));
    }
  }
  const model::ModelInfo about = model();
  store::NewRun out;
  out.created = eval::utc_now();
  out.profile = plan.profile;
  out.model = about.name;
  out.model_digest = about.digest;
  out.template_digest = about.template_digest;
  out.config = eval::to_json(plan);
  Json names = Json::array();
  for (const auto& file : info.files) names.push_back(file.string());
  out.config["import"] = Json{{"files", std::move(names)}, {"scorer", options_.scorer}};
  Json about_versions{
      {"assay", ASSAY_VERSION},
      {"origin", "imported log"},
      {info.tool == "assay" ? "written by assay" : info.tool, or_unknown(info.tool_version)},
      {"recorded", or_unknown(info.created)}};
  for (const Json& file : files_) {
    about_versions["log " + as_text(file["name"])] = "SHA-256 " + as_text(file["sha256"]);
  }
  out.header = Json{{"model", model::to_json(about)},
                    {"machine", Json{{"origin", "unknown (imported log)"}}},
                    {"versions", std::move(about_versions)},
                    {"tasks", std::move(versions)},
                    {"origin", origin()},
                    {"recorded", std::move(recorded)}};
  out.config_digest = sha256_hex(dump_json(Json{{"files", files_}, {"scorer", options_.scorer}}));
  return out;
}

void Import::group(eval::Sample& sample) const {
  if (options_.group.empty()) return;
  for (const char* place : {"metadata", "doc"}) {
    const std::string value = as_text(at(at(sample.metadata, place), options_.group));
    if (!value.empty()) sample.group = clipped(value, 100);
  }
}

Status Import::take(LogSample&& sample, Batches& batches) {
  const auto unit = std::find_if(units_.begin(), units_.end(),
                                 [&](const Unit& each) { return each.log_name == sample.task; });
  if (unit == units_.end()) {
    return fail(ErrorKind::internal, "a sample of a task that the log does not name", sample.task);
  }
  if (options_.cancel != nullptr && options_.cancel->requested()) {
    return fail(ErrorKind::cancelled, "stopped", "run " + result_.run, "Import the log again");
  }
  Json extra = Json::object();
  eval::Score score;
  if (unit->own != nullptr && sample.own) {
    score = *sample.own;
  } else {
    sample.sample.lang = unit->lang;
    group(sample.sample);
    score = recorded_score(sample, unit->recorded ? unit->recorded->recorded() : Recorded{});
    Json raw = Json::object();
    for (const LoggedScore& each : sample.scores) raw[each.scorer] = each.raw;
    extra["recorded"] = Json{{"scores", std::move(raw)}, {"detail", sample.detail}};
  }
  ++unit->done;
  ++result_.samples;
  if (options_.on_progress) options_.on_progress(result_.samples);
  return batches.add(unit->name(), unit->lang,
                     stored(sample.sample, sample.epoch, sample.trace, score, extra),
                     sample.ledger);
}

Text incomplete(std::int64_t done, std::int64_t planned) {
  const std::string of = std::to_string(done) + " of " + std::to_string(planned);
  return {"The log holds " + of + " planned answers.", "日志中只有 " + std::to_string(done) +
                                                           " 个回答，计划为 " +
                                                           std::to_string(planned) + " 个。"};
}

Status Import::conclude(Batches& batches) {
  ASSAY_TRY(const store::RunRow row, store_.find_run(result_.run));
  ASSAY_TRY(const eval::RunPlan plan, eval::run_plan_from_json(row.begun.config));
  const model::ModelInfo about = model();
  std::vector<eval::TaskOutcome> outcomes;
  for (const Unit& unit : units_) {
    eval::OutcomeContext context;
    context.plan = &plan;
    context.model = &about;
    context.earlier = &outcomes;
    context.planned = std::max(unit.planned, unit.done);
    context.ledger = batches.ledger(unit.name(), unit.lang);
    if (unit.own != nullptr) {
      context.epochs = repeats(unit.own->info()) ? plan.epochs : 1;
      const auto kept = eval::ledger_from_json(unit.kept_ledger);
      if (kept) context.ledger = *kept;
    }
    ASSAY_TRY(eval::TaskOutcome outcome,
              eval::conclude(store_, result_.run, unit.task(), unit.lang, context));
    if (outcome.done < outcome.planned) outcome.reason = incomplete(outcome.done, outcome.planned);
    ASSAY_CHECK(
        store_.put_outcome(result_.run, unit.name(), to_string(unit.lang), eval::to_json(outcome)));
    outcomes.push_back(std::move(outcome));
  }
  return store_.finish_run(result_.run, eval::utc_now());
}

Result<Imported> Import::work() {
  ASSAY_CHECK(digest_files());
  ASSAY_TRY(surveys_, survey(reader_, options_.cancel));
  ASSAY_CHECK(make_units());
  ASSAY_TRY(result_.run, store_.create_run(new_run()));
  for (const Unit& unit : units_) {
    ASSAY_CHECK(store_.begin_task(result_.run, unit.name(), to_string(unit.lang)));
  }
  Batches batches(store_, result_.run);
  ASSAY_CHECK(
      reader_.for_each([&](LogSample&& sample) { return take(std::move(sample), batches); }));
  ASSAY_CHECK(batches.flush());
  ASSAY_CHECK(conclude(batches));
  for (const std::string& note : reader_.info().notes) {
    if (std::find(result_.notes.begin(), result_.notes.end(), note) == result_.notes.end()) {
      result_.notes.push_back(note);
    }
  }
  return std::move(result_);
}

}  // namespace

Result<Imported> import_log(store::Store& store, const eval::Registry& registry,
                            const std::filesystem::path& path, const ImportOptions& options) {
  ASSAY_TRY(const std::unique_ptr<LogReader> reader, open_log(path));
  return Import(store, registry, *reader, options).work();
}

}  // namespace assay::logs
