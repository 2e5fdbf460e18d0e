// Phi-3: as Llama, with q, k, v in one matrix and gate and up in one (Abdin et al. 2024,
// https://arxiv.org/abs/2404.14219). Models with long context (LongRoPE) are computed with their
// short factors, so only up to the context that they were first trained with.
#include <cmath>

#include "model/torch/families/families.h"

namespace assay::model::torch_engine {
namespace {

/// LongRoPE's factor of cosines and sines.
double magnitude(double context, double original) {
  if (original <= 1 || context <= original) return 1.0;
  return std::sqrt(1.0 + std::log(context / original) / std::log(original));
}

Result<Spec> from_gguf(const local::GgufHeader& header) {
  ASSAY_TRY(Spec spec, common_gguf(header));
  spec.family = "phi3";
  spec.window = header.hyperparameter("attention.sliding_window", 0);
  const std::int64_t original =
      header.hyperparameter("rope.scaling.original_context_length", spec.context);
  if (original < spec.context) {
    spec.rope_magnitude =
        real(header, "rope.scaling.attn_factor",
             magnitude(static_cast<double>(spec.context), static_cast<double>(original)));
    spec.context = original;
  }
  return checked(std::move(spec));
}

Result<Spec> from_config(const Json& config) {
  Json plain = config;
  plain.erase("rope_scaling");
  ASSAY_TRY(Spec spec, common_config(plain));
  spec.family = "phi3";
  spec.window = integer(config, "sliding_window", 0);
  spec.rope_size = static_cast<std::int64_t>(real(config, "partial_rotary_factor", 1.0) *
                                             static_cast<double>(spec.head_size));
  const auto scaling = config.find("rope_scaling");
  if (scaling != config.end() && scaling->is_object()) {
    const auto factors = scaling->find("short_factor");
    if (factors == scaling->end() || !factors->is_array()) {
      return fail(ErrorKind::unsupported, "this form of rope_scaling is not known for Phi-3", {},
                  "Known is longrope, with short_factor");
    }
    for (const auto& factor : *factors) {
      if (!factor.is_number()) {
        return fail(ErrorKind::format, "short_factor in config.json is no list of numbers", {},
                    "Fetch the model again");
      }
      spec.rope_factors.push_back(factor.get<double>());
    }
    const std::int64_t original = integer(config, "original_max_position_embeddings", spec.context);
    spec.rope_magnitude =
        magnitude(static_cast<double>(spec.context), static_cast<double>(original));
    spec.context = original;
  }
  return checked(std::move(spec));
}

}  // namespace

Family phi3_family() {
  Family family;
  family.name = "Phi-3";
  family.gguf = {"phi3"};
  family.hf = {"phi3"};
  family.from_gguf = from_gguf;
  family.from_config = from_config;
  family.hf_names = llama_names();
  family.hf_names.emplace_back("model.layers.%.self_attn.qkv_proj", "blk.%.attn_qkv");
  family.hf_names.emplace_back("model.layers.%.mlp.gate_up_proj", "blk.%.ffn_up");
  return family;
}

}  // namespace assay::model::torch_engine
