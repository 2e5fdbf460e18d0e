// Opens what a person types for a model: a GGUF file, a fetched model's name (model_name.h), or a
// served model, "openai:MODEL@http://host:port/v1" (model/remote/remote.h).
// One way for every command, so that a model may stand wherever a model is asked for.
// Legal call order: open_options() when the command is made, open_model() when it runs.
// Thread-safety: any number of calls at once.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "cli/command.h"
#include "model/model.h"

namespace assay::cli {

/// How to open it, as the command line says.
struct OpenOptions {
  std::string dtype = "auto";           ///< weights to score, of a local model
  int threads = 0;                      ///< 0 = all physical cores
  int context = 0;                      ///< tokens of key-value memory; 0 = chosen from the model
  std::vector<std::string> model_args;  ///< "key=value", what else the engine understands
};

/// Adds --dtype, --threads, --context and --model-arg to a command; `options` must outlive it.
void add_open_options(CLI::App& app, OpenOptions& options);

/// Errors: usage (an option or argument that the engine does not have), not_found (with the nearest
/// names), and those of the engine's open().
Result<std::unique_ptr<model::Model>> open_model(const std::string& spec,
                                                 const OpenOptions& options = {});

}  // namespace assay::cli
