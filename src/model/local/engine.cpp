#include "model/local/engine.h"

#include <algorithm>
#include <cstdlib>

#include "model/local/backend.h"

namespace assay::model::local {
namespace {

constexpr std::size_t mib = std::size_t{1} << 20U;
/// Rows of logits in memory: once in llama.cpp's graph, once in its output, 4 bytes a number.
constexpr std::size_t logits_bytes = 128 * mib;
constexpr std::size_t most_cache_bytes = 2048 * mib;

/// "{architecture}.attention.{key}" of the metadata.
int head_width(const llama_model* model, const std::string& architecture, const char* key) {
  char text[32] = "";
  const std::string name = architecture + ".attention." + key;
  llama_model_meta_val_str(model, name.c_str(), text, sizeof text);
  const int width = std::atoi(text);
  return width > 0 ? width : llama_model_n_embd(model) / std::max(llama_model_n_head(model), 1);
}

/// Keys and values of one token in all layers.
std::size_t bytes_per_cell(const llama_model* model, const std::string& architecture,
                           bool f32_cache) {
  const int width = head_width(model, architecture, "key_length") +
                    head_width(model, architecture, "value_length");
  const auto heads = static_cast<std::size_t>(std::max(llama_model_n_head_kv(model), 1));
  const auto layers = static_cast<std::size_t>(llama_model_n_layer(model));
  const std::size_t bytes = layers * heads * static_cast<std::size_t>(width) * (f32_cache ? 4 : 2);
  return std::max<std::size_t>(bytes, 1);
}

tl::unexpected<Error> not_loaded(const std::filesystem::path& file, std::string detail) {
  if (detail.empty()) detail = engine_log();
  const bool unknown = detail.find("unknown model architecture") != std::string::npos;
  return fail(unknown ? ErrorKind::unsupported : ErrorKind::format,
              "llama.cpp cannot load this model" + (detail.empty() ? "" : " (" + detail + ")"),
              file.string(),
              unknown ? "Use a model of an architecture that " + engine_version() + " reads"
                      : "Fetch the file again, and compare its size and SHA-256");
}

Status check_kind(const llama_model* model, const std::filesystem::path& file) {
  const auto refuse = [&](const char* what) {
    return fail(ErrorKind::unsupported, what, file.string(),
                "Use a decoder-only language model (e.g. Llama, Qwen, Gemma, Mamba)");
  };
  if (llama_model_has_encoder(model) || !llama_model_has_decoder(model)) {
    return refuse("this model has an encoder; only decoder-only models can be assessed");
  }
  if (llama_model_is_diffusion(model)) return refuse("this is a diffusion model");
  const llama_vocab* vocab = llama_model_get_vocab(model);
  if (llama_vocab_type(vocab) == LLAMA_VOCAB_TYPE_NONE || llama_vocab_n_tokens(vocab) <= 0) {
    return refuse("this model file has no tokenizer");
  }
  return {};
}

}  // namespace

Result<std::unique_ptr<Engine>> Engine::load(const std::filesystem::path& weights, ModelInfo info,
                                             const Options& options, bool f32_cache) {
  start_backend();
  clear_engine_log();
  ModelPtr model;
  {
    const AbortGuard guard;
    try {
      model.reset(llama_model_load_from_file(weights.c_str(), llama_model_default_params()));
    } catch (const std::bad_alloc&) {
      return fail(ErrorKind::limit, "there is not enough memory for this model", weights.string(),
                  "Free memory, or use a smaller model or dtype");
    } catch (const std::exception& problem) {
      return not_loaded(weights, problem.what());
    }
  }
  if (model == nullptr) return not_loaded(weights, {});
  ASSAY_CHECK(check_kind(model.get(), weights));
  info.engine = engine_version();
  info.parameters = static_cast<std::int64_t>(llama_model_n_params(model.get()));
  info.vocabulary = llama_vocab_n_tokens(llama_model_get_vocab(model.get()));
  info.context_length = llama_model_n_ctx_train(model.get());
  return std::unique_ptr<Engine>(new Engine(std::move(model), std::move(info), options, f32_cache));
}

Engine::Engine(ModelPtr model, ModelInfo info, const Options& options, bool f32_cache)
    : model_(std::move(model)),
      info_(std::move(info)),
      options_(options),
      f32_cache_(f32_cache),
      threads_(options.threads > 0 ? options.threads : physical_cores()),
      share_(!llama_model_is_recurrent(model_.get()) && !llama_model_is_hybrid(model_.get())),
      cell_bytes_(bytes_per_cell(model_.get(), info_.architecture, f32_cache)),
      tokenizer_(llama_model_get_vocab(model_.get())),
      chat_(model_.get()),
      meter_(threads_) {
  options_.max_sequences = std::clamp(options_.max_sequences, 1, 256);
}

Capabilities Engine::can() const {
  Capabilities can;
  can.generate = true;
  can.chat = chat_.available();
  can.logprobs = true;
  can.tools = chat_.takes_tools();
  return can;
}

Result<std::vector<std::int32_t>> Engine::tokenize(std::string_view text) {
  return tokenizer_.encode(text, false);
}

/// KV cells that may be in memory: the caller's number, else a quarter of what is free.
std::size_t Engine::cells_in_memory() const {
  if (options_.context > 0) return static_cast<std::size_t>(options_.context);
  const std::size_t bytes = std::clamp(available_memory() / 4, 64 * mib, most_cache_bytes);
  return std::max<std::size_t>(bytes / cell_bytes_, 256);
}

/// Tokens that a request may have.
int Engine::most_tokens() const {
  const auto cells = static_cast<int>(std::min<std::size_t>(cells_in_memory(), 1U << 30U));
  return info_.context_length > 0 ? std::min(info_.context_length, cells) : cells;
}

int Engine::most_outputs() const {
  const std::size_t row = 2 * sizeof(float) * static_cast<std::size_t>(info_.vocabulary);
  return static_cast<int>(std::clamp<std::size_t>(logits_bytes / row, 16, 512));
}

/// The kept context if it is large enough and otherwise the same, else a new one in its place.
Result<Context*> Engine::context(std::unique_ptr<Context>& kept, const ContextShape& shape) {
  if (kept != nullptr) {
    ContextShape same = shape;
    const int cells = kept->shape().cells;
    if (shape.unified && cells >= shape.cells) same.cells = cells;
    if (same == kept->shape()) return kept.get();
    kept.reset();
  }
  ASSAY_TRY(kept, Context::create(model_.get(), shape));
  return kept.get();
}

}  // namespace assay::model::local
