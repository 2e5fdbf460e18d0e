// What a decoder of one of the known families is: sizes, and which of the few variations of the
// transformer it uses. A family (families/*.cpp) makes it of a GGUF header or a config.json; the
// network (net.h, forward.h) is the same code for all.
// Thread-safety: plain values.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "base/json.h"
#include "base/result.h"
#include "model/local/gguf_header.h"

namespace assay::model::torch_engine {

enum class Activation { silu, gelu, gelu_tanh };

struct Spec {
  std::string family;
  std::int64_t layers = 0, heads = 0, kv_heads = 0, head_size = 0;
  std::int64_t width = 0, mlp = 0, vocabulary = 0, context = 0;

  bool layer_norm = false;  ///< mean and variance; else RMS
  double epsilon = 1e-5;
  bool parallel = false;  ///< attention and MLP read the same stream (GPT-NeoX)
  bool gated = true;      ///< down(act(gate x) * up x)
  Activation activation = Activation::silu;
  double embedding_scale = 1.0;
  double attention_scale = 0.0;  ///< of q.k
  double attention_cap = 0.0;    ///< cap * tanh(x / cap); 0 = none
  double logit_cap = 0.0;

  std::int64_t rope_size = 0;  ///< of a head's values; 0 = none (learned positions)
  double rope_base = 10000.0;
  double rope_scale = 1.0;           ///< positions are divided by it
  std::vector<double> rope_factors;  ///< [rope_size / 2] frequencies are divided by; empty = 1
  double rope_magnitude = 1.0;       ///< cosines and sines are multiplied by

  std::int64_t window = 0;       ///< keys that a position sees in a windowed layer; 0 = all
  std::vector<bool> windowed;    ///< [layers], or empty = all, where window > 0
  double local_rope_base = 0.0;  ///< of windowed layers, unscaled; 0 = as the others

  [[nodiscard]] bool is_windowed(std::int64_t layer) const {
    return window > 0 && (windowed.empty() || windowed[static_cast<std::size_t>(layer)]);
  }
};

/// How a file's tensors differ from what the network wants: [out, in] matrices, q, k and v rows one
/// after the other, rotated halves.
struct Layout {
  bool interleaved_rope = false;  ///< q and k rows are permuted for rotated pairs (GGUF's llama)
  bool transposed = false;        ///< the layers' matrices are [in, out] (GPT-2's Conv1D)
  bool qkv_by_head = false;       ///< q, k and v of one head together (GPT-NeoX)
  bool norm_plus_one = false;     ///< norm weights are stored less 1 (Gemma)
};

/// A module's name in a Hugging Face model and in GGUF; % is the layer.
using Rename = std::pair<std::string, std::string>;

struct Family {
  std::string name;               ///< for people, e.g. "Llama, SmolLM, Mistral"
  std::vector<std::string> gguf;  ///< general.architecture
  std::vector<std::string> hf;    ///< model_type of config.json
  Result<Spec> (*from_gguf)(const local::GgufHeader& header) = nullptr;
  Result<Spec> (*from_config)(const Json& config) = nullptr;
  Layout gguf_layout, hf_layout;
  std::vector<Rename> hf_names;
  std::vector<std::string> ignored;  ///< endings of tensors that hold no weights (old masks)
};

/// All, in the order of the list in families.cpp.
std::span<const Family> families();
/// Null if there is none.
const Family* family_of_gguf(const std::string& architecture);
const Family* family_of_hf(const std::string& model_type);
/// Names the known ones and how to add one.
Error unknown_architecture(const std::string& architecture, const std::string& where);

/// The sizes that all GGUF families have under the same keys. Errors: format.
Result<Spec> common_gguf(const local::GgufHeader& header);
/// Those that most config.json have under the same names. Errors: format.
Result<Spec> common_config(const Json& config);
double real(const local::GgufHeader& header, const std::string& key, double otherwise);
double real(const Json& config, const char* key, double otherwise);
std::int64_t integer(const Json& config, const char* key, std::int64_t otherwise);
/// rope_scaling of config.json: none, linear, llama3. Errors: unsupported.
Status read_rope_scaling(const Json& config, Spec& spec);
/// Errors: format (a size is missing, or they do not fit each other).
Result<Spec> checked(Spec spec);

}  // namespace assay::model::torch_engine
