// Gemma 2 and 3: norms before and after attention and MLP, gated GELU, scaled embeddings, layers
// with a window among full ones; 2 caps scores and logits, 3 norms q and k and turns windowed
// layers with another base (Gemma Team 2024, https://arxiv.org/abs/2408.00118; 2025, 2503.19786).
// Hugging Face stores norm weights less 1.
#include <cmath>

#include "model/torch/families/families.h"

namespace assay::model::torch_engine {
namespace {

void shared(Spec& spec) {
  spec.family = "gemma";
  spec.activation = Activation::gelu_tanh;
  spec.embedding_scale = std::sqrt(static_cast<double>(spec.width));
}

/// Every `period`-th layer is full.
void set_windows(Spec& spec, std::int64_t period) {
  spec.windowed.clear();
  for (std::int64_t i = 0; i < spec.layers; ++i) spec.windowed.push_back((i + 1) % period != 0);
}

Result<Spec> from_gguf(const local::GgufHeader& header) {
  ASSAY_TRY(Spec spec, common_gguf(header));
  shared(spec);
  const bool three = header.text("general.architecture") == "gemma3";
  spec.window = header.hyperparameter("attention.sliding_window", three ? 1024 : 4096);
  set_windows(spec, three ? 6 : 2);
  if (three) {
    spec.local_rope_base = real(header, "rope.freq_base_swa", 10000.0);
    if (header.metadata.find("gemma3.rope.freq_base") == header.metadata.end()) {
      spec.rope_base = 1e6;
    }
    // The 27B model divides by width / heads, the others by the head size; the file does not say.
    if (spec.layers == 62) {
      spec.attention_scale =
          1.0 / std::sqrt(static_cast<double>(spec.width) / static_cast<double>(spec.heads));
    }
  } else {
    spec.attention_cap = real(header, "attn_logit_softcapping", 50.0);
    spec.logit_cap = real(header, "final_logit_softcapping", 30.0);
    if (spec.layers == 46) {
      spec.attention_scale =
          1.0 / std::sqrt(static_cast<double>(spec.width) / static_cast<double>(spec.heads));
    }
  }
  return checked(std::move(spec));
}

Result<Spec> from_config(const Json& config) {
  ASSAY_TRY(Spec spec, common_config(config));
  shared(spec);
  const bool three = config.value("model_type", "") != "gemma2";
  spec.attention_scale =
      1.0 / std::sqrt(real(config, "query_pre_attn_scalar", static_cast<double>(spec.head_size)));
  spec.attention_cap = real(config, "attn_logit_softcapping", 0.0);
  spec.logit_cap = real(config, "final_logit_softcapping", 0.0);
  spec.window = integer(config, "sliding_window", 0);
  set_windows(spec, three ? integer(config, "sliding_window_pattern", 6) : 2);
  if (three) spec.local_rope_base = real(config, "rope_local_base_freq", 10000.0);
  const auto types = config.find("layer_types");
  if (types != config.end() && types->is_array() &&
      static_cast<std::int64_t>(types->size()) == spec.layers) {
    for (std::size_t i = 0; i < types->size(); ++i) {
      spec.windowed[i] = (*types)[i].is_string() && (*types)[i] == "sliding_attention";
    }
  }
  return checked(std::move(spec));
}

}  // namespace

Family gemma_family() {
  Family family;
  family.name = "Gemma 2, Gemma 3";
  family.gguf = {"gemma2", "gemma3"};
  family.hf = {"gemma2", "gemma3_text"};
  family.from_gguf = from_gguf;
  family.from_config = from_config;
  family.hf_layout.norm_plus_one = true;
  family.hf_names = llama_names();
  for (auto& [hf, gguf] : family.hf_names) {
    if (hf.ends_with("post_attention_layernorm")) gguf = "blk.%.post_attention_norm";
  }
  family.hf_names.emplace_back("model.layers.%.pre_feedforward_layernorm", "blk.%.ffn_norm");
  family.hf_names.emplace_back("model.layers.%.post_feedforward_layernorm", "blk.%.post_ffw_norm");
  return family;
}

}  // namespace assay::model::torch_engine
