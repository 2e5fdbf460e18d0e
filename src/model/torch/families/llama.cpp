// Llama, SmolLM and Mistral: RMS norm, rotated halves, gated SiLU, grouped keys and values
// (Touvron et al. 2023, https://arxiv.org/abs/2307.09288; Jiang et al. 2023, 2310.06825).
// GGUF files have q and k rows permuted for rotated pairs.
#include "model/torch/families/families.h"

namespace assay::model::torch_engine {
namespace {

Result<Spec> from_gguf(const local::GgufHeader& header) {
  ASSAY_TRY(Spec spec, common_gguf(header));
  spec.family = "llama";
  if (header.hyperparameter("expert_count", 0) > 0) {
    return fail(ErrorKind::unsupported, "this model is a mixture of experts", {},
                "The white box takes dense models only");
  }
  spec.window = header.hyperparameter("attention.sliding_window", 0);
  return checked(std::move(spec));
}

Result<Spec> from_config(const Json& config) {
  ASSAY_TRY(Spec spec, common_config(config));
  spec.family = "llama";
  spec.window = integer(config, "sliding_window", 0);
  return checked(std::move(spec));
}

}  // namespace

std::vector<Rename> llama_names() {
  return {{"model.embed_tokens", "token_embd"},
          {"model.norm", "output_norm"},
          {"lm_head", "output"},
          {"model.layers.%.input_layernorm", "blk.%.attn_norm"},
          {"model.layers.%.self_attn.q_proj", "blk.%.attn_q"},
          {"model.layers.%.self_attn.k_proj", "blk.%.attn_k"},
          {"model.layers.%.self_attn.v_proj", "blk.%.attn_v"},
          {"model.layers.%.self_attn.o_proj", "blk.%.attn_output"},
          {"model.layers.%.self_attn.q_norm", "blk.%.attn_q_norm"},
          {"model.layers.%.self_attn.k_norm", "blk.%.attn_k_norm"},
          {"model.layers.%.post_attention_layernorm", "blk.%.ffn_norm"},
          {"model.layers.%.mlp.gate_proj", "blk.%.ffn_gate"},
          {"model.layers.%.mlp.up_proj", "blk.%.ffn_up"},
          {"model.layers.%.mlp.down_proj", "blk.%.ffn_down"}};
}

Family llama_family() {
  Family family;
  family.name = "Llama, SmolLM, Mistral";
  family.gguf = {"llama", "mistral"};
  family.hf = {"llama", "mistral"};
  family.from_gguf = from_gguf;
  family.from_config = from_config;
  family.gguf_layout.interleaved_rope = true;
  family.hf_names = llama_names();
  family.ignored = {"rotary_emb.inv_freq"};
  return family;
}

}  // namespace assay::model::torch_engine
