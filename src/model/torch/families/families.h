// The known families; each function is in the file of its name.
// Thread-safety: pure functions.
#pragma once

#include "model/torch/spec.h"

namespace assay::model::torch_engine {

Family llama_family();
Family qwen_family();
Family gemma_family();
Family gpt2_family();
Family gpt_neox_family();
Family phi3_family();

/// Names that Llama's implementation gave to most: model.layers.%.self_attn.q_proj, ...
std::vector<Rename> llama_names();

}  // namespace assay::model::torch_engine
