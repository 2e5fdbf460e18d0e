#include "logs/export.h"

#include <algorithm>

#include "base/digest.h"
#include "eval/json_fields.h"
#include "logs/export_parts.h"
#include "logs/values.h"

namespace assay::logs {
namespace {

namespace fs = std::filesystem;

bool ability_only(const eval::TaskInfo* info) {
  return info != nullptr && !info->topics.empty() &&
         std::all_of(info->topics.begin(), info->topics.end(), [](const std::string& topic) {
           return topic.starts_with("capability.") || topic.starts_with("systemic.");
         });
}

/// The tasks that are wanted and have samples.
Status choose_tasks(ExportRun& run, const eval::Registry& registry, const ExportOptions& options,
                    std::vector<std::string>& notes) {
  const auto wanted = [&](const std::string& name) {
    return options.tasks.empty() ||
           std::find(options.tasks.begin(), options.tasks.end(), name) != options.tasks.end();
  };
  for (const std::string& name : options.tasks) {
    if (std::any_of(run.outcome.tasks.begin(), run.outcome.tasks.end(),
                    [&](const eval::TaskOutcome& task) { return task.task == name; })) {
      continue;
    }
    return fail(ErrorKind::usage, "the run has no task " + name, "run " + run.row.id,
                "`assay show " + run.row.id + "` lists its tasks");
  }
  for (const eval::TaskOutcome& outcome : run.outcome.tasks) {
    if (!wanted(outcome.task) || (options.lang && outcome.lang != *options.lang)) continue;
    ExportTask task;
    task.outcome = &outcome;
    const auto known = registry.find(outcome.task);
    if (known) task.info = &(*known)->info();
    task.solver = known ? (*known)->solver().name() : "unknown";
    if (outcome.done == 0) {
      notes.push_back(task.label() + ": no samples");
    } else if (options.format == ExportFormat::garak && options.tasks.empty() &&
               ability_only(task.info)) {
      notes.push_back(task.label() + ": a wrong answer is no hit; name the task to write it");
    } else {
      run.tasks.push_back(std::move(task));
    }
  }
  if (!run.tasks.empty()) return {};
  return fail(ErrorKind::usage, "nothing to export", "run " + run.row.id,
              "Choose tasks that have samples; `assay show " + run.row.id + "` lists them");
}

}  // namespace

Result<ExportFormat> parse_export_format(std::string_view name) {
  if (name == "inspect") return ExportFormat::inspect;
  if (name == "lm-eval") return ExportFormat::lm_eval;
  if (name == "garak") return ExportFormat::garak;
  return fail(ErrorKind::usage, "unknown format '" + std::string(name) + "'", "--format",
              "Choose inspect, lm-eval or garak");
}

std::string ExportTask::label() const { return outcome->task + "_" + to_string(outcome->lang); }

const eval::Figure* ExportTask::primary() const {
  for (const eval::Figure& figure : outcome->figures) {
    if (figure.primary) return &figure;
  }
  return nullptr;
}

Json ExportTask::about() const {
  return Json{{"task", outcome->task},
              {"lang", to_string(outcome->lang)},
              {"version", info != nullptr ? info->version : 0},
              {"ledger", model::to_json(outcome->ledger)}};
}

Json ExportRun::about() const {
  return Json{{"assay", ASSAY_VERSION},
              {"run", row.id},
              {"seed", outcome.seed},
              {"plan", outcome.plan},
              {"model", model::to_json(outcome.model)}};
}

Status for_each_sample(store::Store& store, const ExportRun& run, const ExportTask& task,
                       const ExportOptions& options,
                       const std::function<Status(ExportSample&&)>& use) {
  store::RecordFilter filter;
  filter.task = task.outcome->task;
  filter.lang = to_string(task.outcome->lang);
  Status done;
  ASSAY_CHECK(store.for_each_record(run.row.id, filter, [&](store::SampleRecord&& record) {
    eval::Fields fields(record.record, "record");
    auto sample = eval::sample_from_json(fields.object("sample"));
    auto trace = eval::trace_from_json(fields.object("trace"));
    auto score = eval::score_from_json(fields.object("score"));
    if (!sample) done = tl::unexpected(sample.error());
    if (!trace) done = tl::unexpected(trace.error());
    if (!score) done = tl::unexpected(score.error());
    if (options.cancel != nullptr && options.cancel->requested()) {
      done = fail(ErrorKind::cancelled, "stopped", "run " + run.row.id, "Export again");
    }
    if (!done) return false;
    Json kept{{"sample", record.record["sample"]},
              {"trace", record.record["trace"]},
              {"score", record.record["score"]},
              {"epoch", record.scored.epoch}};
    done = use({std::move(*sample), std::move(*trace), std::move(*score), record.scored.epoch,
                std::move(kept)});
    return done.has_value();
  }));
  return done;
}

PartFile::PartFile(fs::path file) : file_(std::move(file)), part_(file_) {
  part_ += ".part";
  out_.open(part_, std::ios::binary | std::ios::trunc);
}

PartFile::~PartFile() {
  if (!out_.is_open()) return;
  out_.close();
  std::error_code ignored;
  fs::remove(part_, ignored);
}

Result<PartFile> PartFile::create(const fs::path& file) {
  PartFile out(file);
  if (!out.out_) {
    return fail(ErrorKind::io, "cannot write the log", file.string(),
                "Check that the folder exists and may be written");
  }
  return out;
}

Status PartFile::close() {
  out_.flush();
  const bool written = static_cast<bool>(out_);
  out_.close();
  std::error_code error;
  if (written) fs::rename(part_, file_, error);
  if (written && !error) return {};
  fs::remove(part_, error);
  return fail(ErrorKind::io, "cannot write the log", file_.string(),
              "Check the free space, then export again");
}

std::string prompt_text(const eval::Sample& sample) {
  if (!sample.context.empty()) return sample.context;
  std::string out;
  for (const model::Message& message : sample.messages) {
    out += (out.empty() ? "" : "\n\n") + message.content;
  }
  return out;
}

std::string answer_text(const ExportSample& sample) {
  if (!sample.trace.generations.empty()) return std::string(sample.trace.answer());
  const auto& scores = sample.trace.scores;
  if (scores.empty() || scores.size() != sample.sample.choices.size()) return sample.score.answer;
  const auto best = std::max_element(
      scores.begin(), scores.end(), [](const auto& a, const auto& b) { return a.total < b.total; });
  return sample.sample.choices[static_cast<std::size_t>(best - scores.begin())];
}

std::string stable_uuid(const std::string& parts) {
  const std::string hex = sha256_hex(parts);
  return hex.substr(0, 8) + "-" + hex.substr(8, 4) + "-4" + hex.substr(13, 3) + "-a" +
         hex.substr(17, 3) + "-" + hex.substr(20, 12);
}

std::string with_offset(std::string time) {
  if (time.ends_with("Z")) {
    time.pop_back();
    time += "+00:00";
  }
  return time;
}

Result<Exported> export_run(store::Store& store, const eval::Registry& registry,
                            std::string_view name, const fs::path& out,
                            const ExportOptions& options) {
  ExportRun run;
  ASSAY_TRY(run.row, store.find_run(name));
  ASSAY_TRY(run.outcome, eval::load_outcome(store, run.row.id));
  std::vector<std::string> notes;
  ASSAY_CHECK(choose_tasks(run, registry, options, notes));
  const bool file = out.extension() == ".eval" || out.extension() == ".jsonl";
  const fs::path folder = file ? out.parent_path() : out;
  std::error_code error;
  if (!folder.empty()) fs::create_directories(folder, error);
  if (error) {
    return fail(ErrorKind::io, "cannot make the folder: " + error.message(), folder.string(),
                "Name another place with --out");
  }
  Result<Exported> done =
      options.format == ExportFormat::inspect   ? export_inspect(store, run, out, options)
      : options.format == ExportFormat::lm_eval ? export_lm_eval(store, run, out, options)
                                                : export_garak(store, run, out, options);
  if (done) done->notes.insert(done->notes.begin(), notes.begin(), notes.end());
  return done;
}

}  // namespace assay::logs
