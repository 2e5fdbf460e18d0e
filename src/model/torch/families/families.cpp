// The list of families, and what they share.
#include "model/torch/families/families.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace assay::model::torch_engine {

std::span<const Family> families() {
  static const std::vector<Family> all{llama_family(), qwen_family(),     gemma_family(),
                                       gpt2_family(),  gpt_neox_family(), phi3_family()};
  return all;
}

namespace {

const Family* find(std::vector<std::string> Family::*names, const std::string& name) {
  for (const Family& family : families()) {
    const auto& known = family.*names;
    if (std::find(known.begin(), known.end(), name) != known.end()) return &family;
  }
  return nullptr;
}

/// Llama 3's stretching of low frequencies (transformers, _compute_llama3_parameters).
Status llama3_factors(const Json& scaling, Spec& spec) {
  const double factor = real(scaling, "factor", 8.0);
  const double low = real(scaling, "low_freq_factor", 1.0);
  const double high = real(scaling, "high_freq_factor", 4.0);
  const double old = real(scaling, "original_max_position_embeddings", 8192.0);
  if (high <= low || factor <= 0 || old <= 0) {
    return fail(ErrorKind::format, "rope_scaling in config.json makes no sense", {},
                "Fetch the model again");
  }
  for (std::int64_t i = 0; i < spec.rope_size / 2; ++i) {
    const double exponent = 2.0 * static_cast<double>(i) / static_cast<double>(spec.rope_size);
    const double length = 2.0 * std::numbers::pi * std::pow(spec.rope_base, exponent);
    const double smooth = std::clamp((old / length - low) / (high - low), 0.0, 1.0);
    spec.rope_factors.push_back(1.0 / ((1.0 - smooth) / factor + smooth));
  }
  return {};
}

}  // namespace

const Family* family_of_gguf(const std::string& architecture) {
  return find(&Family::gguf, architecture);
}
const Family* family_of_hf(const std::string& model_type) { return find(&Family::hf, model_type); }

Error unknown_architecture(const std::string& architecture, const std::string& where) {
  std::string known;
  for (const Family& family : families()) known += (known.empty() ? "" : "; ") + family.name;
  return {ErrorKind::unsupported,
          "the white box does not know the architecture `" + architecture + "`", where,
          "Known are: " + known +
              ". Another is one file in src/model/torch/families and a line in families.cpp"};
}

double real(const local::GgufHeader& header, const std::string& key, double otherwise) {
  const auto found = header.metadata.find(header.text("general.architecture") + "." + key);
  return found == header.metadata.end() ? otherwise : found->second.real;
}

double real(const Json& config, const char* key, double otherwise) {
  const auto found = config.find(key);
  return found == config.end() || !found->is_number() ? otherwise : found->get<double>();
}

std::int64_t integer(const Json& config, const char* key, std::int64_t otherwise) {
  const auto found = config.find(key);
  return found == config.end() || !found->is_number_integer() ? otherwise
                                                              : found->get<std::int64_t>();
}

Result<Spec> common_gguf(const local::GgufHeader& header) {
  Spec spec;
  spec.layers = header.hyperparameter("block_count", 0);
  spec.width = header.hyperparameter("embedding_length", 0);
  spec.mlp = header.hyperparameter("feed_forward_length", 0);
  spec.heads = header.hyperparameter("attention.head_count", 0);
  spec.kv_heads = header.hyperparameter("attention.head_count_kv", spec.heads);
  spec.context = header.hyperparameter("context_length", 0);
  spec.head_size =
      header.hyperparameter("attention.key_length", spec.heads > 0 ? spec.width / spec.heads : 0);
  spec.rope_size = header.hyperparameter("rope.dimension_count", spec.head_size);
  spec.rope_base = real(header, "rope.freq_base", 10000.0);
  const double rms = real(header, "attention.layer_norm_rms_epsilon", 1e-5);
  spec.epsilon = real(header, "attention.layer_norm_epsilon", rms);
  const std::string scaling =
      header.text(header.text("general.architecture") + ".rope.scaling.type");
  if (scaling == "linear" || scaling.empty()) {
    spec.rope_scale = real(header, "rope.scaling.factor", 1.0);
  } else if (scaling != "none" && scaling != "longrope") {
    return fail(ErrorKind::unsupported, "rope scaling `" + scaling + "` is not known", {},
                "Known are linear, longrope, and llama3 (as rope_freqs)");
  }
  if (header.hyperparameter("attention.value_length", spec.head_size) != spec.head_size) {
    return fail(ErrorKind::unsupported, "keys and values of different size are not known", {}, "");
  }
  return spec;
}

