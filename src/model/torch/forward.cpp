#include "model/torch/forward.h"

#include <limits>

namespace assay::model::torch_engine {
namespace {

at::Tensor activate(const at::Tensor& x, Activation activation) {
  switch (activation) {
    case Activation::gelu: return at::gelu(x);
    case Activation::gelu_tanh: return at::gelu(x, "tanh");
    case Activation::silu: break;
  }
  return at::silu(x);
}

}  // namespace

at::Tensor positions_of(const std::vector<Segment>& segments, const at::Device& device) {
  std::vector<std::int64_t> positions;
  for (const Segment& segment : segments) {
    for (std::int64_t i = 0; i < segment.count; ++i) {
      for (std::int64_t t = 0; t < segment.length; ++t) positions.push_back(segment.start + t);
    }
  }
  return at::tensor(at::ArrayRef<std::int64_t>(positions), at::kLong).to(device);
}

at::Tensor Forward::embed(const Net& net, const at::Tensor& tokens) {
  at::Tensor x = net.embedding.index_select(0, tokens);
  return net.spec.embedding_scale == 1.0 ? x : x * net.spec.embedding_scale;
}

at::Tensor Forward::linear(const Linear& linear, const at::Tensor& x) {
  at::Tensor out;
  if (batch_.half) {
    out = at::linear(x.to(at::kBFloat16), linear.half).to(at::kFloat);
    if (linear.bias.defined()) out += linear.bias;
  } else {
    out = linear.bias.defined() ? at::linear(x, linear.weight, linear.bias)
                                : at::linear(x, linear.weight);
  }
  for (const LowRank& part : linear.low_rank) {
    const at::Tensor add = at::linear(at::linear(x, part.a), part.b) * part.scale;
    out.narrow(1, part.begin, part.b.size(0)).add_(add);
  }
  return out;
}

at::Tensor Forward::plain_norm(const Norm& norm, const at::Tensor& x) {
  at::Tensor out;
  if (spec_.layer_norm) {
    return at::layer_norm(x, {x.size(-1)}, norm.weight, norm.bias, spec_.epsilon);
  }
  return x * at::rsqrt(x.square().mean(-1, true) + spec_.epsilon) * norm.weight;
}

at::Tensor Forward::norm(const Norm& norm, const at::Tensor& x, Point scale, Point normalized,
                         std::int64_t layer) {
  if (!wants(scale, layer)) return visit(normalized, layer, plain_norm(norm, x));
  const at::Tensor centred = spec_.layer_norm ? x - x.mean(-1, true) : x;
  const at::Tensor size =
      visit(scale, layer, at::sqrt(centred.square().mean(-1, true) + spec_.epsilon));
  at::Tensor out = centred / size * norm.weight;
  if (norm.bias.defined()) out = out + norm.bias;
  return visit(normalized, layer, out);
}

at::Tensor Forward::head_norm(const Norm& norm, const at::Tensor& x) {
  return norm.weight.defined() ? plain_norm(norm, x) : x;
}

void Forward::make_rotations() {
  if (spec_.rope_size == 0) return;
  const at::Tensor positions =
      positions_of(batch_.segments, net_.device).to(at::kDouble).unsqueeze(1);
  const auto make = [&](const at::Tensor& frequencies, double magnitude, at::Tensor& cos,
                        at::Tensor& sin) {
    const at::Tensor angles = (positions * frequencies).unsqueeze(1);
    cos = (at::cos(angles) * magnitude).to(at::kFloat);
    sin = (at::sin(angles) * magnitude).to(at::kFloat);
  };
  make(net_.frequencies, spec_.rope_magnitude, cos_, sin_);
  if (spec_.local_rope_base > 0) {
    make(net_.local_frequencies, 1.0, local_cos_, local_sin_);
  }
}

at::Tensor Forward::rotate(const Layer& layer, const at::Tensor& x) {
  const bool local = layer.windowed && local_cos_.defined();
  const at::Tensor& cos = local ? local_cos_ : cos_;
  const at::Tensor& sin = local ? local_sin_ : sin_;
  const std::int64_t half = spec_.rope_size / 2;
  const at::Tensor first = x.narrow(-1, 0, half);
  const at::Tensor second = x.narrow(-1, half, half);
  std::vector<at::Tensor> parts{first * cos - second * sin, second * cos + first * sin};
  if (spec_.rope_size < spec_.head_size) {
    parts.push_back(x.narrow(-1, spec_.rope_size, spec_.head_size - spec_.rope_size));
  }
  return at::cat(parts, -1);
}

/// Additive [length, start + length]: 0 where a query may look, else -inf.
at::Tensor Forward::mask(const Segment& segment, bool windowed) {
  const auto key = std::tuple(segment.length, segment.start, windowed);
  const auto found = masks_.find(key);
  if (found != masks_.end()) return found->second;
  const std::int64_t keys = segment.start + segment.length;
  const auto query = at::arange(segment.start, keys, at::kLong).unsqueeze(1);
  const auto place = at::arange(0, keys, at::kLong).unsqueeze(0);
  auto hidden = place > query;
  if (windowed) hidden = hidden.logical_or(query - place >= spec_.window);
  const auto made = at::zeros({segment.length, keys}, at::kFloat)
                        .masked_fill(hidden, -std::numeric_limits<float>::infinity())
                        .to(net_.device);
  return masks_.emplace(key, made).first->second;
}

/// q [count, length, heads, size]; k, v [count, kv, keys, size] -> [count, length, heads, size].
/// Heads that share keys stand as more queries of them.
at::Tensor Forward::mix(const Layer& layer, std::int64_t index, std::size_t segment,
                        const at::Tensor& q, const at::Tensor& k, const at::Tensor& v) {
  const Segment& s = batch_.segments[segment];
  const std::int64_t group = spec_.heads / spec_.kv_heads;
  const std::int64_t keys = k.size(2);
  const at::Tensor grouped =
      q.reshape({s.count, s.length, spec_.kv_heads, group, spec_.head_size})
          .permute({0, 2, 3, 1, 4})
          .reshape({s.count, spec_.kv_heads, group * s.length, spec_.head_size});
  at::Tensor scores = at::matmul(grouped * spec_.attention_scale, k.transpose(2, 3));
  if (spec_.attention_cap > 0) {
    scores = at::tanh(scores / spec_.attention_cap) * spec_.attention_cap;
  }
  scores = scores.reshape({s.count, spec_.kv_heads, group, s.length, keys});
  const bool windowed = layer.windowed && keys > spec_.window;
  if (s.length > 1 || windowed) scores = scores + mask(s, windowed);
  const auto by_head = [&](const at::Tensor& x) {
    return x.reshape({s.count, spec_.heads, s.length, keys});
  };
  if (wants(Point::scores, index)) {
    scores = by_head(scores);
    watch_->see_attention(Point::scores, index, segment, scores);
    scores = scores.reshape({s.count, spec_.kv_heads, group, s.length, keys});
  }
  at::Tensor pattern = at::softmax(scores, -1);
  if (wants(Point::pattern, index)) {
    pattern = by_head(pattern);
    watch_->see_attention(Point::pattern, index, segment, pattern);
  }
  pattern = pattern.reshape({s.count, spec_.kv_heads, group * s.length, keys});
  return at::matmul(pattern, v)
      .reshape({s.count, spec_.kv_heads, group, s.length, spec_.head_size})
      .permute({0, 3, 1, 2, 4})
      .reshape({s.count, s.length, spec_.heads, spec_.head_size});
}

/// q, k, v [rows, heads or kv, size] of the whole batch -> one segment's [its rows, heads * size].
at::Tensor Forward::attend(const Layer& layer, std::int64_t index, std::size_t segment,
                           const at::Tensor& q, const at::Tensor& k, const at::Tensor& v) {
  const Segment& s = batch_.segments[segment];
  const std::int64_t rows = s.count * s.length;
  const auto cut = [&](const at::Tensor& x) {
    return x.narrow(0, s.row, rows).reshape({s.count, s.length, x.size(1), x.size(2)});
  };
  at::Tensor keys = cut(k).transpose(1, 2);
  at::Tensor values = cut(v).transpose(1, 2);
  if (keep_ != nullptr) {
    KeyValues& kept = (*keep_)[segment];
    kept.length = s.start + s.length;
    kept.keys.push_back(keys.contiguous());
    kept.values.push_back(values.contiguous());
  }
  if (s.start > 0) {
    const KeyValues& past = *batch_.past[segment];
    const auto at = static_cast<std::size_t>(index);
    const auto before = [&](const at::Tensor& x) {
      return x.narrow(2, 0, s.start).expand({s.count, -1, -1, -1});
    };
    keys = at::cat({before(past.keys[at]), keys}, 2);
    values = at::cat({before(past.values[at]), values}, 2);
  }
  return mix(layer, index, segment, cut(q), keys, values)
      .reshape({rows, spec_.heads, spec_.head_size});
}

at::Tensor Forward::attention(const Layer& layer, std::int64_t index, const at::Tensor& x) {
  const at::Tensor read =
      norm(layer.before_attention, x, Point::ln1_scale, Point::ln1_normalized, index);
  const at::Tensor qkv = linear(layer.qkv, read);
  const std::int64_t rows = x.size(0);
  const std::int64_t q_size = spec_.heads * spec_.head_size;
  const std::int64_t kv_size = spec_.kv_heads * spec_.head_size;
  at::Tensor q = qkv.narrow(1, 0, q_size).reshape({rows, spec_.heads, spec_.head_size});
  at::Tensor k = qkv.narrow(1, q_size, kv_size).reshape({rows, spec_.kv_heads, spec_.head_size});
  at::Tensor v =
      qkv.narrow(1, q_size + kv_size, kv_size).reshape({rows, spec_.kv_heads, spec_.head_size});
  q = visit(Point::q, index, head_norm(layer.q, q));
  k = visit(Point::k, index, head_norm(layer.k, k));
  v = visit(Point::v, index, v);
  if (spec_.rope_size > 0) {
    q = visit(Point::rot_q, index, rotate(layer, q));
    k = visit(Point::rot_k, index, rotate(layer, k));
  }
  std::vector<at::Tensor> parts;
  for (std::size_t i = 0; i < batch_.segments.size(); ++i) {
    parts.push_back(attend(layer, index, i, q, k, v));
  }
  at::Tensor z = visit(Point::z, index, parts.size() == 1 ? parts[0] : at::cat(parts, 0));
  at::Tensor out = linear(layer.out, z.reshape({rows, q_size}));
  if (layer.after_attention.weight.defined()) out = plain_norm(layer.after_attention, out);
  return visit(Point::attn_out, index, out);
}

at::Tensor Forward::mlp(const Layer& layer, std::int64_t index, const at::Tensor& x) {
  const at::Tensor read = norm(layer.before_mlp, x, Point::ln2_scale, Point::ln2_normalized, index);
  const at::Tensor up = linear(layer.up, read);
  at::Tensor post;
  if (spec_.gated) {
    const at::Tensor gate = visit(Point::mlp_pre, index, up.narrow(1, 0, spec_.mlp));
    const at::Tensor plain =
        visit(Point::mlp_pre_linear, index, up.narrow(1, spec_.mlp, spec_.mlp));
    post = activate(gate, spec_.activation) * plain;
  } else {
    post = activate(visit(Point::mlp_pre, index, up), spec_.activation);
  }
  at::Tensor out = linear(layer.down, visit(Point::mlp_post, index, post));
  if (layer.after_mlp.weight.defined()) out = plain_norm(layer.after_mlp, out);
  return visit(Point::mlp_out, index, out);
}

at::Tensor Forward::run() {
  make_rotations();
  if (keep_ != nullptr) keep_->assign(batch_.segments.size(), {});
  at::Tensor x = visit(Point::embed, 0, batch_.x);
  if (net_.positions.defined()) {
    const at::Tensor places = positions_of(batch_.segments, net_.device);
    x = x + visit(Point::pos_embed, 0, net_.positions.index_select(0, places));
  }
  for (std::int64_t i = 0; i < spec_.layers; ++i) {
    const Layer& layer = net_.layers[static_cast<std::size_t>(i)];
    x = visit(Point::resid_pre, i, x);
    if (spec_.parallel) {
      x = x + attention(layer, i, x) + mlp(layer, i, x);
    } else {
      x = visit(Point::resid_mid, i, x + attention(layer, i, x));
      x = x + mlp(layer, i, x);
    }
    x = visit(Point::resid_post, i, x);
  }
  return x;
}

at::Tensor Forward::logits(const at::Tensor& rows) {
  const at::Tensor read = norm(net_.final, rows, Point::final_scale, Point::final_normalized, 0);
  at::Tensor out = linear(net_.head, read);
  if (spec_.logit_cap > 0) out = at::tanh(out / spec_.logit_cap) * spec_.logit_cap;
  return visit(Point::logits, 0, out);
}

}  // namespace assay::model::torch_engine
