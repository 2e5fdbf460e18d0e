#include "cli/open_model.h"

#include "cli/model_name.h"
#include "model/local/local.h"
#include "model/remote/remote.h"

namespace assay::cli {
namespace {

Result<std::unique_ptr<model::Model>> open_local(const std::string& spec,
                                                 const OpenOptions& options) {
  if (!options.model_args.empty()) {
    return fail(ErrorKind::usage, "a local model takes no arguments of its own",
                "--model-arg " + options.model_args.front(),
                "Leave it out; --dtype, --threads and --context are for local models");
  }
  ASSAY_TRY(const std::filesystem::path file, resolve_model(spec));
  model::local::Options local;
  ASSAY_TRY(local.dtype, model::local::parse_dtype(options.dtype));
  local.threads = options.threads;
  local.context = options.context;
  return model::local::open(file, local);
}

Result<std::unique_ptr<model::Model>> open_served(const std::string& spec,
                                                  const OpenOptions& options) {
  const char* local_only = options.dtype != "auto" ? "--dtype"
                           : options.threads != 0  ? "--threads"
                           : options.context != 0  ? "--context"
                                                   : nullptr;
  if (local_only != nullptr) {
    return fail(ErrorKind::usage, "a served model's weights are in its server's hands", local_only,
                "Leave it out, and set it where the server is started");
  }
  return model::remote::open(spec, options.model_args);
}

}  // namespace

void add_open_options(CLI::App& app, OpenOptions& options) {
  app.add_option("--dtype", options.dtype, "Weights to score: auto, as-stored, f32, bf16, q8_0");
  app.add_option("--threads", options.threads, "Threads (all physical cores)")
      ->check(CLI::Range(0, 1024));
  app.add_option("--context", options.context, "Tokens of key-value memory (chosen from the model)")
      ->check(CLI::Range(0, 16777216));
  app.add_option("--model-arg", options.model_args, "An argument of the model, key=value")
      ->allow_extra_args(false);
}

Result<std::unique_ptr<model::Model>> open_model(const std::string& spec,
                                                 const OpenOptions& options) {
  if (model::remote::is_served(spec)) return open_served(spec, options);
  return open_local(spec, options);
}

}  // namespace assay::cli
