#include "model/torch/kernels.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstring>
#include <limits>

// Loops here are written for the vectoriser: lanes apart, no branches inside. GCC and Clang make a
// version for each instruction set and choose when the library is loaded.
#if defined(__x86_64__) && !defined(__SANITIZE_ADDRESS__)
#define ASSAY_CLONES __attribute__((target_clones("avx512f", "avx2", "default")))
#else
#define ASSAY_CLONES
#endif
#define ASSAY_INLINE inline __attribute__((always_inline))

namespace assay::model::torch_engine::kernels {
namespace {

constexpr std::int64_t lanes = 16;

ASSAY_INLINE float wide(Half value) {
  return std::bit_cast<float>(static_cast<std::uint32_t>(value) << 16U);
}
/// Round to nearest, ties to even; no NaN comes here.
ASSAY_INLINE Half narrow(float value) {
  const auto bits = std::bit_cast<std::uint32_t>(value);
  return static_cast<Half>((bits + 0x7FFFU + ((bits >> 16U) & 1U)) >> 16U);
}

/// exp by 2^n * polynomial (Cephes' expf): relative error below 1e-6 for x in [-60, 60], where it
/// stays. Beyond, quotients of it could be denormal, which costs some hundred cycles each.
ASSAY_INLINE float fast_exp(float x) {
  x = std::min(std::max(x, -60.0F), 60.0F);
  const float n = (x * 1.44269504F + 12582912.0F) - 12582912.0F;
  const float r = x - n * 0.693359375F + n * 2.12194440e-4F;
  float p = 1.9875691500e-4F;
  p = p * r + 1.3981999507e-3F;
  p = p * r + 8.3334519073e-3F;
  p = p * r + 4.1665795894e-2F;
  p = p * r + 1.6666665459e-1F;
  p = p * r + 5.0000001201e-1F;
  p = p * r * r + r + 1.0F;
  const auto scale = static_cast<std::uint32_t>(static_cast<std::int32_t>(n) + 127) << 23U;
  return p * std::bit_cast<float>(scale);
}

ASSAY_INLINE float sum_of(const float* x, std::int64_t n) {
  float part[lanes] = {};
  std::int64_t i = 0;
  for (; i + lanes <= n; i += lanes) {
    for (std::int64_t l = 0; l < lanes; ++l) part[l] += x[i + l];
  }
  float total = 0;
  for (const float value : part) total += value;
  for (; i < n; ++i) total += x[i];
  return total;
}

ASSAY_INLINE float squares_of(const float* x, std::int64_t n, float mean) {
  float part[lanes] = {};
  std::int64_t i = 0;
  for (; i + lanes <= n; i += lanes) {
    for (std::int64_t l = 0; l < lanes; ++l) part[l] += (x[i + l] - mean) * (x[i + l] - mean);
  }
  float total = 0;
  for (const float value : part) total += value;
  for (; i < n; ++i) total += (x[i] - mean) * (x[i] - mean);
  return total;
}

struct Moments {
  float mean, scale;
};
ASSAY_INLINE Moments moments(const float* x, std::int64_t n, double epsilon, bool centred) {
  const auto size = static_cast<float>(n);
  const float mean = centred ? sum_of(x, n) / size : 0.0F;
  const float variance = squares_of(x, n, mean) / size;
  return {mean, 1.0F / std::sqrt(variance + static_cast<float>(epsilon))};
}

template <Act act>
ASSAY_INLINE float activated(float x) {
  if constexpr (act == Act::silu) return x / (1.0F + fast_exp(-x));
  if constexpr (act == Act::gelu_tanh) {
    const float inner = 1.59576912F * (x + 0.044715F * x * x * x);  // 2 sqrt(2 / pi)
    return x / (1.0F + fast_exp(-inner));
  }
  return 0.5F * x * (1.0F + std::erf(x * 0.70710678F));
}

/// In pieces that stay in the nearest cache, each step a loop of its own over one type.
template <Act act>
ASSAY_INLINE void activate_row(const ActArgs& a, std::int64_t row) {
  const Half* up = a.up + row * (a.gated ? 2 : 1) * a.size;
  Half* out = a.out + row * a.size;
  constexpr std::int64_t piece = 128;
  float gate[piece];
  float plain[piece];
  for (std::int64_t at = 0; at < a.size; at += piece) {
    const std::int64_t n = std::min(piece, a.size - at);
    for (std::int64_t j = 0; j < n; ++j) gate[j] = wide(up[at + j]);
    if (a.bias != nullptr) {
      for (std::int64_t j = 0; j < n; ++j) gate[j] += a.bias[at + j];
    }
    for (std::int64_t j = 0; j < n; ++j) gate[j] = activated<act>(gate[j]);
    if (a.gated) {
      for (std::int64_t j = 0; j < n; ++j) plain[j] = wide(up[a.size + at + j]);
      if (a.bias != nullptr) {
        for (std::int64_t j = 0; j < n; ++j) plain[j] += a.bias[a.size + at + j];
      }
      for (std::int64_t j = 0; j < n; ++j) gate[j] *= plain[j];
    }
    for (std::int64_t j = 0; j < n; ++j) out[at + j] = narrow(gate[j]);
  }
}

/// One head's values of a token as f32: bias, norm, rotation.
ASSAY_INLINE void read_head(const AttentionArgs& a, std::int64_t token, std::int64_t column,
                            const float* norm, float* out) {
  const Half* from = a.qkv + token * a.row + column;
  for (std::int64_t d = 0; d < a.size; ++d) out[d] = wide(from[d]);
  if (a.bias != nullptr) {
    for (std::int64_t d = 0; d < a.size; ++d) out[d] += a.bias[column + d];
  }
  if (norm != nullptr) {
    const Moments m = moments(out, a.size, a.epsilon, a.centred);
    for (std::int64_t d = 0; d < a.size; ++d) out[d] = (out[d] - m.mean) * m.scale * norm[d];
  }
}

ASSAY_INLINE void rotate_head(const AttentionArgs& a, std::int64_t token, float* x) {
  const std::int64_t half = a.rope / 2;
  const float* cosines = a.cosines + (a.start + token) * half;
  const float* sines = a.sines + (a.start + token) * half;
  for (std::int64_t d = 0; d < half; ++d) {
    const float first = x[d];
    const float second = x[half + d];
    x[d] = first * cosines[d] - second * sines[d];
    x[half + d] = second * cosines[d] + first * sines[d];
  }
}

/// A vector of 16 floats; memory need not be aligned.
using Lane = float __attribute__((vector_size(64), aligned(4), may_alias));

/// scores[r][j] = q[r] . key j, for `count` keys in blocks of 64.
template <int R>
ASSAY_INLINE void score_keys(const float* q, std::int64_t size, const float* keys,
                             std::int64_t stride, std::int64_t count, float* scores,
                             std::int64_t score_stride) {
  for (std::int64_t j = 0; j < count; j += 64) {
    Lane sum[R][4] = {};
    for (std::int64_t d = 0; d < size; ++d) {
      const auto* key = reinterpret_cast<const Lane*>(keys + d * stride + j);
#pragma GCC unroll 4
      for (int r = 0; r < R; ++r) {
        const float value = q[r * size + d];
#pragma GCC unroll 4
        for (int b = 0; b < 4; ++b) sum[r][b] += key[b] * value;
      }
    }
#pragma GCC unroll 4
    for (int r = 0; r < R; ++r) {
      auto* to = reinterpret_cast<Lane*>(scores + r * score_stride + j);
#pragma GCC unroll 4
      for (int b = 0; b < 4; ++b) to[b] = sum[r][b];
    }
  }
}

/// out[r] += sum over keys of p[r][j] * value j, B vectors of the values from `offset`.
template <int R, int B>
ASSAY_INLINE void mix_values(const float* p, std::int64_t p_stride, const float* values,
                             std::int64_t stride, std::int64_t first, std::int64_t last,
                             std::int64_t offset, float* out) {
  Lane sum[R][B];
  for (int r = 0; r < R; ++r) {
    const auto* from = reinterpret_cast<const Lane*>(out + r * stride + offset);
    for (int b = 0; b < B; ++b) sum[r][b] = from[b];
  }
  for (std::int64_t j = first; j < last; ++j) {
    const auto* value = reinterpret_cast<const Lane*>(values + j * stride + offset);
#pragma GCC unroll 4
    for (int r = 0; r < R; ++r) {
      const float weight = p[r * p_stride + j];
#pragma GCC unroll 4
      for (int b = 0; b < B; ++b) sum[r][b] += value[b] * weight;
    }
  }
  for (int r = 0; r < R; ++r) {
    auto* to = reinterpret_cast<Lane*>(out + r * stride + offset);
    for (int b = 0; b < B; ++b) to[b] = sum[r][b];
  }
}

template <int R>
ASSAY_INLINE void mix_all(const float* p, std::int64_t p_stride, const float* values,
                          std::int64_t stride, std::int64_t first, std::int64_t last, float* out) {
  std::int64_t offset = 0;
  for (; offset + 64 <= stride; offset += 64) {
    mix_values<R, 4>(p, p_stride, values, stride, first, last, offset, out);
  }
  for (; offset < stride; offset += 16) {
    mix_values<R, 1>(p, p_stride, values, stride, first, last, offset, out);
  }
}

/// scores -> weights that sum to 1 over [low, count).
ASSAY_INLINE void softmax_row(float* s, std::int64_t low, std::int64_t count, double cap) {
  if (cap > 0) {
    const auto limit = static_cast<float>(cap);
    for (std::int64_t j = low; j < count; ++j) s[j] = std::tanh(s[j] / limit) * limit;
  }
  float top = -std::numeric_limits<float>::infinity();
  for (std::int64_t j = low; j < count; ++j) top = s[j] > top ? s[j] : top;
  for (std::int64_t j = low; j < count; ++j) s[j] = fast_exp(s[j] - top);
  const float scale = 1.0F / sum_of(s + low, count - low);
  for (std::int64_t j = low; j < count; ++j) s[j] *= scale;
}

struct Scratch {
  float *keys, *values, *q, *scores, *out;
  std::int64_t key_stride, value_stride, score_stride;
};

/// R query heads from `head` on, for all tokens.
template <int R>
ASSAY_INLINE void attend_heads(const AttentionArgs& a, std::int64_t head, const Scratch& m) {
  for (std::int64_t t = 0; t < a.length; ++t) {
    for (int r = 0; r < R; ++r) {
      float* q = m.q + r * a.size;
      read_head(a, t, (head + r) * a.size, a.q_norm, q);
      if (a.rope > 0) rotate_head(a, t, q);
      for (std::int64_t d = 0; d < a.size; ++d) q[d] *= static_cast<float>(a.scale);
    }
    if (a.start > 0) {
      score_keys<R>(m.q, a.size, a.past.keys, a.past.stride, a.start, m.scores, m.score_stride);
    }
    score_keys<R>(m.q, a.size, m.keys, m.key_stride, t + 1, m.scores + a.start, m.score_stride);
    const std::int64_t count = a.start + t + 1;
    const std::int64_t low = a.window > 0 ? std::max<std::int64_t>(0, count - a.window) : 0;
    for (int r = 0; r < R; ++r) softmax_row(m.scores + r * m.score_stride, low, count, a.cap);
    std::fill(m.out, m.out + R * m.value_stride, 0.0F);
    mix_all<R>(m.scores, m.score_stride, a.past.values, m.value_stride, std::min(low, a.start),
               a.start, m.out);
    mix_all<R>(m.scores + a.start, m.score_stride, m.values, m.value_stride,
               std::max<std::int64_t>(0, low - a.start), t + 1, m.out);
    for (int r = 0; r < R; ++r) {
      Half* out = a.out + (t * a.heads + head + r) * a.size;
      for (std::int64_t d = 0; d < a.size; ++d) out[d] = narrow(m.out[r * m.value_stride + d]);
    }
  }
}

ASSAY_INLINE Scratch place(const AttentionArgs& a, float* memory) {
  Scratch m{};
  m.key_stride = key_stride(a.length);
  m.value_stride = padded(a.size);
  m.score_stride = key_stride(a.start) + key_stride(a.length) + 64;
  m.keys = memory;
  m.values = m.keys + a.size * m.key_stride;
  m.q = m.values + a.length * m.value_stride;
  m.scores = m.q + 5 * a.size;
  m.out = m.scores + 4 * m.score_stride;
  return m;
}

}  // namespace

ASSAY_CLONES void norm_rows(const NormArgs& a, std::int64_t first, std::int64_t last) {
  for (std::int64_t i = first; i < last; ++i) {
    const float* x = a.x + i * a.width;
    Half* out = a.out + i * a.width;
    const Moments m = moments(x, a.width, a.epsilon, a.centred);
    if (a.bias == nullptr) {
      for (std::int64_t j = 0; j < a.width; ++j) {
        out[j] = narrow((x[j] - m.mean) * m.scale * a.weight[j]);
      }
    } else {
      for (std::int64_t j = 0; j < a.width; ++j) {
        out[j] = narrow((x[j] - m.mean) * m.scale * a.weight[j] + a.bias[j]);
      }
    }
  }
}

ASSAY_CLONES void add_rows(const AddArgs& a, std::int64_t first, std::int64_t last) {
  for (std::int64_t i = first; i < last; ++i) {
    float* x = a.x + i * a.width;
    const Half* y = a.y + i * a.width;
    float scale = 1.0F;
    if (a.norm_weight != nullptr) {
      float squares = 0;
      for (std::int64_t j = 0; j < a.width; ++j) squares += wide(y[j]) * wide(y[j]);
      scale =
          1.0F / std::sqrt(squares / static_cast<float>(a.width) + static_cast<float>(a.epsilon));
      for (std::int64_t j = 0; j < a.width; ++j) x[j] += wide(y[j]) * scale * a.norm_weight[j];
    } else if (a.bias != nullptr) {
      for (std::int64_t j = 0; j < a.width; ++j) x[j] += wide(y[j]) + a.bias[j];
    } else {
      for (std::int64_t j = 0; j < a.width; ++j) x[j] += wide(y[j]);
    }
  }
}

ASSAY_CLONES void activate_rows(const ActArgs& a, std::int64_t first, std::int64_t last) {
  for (std::int64_t i = first; i < last; ++i) {
    switch (a.act) {
      case Act::silu: activate_row<Act::silu>(a, i); break;
      case Act::gelu: activate_row<Act::gelu>(a, i); break;
      case Act::gelu_tanh: activate_row<Act::gelu_tanh>(a, i); break;
    }
  }
}

std::int64_t attention_scratch(const AttentionArgs& a) {
  const Scratch m = place(a, nullptr);
  return (m.out - m.keys) + 4 * m.value_stride;
}

ASSAY_CLONES void attend(const AttentionArgs& a, float* scratch) {
  const Scratch m = place(a, scratch);
  const std::int64_t group = a.heads / a.kv_heads;
  const std::int64_t key_column = (a.heads + a.head) * a.size;
  const std::int64_t value_column = (a.heads + a.kv_heads + a.head) * a.size;
  float* one = m.q + 4 * a.size;
  std::fill(m.keys, m.q, 0.0F);
  for (std::int64_t t = 0; t < a.length; ++t) {
    read_head(a, t, key_column, a.k_norm, one);
    if (a.rope > 0) rotate_head(a, t, one);
    for (std::int64_t d = 0; d < a.size; ++d) m.keys[d * m.key_stride + t] = one[d];
    read_head(a, t, value_column, nullptr, m.values + t * m.value_stride);
  }
  std::int64_t head = a.head * group;
  std::int64_t left = group;
  for (; left >= 3; left -= 3, head += 3) attend_heads<3>(a, head, m);
  for (; left >= 2; left -= 2, head += 2) attend_heads<2>(a, head, m);
  for (; left >= 1; left -= 1, head += 1) attend_heads<1>(a, head, m);
}

ASSAY_CLONES double log_sum_exp(const Half* row, std::int64_t size) {
  constexpr std::int64_t piece = 128;
  float x[piece];
  float best[piece];
  float part[piece] = {};
  std::fill(best, best + piece, std::numeric_limits<float>::lowest());
  for (std::int64_t at = 0; at < size; at += piece) {
    const std::int64_t n = std::min(piece, size - at);
    for (std::int64_t j = 0; j < n; ++j) x[j] = wide(row[at + j]);
    for (std::int64_t j = 0; j < n; ++j) best[j] = x[j] > best[j] ? x[j] : best[j];
  }
  const float top = *std::max_element(best, best + piece);
  for (std::int64_t at = 0; at < size; at += piece) {
    const std::int64_t n = std::min(piece, size - at);
    for (std::int64_t j = 0; j < n; ++j) x[j] = wide(row[at + j]);
    for (std::int64_t j = 0; j < n; ++j) part[j] += fast_exp(x[j] - top);
  }
  double total = 0;
  for (const float value : part) total += static_cast<double>(value);
  return static_cast<double>(top) + std::log(total);
}

}  // namespace assay::model::torch_engine::kernels
