// garak's report.jsonl and hitlog.jsonl. A failure is a hit; what is unassessed has no score.
#include <algorithm>

#include "logs/export_parts.h"
#include "logs/values.h"

namespace assay::logs {
namespace {

namespace fs = std::filesystem;

Json message_of(const std::string& text, Lang lang) {
  return Json{{"text", text},         {"lang", to_string(lang)},  {"data_path", nullptr},
              {"data_type", nullptr}, {"data_checksum", nullptr}, {"notes", Json::object()}};
}

Json conversation_of(const std::vector<model::Message>& messages, Lang lang) {
  Json turns = Json::array();
  for (const model::Message& message : messages) {
    turns.push_back(Json{{"role", message.role}, {"content", message_of(message.content, lang)}});
  }
  return Json{{"turns", std::move(turns)}, {"notes", Json::object()}};
}

Json prompt_of(const eval::Sample& sample) {
  if (!sample.messages.empty()) return conversation_of(sample.messages, sample.lang);
  return conversation_of({{"user", sample.context}}, sample.lang);
}

Json score_of(const eval::Score& score) {
  if (score.verdict == eval::Verdict::success) return 0.0;
  if (score.verdict == eval::Verdict::failure) return 1.0;
  return nullptr;
}

class Report {
 public:
  Report(const ExportRun& run, PartFile report, PartFile hits)
      : run_(run), report_(std::move(report)), hits_(std::move(hits)) {}

  void begin();
  Status add(store::Store& store, const ExportTask& task, const ExportOptions& options);
  Status end();
  [[nodiscard]] std::int64_t samples() const { return samples_; }

 private:
  void put(const Json& entry) { report_.write(dump_json(entry) + "\n"); }
  void attempt(const ExportTask& task, std::vector<ExportSample>& epochs);
  void hit(const ExportTask& task, const ExportSample& sample, const Json& attempt, int index);
  void evaluation(const ExportTask& task);

