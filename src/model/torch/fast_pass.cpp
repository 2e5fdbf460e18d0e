#include "model/torch/fast_pass.h"

#include <ATen/Parallel.h>

#include "model/torch/kernels.h"

namespace assay::model::torch_engine {
namespace {

using kernels::Half;

Half* bits(const at::Tensor& x) { return reinterpret_cast<Half*>(x.data_ptr<at::BFloat16>()); }
const float* floats(const at::Tensor& x) { return x.defined() ? x.data_ptr<float>() : nullptr; }

at::Tensor halves(std::int64_t rows, std::int64_t columns) {
  return at::empty({rows, columns}, at::kBFloat16);
}

kernels::Act act_of(Activation activation) {
  switch (activation) {
    case Activation::silu: return kernels::Act::silu;
    case Activation::gelu: return kernels::Act::gelu;
    case Activation::gelu_tanh: break;
  }
  return kernels::Act::gelu_tanh;
}

/// Rows that a thread takes at once.
constexpr std::int64_t grain = 16;
/// Vocabulary entries at once: their logits stay in the caches.
constexpr std::int64_t vocabulary_piece = 2048;

}  // namespace

bool FastPass::suits(const Net& net) {
  if (!net.device.is_cpu() || net.spec.logit_cap > 0) return false;
  for (const Layer& layer : net.layers) {
    for (const Linear* linear : {&layer.qkv, &layer.out, &layer.up, &layer.down}) {
      if (!linear->low_rank.empty()) return false;
    }
    const bool other_norms = net.spec.layer_norm && (layer.after_attention.weight.defined() ||
                                                     layer.after_mlp.weight.defined());
    const bool biased = (layer.after_attention.weight.defined() && layer.out.bias.defined()) ||
                        (layer.after_mlp.weight.defined() && layer.down.bias.defined());
    if (other_norms || biased || layer.q.bias.defined() || layer.k.bias.defined()) return false;
  }
  return true;
}

FastPass::FastPass(const Net& net, const KeyValues* past, std::int64_t most_positions)
    : net_(net), spec_(net.spec) {
  if (spec_.rope_size > 0) {
    const auto places = at::arange(0, most_positions, at::kDouble).unsqueeze(1);
    const auto turn = [&](const at::Tensor& frequencies, double magnitude, at::Tensor& cosines,
                          at::Tensor& sines) {
      cosines = (at::cos(places * frequencies) * magnitude).to(at::kFloat).contiguous();
      sines = (at::sin(places * frequencies) * magnitude).to(at::kFloat).contiguous();
    };
    turn(net.frequencies, spec_.rope_magnitude, cosines_, sines_);
    if (spec_.local_rope_base > 0) turn(net.local_frequencies, 1.0, local_cosines_, local_sines_);
  }
  if (past == nullptr) return;
  const std::int64_t stride = kernels::key_stride(past->length);
  for (std::size_t i = 0; i < past->keys.size(); ++i) {
    PastLayer layer;
    layer.keys = at::zeros({spec_.kv_heads, spec_.head_size, stride}, at::kFloat);
    layer.keys.narrow(2, 0, past->length)
        .copy_(past->keys[i].select(0, 0).narrow(1, 0, past->length).transpose(1, 2));
    layer.values =
        at::zeros({spec_.kv_heads, past->length, kernels::padded(spec_.head_size)}, at::kFloat);
    layer.values.narrow(2, 0, spec_.head_size)
        .copy_(past->values[i].select(0, 0).narrow(1, 0, past->length));
    past_.push_back(std::move(layer));
  }
}

at::Tensor FastPass::normed(const Norm& norm, const at::Tensor& x) const {
  at::Tensor out = halves(x.size(0), x.size(1));
  const kernels::NormArgs args{floats(x), floats(norm.weight), floats(norm.bias), bits(out),
                               x.size(1), spec_.epsilon,       spec_.layer_norm};
  at::parallel_for(0, x.size(0), grain, [&](std::int64_t first, std::int64_t last) {
    kernels::norm_rows(args, first, last);
  });
  return out;
}

void FastPass::add(at::Tensor& x, const at::Tensor& y, const Linear& linear,
                   const Norm& norm) const {
  const kernels::AddArgs args{x.data_ptr<float>(), bits(y),   floats(linear.bias),
                              floats(norm.weight), x.size(1), spec_.epsilon};
  at::parallel_for(0, x.size(0), grain, [&](std::int64_t first, std::int64_t last) {
    kernels::add_rows(args, first, last);
  });
}

void FastPass::attention(const Layer& layer, std::size_t index, const Batch& batch,
                         const at::Tensor& qkv, at::Tensor& z) const {
  struct Piece {
    std::int64_t row, length, start, head;
  };
  std::vector<Piece> pieces;
  for (const Segment& s : batch.segments) {
    for (std::int64_t i = 0; i < s.count; ++i) {
      for (std::int64_t head = 0; head < spec_.kv_heads; ++head) {
        pieces.push_back({s.row + i * s.length, s.length, s.start, head});
      }
    }
  }
  kernels::AttentionArgs shared;
  shared.bias = floats(layer.qkv.bias);
  shared.q_norm = floats(layer.q.weight);
  shared.k_norm = floats(layer.k.weight);
  const bool local = layer.windowed && local_cosines_.defined();
  shared.cosines = floats(local ? local_cosines_ : cosines_);
  shared.sines = floats(local ? local_sines_ : sines_);
  shared.row = qkv.size(1);
  shared.heads = spec_.heads;
  shared.kv_heads = spec_.kv_heads;
  shared.size = spec_.head_size;
  shared.rope = spec_.rope_size;
  shared.window = layer.windowed ? spec_.window : 0;
  shared.scale = spec_.attention_scale;
  shared.cap = spec_.attention_cap;
  shared.epsilon = spec_.epsilon;
  shared.centred = spec_.layer_norm;
  const auto count = static_cast<std::int64_t>(pieces.size());
  at::parallel_for(0, count, 1, [&](std::int64_t first, std::int64_t last) {
    std::vector<float> scratch;
    for (std::int64_t i = first; i < last; ++i) {
      const Piece& piece = pieces[static_cast<std::size_t>(i)];
      kernels::AttentionArgs args = shared;
      args.qkv = bits(qkv) + piece.row * qkv.size(1);
      args.out = bits(z) + piece.row * z.size(1);
      args.length = piece.length;
      args.start = piece.start;
      args.head = piece.head;
      if (piece.start > 0) {
        const PastLayer& past = past_[index];
        args.past = {floats(past.keys) + piece.head * past.keys.size(1) * past.keys.size(2),
                     floats(past.values) + piece.head * past.values.size(1) * past.values.size(2),
                     past.keys.size(2)};
      }
      const auto need = static_cast<std::size_t>(kernels::attention_scratch(args));
      if (scratch.size() < need) scratch.resize(need);
      kernels::attend(args, scratch.data());
    }
  });
}

at::Tensor FastPass::mlp(const Layer& layer, const at::Tensor& read) const {
  const at::Tensor up = at::linear(read, layer.up.half);
  at::Tensor post = halves(read.size(0), spec_.mlp);
  const kernels::ActArgs args{bits(up),  floats(layer.up.bias), bits(post),
                              spec_.mlp, spec_.gated,           act_of(spec_.activation)};
  at::parallel_for(0, read.size(0), grain, [&](std::int64_t first, std::int64_t last) {
    kernels::activate_rows(args, first, last);
  });
  return at::linear(post, layer.down.half);
}

at::Tensor FastPass::run(const Batch& batch) {
  at::Tensor x = batch.x.contiguous();
  if (net_.positions.defined()) {
    x = x + net_.positions.index_select(0, positions_of(batch.segments, net_.device));
  }
  for (std::size_t i = 0; i < net_.layers.size(); ++i) {
    const Layer& layer = net_.layers[i];
    const at::Tensor qkv = at::linear(normed(layer.before_attention, x), layer.qkv.half);
    at::Tensor z = halves(x.size(0), spec_.heads * spec_.head_size);
    attention(layer, i, batch, qkv, z);
    const at::Tensor out = at::linear(z, layer.out.half);
    if (spec_.parallel) {
      const at::Tensor other = mlp(layer, normed(layer.before_mlp, x));
      add(x, out, layer.out, layer.after_attention);
      add(x, other, layer.down, layer.after_mlp);
    } else {
      add(x, out, layer.out, layer.after_attention);
      add(x, mlp(layer, normed(layer.before_mlp, x)), layer.down, layer.after_mlp);
    }
  }
  return x;
}

at::Tensor FastPass::losses(const at::Tensor& rows, const at::Tensor& targets) {
  const at::Tensor read = normed(net_.final, rows);
  const std::int64_t n = read.size(0);
  at::Tensor chosen =
      (read.to(at::kFloat) * net_.head.half.index_select(0, targets).to(at::kFloat)).sum({1});
  if (net_.head.bias.defined()) chosen = chosen + net_.head.bias.index_select(0, targets);
  std::vector<at::Tensor> sums;
  for (std::int64_t at = 0; at < spec_.vocabulary; at += vocabulary_piece) {
    const std::int64_t size = std::min(vocabulary_piece, spec_.vocabulary - at);
    at::Tensor logits = at::linear(read, net_.head.half.narrow(0, at, size));
    if (net_.head.bias.defined()) logits += net_.head.bias.narrow(0, at, size);
    at::Tensor sum = at::empty({n}, at::kDouble);
    const Half* from = bits(logits);
    auto* to = sum.data_ptr<double>();
    at::parallel_for(0, n, grain, [&](std::int64_t first, std::int64_t last) {
      for (std::int64_t i = first; i < last; ++i)
        to[i] = kernels::log_sum_exp(from + i * size, size);
    });
    sums.push_back(sum);
  }
  return (at::logsumexp(at::stack(sums, 1), {1}) - chosen).to(at::kFloat);
}

}  // namespace assay::model::torch_engine
