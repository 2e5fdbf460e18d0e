#include "model/local/embedder.h"

#include <chrono>
#include <cmath>
#include <cstdlib>

#include "base/digest.h"
#include "llama.h"
#include "model/local/backend.h"

namespace assay::model::local {
namespace {

namespace fs = std::filesystem;

struct FreeModel {
  void operator()(llama_model* model) const { llama_model_free(model); }
};
struct FreeContext {
  void operator()(llama_context* context) const { llama_free(context); }
};
using ModelPtr = std::unique_ptr<llama_model, FreeModel>;
using ContextPtr = std::unique_ptr<llama_context, FreeContext>;

std::string meta(const llama_model* model, const char* key) {
  char text[256] = "";
  llama_model_meta_val_str(model, key, text, sizeof text);
  return text;
}

class LlamaEmbedder : public Embedder {
 public:
  LlamaEmbedder(ModelPtr model, ContextPtr context, std::string digest, int most_tokens)
      : model_(std::move(model)),
        context_(std::move(context)),
        name_(meta(model_.get(), "general.name")),
        digest_(std::move(digest)),
        most_tokens_(most_tokens) {}

  std::vector<Result<std::vector<float>>> embed(std::span<const std::string> texts,
                                                const CancelToken* cancel) override {
    std::vector<Result<std::vector<float>>> out;
    const auto began = std::chrono::steady_clock::now();
    for (const std::string& text : texts) {
      if (cancel != nullptr && cancel->requested()) {
        out.emplace_back(fail(ErrorKind::cancelled, "stopped"));
      } else {
        out.push_back(one(text));
      }
    }
    const std::chrono::duration<double> spent = std::chrono::steady_clock::now() - began;
    ledger_.seconds += spent.count();
    return out;
  }
  [[nodiscard]] const std::string& name() const override { return name_; }
  [[nodiscard]] const std::string& digest() const override { return digest_; }
  [[nodiscard]] Ledger ledger() const override { return ledger_; }

 private:
  Result<std::vector<float>> one(const std::string& text);
  [[nodiscard]] std::vector<llama_token> tokens_of(const std::string& text) const;

  ModelPtr model_;
  ContextPtr context_;
  std::string name_;
  std::string digest_;
  int most_tokens_;
  Ledger ledger_;
};

/// With the marks of beginning and end; a text that is too long loses its end, not the mark.
std::vector<llama_token> LlamaEmbedder::tokens_of(const std::string& text) const {
  const llama_vocab* vocab = llama_model_get_vocab(model_.get());
  std::vector<llama_token> out(text.size() + 8);
  const auto bytes = static_cast<std::int32_t>(text.size());
  const std::int32_t count = llama_tokenize(vocab, text.data(), bytes, out.data(),
                                            static_cast<std::int32_t>(out.size()), true, false);
  out.resize(static_cast<std::size_t>(std::max(count, 0)));
  const auto most = static_cast<std::size_t>(most_tokens_);
  if (out.size() > most) {
    out.resize(most);
    out.back() = llama_vocab_sep(vocab);
  }
  return out;
}

Result<std::vector<float>> LlamaEmbedder::one(const std::string& text) {
  const AbortGuard guard;
  try {
    std::vector<llama_token> tokens = tokens_of(text);
    if (tokens.size() <= 2) return fail(ErrorKind::usage, "the text has no tokens");
    llama_batch batch = llama_batch_get_one(tokens.data(), static_cast<int>(tokens.size()));
    if (llama_encode(context_.get(), batch) != 0) {
      return fail(ErrorKind::internal,
                  std::string("llama.cpp could not encode the text: ") + engine_log());
    }
    ++ledger_.requests;
    const auto read = static_cast<std::int64_t>(tokens.size());
    ledger_.prompt_tokens += read;
    ledger_.computed_tokens += read;
    ledger_.flops +=
        2.0 * static_cast<double>(llama_model_n_params(model_.get())) * static_cast<double>(read);
    const float* values = llama_get_embeddings_seq(context_.get(), 0);
    if (values == nullptr) return fail(ErrorKind::internal, "llama.cpp gave no embedding");
    std::vector<float> out(values, values + llama_model_n_embd(model_.get()));
    double length = 0.0;
    for (const float x : out) length += static_cast<double>(x) * x;
    if (!(length > 0.0) || !std::isfinite(length)) {
      return fail(ErrorKind::internal, "the embedding has no direction");
    }
    for (float& x : out) x = static_cast<float>(x / std::sqrt(length));
    return out;
  } catch (const std::exception& problem) {
    return fail(ErrorKind::internal, std::string("llama.cpp failed: ") + problem.what());
  }
}

ContextPtr make_context(llama_model* model, int threads) {
  llama_context_params p = llama_context_default_params();
  p.n_ctx = static_cast<std::uint32_t>(llama_model_n_ctx_train(model));
  p.n_batch = p.n_ubatch = p.n_ctx;
  p.n_seq_max = 1;
  p.n_threads = p.n_threads_batch = threads > 0 ? threads : physical_cores();
  p.embeddings = true;
  p.flash_attn_type = LLAMA_FLASH_ATTN_TYPE_DISABLED;
  p.no_perf = true;
  return ContextPtr(llama_init_from_model(model, p));
}

}  // namespace

Result<std::unique_ptr<Embedder>> Embedder::open(const fs::path& file, int threads) {
  ASSAY_TRY(std::string digest, sha256_file(file));
  start_backend();
  clear_engine_log();
  const AbortGuard guard;
  try {
    ModelPtr model(llama_model_load_from_file(file.c_str(), llama_model_default_params()));
    if (model == nullptr) {
      return fail(ErrorKind::format,
                  std::string("llama.cpp cannot load this model (") + engine_log() + ")",
                  file.string(), "Fetch the file again");
    }
    const std::string kind = meta(model.get(), "general.architecture");
    if (meta(model.get(), (kind + ".pooling_type").c_str()) != "1") {
      return fail(ErrorKind::unsupported, "this is not an embedding model with mean pooling",
                  file.string(), "Run `assay model fetch minilm`, and use minilm");
    }
    ContextPtr context = make_context(model.get(), threads);
    if (context == nullptr) {
      return fail(ErrorKind::limit,
                  std::string("llama.cpp could not set up the model (") + engine_log() + ")",
                  file.string(), "Free some memory");
    }
    const int named = std::atoi(meta(model.get(), "assay.most_tokens").c_str());
    const int most = named > 2 ? named : llama_model_n_ctx_train(model.get());
    return std::unique_ptr<Embedder>(std::make_unique<LlamaEmbedder>(
        std::move(model), std::move(context), std::move(digest), most));
  } catch (const std::exception& problem) {
    return fail(ErrorKind::format,
                std::string("llama.cpp cannot load this model: ") + problem.what(), file.string(),
                "Fetch the file again");
  }
}

}  // namespace assay::model::local
