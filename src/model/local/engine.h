// The Model on llama.cpp. Legal call order and thread-safety: see model/model.h.
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "llama.h"
#include "model/energy.h"
#include "model/local/chat_template.h"
#include "model/local/context.h"
#include "model/local/generator.h"
#include "model/local/local.h"
#include "model/local/prefix_plan.h"
#include "model/local/scorer.h"
#include "model/local/tokenizer.h"

namespace assay::model::local {

class Engine final : public Model {
 public:
  /// Loads weights that read_gguf_header() has accepted. Errors: format, unsupported, limit.
  static Result<std::unique_ptr<Engine>> load(const std::filesystem::path& weights, ModelInfo info,
                                              const Options& options, bool f32_cache);

  [[nodiscard]] const ModelInfo& info() const override { return info_; }
  void set_dtype_delta(double nats) { info_.dtype_max_logprob_delta = nats; }
  void forget_ledger() { ledger_ = {}; }

  [[nodiscard]] Capabilities can() const override;
  Result<std::vector<std::int32_t>> tokenize(std::string_view text) override;
  Result<std::vector<std::int32_t>> prompt_tokens(const GenerateRequest& request) override;
  Result<std::string> text_of(std::span<const std::int32_t> tokens) override;
  std::vector<Result<LoglikelihoodResult>> loglikelihood(
      std::span<const LoglikelihoodRequest> requests, const LoglikelihoodSink& sink,
      const CallOptions& options) override;
  std::vector<Result<LoglikelihoodResult>> rolling(std::span<const RollingRequest> requests,
                                                   const CallOptions& options) override;
  std::vector<Result<GenerateResult>> generate(std::span<const GenerateRequest> requests,
                                               const GenerateSink& sink,
                                               const CallOptions& options) override;
  [[nodiscard]] Ledger ledger() const override { return ledger_; }

 private:
  struct FreeModel {
    void operator()(llama_model* model) const { llama_model_free(model); }
  };
  using ModelPtr = std::unique_ptr<llama_model, FreeModel>;

  Engine(ModelPtr model, ModelInfo info, const Options& options, bool f32_cache);
  [[nodiscard]] int most_tokens() const;
  [[nodiscard]] std::size_t cells_in_memory() const;
  [[nodiscard]] int most_outputs() const;

  Result<ScoreItem> score_item(const LoglikelihoodRequest& request) const;
  Status score(std::span<const ScoreItem> items, std::vector<Scored>& scored,
               const std::function<void(std::size_t)>& done, const CancelToken* cancel);
  Status score_with(bool share, std::span<const ScoreItem> items, std::vector<Scored>& scored,
                    const std::function<void(std::size_t)>& done, const CancelToken* cancel);
  Result<std::unique_ptr<Grammar>> form_of(const GenerateRequest& request) const;
  Result<GenerateItem> generate_item(const GenerateRequest& request) const;
  Status generate_group(std::vector<GenerateItem> items, std::size_t cells,
                        const CallOptions& options, const Generator::Done& done);
  Result<Context*> context(std::unique_ptr<Context>& kept, const ContextShape& shape);

  ModelPtr model_;
  ModelInfo info_;
  Options options_;
  bool f32_cache_;
  int threads_;
  bool share_;  ///< whether sequences can share memory
  std::size_t cell_bytes_;
  Tokenizer tokenizer_;
  ChatTemplate chat_;
  std::unique_ptr<Context> scoring_;
  std::unique_ptr<Context> generating_;
  EnergyMeter meter_;
  Ledger ledger_;
};

}  // namespace assay::model::local