Status read_rope_scaling(const Json& config, Spec& spec) {
  const auto scaling = config.find("rope_scaling");
  if (scaling == config.end() || !scaling->is_object()) return {};
  const auto text = [&](const char* key) {
    const auto found = scaling->find(key);
    return found != scaling->end() && found->is_string() ? found->get<std::string>()
                                                         : std::string();
  };
  const std::string type = text("rope_type").empty() ? text("type") : text("rope_type");
  if (type.empty() || type == "default") return {};
  if (type == "linear") {
    spec.rope_scale = real(*scaling, "factor", 1.0);
    return {};
  }
  if (type == "llama3") return llama3_factors(*scaling, spec);
  return fail(ErrorKind::unsupported, "rope scaling `" + type + "` is not known", {},
              "Known are linear, llama3 and (Phi-3) longrope");
}

Result<Spec> common_config(const Json& config) {
  Spec spec;
  spec.layers = integer(config, "num_hidden_layers", 0);
  spec.width = integer(config, "hidden_size", 0);
  spec.mlp = integer(config, "intermediate_size", 0);
  spec.heads = integer(config, "num_attention_heads", 0);
  spec.kv_heads = integer(config, "num_key_value_heads", spec.heads);
  spec.context = integer(config, "max_position_embeddings", 0);
  spec.vocabulary = integer(config, "vocab_size", 0);
  spec.head_size = integer(config, "head_dim", spec.heads > 0 ? spec.width / spec.heads : 0);
  spec.rope_size = spec.head_size;
  spec.rope_base = real(config, "rope_theta", 10000.0);
  spec.epsilon = real(config, "rms_norm_eps", 1e-6);
  const auto named = config.find("hidden_activation");  // Gemma's, beside an older name
  std::string act = config.value("hidden_act", "silu");
  if (named != config.end() && named->is_string()) act = named->get<std::string>();
  if (act == "silu" || act == "swish") {
    spec.activation = Activation::silu;
  } else if (act == "gelu_new" || act == "gelu_pytorch_tanh" || act == "gelu_fast") {
    spec.activation = Activation::gelu_tanh;
  } else if (act == "gelu") {
    spec.activation = Activation::gelu;
  } else {
    return fail(ErrorKind::unsupported, "the activation `" + act + "` is not known", {},
                "Known are silu, gelu and gelu_new");
  }
  ASSAY_CHECK(read_rope_scaling(config, spec));
  return spec;
}

Result<Spec> checked(Spec spec) {
  const auto in = [](std::int64_t value, std::int64_t most) { return value > 0 && value <= most; };
  const bool sizes = in(spec.layers, 512) && in(spec.width, 1 << 20) && in(spec.mlp, 1 << 24) &&
                     in(spec.heads, 1 << 14) && in(spec.kv_heads, spec.heads) &&
                     in(spec.head_size, 1 << 16) && spec.context > 0;
  if (!sizes || spec.heads % spec.kv_heads != 0 || spec.rope_size < 0 ||
      spec.rope_size > spec.head_size || spec.rope_size % 2 != 0 || !(spec.epsilon > 0) ||
      !(spec.rope_base > 0) || !(spec.rope_scale > 0) || spec.window < 0 ||
      (!spec.rope_factors.empty() &&
       static_cast<std::int64_t>(spec.rope_factors.size()) != spec.rope_size / 2)) {
    return fail(ErrorKind::format, "the model's description lacks sizes, or they do not fit", {},
                "Fetch the model again");
  }
  if (spec.attention_scale == 0.0) {
    spec.attention_scale = 1.0 / std::sqrt(static_cast<double>(spec.head_size));
  }
  return spec;
}

}  // namespace assay::model::torch_engine
