#include "model/torch/net.h"

namespace assay::model::torch_engine {
namespace {

class Loader {
 public:
  Loader(const Source& source, Net& net)
      : source_(source), spec_(source.spec), layout_(source.layout), net_(net) {}

  Status load();

 private:
  [[nodiscard]] bool has(const std::string& name) const { return source_.has(name); }

  /// The tensor, transposed where the layout says so.
  Result<at::Tensor> read(const std::string& name, bool matrix) {
    const auto shape = source_.shape(name);
    std::int64_t elements = 1;
    for (const auto extent : shape) elements *= extent;
    at::Tensor values = at::empty(shape, at::kFloat);
    ASSAY_CHECK(source_.read(name, values.data_ptr<float>()));
    net_.parameters += elements;
    if (matrix && layout_.transposed && values.dim() == 2) values = values.t().contiguous();
    return values;
  }

  Status expect(const at::Tensor& values, std::vector<std::int64_t> shape,
                const std::string& name) {
    if (values.sizes() == at::IntArrayRef(shape)) return {};
    std::string found;
    for (const auto extent : values.sizes()) found.append(" ").append(std::to_string(extent));
    std::string wanted;
    for (const auto extent : shape) wanted.append(" ").append(std::to_string(extent));
    return fail(
        ErrorKind::format,
        "the tensor `" + name + "` has the shape" + found + " where" + wanted + " is expected",
        source_.name, "The file does not fit its description; fetch it again");
  }

  /// Puts a matrix's or bias' rows at `begin` of the target.
  Status fill(const std::string& name, at::Tensor target, std::int64_t heads, bool matrix) {
    ASSAY_TRY(at::Tensor values, read(name, matrix));
    ASSAY_CHECK(expect(values, target.sizes().vec(), name));
    if (heads > 0 && layout_.interleaved_rope) values = pairs_to_halves(values, heads);
    target.copy_(values);
    return {};
  }

  Status norm(const std::string& name, std::int64_t size, Norm& out) {
    if (!has(name + ".weight")) return {};
    ASSAY_TRY(out.weight, read(name + ".weight", false));
    ASSAY_CHECK(expect(out.weight, {size}, name));
    if (layout_.norm_plus_one) out.weight += 1.0;
    if (!has(name + ".bias")) return {};
    ASSAY_TRY(out.bias, read(name + ".bias", false));
    return expect(out.bias, {size}, name);
  }

  Status required_norm(const std::string& name, std::int64_t size, Norm& out) {
    ASSAY_CHECK(norm(name, size, out));
    if (out.weight.defined()) return {};
    return fail(ErrorKind::format, "the model has no tensor `" + name + ".weight`", source_.name,
                "Fetch the model again");
  }

  Status linear(const std::string& name, std::int64_t rows, std::int64_t columns, Linear& out) {
    ASSAY_TRY(out.weight, read(name + ".weight", true));
    ASSAY_CHECK(expect(out.weight, {rows, columns}, name));
    if (!has(name + ".bias")) return {};
    ASSAY_TRY(out.bias, read(name + ".bias", false));
    return expect(out.bias, {rows}, name);
  }

  /// Several matrices of the file as one; each part is converted in its place.
  Status joined(const std::vector<std::pair<std::string, std::int64_t>>& parts,
                const std::vector<std::int64_t>& heads, std::int64_t columns, Linear& out) {
    std::int64_t rows = 0;
    bool biased = false;
    for (const auto& [name, size] : parts) {
      rows += size;
      biased = biased || has(name + ".bias");
    }
    out.weight = at::empty({rows, columns}, at::kFloat);
    if (biased) out.bias = at::zeros({rows}, at::kFloat);
    std::int64_t begin = 0;
    for (std::size_t i = 0; i < parts.size(); ++i) {
      const auto& [name, size] = parts[i];
      ASSAY_CHECK(fill(name + ".weight", out.weight.narrow(0, begin, size), heads[i], true));
      if (has(name + ".bias")) {
        ASSAY_CHECK(fill(name + ".bias", out.bias.narrow(0, begin, size), heads[i], false));
      }
      begin += size;
    }
    return {};
  }

