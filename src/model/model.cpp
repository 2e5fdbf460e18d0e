#include "model/model.h"

namespace assay::model {

const char* to_string(FinishReason reason) {
  switch (reason) {
    case FinishReason::stop: return "stop";
    case FinishReason::length: return "length";
    case FinishReason::cancelled: return "cancelled";
  }
  return "cancelled";
}

Ledger& Ledger::operator+=(const Ledger& other) {
  requests += other.requests;
  prompt_tokens += other.prompt_tokens;
  computed_tokens += other.computed_tokens;
  completion_tokens += other.completion_tokens;
  flops += other.flops;
  seconds += other.seconds;
  joules += other.joules;
  joules_modelled = joules_modelled || other.joules_modelled;
  return *this;
}

Json to_json(const Ledger& ledger) {
  return Json{{"requests", ledger.requests},
              {"prompt_tokens", ledger.prompt_tokens},
              {"computed_tokens", ledger.computed_tokens},
              {"completion_tokens", ledger.completion_tokens},
              {"flops", ledger.flops},
              {"seconds", ledger.seconds},
              {"joules", ledger.joules},
              {"joules_modelled", ledger.joules_modelled}};
}

Json to_json(const ToolCall& call) {
  Json json{{"name", call.name}, {"arguments", call.arguments}};
  if (!call.id.empty()) json["id"] = call.id;
  return json;
}

Json to_json(const ModelInfo& info) {
  Json json{{"id", info.id},
            {"name", info.name},
            {"architecture", info.architecture},
            {"parameters", info.parameters},
            {"context_length", info.context_length},
            {"vocabulary", info.vocabulary},
            {"tokenizer", info.tokenizer},
            {"has_chat_template", info.has_chat_template},
            {"license", info.license},
            {"weights_dtype", info.weights_dtype},
            {"scored_dtype", info.scored_dtype},
            {"dtype_max_logprob_delta", nullptr},
            {"digest", info.digest},
            {"template_digest", info.template_digest},
            {"file_bytes", info.file_bytes},
            {"engine", info.engine}};
  if (info.dtype_max_logprob_delta) {
    json["dtype_max_logprob_delta"] = *info.dtype_max_logprob_delta;
  }
  if (!info.served_at.empty()) json["served_at"] = info.served_at;
  if (!info.arguments.empty()) json["arguments"] = info.arguments;
  return json;
}

Result<std::vector<std::int32_t>> Model::prompt_tokens(const GenerateRequest& /*request*/) {
  return fail(ErrorKind::unsupported, "only the model's server knows the tokens of a prompt",
              info().name, "Use the weights themselves (a GGUF file)");
}

Result<std::string> Model::text_of(std::span<const std::int32_t> /*tokens*/) {
  return fail(ErrorKind::unsupported, "only the model's server knows the texts of tokens",
              info().name, "Use the weights themselves (a GGUF file)");
}

}  // namespace assay::model
