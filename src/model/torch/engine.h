// The white box on libtorch (model/whitebox.h): what a call asks is packed into batches
// (forward.h), what hooks saw is cut into sequences again.
// Legal call order: load(), then any call. Thread-safety: one call at a time.
#pragma once

#include <ATen/ATen.h>
#include <memory>
#include <string>
#include <vector>

#include "model/torch/adapter.h"
#include "model/torch/forward.h"
#include "model/torch/net.h"
#include "model/whitebox.h"

namespace assay::model::torch_engine {

class TorchPrefix : public Prefix {
 public:
  TorchPrefix(Tokens tokens, KeyValues cache)
      : tokens_(std::move(tokens)), cache_(std::move(cache)) {}
  [[nodiscard]] const Tokens& tokens() const override { return tokens_; }
  [[nodiscard]] const KeyValues& cache() const { return cache_; }

 private:
  Tokens tokens_;
  KeyValues cache_;
};

class Engine : public WhiteBox {
 public:
  static Result<std::unique_ptr<Engine>> load(const std::filesystem::path& model,
                                              const WhiteBoxOptions& options);

  [[nodiscard]] const WhiteBoxInfo& info() const override { return info_; }
  Result<RunResult> run(const RunRequest& request) override;
  Result<PrefixHandle> encode(const Tokens& tokens) override;
  Result<GradientResult> gradient(const GradientRequest& request) override;
  Result<Tensor> candidate_losses(const CandidateRequest& request) override;
  Result<std::vector<Tokens>> generate(const WhiteBoxGenerate& request) override;
  Result<Tensor> unembed(const Tensor& residual) override;
  Result<Tensor> unembedding(std::span<const std::int32_t> tokens) override;
  Result<Tensor> embedding(std::span<const std::int32_t> tokens) override;

  Status add_lora(const LoraOptions& options) override;
  Result<Tensor> lora_gradient(const TrainStep& batch, const std::string& name) override;
  Result<double> train(const TrainStep& step) override;
  Status save_lora(const std::filesystem::path& file) override;
  Status load_lora(const std::filesystem::path& file) override;
  Status merge_lora() override;
  Status use_lora(bool on) override;
  Status write_gguf(const std::filesystem::path& file, const std::string& dtype) override;

 private:
  Engine() = default;
  /// Errors: usage (none, or not of the vocabulary), limit (with `before`, longer than the
  /// context).
  [[nodiscard]] Status check(std::span<const std::int32_t> tokens, std::int64_t before = 0) const;
  [[nodiscard]] Result<const KeyValues*> cache_of(const PrefixHandle& prefix) const;
  [[nodiscard]] at::Tensor ids(std::span<const std::int32_t> tokens) const;
  Status run_some(const RunRequest& request, const HookPlan& plan,
                  const std::vector<std::size_t>& order, RunResult& result);
  void collect(const RunRequest& request, const Watch& watch, const std::vector<Segment>& segments,
               const std::vector<std::size_t>& order, RunResult& result) const;
  void make_half();  ///< bf16 copies of the matrices

  Result<at::Tensor> batch_loss(const TrainStep& batch);

  Net net_;
  WhiteBoxInfo info_;
  std::filesystem::path model_;    ///< what was opened
  std::string gguf_architecture_;  ///< as GGUF names it, also of a model that came otherwise
  Layout gguf_layout_;
  std::optional<Adapter> adapter_;
  friend class Candidates;
};

/// A plain tensor of a torch tensor's values; shares them where they are f32 rows already.
Tensor to_plain(const at::Tensor& values);
at::Tensor from_plain(const Tensor& values, const at::Device& device);

/// What libtorch throws as an Error: limit where memory ran out, else internal.
Error caught(const char* what);

/// Runs f() -> Result<T>; exceptions become errors.
template <class F>
auto guarded(const F& f) -> decltype(f()) {
  try {
    return f();
  } catch (const std::exception& error) {
    return tl::unexpected(caught(error.what()));
  }
}

}  // namespace assay::model::torch_engine
