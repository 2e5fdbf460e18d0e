// The small steps between the matrix products of the approximate (bf16) pass: norms, attention of
// short sequences behind a shared beginning, activations. One pass over memory each, f32 inside,
// bf16 at the edges. Compiled for several instruction sets; the processor's is taken at run time.
// Thread-safety: pure functions on the caller's memory.
#pragma once

#include <cstdint>

namespace assay::model::torch_engine::kernels {

using Half = std::uint16_t;  ///< bits of a bf16

/// out[i] = norm(x[i]) * weight (+ bias): RMS, or with mean and variance. [rows, width]
struct NormArgs {
  const float* x = nullptr;
  const float* weight = nullptr;
  const float* bias = nullptr;  ///< or null
  Half* out = nullptr;
  std::int64_t width = 0;
  double epsilon = 0;
  bool centred = false;  ///< LayerNorm
};
void norm_rows(const NormArgs& args, std::int64_t first, std::int64_t last);

/// x[i] += y[i], or += norm(y[i]) * weight; y is bf16, `bias` (or null) is added to it first.
struct AddArgs {
  float* x = nullptr;
  const Half* y = nullptr;
  const float* bias = nullptr;
  const float* norm_weight = nullptr;  ///< or null
  std::int64_t width = 0;
  double epsilon = 0;
};
void add_rows(const AddArgs& args, std::int64_t first, std::int64_t last);

enum class Act : std::uint8_t { silu, gelu, gelu_tanh };
/// out[i][j] = act(up[i][j]) (* up[i][size + j], gated).
struct ActArgs {
  const Half* up = nullptr;  ///< [rows, gated ? 2 size : size]
  const float* bias = nullptr;
  Half* out = nullptr;
  std::int64_t size = 0;
  bool gated = false;
  Act act = Act::silu;
};
void activate_rows(const ActArgs& args, std::int64_t first, std::int64_t last);

/// Keys and values of the shared beginning, of one layer and key-value head.
struct Past {
  const float* keys = nullptr;    ///< [size, stride], transposed; stride a multiple of 64
  const float* values = nullptr;  ///< [length, padded size]
  std::int64_t stride = 0;
};

/// Attention of one sequence and one key-value head with the query heads that share it.
struct AttentionArgs {
  const Half* qkv = nullptr;      ///< [length, row] of this sequence
  const float* bias = nullptr;    ///< [row] or null
  Half* out = nullptr;            ///< [length, heads * size]
  const float* q_norm = nullptr;  ///< [size] or null
  const float* k_norm = nullptr;
  const float* cosines = nullptr;  ///< [positions, rope / 2]
  const float* sines = nullptr;
  Past past;
  std::int64_t row = 0, length = 0, start = 0;
  std::int64_t heads = 0, kv_heads = 0, head = 0;  ///< head: the key-value head
  std::int64_t size = 0, rope = 0, window = 0;     ///< window 0: none
  double scale = 1, cap = 0, epsilon = 0;
  bool centred = false;
};
/// `scratch` holds attention_scratch(args) floats.
void attend(const AttentionArgs& args, float* scratch);
std::int64_t attention_scratch(const AttentionArgs& args);
/// Sizes of values are padded to this.
constexpr std::int64_t padded(std::int64_t size) { return (size + 15) / 16 * 16; }
constexpr std::int64_t key_stride(std::int64_t keys) { return (keys + 63) / 64 * 64; }

/// log of the sum of exp over a row of bf16 logits.
double log_sum_exp(const Half* row, std::int64_t size);

}  // namespace assay::model::torch_engine::kernels
