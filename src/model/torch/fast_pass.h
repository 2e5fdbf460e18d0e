// The approximate pass of many short sequences behind a shared beginning: matrix products in bf16
// (libtorch, which uses the processor's matrix unit), the rest in f32 by kernels.h. No hooks, no
// gradients, no low-rank additions; processor only.
// Legal call order: make one for a shared beginning, then run() batches. Thread-safety: one thread.
#pragma once

#include <memory>
#include <vector>

#include "model/torch/forward.h"

namespace assay::model::torch_engine {

class FastPass {
 public:
  /// `past` (may be null) must cover the start of every segment that is run. Net's bf16 copies
  /// (Linear::half) must be there.
  FastPass(const Net& net, const KeyValues* past, std::int64_t most_positions);
  /// Can this network be computed so?
  static bool suits(const Net& net);
  /// The last residual stream [rows, width] f32 of the batch's embeddings (changed in place).
  at::Tensor run(const Batch& batch);
  /// -log p [rows] of each row's target token, from the last residual stream.
  at::Tensor losses(const at::Tensor& rows, const at::Tensor& targets);

 private:
  struct PastLayer {
    at::Tensor keys;    ///< [kv, size, stride]
    at::Tensor values;  ///< [kv, length, padded size]
  };
  at::Tensor normed(const Norm& norm, const at::Tensor& x) const;
  void attention(const Layer& layer, std::size_t index, const Batch& batch, const at::Tensor& qkv,
                 at::Tensor& z) const;
  void add(at::Tensor& x, const at::Tensor& y, const Linear& linear, const Norm& norm) const;
  at::Tensor mlp(const Layer& layer, const at::Tensor& read) const;

  const Net& net_;
  const Spec& spec_;
  std::vector<PastLayer> past_;
  at::Tensor cosines_, sines_, local_cosines_, local_sines_;  ///< [positions, rope / 2]
};

}  // namespace assay::model::torch_engine
