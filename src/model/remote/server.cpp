#include "model/remote/server.h"

#include <algorithm>

#include "base/digest.h"
#include "base/text.h"
#include "http/url.h"
#include "model/remote/scoring.h"

namespace assay::model::remote {
namespace {

const Json* member(const Json& object, const char* key) {
  if (!object.is_object()) return nullptr;
  const auto found = object.find(key);
  return found == object.end() || found->is_null() ? nullptr : &*found;
}

std::string text_of(const Json& object, const char* key) {
  const Json* value = member(object, key);
  return value != nullptr && value->is_string() ? value->get<std::string>() : std::string();
}

std::int64_t count_of(const Json& object, const char* key) {
  const Json* value = member(object, key);
  if (value == nullptr || !value->is_number_integer()) return 0;
  return std::max<std::int64_t>(0, value->get<std::int64_t>());
}

int small(std::int64_t value) { return static_cast<int>(std::min<std::int64_t>(value, 1 << 30)); }

std::string root_of(const std::string& base_url) {
  return base_url.ends_with("/v1") ? base_url.substr(0, base_url.size() - 3) : base_url;
}

/// The model's entry in GET /models; null where the server has no such list.
Result<Json> find_model(Client& client, const Settings& settings) {
  const auto list = ask_once(client, "/models");
  if (!list) {
    const bool none = list.error().kind == ErrorKind::not_found;
    if (none) return Json(nullptr);
    return tl::unexpected(list.error());
  }
  const Json* models = member(*list, "data");
  if (models == nullptr || !models->is_array()) {
    return fail(ErrorKind::format, "the server's list of models is not what the protocol promises",
                settings.base_url, "Check the address (it usually ends in /v1)");
  }
  std::vector<std::string> names;
  for (const Json& model : *models) {
    const std::string id = text_of(model, "id");
    // llama-server has one model and takes any name for it.
    if (id == settings.model || text_of(model, "owned_by") == "llamacpp") return model;
    names.push_back(id);
  }
  if (names.empty()) return Json(nullptr);
  const auto near = near_names(settings.model, names);
  std::string next = "The server has:";
  for (std::size_t i = 0; i < std::min<std::size_t>(names.size(), 8); ++i)
    next += std::string(" ") + names[i];
  if (!near.empty()) next = std::string("Did you mean ") + near.front() + "?";
  return fail(ErrorKind::not_found, "the server has no model of this name", settings.model, next);
}

void describe_llama_server(Client& client, const Json& model, Server& server) {
  server.dialect = Dialect::llama_server;
  ModelInfo& info = server.info;
  if (const Json* meta = member(model, "meta")) {
    info.parameters = count_of(*meta, "n_params");
    info.vocabulary = small(count_of(*meta, "n_vocab"));
    info.context_length = small(count_of(*meta, "n_ctx_train"));
    info.file_bytes = count_of(*meta, "size");
    info.weights_dtype = text_of(*meta, "ftype");
  }
  info.engine = "llama-server";
  const auto props = ask_once(client, server.root + "/props");
  if (!props) return;
  const std::string build = text_of(*props, "build_info");
  if (!build.empty()) info.engine.append(" ").append(build);
  const std::string chat_template = text_of(*props, "chat_template");
  info.has_chat_template = !chat_template.empty();
  if (info.has_chat_template) info.template_digest = sha256_hex(chat_template);
  for (const char* key : {"bos_token", "eos_token"}) {
    if (server.first_token.empty()) server.first_token = text_of(*props, key);
  }
}

void describe_vllm(Client& client, const Json& model, Server& server) {
  server.dialect = Dialect::vllm;
  server.info.engine = "vLLM";
  server.info.context_length = small(count_of(model, "max_model_len"));
  const auto version = ask_once(client, server.root + "/version");
  if (version) server.info.engine.append(" ").append(text_of(*version, "version"));
}

/// What the server says of the model, as one digest: it stands where a file's digest would.
std::string identity(const Settings& settings, const ModelInfo& info) {
  Json facts = {{"model", settings.model},       {"arguments", settings.shaping()},
                {"parameters", info.parameters}, {"vocabulary", info.vocabulary},
                {"bytes", info.file_bytes},      {"weights", info.weights_dtype}};
  return sha256_hex(dump_json(facts));
}

}  // namespace

Result<Json> ask_once(Client& client, const std::string& path, const std::string& body) {
  Result<Json> out = fail(ErrorKind::io, "the server did not answer");
  Jobs jobs;
  jobs.count = 1;
  jobs.direct = jobs.probe = true;
  jobs.job = [&](std::size_t) { return Job{path, body, {}}; };
  jobs.accept = [&](std::size_t, const Json& reply) -> Status {
    out = reply;
    return {};
  };
  jobs.refuse = [&](std::size_t, const Error& error) { out = tl::unexpected(error); };
  const Status status = client.run(jobs);
  if (!status) return tl::unexpected(status.error());
  return out;
}

Result<Server> look_at_server(Client& client, const Settings& settings) {
  Server server;
  server.root = root_of(settings.base_url);
  ModelInfo& info = server.info;
  info.id = settings.spec;
  info.name = settings.model;
  info.engine = "OpenAI-compatible server";
  info.served_at = settings.base_url;
  info.arguments = settings.shaping();
  if (settings.batch()) {
    server.completions = settings.api == Api::completions;
    server.logprobs = settings.logprobs == Logprobs::echo ? Logprobs::echo : Logprobs::off;
  } else {
    ASSAY_TRY(const Json model, find_model(client, settings));
    const std::string owner = text_of(model, "owned_by");
    if (owner == "llamacpp") {
      describe_llama_server(client, model, server);
    } else if (owner == "vllm") {
      describe_vllm(client, model, server);
    }
    ASSAY_CHECK(find_logprobs(client, settings, server));
  }
  if (settings.api == Api::chat) info.has_chat_template = true;
  info.digest = identity(settings, info);
  return server;
}

}  // namespace assay::model::remote
