// GPT-NeoX and Pythia: LayerNorm, attention and MLP in parallel, a part of each head rotated, GELU
// (Black et al. 2022, https://arxiv.org/abs/2204.06745). Hugging Face stores q, k and v by head.
#include "model/torch/families/families.h"

namespace assay::model::torch_engine {
namespace {

void shared(Spec& spec) {
  spec.family = "gpt_neox";
  spec.layer_norm = true;
  spec.gated = false;
}

Result<Spec> from_gguf(const local::GgufHeader& header) {
  ASSAY_TRY(Spec spec, common_gguf(header));
  shared(spec);
  spec.activation = Activation::gelu;
  spec.parallel = header.hyperparameter("use_parallel_residual", 1) != 0;
  return checked(std::move(spec));
}

Result<Spec> from_config(const Json& config) {
  ASSAY_TRY(Spec spec, common_config(config));
  shared(spec);
  spec.epsilon = real(config, "layer_norm_eps", 1e-5);
  spec.parallel = config.value("use_parallel_residual", true);
  spec.rope_base = real(config, "rotary_emb_base", real(config, "rope_theta", 10000.0));
  spec.rope_size = static_cast<std::int64_t>(real(config, "rotary_pct", 0.25) *
                                             static_cast<double>(spec.head_size));
  return checked(std::move(spec));
}

}  // namespace

Family gpt_neox_family() {
  Family family;
  family.name = "GPT-NeoX, Pythia";
  family.gguf = {"gptneox"};
  family.hf = {"gpt_neox"};
  family.from_gguf = from_gguf;
  family.from_config = from_config;
  family.hf_layout.qkv_by_head = true;
  family.hf_names = {{"gpt_neox.embed_in", "token_embd"},
                     {"gpt_neox.final_layer_norm", "output_norm"},
                     {"embed_out", "output"},
                     {"gpt_neox.layers.%.input_layernorm", "blk.%.attn_norm"},
                     {"gpt_neox.layers.%.attention.query_key_value", "blk.%.attn_qkv"},
                     {"gpt_neox.layers.%.attention.dense", "blk.%.attn_output"},
                     {"gpt_neox.layers.%.post_attention_layernorm", "blk.%.ffn_norm"},
                     {"gpt_neox.layers.%.mlp.dense_h_to_4h", "blk.%.ffn_up"},
                     {"gpt_neox.layers.%.mlp.dense_4h_to_h", "blk.%.ffn_down"}};
  family.ignored = {"rotary_emb.inv_freq", ".attention.bias", ".attention.masked_bias"};
  return family;
}

}  // namespace assay::model::torch_engine
