#include "eval/figure.h"

#include <array>
#include <utility>

#include "eval/json_fields.h"

namespace assay::eval {
namespace {

/// Reads an enum field by the names that to_string() writes.
template <class Enum, std::size_t n>
Enum read_enum(Fields& fields, const char* key, const std::array<Enum, n>& values) {
  const std::string name = fields.text(key);
  for (const Enum value : values) {
    if (name == to_string(value)) return value;
  }
  if (fields.status()) {
    fields.note({ErrorKind::format, "unknown value '" + name + "' of \"" + key + "\"", key,
                 "check that the data were written by this version of assay"});
  }
  return values.front();
}

stats::Estimate read_estimate(Fields& fields, const char* key) {
  Result<stats::Estimate> estimate = stats::estimate_from_json(fields.object(key));
  if (estimate) return std::move(*estimate);
  fields.note(estimate.error());
  return {};
}

Json to_json(const VarianceShare& share) {
  return Json{{"source", share.source}, {"share", stats::to_json(share.share)}};
}

Result<VarianceShare> read_variance(const Json& json) {
  Fields fields(json, "variance share");
  VarianceShare out{fields.text("source"), read_estimate(fields, "share")};
  if (!fields.status()) return tl::unexpected(fields.status().error());
  return out;
}

Result<ShownExample> read_example(const Json& json) {
  Fields fields(json, "example");
  ShownExample out;
  out.sample_id = fields.text("sample_id");
  out.lang = fields.lang("lang");
  out.verdict = read_enum(fields, "verdict",
                          std::array{Verdict::unassessed, Verdict::success, Verdict::failure});
  out.transcript =
      read_list<model::Message>(fields, "transcript", [](const Json& m) -> Result<model::Message> {
        Fields message(m, "message");
        model::Message read{message.text("role"), message.text("content")};
        if (!message.status()) return tl::unexpected(message.status().error());
        return read;
      });
  out.answer = fields.text("answer");
  out.explanation = fields.text("explanation");
  out.sensitive = fields.flag("sensitive");
  if (!fields.status()) return tl::unexpected(fields.status().error());
  return out;
}

model::Ledger read_ledger(Fields& fields, const char* key) {
  const Result<model::Ledger> ledger = ledger_from_json(fields.object(key));
  if (ledger) return *ledger;
  fields.note(ledger.error());
  return {};
}

void read_counts(Fields& fields, TaskOutcome& out) {
  out.planned = fields.integer("planned");
  out.done = fields.integer("done");
  out.success = fields.integer("success");
  out.failure = fields.integer("failure");
  out.unassessed = fields.integer("unassessed");
  const Json& reasons = fields.object("unassessed_reasons");
  Fields counts(reasons, "unassessed_reasons");
  for (const auto& [reason, count] : reasons.items()) {
    out.unassessed_reasons[reason] = counts.integer(reason.c_str());
  }
  if (!counts.status()) fields.note(counts.status().error());
}

}  // namespace

Json to_json(const ShownExample& example) {
  Json transcript = Json::array();
  for (const model::Message& m : example.transcript) {
    transcript.push_back(Json{{"role", m.role}, {"content", m.content}});
  }
  return Json{{"sample_id", example.sample_id},
              {"lang", to_string(example.lang)},
              {"verdict", to_string(example.verdict)},
              {"transcript", std::move(transcript)},
              {"answer", example.answer},
              {"explanation", example.explanation},
              {"sensitive", example.sensitive}};
}

const char* to_string(Direction direction) {
  switch (direction) {
    case Direction::higher_better: return "higher_better";
    case Direction::lower_better: return "lower_better";
    case Direction::neutral: return "neutral";
  }
  return "neutral";
}

const char* to_string(Status status) {
  switch (status) {
    case Status::measured: return "measured";
    case Status::partly: return "partly";
    case Status::not_assessable: return "not_assessable";
    case Status::not_measured: return "not_measured";
  }
  return "not_measured";
}

Result<Status> parse_status(std::string_view name) {
  for (const Status status :
       {Status::measured, Status::partly, Status::not_assessable, Status::not_measured}) {
    if (name == to_string(status)) return status;
  }
  return fail(ErrorKind::format, "unknown status '" + std::string(name) + "'", "status",
              "Use measured, partly, not_assessable or not_measured");
}

Json to_json(const Figure& figure) {
  return Json{{"id", figure.id},
              {"label", to_json(figure.label)},
              {"estimate", stats::to_json(figure.estimate)},
              {"direction", to_string(figure.direction)},
              {"lang", figure.lang},
              {"group", figure.group},
              {"primary", figure.primary},
              {"note", to_json(figure.note)}};
}

Result<Figure> figure_from_json(const Json& json) {
  Fields fields(json, "figure");
  Figure out;
  out.id = fields.text("id");
  out.label = fields.both("label");
  out.estimate = read_estimate(fields, "estimate");
  out.direction =
      read_enum(fields, "direction",
                std::array{Direction::neutral, Direction::higher_better, Direction::lower_better});
  out.lang = fields.text("lang");
  out.group = fields.text("group");
  out.primary = fields.flag("primary");
  out.note = fields.both("note");
  if (!fields.status()) return tl::unexpected(fields.status().error());
  return out;
}

Json to_json(const TaskOutcome& outcome) {
  Json figures = Json::array();
  for (const Figure& figure : outcome.figures) figures.push_back(to_json(figure));
  Json variance = Json::array();
  for (const VarianceShare& share : outcome.variance) variance.push_back(to_json(share));
  Json examples = Json::array();
  for (const ShownExample& example : outcome.examples) examples.push_back(to_json(example));
  Json reasons = Json::object();
  for (const auto& [reason, count] : outcome.unassessed_reasons) reasons[reason] = count;
  return Json{{"task", outcome.task},
              {"lang", to_string(outcome.lang)},
              {"status", to_string(outcome.status)},
              {"reason", to_json(outcome.reason)},
              {"planned", outcome.planned},
              {"done", outcome.done},
              {"success", outcome.success},
              {"failure", outcome.failure},
              {"unassessed", outcome.unassessed},
              {"unassessed_reasons", std::move(reasons)},
              {"figures", std::move(figures)},
              {"variance", std::move(variance)},
              {"examples", std::move(examples)},
              {"ledger", model::to_json(outcome.ledger)}};
}

Result<TaskOutcome> task_outcome_from_json(const Json& json) {
  Fields fields(json, "task outcome");
  TaskOutcome out;
  out.task = fields.text("task");
  out.lang = fields.lang("lang");
  out.status = read_enum(
      fields, "status",
      std::array{Status::not_measured, Status::measured, Status::partly, Status::not_assessable});
  out.reason = fields.both("reason");
  read_counts(fields, out);
  out.figures = read_list<Figure>(fields, "figures", figure_from_json);
  out.variance = read_list<VarianceShare>(fields, "variance", read_variance);
  out.examples = read_list<ShownExample>(fields, "examples", read_example);
  out.ledger = read_ledger(fields, "ledger");
  if (!fields.status()) return tl::unexpected(fields.status().error());
  return out;
}

Json to_json(const RunOutcome& outcome) {
  Json langs = Json::array();
  for (const Lang lang : outcome.langs) langs.push_back(to_string(lang));
  Json tasks = Json::array();
  for (const TaskOutcome& task : outcome.tasks) tasks.push_back(to_json(task));
  return Json{{"run_id", outcome.run_id},
              {"created", outcome.created},
              {"finished", outcome.finished},
              {"profile", outcome.profile},
              {"seed", outcome.seed},
              {"langs", std::move(langs)},
              {"config_digest", outcome.config_digest},
              {"plan", outcome.plan},
              {"model", model::to_json(outcome.model)},
              {"machine", outcome.machine},
              {"versions", outcome.versions},
              {"tasks", std::move(tasks)},
              {"ledger", model::to_json(outcome.ledger)}};
}

Result<RunOutcome> run_outcome_from_json(const Json& json) {
  Fields fields(json, "run outcome");
  RunOutcome out;
  out.run_id = fields.text("run_id");
  out.created = fields.text("created");
  out.finished = fields.text("finished");
  out.profile = fields.text("profile");
  out.seed = fields.natural("seed");
  out.langs = read_list<Lang>(fields, "langs", [](const Json& lang) -> Result<Lang> {
    return parse_lang(lang.is_string() ? lang.get<std::string>() : "");
  });
  out.config_digest = fields.text("config_digest");
  out.plan = fields.any("plan");
  Result<model::ModelInfo> info = model_info_from_json(fields.object("model"));
  if (info) {
    out.model = std::move(*info);
  } else {
    fields.note(info.error());
  }
  out.machine = fields.any("machine");
  out.versions = fields.any("versions");
  out.tasks = read_list<TaskOutcome>(fields, "tasks", task_outcome_from_json);
  out.ledger = read_ledger(fields, "ledger");
  if (!fields.status()) return tl::unexpected(fields.status().error());
  return out;
}

Result<model::Ledger> ledger_from_json(const Json& json) {
  Fields fields(json, "ledger");
  model::Ledger out;
  out.requests = fields.integer("requests");
  out.prompt_tokens = fields.integer("prompt_tokens");
  out.computed_tokens = fields.integer("computed_tokens");
  out.completion_tokens = fields.integer("completion_tokens");
  out.flops = fields.number("flops", 0.0);
  out.seconds = fields.number("seconds", 0.0);
  out.joules = fields.number("joules", 0.0);
  out.joules_modelled = fields.flag("joules_modelled");
  if (!fields.status()) return tl::unexpected(fields.status().error());
  return out;
}

Result<model::ModelInfo> model_info_from_json(const Json& json) {
  Fields fields(json, "model info");
  model::ModelInfo out;
  out.id = fields.text("id");
  out.name = fields.text("name");
  out.architecture = fields.text("architecture");
  out.parameters = fields.integer("parameters");
  out.context_length = fields.small("context_length");
  out.vocabulary = fields.small("vocabulary");
  out.tokenizer = fields.text("tokenizer");
  out.has_chat_template = fields.flag("has_chat_template");
  out.license = fields.text("license");
  out.weights_dtype = fields.text("weights_dtype");
  out.scored_dtype = fields.text("scored_dtype");
  if (fields.has("dtype_max_logprob_delta")) {
    out.dtype_max_logprob_delta = fields.number("dtype_max_logprob_delta", 0.0);
  }
  out.digest = fields.text("digest");
  out.template_digest = fields.text("template_digest");
  out.file_bytes = fields.integer("file_bytes");
  out.engine = fields.text("engine");
  if (fields.has("served_at")) out.served_at = fields.text("served_at");
  if (fields.has("arguments")) out.arguments = fields.texts("arguments");
  if (!fields.status()) return tl::unexpected(fields.status().error());
  return out;
}

}  // namespace assay::eval