  Status attention(const std::string& block, Layer& layer);
  Status mlp(const std::string& block, Layer& layer);
  Status rope();

  const Source& source_;
  const Spec& spec_;
  const Layout& layout_;
  Net& net_;
};

/// [heads, 3, size] -> [3, heads, size]
at::Tensor by_part(const at::Tensor& rows, std::int64_t heads) {
  auto shape = rows.sizes().vec();
  const std::int64_t size = shape[0] / heads / 3;
  std::vector<std::int64_t> split{heads, 3, size};
  split.insert(split.end(), shape.begin() + 1, shape.end());
  return rows.reshape(split).transpose(0, 1).contiguous().reshape(shape);
}

Status Loader::attention(const std::string& block, Layer& layer) {
  const std::int64_t q = spec_.heads * spec_.head_size;
  const std::int64_t kv = spec_.kv_heads * spec_.head_size;
  if (has(block + "attn_qkv.weight")) {
    ASSAY_CHECK(linear(block + "attn_qkv", q + 2 * kv, spec_.width, layer.qkv));
    if (layout_.qkv_by_head) {
      layer.qkv.weight = by_part(layer.qkv.weight, spec_.heads);
      if (layer.qkv.bias.defined()) layer.qkv.bias = by_part(layer.qkv.bias, spec_.heads);
    }
  } else {
    ASSAY_CHECK(joined({{block + "attn_q", q}, {block + "attn_k", kv}, {block + "attn_v", kv}},
                       {spec_.heads, spec_.kv_heads, 0}, spec_.width, layer.qkv));
  }
  ASSAY_CHECK(linear(block + "attn_output", spec_.width, q, layer.out));
  ASSAY_CHECK(norm(block + "attn_q_norm", spec_.head_size, layer.q));
  ASSAY_CHECK(norm(block + "attn_k_norm", spec_.head_size, layer.k));
  return norm(block + "post_attention_norm", spec_.width, layer.after_attention);
}

Status Loader::mlp(const std::string& block, Layer& layer) {
  if (spec_.gated && has(block + "ffn_gate.weight")) {
    ASSAY_CHECK(joined({{block + "ffn_gate", spec_.mlp}, {block + "ffn_up", spec_.mlp}}, {0, 0},
                       spec_.width, layer.up));
  } else {
    ASSAY_CHECK(linear(block + "ffn_up", (spec_.gated ? 2 : 1) * spec_.mlp, spec_.width, layer.up));
  }
  ASSAY_CHECK(linear(block + "ffn_down", spec_.width, spec_.mlp, layer.down));
  return norm(block + "post_ffw_norm", spec_.width, layer.after_mlp);
}

Status Loader::rope() {
  if (spec_.rope_size == 0) return {};
  const auto frequencies = [&](double base) {
    const auto exponent =
        at::arange(0, spec_.rope_size, 2, at::kDouble) / static_cast<double>(spec_.rope_size);
    return at::pow(at::scalar_tensor(base, at::kDouble), exponent).reciprocal();
  };
  at::Tensor factors = at::ones({spec_.rope_size / 2}, at::kDouble);
  for (const char* name : {"rope_freqs.weight", "rope_factors_short.weight"}) {
    if (!has(name)) continue;
    ASSAY_TRY(const auto read_factors, read(name, false));
    net_.parameters -= read_factors.numel();
    ASSAY_CHECK(expect(read_factors, {spec_.rope_size / 2}, name));
    factors = read_factors.to(at::kDouble);
  }
  if (!spec_.rope_factors.empty()) {
    factors = at::tensor(at::ArrayRef<double>(spec_.rope_factors), at::kDouble);
  }
  net_.frequencies = frequencies(spec_.rope_base) / factors / spec_.rope_scale;
  net_.local_frequencies =
      spec_.local_rope_base > 0 ? frequencies(spec_.local_rope_base) : net_.frequencies;
  return {};
}

Status Loader::load() {
  const auto shape = source_.shape("token_embd.weight");
  if (shape.size() != 2) {
    return fail(ErrorKind::format, "the model has no token embedding", source_.name,
                "Fetch the model again");
  }
  net_.spec.vocabulary = shape[0];
  ASSAY_TRY(net_.embedding, read("token_embd.weight", false));
  ASSAY_CHECK(expect(net_.embedding, {shape[0], spec_.width}, "token_embd.weight"));
  if (has("position_embd.weight")) {
    ASSAY_TRY(net_.positions, read("position_embd.weight", false));
    ASSAY_CHECK(expect(net_.positions, {spec_.context, spec_.width}, "position_embd.weight"));
  }
  ASSAY_CHECK(required_norm("output_norm", spec_.width, net_.final));
  net_.tied = !has("output.weight");
  if (net_.tied) {
    net_.head.weight = net_.embedding;
  } else {
    const bool transposed = false;  // the head is [vocabulary, width] in every family
    ASSAY_TRY(net_.head.weight, read("output.weight", transposed));
    ASSAY_CHECK(expect(net_.head.weight, {shape[0], spec_.width}, "output.weight"));
    if (has("output.bias")) {
      ASSAY_TRY(net_.head.bias, read("output.bias", false));
      ASSAY_CHECK(expect(net_.head.bias, {shape[0]}, "output.bias"));
    }
  }
  net_.layers.resize(static_cast<std::size_t>(spec_.layers));
  for (std::int64_t i = 0; i < spec_.layers; ++i) {
    Layer& layer = net_.layers[static_cast<std::size_t>(i)];
    const std::string block = "blk." + std::to_string(i) + ".";
    layer.windowed = spec_.is_windowed(i);
    ASSAY_CHECK(required_norm(block + "attn_norm", spec_.width, layer.before_attention));
    ASSAY_CHECK(attention(block, layer));
    ASSAY_CHECK(required_norm(block + "ffn_norm", spec_.width, layer.before_mlp));
    ASSAY_CHECK(mlp(block, layer));
  }
  return rope();
}

void move_to(Linear& linear, const at::Device& device) {
  linear.weight = linear.weight.to(device);
  if (linear.bias.defined()) linear.bias = linear.bias.to(device);
}
void move_to(Norm& norm, const at::Device& device) {
  if (norm.weight.defined()) norm.weight = norm.weight.to(device);
  if (norm.bias.defined()) norm.bias = norm.bias.to(device);
}

void move_to(Net& net, const at::Device& device) {
  if (device.is_cpu()) return;
  net.embedding = net.embedding.to(device);
  if (net.positions.defined()) net.positions = net.positions.to(device);
  if (net.tied) net.head.weight = net.embedding;
  move_to(net.head, device);
  move_to(net.final, device);
  net.frequencies = net.frequencies.defined() ? net.frequencies.to(device) : net.frequencies;
  net.local_frequencies =
      net.local_frequencies.defined() ? net.local_frequencies.to(device) : net.local_frequencies;
  for (Layer& layer : net.layers) {
    for (Norm* norm : {&layer.before_attention, &layer.before_mlp, &layer.after_attention,
                       &layer.after_mlp, &layer.q, &layer.k}) {
      move_to(*norm, device);
    }
    for (Linear* linear : {&layer.qkv, &layer.out, &layer.up, &layer.down}) {
      move_to(*linear, device);
    }
  }
}

at::Tensor swap_rows(const at::Tensor& rows, std::int64_t heads, bool to_halves) {
  auto shape = rows.sizes().vec();
  const std::int64_t half = shape[0] / heads / 2;
  std::vector<std::int64_t> split{heads, to_halves ? half : 2, to_halves ? 2 : half};
  split.insert(split.end(), shape.begin() + 1, shape.end());
  return rows.reshape(split).transpose(1, 2).contiguous().reshape(shape);
}

}  // namespace

at::Tensor pairs_to_halves(const at::Tensor& rows, std::int64_t heads) {
  return swap_rows(rows, heads, true);
}
at::Tensor halves_to_pairs(const at::Tensor& rows, std::int64_t heads) {
  return swap_rows(rows, heads, false);
}

Result<Net> load_net(const Source& source, const at::Device& device) {
  Net net;
  net.spec = source.spec;
  net.device = device;
  ASSAY_CHECK(Loader(source, net).load());
  move_to(net, device);
  return net;
}

}  // namespace assay::model::torch_engine
