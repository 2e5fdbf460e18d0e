// GPT-2: LayerNorm, learned positions, GELU by tanh, biases everywhere, tied embeddings (Radford et
// al. 2019). Hugging Face's matrices are [in, out] (Conv1D).
#include "model/torch/families/families.h"

namespace assay::model::torch_engine {
namespace {

void shared(Spec& spec) {
  spec.family = "gpt2";
  spec.layer_norm = true;
  spec.gated = false;
  spec.activation = Activation::gelu_tanh;
  spec.rope_size = 0;
}

Result<Spec> from_gguf(const local::GgufHeader& header) {
  ASSAY_TRY(Spec spec, common_gguf(header));
  shared(spec);
  return checked(std::move(spec));
}

Result<Spec> from_config(const Json& config) {
  Json named = config;  // GPT-2 has names of its own
  named["num_hidden_layers"] = integer(config, "n_layer", 0);
  named["num_attention_heads"] = integer(config, "n_head", 0);
  named["hidden_size"] = integer(config, "n_embd", 0);
  const std::int64_t inner = integer(config, "n_inner", 0);
  named["intermediate_size"] = inner > 0 ? inner : 4 * integer(config, "n_embd", 0);
  named["max_position_embeddings"] = integer(config, "n_positions", 0);
  named["hidden_act"] = config.value("activation_function", "gelu_new");
  if (config.value("scale_attn_by_inverse_layer_idx", false)) {
    return fail(ErrorKind::unsupported, "the model scales attention by the layer", {},
                "GPT-2's own models do not; no other form of it is known");
  }
  ASSAY_TRY(Spec spec, common_config(named));
  const Activation activation = spec.activation;
  shared(spec);
  spec.activation = activation;
  spec.epsilon = real(config, "layer_norm_epsilon", 1e-5);
  return checked(std::move(spec));
}

}  // namespace

Family gpt2_family() {
  Family family;
  family.name = "GPT-2";
  family.gguf = {"gpt2"};
  family.hf = {"gpt2"};
  family.from_gguf = from_gguf;
  family.from_config = from_config;
  family.hf_layout.transposed = true;
  for (const std::string prefix : {"transformer.", ""}) {
    family.hf_names.insert(family.hf_names.end(),
                           {{prefix + "wte", "token_embd"},
                            {prefix + "wpe", "position_embd"},
                            {prefix + "ln_f", "output_norm"},
                            {prefix + "h.%.ln_1", "blk.%.attn_norm"},
                            {prefix + "h.%.attn.c_attn", "blk.%.attn_qkv"},
                            {prefix + "h.%.attn.c_proj", "blk.%.attn_output"},
                            {prefix + "h.%.ln_2", "blk.%.ffn_norm"},
                            {prefix + "h.%.mlp.c_fc", "blk.%.ffn_up"},
                            {prefix + "h.%.mlp.c_proj", "blk.%.ffn_down"}});
  }
  family.hf_names.emplace_back("lm_head", "output");
  family.ignored = {".attn.bias", ".attn.masked_bias"};
  return family;
}

}  // namespace assay::model::torch_engine
