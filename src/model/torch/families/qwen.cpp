// Qwen2, 2.5 and 3: as Llama, with biases of q, k and v (2), or a norm of each head's q and k (3)
// (Yang et al. 2024, https://arxiv.org/abs/2407.10671; 2505.09388).
#include "model/torch/families/families.h"

namespace assay::model::torch_engine {
namespace {

Result<Spec> from_gguf(const local::GgufHeader& header) {
  ASSAY_TRY(Spec spec, common_gguf(header));
  spec.family = "qwen";
  return checked(std::move(spec));
}

Result<Spec> from_config(const Json& config) {
  ASSAY_TRY(Spec spec, common_config(config));
  spec.family = "qwen";
  if (config.value("use_sliding_window", false)) {
    // Layers from max_window_layers on are windowed.
    spec.window = integer(config, "sliding_window", 0);
    const std::int64_t full = integer(config, "max_window_layers", spec.layers);
    for (std::int64_t i = 0; i < spec.layers; ++i) spec.windowed.push_back(i >= full);
  }
  return checked(std::move(spec));
}

}  // namespace

Family qwen_family() {
  Family family;
  family.name = "Qwen2, Qwen2.5, Qwen3";
  family.gguf = {"qwen2", "qwen3"};
  family.hf = {"qwen2", "qwen3"};
  family.from_gguf = from_gguf;
  family.from_config = from_config;
  family.hf_names = llama_names();
  return family;
}

}  // namespace assay::model::torch_engine
