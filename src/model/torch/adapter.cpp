#include "model/torch/adapter.h"

#include <cmath>

#include "base/random.h"
#include "ggml.h"
#include "gguf.h"

namespace assay::model::torch_engine {
namespace {

struct Gguf {
  gguf_context* data = nullptr;
  ggml_context* tensors = nullptr;
  ~Gguf() {
    if (data != nullptr) gguf_free(data);
    if (tensors != nullptr) ggml_free(tensors);
  }
  Gguf() = default;
  Gguf(const Gguf&) = delete;
  Gguf& operator=(const Gguf&) = delete;
};

std::string tensor_name(std::int64_t layer, const std::string& kind, bool a) {
  return "blk." + std::to_string(layer) + "." + kind + ".weight.lora_" + (a ? "a" : "b");
}

}  // namespace

MatrixPlace place_of(Net& net, std::int64_t layer, const std::string& kind) {
  const Spec& spec = net.spec;
  Layer& at = net.layers[static_cast<std::size_t>(layer)];
  const std::int64_t q = spec.heads * spec.head_size;
  const std::int64_t kv = spec.kv_heads * spec.head_size;
  if (kind == "attn_q") return {&at.qkv, 0, q, spec.heads};
  if (kind == "attn_k") return {&at.qkv, q, kv, spec.kv_heads};
  if (kind == "attn_v") return {&at.qkv, q + kv, kv, 0};
  if (kind == "attn_qkv") return {&at.qkv, 0, q + 2 * kv, 0};
  if (kind == "attn_output") return {&at.out, 0, spec.width, 0};
  if (kind == "ffn_gate" && spec.gated) return {&at.up, 0, spec.mlp, 0};
  if (kind == "ffn_up") return {&at.up, spec.gated ? spec.mlp : 0, spec.mlp, 0};
  if (kind == "ffn_down") return {&at.down, 0, spec.width, 0};
  return {};
}

Result<Adapter> Adapter::make(Net& net, const LoraOptions& options) {
  if (options.rank < 1 || options.rank > net.spec.width || !(options.alpha > 0)) {
    return fail(ErrorKind::usage, "the adapter's rank or alpha is out of range", {},
                "rank is 1 to " + std::to_string(net.spec.width));
  }
  Adapter adapter;
  adapter.alpha_ = options.alpha;
  Rng rng = Rng::named(options.seed, "lora");
  for (std::int64_t layer = 0; layer < net.spec.layers; ++layer) {
    for (const std::string& kind : options.layers) {
      const MatrixPlace place = place_of(net, layer, kind);
      if (place.linear == nullptr) {
        return fail(ErrorKind::usage, "this model has no layers `" + kind + "` for an adapter", {},
                    "Known are attn_q, attn_k, attn_v, attn_output, ffn_gate (gated models), "
                    "ffn_up and ffn_down");
      }
      const std::int64_t columns = place.linear->weight.size(1);
      std::vector<float> values(static_cast<std::size_t>(options.rank * columns));
      const double size = 1.0 / std::sqrt(static_cast<double>(columns));
      for (float& value : values) value = static_cast<float>(rng.normal() * size);
      Part part{layer, kind, at::tensor(at::ArrayRef<float>(values), at::kFloat),
                {},    0,    place.heads};
      part.a = part.a.reshape({options.rank, columns}).to(net.device);
      part.b = at::zeros({place.rows, options.rank}, at::kFloat).to(net.device);
      part.scale = options.alpha / options.rank;
      adapter.parts_.push_back(std::move(part));
    }
  }
  return adapter;
}

void Adapter::detach(Net& net) {
  for (Layer& layer : net.layers) {
    for (Linear* linear : {&layer.qkv, &layer.out, &layer.up, &layer.down}) {
      linear->low_rank.clear();
    }
  }
}

void Adapter::attach(Net& net) const {
  detach(net);
  for (const Part& part : parts_) {
    const MatrixPlace place = place_of(net, part.layer, part.kind);
    place.linear->low_rank.push_back({part.a, part.b, place.begin, part.scale});
  }
}

void Adapter::merge(Net& net) const {
  detach(net);
  for (const Part& part : parts_) {
    const MatrixPlace place = place_of(net, part.layer, part.kind);
    place.linear->weight.narrow(0, place.begin, place.rows)
        .add_(at::matmul(part.b, part.a) * part.scale);
    place.linear->half = at::Tensor();
  }
}

std::vector<at::Tensor> Adapter::parameters() const {
  std::vector<at::Tensor> out;
  for (const Part& part : parts_) {
    out.push_back(part.a);
    out.push_back(part.b);
  }
  return out;
}

std::vector<std::string> Adapter::names() const {
  std::vector<std::string> out;
  for (const Part& part : parts_) {
    const std::string stem = "blk." + std::to_string(part.layer) + "." + part.kind;
    out.push_back(stem + ".lora_a");
    out.push_back(stem + ".lora_b");
  }
  return out;
}

void Adapter::step(const std::vector<at::Tensor>& gradients, const TrainStep& by) {
  const auto all = parameters();
  if (moments_.empty()) {
    for (const auto& parameter : all) {
      moments_.push_back({at::zeros_like(parameter), at::zeros_like(parameter)});
    }
  }
  ++steps_;
  const double first_left = 1.0 - std::pow(by.beta1, steps_);
  const double second_left = 1.0 - std::pow(by.beta2, steps_);
  for (std::size_t i = 0; i < all.size(); ++i) {
    at::Tensor parameter = all[i];
    Moments& m = moments_[i];
    m.first.mul_(by.beta1).add_(gradients[i], 1.0 - by.beta1);
    m.second.mul_(by.beta2).addcmul_(gradients[i], gradients[i], 1.0 - by.beta2);
    parameter.mul_(1.0 - by.learning_rate * by.weight_decay);
    const at::Tensor size = (m.second / second_left).sqrt().add_(by.epsilon);
    parameter.addcdiv_(m.first, size, -by.learning_rate / first_left);
  }
}

Status Adapter::write(const std::filesystem::path& file, const std::string& architecture,
                      const Layout& layout) const {
  Gguf out;
  out.data = gguf_init_empty();
  out.tensors = ggml_init({ggml_tensor_overhead() * (2 * parts_.size() + 1), nullptr, true});
  gguf_set_val_str(out.data, "general.type", "adapter");
  gguf_set_val_str(out.data, "general.architecture", architecture.c_str());
  gguf_set_val_str(out.data, "adapter.type", "lora");
  gguf_set_val_f32(out.data, "adapter.lora.alpha", static_cast<float>(alpha_));
  std::vector<at::Tensor> kept;
  for (const Part& part : parts_) {
    for (const bool a : {true, false}) {
      at::Tensor values = (a ? part.a : part.b).detach().to(at::kCPU);
      const bool turned = !a && layout.interleaved_rope && part.heads > 0;
      values = (turned ? halves_to_pairs(values, part.heads) : values).contiguous();
      ggml_tensor* tensor =
          ggml_new_tensor_2d(out.tensors, GGML_TYPE_F32, values.size(1), values.size(0));
      ggml_set_name(tensor, tensor_name(part.layer, part.kind, a).c_str());
      tensor->data = values.data_ptr<float>();
      gguf_add_tensor(out.data, tensor);
      kept.push_back(std::move(values));
    }
  }
  if (!gguf_write_to_file(out.data, file.c_str(), false)) {
    return fail(ErrorKind::io, "the adapter cannot be written", file.string(),
                "Check the folder, its permissions and the space left");
  }
  return {};
}

Result<Adapter> Adapter::read(Net& net, const std::filesystem::path& file, const Layout& layout) {
  ASSAY_CHECK(local::read_gguf_header(file));  // refuses what is cut off or hostile
  Gguf in;
  in.data = gguf_init_from_file(file.c_str(), {false, &in.tensors});
  if (in.data == nullptr) {
    return fail(ErrorKind::format, "this is no GGUF file", file.string(), "Give an adapter");
  }
  const auto alpha = gguf_find_key(in.data, "adapter.lora.alpha");
  if (alpha < 0 || gguf_get_kv_type(in.data, alpha) != GGUF_TYPE_FLOAT32) {
    return fail(ErrorKind::format, "the file is no LoRA adapter", file.string(),
                "Give a file that `save_lora` or llama.cpp's convert_lora_to_gguf.py wrote");
  }
  Adapter adapter;
  adapter.alpha_ = static_cast<double>(gguf_get_val_f32(in.data, alpha));
  std::int64_t used = 0;
  for (std::int64_t layer = 0; layer < net.spec.layers; ++layer) {
    for (const char* kind : {"attn_q", "attn_k", "attn_v", "attn_qkv", "attn_output", "ffn_gate",
                             "ffn_up", "ffn_down"}) {
      const ggml_tensor* a = ggml_get_tensor(in.tensors, tensor_name(layer, kind, true).c_str());
      const ggml_tensor* b = ggml_get_tensor(in.tensors, tensor_name(layer, kind, false).c_str());
      if (a == nullptr || b == nullptr) continue;
      const MatrixPlace place = place_of(net, layer, kind);
      if (place.linear == nullptr || a->type != GGML_TYPE_F32 || b->type != GGML_TYPE_F32 ||
          a->ne[0] != place.linear->weight.size(1) || b->ne[1] != place.rows ||
          a->ne[1] != b->ne[0]) {
        return fail(ErrorKind::format,
                    std::string("the adapter does not fit the model at ") + a->name, file.string(),
                    "Give an adapter of this model, in F32");
      }
      const auto values = [](const ggml_tensor* tensor) {
        return at::from_blob(tensor->data, {tensor->ne[1], tensor->ne[0]}, at::kFloat).clone();
      };
      at::Tensor rows = values(b);
      if (layout.interleaved_rope && place.heads > 0) rows = pairs_to_halves(rows, place.heads);
      adapter.parts_.push_back({layer, kind, values(a).to(net.device), rows.to(net.device),
                                adapter.alpha_ / static_cast<double>(a->ne[1]), place.heads});
      used += 2;
    }
  }
  if (used == 0 || used != gguf_get_n_tensors(in.data)) {
    return fail(ErrorKind::format, "the adapter has parts that this model has not", file.string(),
                "Give an adapter of this model");
  }
  return adapter;
}

}  // namespace assay::model::torch_engine