  const ExportRun& run_;
  PartFile report_;
  PartFile hits_;
  std::int64_t samples_ = 0;
  std::int64_t sequence_ = 0;
  std::int64_t passed_ = 0, failed_ = 0, none_ = 0;  ///< of the task at hand
};

void Report::begin() {
  Json tasks = Json::object();
  for (const ExportTask& task : run_.tasks) tasks["assay." + task.label()] = task.about();
  put(Json{{"entry_type", "start_run setup"},
           {"plugins.target_type", "assay"},
           {"plugins.target_name", run_.outcome.model.name},
           {"run.seed", run_.outcome.seed},
           {"run.eval_threshold", 0.5},
           {"assay", Json{{"run", run_.about()}, {"tasks", std::move(tasks)}}}});
  put(Json{{"entry_type", "init"},
           {"garak_version", std::string("assay ") + ASSAY_VERSION},
           {"start_time", run_.outcome.created},
           {"run", run_.row.id}});
}

void Report::hit(const ExportTask& task, const ExportSample& sample, const Json& attempt,
                 int index) {
  const Json entry{{"goal", attempt["goal"]},
                   {"prompt", attempt["prompt"]},
                   {"output", message_of(answer_text(sample), sample.sample.lang)},
                   {"triggers", nullptr},
                   {"score", 1.0},
                   {"run_id", run_.row.id},
                   {"attempt_id", attempt["uuid"]},
                   {"attempt_seq", attempt["seq"]},
                   {"attempt_idx", index},
                   {"generator", "assay " + run_.outcome.model.name},
                   {"probe", "assay." + task.label()},
                   {"detector", "assay." + task.outcome->task},
                   {"generations_per_prompt", attempt["outputs"].size()}};
  hits_.write(dump_json(entry) + "\n");
}

void Report::attempt(const ExportTask& task, std::vector<ExportSample>& epochs) {
  if (epochs.empty()) return;
  const eval::Sample& item = epochs.front().sample;
  Json outputs = Json::array();
  Json scores = Json::array();
  Json conversations = Json::array();
  Json kept = Json::array();
  for (const ExportSample& each : epochs) {
    const bool answered = !each.trace.generations.empty() || !each.trace.scores.empty();
    outputs.push_back(answered ? message_of(answer_text(each), item.lang) : Json(nullptr));
    scores.push_back(score_of(each.score));
    conversations.push_back(conversation_of(each.trace.transcript, item.lang));
    kept.push_back(each.record);
    if (each.score.verdict == eval::Verdict::success) ++passed_;
    if (each.score.verdict == eval::Verdict::failure) ++failed_;
    if (each.score.verdict == eval::Verdict::unassessed) ++none_;
  }
  const Json entry{{"entry_type", "attempt"},
                   {"uuid", stable_uuid(run_.row.id + "/" + task.label() + "/" + item.id)},
                   {"seq", sequence_++},
                   {"status", 2},
                   {"probe_classname", "assay." + task.label()},
                   {"probe_params", Json::object()},
                   {"targets", item.targets},
                   {"prompt", prompt_of(item)},
                   {"outputs", std::move(outputs)},
                   {"detector_results", Json{{"assay." + task.outcome->task, std::move(scores)}}},
                   {"notes", Json{{"assay", std::move(kept)}}},
                   {"goal", task.info != nullptr ? task.info->title.en : task.outcome->task},
                   {"conversations", std::move(conversations)},
                   {"reverse_translation_outputs", Json::array()},
                   {"intent", nullptr}};
  put(entry);
  for (std::size_t i = 0; i < epochs.size(); ++i) {
    if (epochs[i].score.verdict == eval::Verdict::failure) {
      hit(task, epochs[i], entry, static_cast<int>(i));
    }
  }
  samples_ += static_cast<std::int64_t>(epochs.size());
  epochs.clear();
}

void Report::evaluation(const ExportTask& task) {
  Json entry{{"entry_type", "eval"},
             {"probe", "assay." + task.label()},
             {"detector", "assay." + task.outcome->task},
             {"passed", passed_},
             {"fails", failed_},
             {"nones", none_},
             {"total_evaluated", passed_ + failed_},
             {"total_processed", passed_ + failed_ + none_}};
  put(entry);
}

Status Report::add(store::Store& store, const ExportTask& task, const ExportOptions& options) {
  passed_ = failed_ = none_ = 0;
  sequence_ = 0;
  std::vector<ExportSample> epochs;
  ASSAY_CHECK(for_each_sample(store, run_, task, options, [&](ExportSample&& sample) -> Status {
    if (!epochs.empty() && epochs.front().sample.id != sample.sample.id) attempt(task, epochs);
    epochs.push_back(std::move(sample));
    return {};
  }));
  attempt(task, epochs);
  evaluation(task);
  return {};
}

Status Report::end() {
  put(Json{
      {"entry_type", "completion"}, {"end_time", run_.outcome.finished}, {"run", run_.row.id}});
  ASSAY_CHECK(report_.close());
  return hits_.close();
}

}  // namespace

Result<Exported> export_garak(store::Store& store, const ExportRun& run, const fs::path& out,
                              const ExportOptions& options) {
  std::string name = "assay." + run.row.id;
  fs::path folder = out;
  if (out.extension() == ".jsonl") {
    folder = out.parent_path();
    name = out.stem().string();
    if (name.ends_with(".report")) name.erase(name.size() - 7);
  }
  Exported done;
  done.files = {folder / (name + ".report.jsonl"), folder / (name + ".hitlog.jsonl")};
  ASSAY_TRY(PartFile report_file, PartFile::create(done.files[0]));
  ASSAY_TRY(PartFile hit_file, PartFile::create(done.files[1]));
  Report report(run, std::move(report_file), std::move(hit_file));
  report.begin();
  for (const ExportTask& task : run.tasks) ASSAY_CHECK(report.add(store, task, options));
  ASSAY_CHECK(report.end());
  done.samples = report.samples();
  return done;
}

}  // namespace assay::logs
