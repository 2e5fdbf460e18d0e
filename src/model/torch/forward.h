// The forward pass of a decoder over packed sequences: all tokens as rows of one matrix, so that
// sequences of many lengths are computed without padding; only attention looks at sequences.
// The same code runs with and without a graph for gradients; without one, and without hooks in the
// way, kernels.h does the small steps.
// Thread-safety: one pass per thread; a Net may be shared.
#pragma once

#include <ATen/ATen.h>
#include <memory>
#include <vector>

#include "model/torch/hooks.h"
#include "model/torch/net.h"

namespace assay::model::torch_engine {

/// Keys (rotated) and values of positions 0 .. length, a layer each.
struct KeyValues {
  std::vector<at::Tensor> keys, values;  ///< [1 or sequences, kv_heads, length, head_size]
  std::int64_t length = 0;
};

struct Batch {
  at::Tensor x;                        ///< [rows, width] embeddings
  std::vector<Segment> segments;       ///< cover the rows in order
  std::vector<const KeyValues*> past;  ///< [segments], null where start is 0
  bool half = false;                   ///< matrix products in bf16
};

/// Positions [rows] of the batch's tokens.
at::Tensor positions_of(const std::vector<Segment>& segments, const at::Device& device);

class Forward {
 public:
  /// `watch` may be null. With `keep`, the keys and values of each segment are stored there
  /// ([segments] entries, without those of the past).
  Forward(const Net& net, const Batch& batch, Watch* watch, std::vector<KeyValues>* keep)
      : net_(net), spec_(net.spec), batch_(batch), watch_(watch), keep_(keep) {}
  /// Embeddings of tokens, scaled, with learned positions where there are some. [rows, width]
  static at::Tensor embed(const Net& net, const at::Tensor& tokens);
  /// The last residual stream [rows, width].
  at::Tensor run();
  /// Final norm and unembedding of rows: [rows, vocabulary].
  at::Tensor logits(const at::Tensor& rows);

 private:
  at::Tensor visit(Point point, std::int64_t layer, at::Tensor x) {
    return watch_ == nullptr ? x : watch_->visit(point, layer, std::move(x));
  }
  [[nodiscard]] bool wants(Point point, std::int64_t layer) const {
    return watch_ != nullptr && watch_->wants(point, layer);
  }
  at::Tensor norm(const Norm& norm, const at::Tensor& x, Point scale, Point normalized,
                  std::int64_t layer);
  at::Tensor head_norm(const Norm& norm, const at::Tensor& x);
  at::Tensor plain_norm(const Norm& norm, const at::Tensor& x);
  at::Tensor linear(const Linear& linear, const at::Tensor& x);
  at::Tensor attention(const Layer& layer, std::int64_t index, const at::Tensor& x);
  at::Tensor attend(const Layer& layer, std::int64_t index, std::size_t segment,
                    const at::Tensor& q, const at::Tensor& k, const at::Tensor& v);
  at::Tensor mix(const Layer& layer, std::int64_t index, std::size_t segment, const at::Tensor& q,
                 const at::Tensor& k, const at::Tensor& v);
  at::Tensor mlp(const Layer& layer, std::int64_t index, const at::Tensor& x);
  at::Tensor rotate(const Layer& layer, const at::Tensor& x);
  at::Tensor mask(const Segment& segment, bool windowed);
  void make_rotations();

  const Net& net_;
  const Spec& spec_;
  const Batch& batch_;
  Watch* watch_;
  std::vector<KeyValues>* keep_;
  at::Tensor cos_, sin_, local_cos_, local_sin_;  ///< [rows, 1, rope_size / 2]
  std::map<std::tuple<std::int64_t, std::int64_t, bool>, at::Tensor> masks_;
};

}  // namespace assay::model::torch_engine
