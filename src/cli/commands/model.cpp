// `assay model list|fetch|info`: the model files of this machine.
#include <cstdio>
#include <filesystem>
#include <memory>

#include "base/json.h"
#include "base/paths.h"
#include "base/text.h"
#include "cli/command.h"
#include "cli/model_fetch.h"
#include "cli/model_name.h"
#include "cli/open_model.h"
#include "cli/transfer_progress.h"
#include "model/local/local.h"
#include "model/remote/remote.h"

namespace assay::cli {

void register_model(Commands& registry);

namespace {

namespace fs = std::filesystem;

struct Arguments {
  std::string name;
  std::vector<std::string> model_args;  ///< of a served model
  bool json = false;
};

Json describe(const FetchableModel& model) {
  std::error_code error;
  const auto path = model_cache_dir() / model.file;
  const bool fetched = fs::is_regular_file(path, error);
  return Json{{"name", model.name},       {"title", model.title},
              {"file", model.file},       {"bytes", model.bytes},
              {"license", model.license}, {"sha256", model.sha256},
              {"fetched", fetched},       {"path", fetched ? Json(path.string()) : Json(nullptr)}};
}

/// GGUF files that the user has put into the models folder.
std::vector<fs::path> other_files() {
  std::vector<fs::path> files;
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(model_cache_dir(), error)) {
    bool known = entry.path().extension() != ".gguf" || !entry.is_regular_file(error);
    for (const auto& model : fetchable_models()) known |= entry.path().filename() == model.file;
    if (!known) files.push_back(entry.path());
  }
  std::sort(files.begin(), files.end());
  return files;
}

int list_models(const Arguments& arguments) {
  Json models = Json::array();
  for (const auto& model : fetchable_models()) models.push_back(describe(model));
  for (const auto& file : other_files()) {
    std::error_code error;
    models.push_back(Json{{"name", file.stem().string()},
                          {"file", file.filename().string()},
                          {"bytes", fs::file_size(file, error)},
                          {"fetched", true},
                          {"path", file.string()}});
  }
  if (arguments.json) {
    std::puts(
        dump_json(Json{{"folder", model_cache_dir().string()}, {"models", models}}, 2).c_str());
    return exit_ok;
  }
  std::printf("Models in %s\n", model_cache_dir().c_str());
  for (const auto& model : models) {
    const double mb = model["bytes"].get<double>() / 1e6;
    std::printf("  %-14s %-12s %7.1f MB  %s%s%s\n", model["name"].get<std::string>().c_str(),
                model["fetched"].get<bool>() ? "here" : "not fetched", mb,
                model.value("title", model["file"].get<std::string>()).c_str(),
                model.contains("license") ? "; licence: " : "",
                model.value("license", std::string()).c_str());
  }
  std::puts("Fetch one with `assay model fetch NAME`; any GGUF file works by its path.");
  return exit_ok;
}

Result<const FetchableModel*> find_fetchable(const std::string& name) {
  std::vector<std::string> names;
  for (const auto& model : fetchable_models()) {
    if (model.name == name) return &model;
    names.push_back(model.name);
  }
  const auto near = near_names(name, names);
  std::string next = near.empty() ? "" : "Did you mean `" + near.front() + "`? ";
  next += "`assay model list` shows what can be fetched";
  return fail(ErrorKind::usage, "no model of this name can be fetched", name, next);
}

int fetch(const Arguments& arguments) {
  const auto model = find_fetchable(arguments.name);
  if (!model) return report_error(model.error());
  const FetchableModel& wanted = **model;
  std::fprintf(stderr, "%s. Licence: %s\n", wanted.title.c_str(), wanted.license.c_str());
  TransferProgress progress(wanted.name);
  http::Options options;
  options.cancel = &interrupt();
  options.on_progress = [&](const http::Progress& p) {
    progress.update(p.done_bytes, p.total_bytes);
  };
  const auto fetched = fetch_model(wanted, options);
  progress.finish();
  if (!fetched) return report_error(fetched.error());
  if (arguments.json) {
    Json json = describe(wanted);
    json["was_here"] = fetched->was_here;
    std::puts(dump_json(json, 2).c_str());
  } else {
    std::printf("%s: %s\n", fetched->was_here ? "Here already, SHA-256 checked" : "Fetched",
                fetched->path.c_str());
  }
  return exit_ok;
}

void row(const char* label, const std::string& value) {
  std::printf("%-14s %s\n", label, value.c_str());
}

std::string or_not_stated(const std::string& text) { return text.empty() ? "not stated" : text; }

std::string counted(std::int64_t count, const char* of_what) {
  return count > 0 ? std::to_string(count) + " " + of_what : "not stated";
}

std::string parameters_of(const model::ModelInfo& info) {
  if (info.parameters <= 0) return "not stated";
  char text[64];
  std::snprintf(text, sizeof text, "%.1f million", static_cast<double>(info.parameters) / 1e6);
  return text;
}

/// What its server says of a model, and what was found by trying.
int show_served(const Arguments& arguments) {
  OpenOptions options;
  options.model_args = arguments.model_args;
  const auto model = open_model(arguments.name, options);
  if (!model) return report_error(model.error());
  const model::ModelInfo& info = (*model)->info();
  const model::Capabilities can = (*model)->can();
  if (arguments.json) {
    Json json = model::to_json(info);
    for (const char* unknown : {"scored_dtype", "dtype_max_logprob_delta"}) json.erase(unknown);
    json["can"] = {{"chat", can.chat}, {"logprobs", can.logprobs}};
    std::puts(dump_json(json, 2).c_str());
    return exit_ok;
  }
  row("name", info.name);
  row("server", info.served_at);
  row("engine", info.engine);
  row("parameters", parameters_of(info));
  row("weights", or_not_stated(info.weights_dtype));
  row("context", counted(info.context_length, "tokens"));
  row("vocabulary", counted(info.vocabulary, "tokens"));
  row("chat", can.chat ? "yes" : "no: opened for completions");
  row("log-probs",
      can.logprobs ? "yes, of given texts" : "no: tasks that need them are not measured");
  for (const std::string& argument : info.arguments) row("argument", argument);
  row("identity", info.digest + " (of what the server says)");
  return exit_ok;
}

int show_info(const Arguments& arguments) {
  if (model::remote::is_served(arguments.name)) return show_served(arguments);
  if (!arguments.model_args.empty()) {
    return report_error({ErrorKind::usage, "a local model takes no arguments of its own",
                         "--model-arg " + arguments.model_args.front(), "Leave it out"});
  }
  const auto file = resolve_model(arguments.name);
  if (!file) return report_error(file.error());
  auto info = model::local::inspect(*file);
  if (!info) return report_error(info.error());
  if (arguments.json) {
    Json json = model::to_json(*info);
    json["id"] = arguments.name;
    json["path"] = file->string();
    for (const char* only_when_scored : {"scored_dtype", "dtype_max_logprob_delta"}) {
      json.erase(only_when_scored);
    }
    std::puts(dump_json(json, 2).c_str());
    return exit_ok;
  }
  char size[64];
  std::snprintf(size, sizeof size, "%.1f MB", static_cast<double>(info->file_bytes) / 1e6);
  row("name", info->name);
  row("file", file->string());
  row("architecture", info->architecture);
  row("parameters", parameters_of(*info));
  row("weights", info->weights_dtype + ", " + size);
  row("context", std::to_string(info->context_length) + " tokens");
  row("vocabulary", std::to_string(info->vocabulary) + " tokens");
  row("tokenizer", or_not_stated(info->tokenizer));
  row("chat template", info->has_chat_template ? "yes, SHA-256 " + info->template_digest : "none");
  row("licence", or_not_stated(info->license));
  row("SHA-256", info->digest);
  row("engine", info->engine);
  return exit_ok;
}

}  // namespace

void register_model(Commands& registry) {
  registry.add("model", "List, fetch and describe model files", [](CLI::App& app) {
    const auto arguments = std::make_shared<Arguments>();
    CLI::App* list = app.add_subcommand("list", "Models that are here or can be fetched");
    CLI::App* get = app.add_subcommand("fetch", "Fetch a known model (pinned, hash-checked)");
    get->add_option("NAME", arguments->name, "e.g. smollm2; `assay model list` shows all")
        ->required();
    CLI::App* info = app.add_subcommand("info", "What a model is, from its metadata or its server");
    info->add_option("MODEL", arguments->name,
                     "A GGUF file, a fetched model, or a served one: openai:MODEL@URL")
        ->required();
    info->add_option("--model-arg", arguments->model_args,
                     "An argument of a served model, key=value")
        ->allow_extra_args(false);
    for (CLI::App* command : {list, get, info}) {
      command->add_flag("--json", arguments->json, "Print JSON");
    }
    app.require_subcommand(1);
    return [=]() -> int {
      if (list->parsed()) return list_models(*arguments);
      if (info->parsed()) return show_info(*arguments);
      return fetch(*arguments);
    };
  });
}

}  // namespace assay::cli
