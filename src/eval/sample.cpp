#include "eval/sample.h"

#include <array>
#include <limits>

#include "eval/json_fields.h"
#include "eval/message_json.h"

namespace assay::eval {
namespace {

constexpr double kMinusInfinity = -std::numeric_limits<double>::infinity();

std::vector<std::string> read_texts(Fields& fields, const char* key) {
  return fields.has(key) ? fields.texts(key) : std::vector<std::string>{};
}

Json logprobs_json(const std::vector<double>& values) {
  Json out = Json::array();
  for (const double x : values) out.push_back(number_json(x));
  return out;
}

std::vector<double> read_logprobs(Fields& fields, const char* key) {
  if (!fields.has(key)) return {};
  return read_list<double>(fields, key, [](const Json& json) -> Result<double> {
    if (json.is_null()) return kMinusInfinity;
    if (json.is_number()) return json.get<double>();
    return fail(ErrorKind::format, "a log-probability is not a number", "trace");
  });
}

std::vector<std::int32_t> read_tokens(Fields& fields, const char* key) {
  if (!fields.has(key)) return {};
  return read_list<std::int32_t>(fields, key, [](const Json& json) -> Result<std::int32_t> {
    if (json.is_number_integer()) {
      const auto id = json.get<std::int64_t>();
      if (id >= std::numeric_limits<std::int32_t>::min() &&
          id <= std::numeric_limits<std::int32_t>::max()) {
        return static_cast<std::int32_t>(id);
      }
    }
    return fail(ErrorKind::format, "a token id is not a 32-bit integer", "trace");
  });
}

Json to_json(const model::GenerateResult& result) {
  Json json{{"text", result.text},
            {"finish", to_string(result.finish)},
            {"prompt_tokens", result.prompt_tokens},
            {"completion_tokens", result.completion_tokens}};
  if (!result.tokens.empty()) json["tokens"] = result.tokens;
  if (!result.token_logprobs.empty()) json["token_logprobs"] = logprobs_json(result.token_logprobs);
  if (!result.tool_calls.empty()) json["tool_calls"] = calls_json(result.tool_calls);
  return json;
}

Result<model::FinishReason> parse_finish(const std::string& name) {
  using model::FinishReason;
  for (const auto reason : {FinishReason::stop, FinishReason::length, FinishReason::cancelled}) {
    if (name == to_string(reason)) return reason;
  }
  return fail(ErrorKind::format, "unknown finish reason '" + name + "'", "trace");
}

Result<model::GenerateResult> read_generation(const Json& json) {
  Fields fields(json, "generation");
  model::GenerateResult out;
  out.text = fields.text("text");
  const auto finish = parse_finish(fields.text("finish"));
  if (!finish) fields.note(finish.error());
  out.finish = finish.value_or(model::FinishReason::cancelled);
  out.prompt_tokens = fields.small("prompt_tokens");
  out.completion_tokens = fields.small("completion_tokens");
  out.tokens = read_tokens(fields, "tokens");
  out.token_logprobs = read_logprobs(fields, "token_logprobs");
  out.tool_calls = read_calls(fields);
  if (!fields.status()) return tl::unexpected(fields.status().error());
  return out;
}

Json to_json(const model::LoglikelihoodResult& result) {
  Json json{{"total", number_json(result.total)},
            {"tokens", result.tokens},
            {"token_logprobs", logprobs_json(result.token_logprobs)},
            {"greedy", result.greedy}};
  if (!result.token_means.empty()) json["token_means"] = logprobs_json(result.token_means);
  if (!result.token_sds.empty()) json["token_sds"] = logprobs_json(result.token_sds);
  return json;
}

Result<model::LoglikelihoodResult> read_choice_score(const Json& json) {
  Fields fields(json, "choice score");
  model::LoglikelihoodResult out;
  out.total = fields.number("total", kMinusInfinity);
  out.tokens = read_tokens(fields, "tokens");
  out.token_logprobs = read_logprobs(fields, "token_logprobs");
  out.greedy = fields.flag("greedy");
  out.token_means = read_logprobs(fields, "token_means");
  out.token_sds = read_logprobs(fields, "token_sds");
  if (!fields.status()) return tl::unexpected(fields.status().error());
  return out;
}

Json to_json(const Error& error) {
  return Json{{"kind", to_string(error.kind)},
              {"what", error.what},
              {"where", error.where},
              {"next", error.next}};
}

Result<Error> read_error(const Json& json) {
  constexpr std::array kinds{ErrorKind::usage,       ErrorKind::not_found, ErrorKind::io,
                             ErrorKind::format,      ErrorKind::limit,     ErrorKind::busy,
                             ErrorKind::unsupported, ErrorKind::cancelled, ErrorKind::internal};
  Fields fields(json, "error");
  Error out;
  const std::string kind = fields.text("kind");
  out.what = fields.text("what");
  out.where = fields.text("where");
  out.next = fields.text("next");
  if (!fields.status()) return tl::unexpected(fields.status().error());
  for (const ErrorKind known : kinds) {
    if (kind == to_string(known)) {
      out.kind = known;
      return out;
    }
  }
  return fail(ErrorKind::format, "unknown kind of error '" + kind + "'", "trace.error");
}

}  // namespace

Json to_json(const Sample& sample) {
  Json json{{"id", sample.id}, {"lang", to_string(sample.lang)}};
  if (!sample.cluster.empty()) json["cluster"] = sample.cluster;
  if (!sample.group.empty()) json["group"] = sample.group;
  if (!sample.messages.empty()) json["messages"] = messages_json(sample.messages);
  if (!sample.turns.empty()) json["turns"] = sample.turns;
  if (!sample.context.empty()) json["context"] = sample.context;
  if (!sample.choices.empty()) json["choices"] = sample.choices;
  if (sample.target_index != -1) json["target_index"] = sample.target_index;
  if (!sample.targets.empty()) json["targets"] = sample.targets;
  json["max_tokens"] = sample.max_tokens;
  if (!sample.metadata.is_null()) json["metadata"] = sample.metadata;
  return json;
}

Result<Sample> sample_from_json(const Json& json) {
  Fields fields(json, "sample");
  Sample out;
  out.id = fields.text("id");
  out.lang = fields.lang("lang");
  if (fields.has("cluster")) out.cluster = fields.text("cluster");
  if (fields.has("group")) out.group = fields.text("group");
  out.messages = read_messages(fields, "messages");
  out.turns = read_texts(fields, "turns");
  if (fields.has("context")) out.context = fields.text("context");
  out.choices = read_texts(fields, "choices");
  if (fields.has("target_index")) out.target_index = fields.small("target_index");
  out.targets = read_texts(fields, "targets");
  out.max_tokens = fields.small("max_tokens");
  out.metadata = fields.any("metadata");
  if (!fields.status()) return tl::unexpected(fields.status().error());
  return out;
}

Json to_json(const Trace& trace) {
  Json json{{"transcript", messages_json(trace.transcript)}};
  if (!trace.generations.empty()) {
    Json& list = json["generations"] = Json::array();
    for (const auto& result : trace.generations) list.push_back(to_json(result));
  }
  if (!trace.scores.empty()) {
    Json& list = json["scores"] = Json::array();
    for (const auto& result : trace.scores) list.push_back(to_json(result));
  }
  if (trace.error) json["error"] = to_json(*trace.error);
  if (!trace.state.is_null()) json["state"] = trace.state;
  return json;
}

Result<Trace> trace_from_json(const Json& json) {
  Fields fields(json, "trace");
  Trace out;
  out.transcript = read_list<model::Message>(fields, "transcript", read_message);
  if (fields.has("generations")) {
    out.generations = read_list<model::GenerateResult>(fields, "generations", read_generation);
  }
  if (fields.has("scores")) {
    out.scores = read_list<model::LoglikelihoodResult>(fields, "scores", read_choice_score);
  }
  if (fields.has("error")) {
    Result<Error> error = read_error(fields.any("error"));
    if (!error) return tl::unexpected(error.error());
    out.error = std::move(*error);
  }
  if (fields.has("state")) out.state = fields.any("state");
  if (!fields.status()) return tl::unexpected(fields.status().error());
  return out;
}

}  // namespace assay::eval
