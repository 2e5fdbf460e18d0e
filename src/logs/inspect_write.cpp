// Inspect's .eval, log schema version 2: one archive for a task in one language.
#include <algorithm>
#include <cmath>

#include "eval/replay.h"
#include "logs/archive.h"
#include "logs/export_parts.h"
#include "logs/values.h"

namespace assay::logs {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kThin = 1000;  ///< bytes of a text in a summary

Json message_json(const model::Message& message, const std::string& id, const std::string& model) {
  static const std::vector<std::string> roles{"system", "user", "assistant", "tool"};
  const bool known = std::find(roles.begin(), roles.end(), message.role) != roles.end();
  Json out{{"id", id}, {"content", message.content}, {"role", known ? message.role : "user"}};
  if (message.role == "assistant") {
    out["source"] = "generate";
    out["model"] = model;
  }
  for (const model::ToolCall& call : message.tool_calls) {
    const Json& given = call.arguments;
    out["tool_calls"].push_back({{"id", call.id},
                                 {"function", call.name},
                                 {"arguments", given.is_object() ? given : Json{{"text", given}}},
                                 {"type", "function"}});
  }
  if (!message.tool_call_id.empty()) out["tool_call_id"] = message.tool_call_id;
  return out;
}

Json messages_json(const std::vector<model::Message>& messages, const std::string& model) {
  Json out = Json::array();
  for (std::size_t i = 0; i < messages.size(); ++i) {
    out.push_back(message_json(messages[i], std::string("m").append(std::to_string(i)), model));
  }
  return out;
}

Json input_json(const eval::Sample& sample, const std::string& model) {
  const auto& messages = sample.messages;
  if (messages.empty()) return sample.context;
  if (messages.size() == 1 && messages[0].role == "user") return messages[0].content;
  return messages_json(messages, model);
}

Json target_json(const eval::Sample& sample) {
  if (sample.targets.size() == 1) return sample.targets.front();
  if (!sample.targets.empty()) return sample.targets;
  const auto index = static_cast<std::size_t>(std::max(0, sample.target_index));
  if (sample.target_index >= 0 && index < sample.choices.size()) return sample.choices[index];
  return "";
}

std::vector<model::Message> conversation(const ExportSample& sample) {
  if (!sample.trace.generations.empty()) return sample.trace.transcript;
  std::vector<model::Message> out = sample.sample.messages;
  if (out.empty()) out.push_back({"user", sample.sample.context});
  if (!sample.trace.scores.empty()) out.push_back({"assistant", answer_text(sample)});
  return out;
}

Json usage_json(std::int64_t prompt, std::int64_t completion) {
  return Json{{"input_tokens", prompt},
              {"output_tokens", completion},
              {"total_tokens", prompt + completion}};
}

Json output_json(const ExportSample& sample, const std::string& model) {
  Json choices = Json::array();
  const std::string answer = answer_text(sample);
  if (!sample.trace.generations.empty() || !sample.trace.scores.empty()) {
    const bool cut = eval::cut_off(sample.trace);
    choices.push_back(Json{{"message", message_json({"assistant", answer}, "answer", model)},
                           {"stop_reason", cut ? "max_tokens" : "stop"}});
  }
  Json out{{"model", model}, {"choices", std::move(choices)}, {"completion", answer}};
  std::int64_t prompt = 0;
  std::int64_t completion = 0;
  for (const model::GenerateResult& each : sample.trace.generations) {
    prompt += each.prompt_tokens;
    completion += each.completion_tokens;
  }
  if (prompt + completion > 0) out["usage"] = usage_json(prompt, completion);
  return out;
}

/// As text: an unassessed sample has the value NaN, Inspect's mark of "not scored", which JSON
/// proper does not know.
std::string scores_text(const eval::Score& score, std::size_t most) {
  const char* value = "NaN";
  if (score.verdict == eval::Verdict::success) value = "\"C\"";
  if (score.verdict == eval::Verdict::failure) value = "\"I\"";
  Json rest{
      {"answer", clipped(score.answer, most)},
      {"explanation", clipped(score.explanation, most)},
      {"metadata", Json{{"verdict", eval::to_string(score.verdict)}, {"value", score.value}}}};
  return std::string("{\"assay\":{\"value\":") + value + "," + dump_json(rest).substr(1) + "}";
}

std::string with_scores(const Json& sample, const std::string& scores) {
  std::string text = dump_json(sample);
  text.pop_back();
  return text + ",\"scores\":" + scores + "}";
}

Json error_json(const Error& error) {
  return Json{{"message", error.message()}, {"traceback", ""}, {"traceback_ansi", ""}};
}

std::string sample_text(const ExportSample& sample, const std::string& model) {
  const eval::Sample& item = sample.sample;
  Json out{{"id", item.id},
           {"epoch", sample.epoch + 1},
           {"input", input_json(item, model)},
           {"target", target_json(item)},
           {"messages", messages_json(conversation(sample), model)},
           {"output", output_json(sample, model)},
           {"metadata",
            Json{{"lang", to_string(item.lang)}, {"group", item.group}, {"cluster", item.cluster}}},
           {"store", Json{{"assay", sample.record}}},
           {"events", Json::array()},
           {"model_usage", Json::object()},
           {"attachments", Json::object()}};
  if (!item.choices.empty()) out["choices"] = item.choices;
  if (sample.trace.error) out["error"] = error_json(*sample.trace.error);
  return with_scores(out, scores_text(sample.score, std::string::npos - 8));
}

std::string summary_text(const ExportSample& sample) {
  const eval::Sample& item = sample.sample;
  Json out{{"id", item.id},
           {"epoch", sample.epoch + 1},
           {"input", clipped(prompt_text(item), kThin)},
           {"target", target_json(item)},
           {"metadata", Json{{"lang", to_string(item.lang)}, {"group", item.group}}},
           {"model_usage", Json::object()},
           {"completed", true},
           {"message_count", conversation(sample).size()}};
  if (sample.trace.error) out["error"] = sample.trace.error->message();
  return with_scores(out, scores_text(sample.score, kThin));
}

Json metric(const std::string& name, double value) {
  return Json{{"name", name}, {"value", value}, {"params", Json::object()}};
}

/// Each figure as a "score" with its interval; the first is the share of successes.
Json results_json(const ExportTask& task) {
  const eval::TaskOutcome& outcome = *task.outcome;
  Json scores = Json::array();
  const std::int64_t assessed = outcome.success + outcome.failure;
  Json accuracy = Json::object();
  if (assessed > 0) {
    accuracy["accuracy"] =
        metric("accuracy", static_cast<double>(outcome.success) / static_cast<double>(assessed));
  }
  scores.push_back(Json{{"name", "assay"},
                        {"scorer", "assay"},
                        {"scored_samples", assessed},
                        {"unscored_samples", outcome.unassessed},
                        {"params", Json::object()},
                        {"metrics", std::move(accuracy)}});
  for (const eval::Figure& figure : outcome.figures) {
    const stats::Estimate& e = figure.estimate;
    if (!std::isfinite(e.value)) continue;
    Json metrics{{"value", metric("value", e.value)}};
    if (std::isfinite(e.interval.low)) metrics["ci_low"] = metric("ci_low", e.interval.low);
    if (std::isfinite(e.interval.high)) metrics["ci_high"] = metric("ci_high", e.interval.high);
    scores.push_back(Json{{"name", figure.id},
                          {"scorer", "assay"},
                          {"scored_samples", e.n},
                          {"unscored_samples", e.unassessed},
                          {"params", Json{{"level", e.level}, {"method", e.method}}},
                          {"metrics", std::move(metrics)}});
  }
  return Json{{"total_samples", outcome.planned},
              {"completed_samples", outcome.done},
              {"scores", std::move(scores)}};
}

Json spec_json(const ExportRun& run, const ExportTask& task, const Json& ids, int epochs) {
  const std::string key = run.row.id + "/" + task.label();
  return Json{
      {"eval_id", stable_uuid("eval/" + key)},
      {"run_id", run.row.id},
      {"created", with_offset(run.outcome.created)},
      {"task", task.label()},
      {"task_id", stable_uuid("task/" + key)},
      {"task_version", task.info != nullptr ? task.info->version : 0},
      {"task_args", Json::object()},
      {"solver", task.solver},
      {"dataset", Json{{"name", task.outcome->task},
                       {"samples", ids.size()},
                       {"sample_ids", ids},
                       {"shuffled", false}}},
      {"model", run.outcome.model.name.empty() ? run.outcome.model.id : run.outcome.model.name},
      {"model_generate_config", Json{{"seed", run.outcome.seed}}},
      {"model_args",
       Json{{"digest", run.outcome.model.digest}, {"engine", run.outcome.model.engine}}},
      {"config", Json{{"epochs", epochs}, {"log_samples", true}}},
      {"packages", Json{{"assay", ASSAY_VERSION}}},
      {"metadata", Json{{"assay", Json{{"run", run.about()}, {"task", task.about()}}}}},
      {"scorers", Json::array({Json{{"name", "assay"},
                                    {"options", Json::object()},
                                    {"metrics", Json::array({Json{{"name", "inspect_ai/accuracy"},
                                                                  {"options", Json::object()}}})},
                                    {"metadata", Json::object()}}})}};
}

Json plan_json(const ExportTask& task) {
  return Json{{"name", "plan"},
              {"steps", Json::array({Json{{"solver", task.solver},
                                          {"params", Json::object()},
                                          {"params_passed", Json::object()}}})},
              {"config", Json::object()}};
}

fs::path file_of(const ExportRun& run, const ExportTask& task, const fs::path& out) {
  if (out.extension() == ".eval") return out;
  std::string name = with_offset(run.outcome.created) + "_" + task.outcome->task + "-" +
                     to_string(task.outcome->lang);
  std::replace(name.begin(), name.end(), ':', '-');
  std::replace(name.begin(), name.end(), '+', '-');
  const std::size_t first = name.find('_');
  std::replace(name.begin() + static_cast<std::ptrdiff_t>(first) + 1, name.end(), '_', '-');
  return out / (name + "_" + run.row.id + ".eval");
}

Status write_task(store::Store& store, const ExportRun& run, const ExportTask& task,
                  const fs::path& file, const ExportOptions& options, Exported& done) {
  const std::string model = run.outcome.model.name;
  ASSAY_TRY(ArchiveWriter archive, ArchiveWriter::create(file));
  ASSAY_CHECK(archive.add("_journal/start.json",
                          dump_json(Json{{"version", 2},
                                         {"eval", spec_json(run, task, Json::array(), 1)},
                                         {"plan", plan_json(task)}})));
  std::string summaries;
  Json ids = Json::array();
  int epochs = 1;
  ASSAY_CHECK(for_each_sample(store, run, task, options, [&](ExportSample&& sample) -> Status {
    if (ids.empty() || ids.back() != sample.sample.id) ids.push_back(sample.sample.id);
    epochs = std::max(epochs, sample.epoch + 1);
    summaries.append(summaries.empty() ? "[" : ",").append(summary_text(sample));
    ++done.samples;
    return archive.add(
        "samples/" + sample.sample.id + "_epoch_" + std::to_string(sample.epoch + 1) + ".json",
        sample_text(sample, model));
  }));
  ASSAY_CHECK(archive.add("summaries.json", summaries + "]"));
  const model::Ledger& cost = task.outcome->ledger;
  Json header{
      {"version", 2},
      {"status", run.outcome.finished.empty() ? "cancelled" : "success"},
      {"eval", spec_json(run, task, ids, epochs)},
      {"plan", plan_json(task)},
      {"results", results_json(task)},
      {"stats", Json{{"started_at", with_offset(run.outcome.created)},
                     {"completed_at", with_offset(run.outcome.finished)},
                     {"model_usage",
                      Json{{model, usage_json(cost.prompt_tokens, cost.completion_tokens)}}}}}};
  ASSAY_CHECK(archive.add("header.json", dump_json(header, 2)));
  done.files.push_back(file);
  return archive.close();
}

}  // namespace

Result<Exported> export_inspect(store::Store& store, const ExportRun& run, const fs::path& out,
                                const ExportOptions& options) {
  if (out.extension() == ".eval" && run.tasks.size() > 1) {
    return fail(ErrorKind::usage, "an Inspect log holds one task, and the run has several",
                out.string(), "Name a folder, or choose one with --task and --lang");
  }
  Exported done;
  for (const ExportTask& task : run.tasks) {
    ASSAY_CHECK(write_task(store, run, task, file_of(run, task, out), options, done));
  }
  return done;
}

}  // namespace assay::logs
