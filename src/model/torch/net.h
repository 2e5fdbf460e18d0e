// The weights of a decoder as libtorch tensors, in one form for all families: q, k, v in one
// matrix, gate and up in one, rotated halves, Linear's [out, in]. Low-rank additions hang at a
// matrix. Legal call order: load_net(), then the rest. Thread-safety: reads from any thread.
#pragma once

#include <ATen/ATen.h>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "model/torch/source.h"

namespace assay::model::torch_engine {

/// scale * B A added to the rows [begin, begin + size of B) of a matrix.
struct LowRank {
  at::Tensor a, b;  ///< [rank, in], [rows, rank]
  std::int64_t begin = 0;
  double scale = 1.0;
};

struct Linear {
  at::Tensor weight;  ///< [out, in] f32
  at::Tensor bias;    ///< [out] or undefined
  at::Tensor half;    ///< weight in bf16, made when first wanted
  std::vector<LowRank> low_rank;
};

struct Norm {
  at::Tensor weight, bias;  ///< [d]; undefined where there is none
};

struct Layer {
  Norm before_attention, before_mlp;
  Norm after_attention, after_mlp;  ///< Gemma
  Norm q, k;                        ///< of each head (Qwen3, Gemma 3)
  Linear qkv, out;
  Linear up;  ///< gated: [gate; up]
  Linear down;
  bool windowed = false;
};

struct Net {
  Spec spec;
  at::Tensor embedding;  ///< [vocabulary, width]
  at::Tensor positions;  ///< [context, width] or undefined
  Norm final;
  Linear head;  ///< shares the embedding's values where they are tied
  bool tied = false;
  std::vector<Layer> layers;
  at::Tensor frequencies, local_frequencies;  ///< [rope_size / 2] radians a position, f64
  at::Device device = at::kCPU;
  std::int64_t parameters = 0;
};

/// Errors: those of Source::read(), format (shapes that do not fit), limit (memory).
Result<Net> load_net(const Source& source, const at::Device& device);

/// Rows of q and k between GGUF's rotated pairs and rotated halves: row (h, 2 i + j) of pairs is
/// row (h, j * size / 2 + i) of halves. `rows` [heads * head_size, ...].
at::Tensor pairs_to_halves(const at::Tensor& rows, std::int64_t heads);
at::Tensor halves_to_pairs(const at::Tensor& rows, std::int64_t heads);

}  // namespace assay::model::torch_engine
