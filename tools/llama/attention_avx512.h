// Attention of one query over keys and values in half precision, for AVX-512. tools/patch_llama.py puts it
// into llama.cpp's CPU backend, where it stands in for the loop over positions of
// ggml_compute_forward_flash_attn_ext_f16_one_chunk: the one that batched decoding spends most of its time
// in. That loop takes one position at a time, with a scalar expf and a sum of values that is stored in half
// precision after each; here it is 16 positions at a time, an exponential of vectors, and sums in single
// precision. Positions that the mask hides are found 32 at a time.
#pragma once

#if defined(__AVX512F__) && defined(__AVX512BW__)
#define ASSAY_FAST_ATTENTION 1

#include <immintrin.h>

#include <cmath>
#include <cstdint>

#include "lane_sums_avx512.h"
#include "vec.h"

namespace assay_attention {

struct Rows {
    const char * data;  // of position 0, in half precision
    size_t stride;      // bytes from one position to the next
    const ggml_fp16_t * at(int64_t i) const { return reinterpret_cast<const ggml_fp16_t *>(data + i * stride); }
};

struct Scores {
    float scale;
    float softcap;             // 0 without
    float slope;               // of the mask (ALiBi)
    const ggml_fp16_t * mask;  // [positions], or null
};

inline __m512 load(const ggml_fp16_t * p) {
    return _mm512_cvtph_ps(_mm256_loadu_si256(reinterpret_cast<const __m256i *>(p)));
}

// score[j] = q . k[position[j]]; j is filled up to a multiple of 4 by the last position.
inline void dots(int64_t size, const float * q, const Rows & k, const int64_t * position, int n, float * score) {
    for (int j = 0; j < n; j += 4) {
        const ggml_fp16_t * k0 = k.at(position[j]);
        const ggml_fp16_t * k1 = k.at(position[j + 1 < n ? j + 1 : n - 1]);
        const ggml_fp16_t * k2 = k.at(position[j + 2 < n ? j + 2 : n - 1]);
        const ggml_fp16_t * k3 = k.at(position[j + 3 < n ? j + 3 : n - 1]);
        __m512 a = _mm512_setzero_ps(), b = a, c = a, d = a;
        for (int64_t i = 0; i < size; i += 16) {
            const __m512 x = _mm512_loadu_ps(q + i);
            a = _mm512_fmadd_ps(x, load(k0 + i), a);
            b = _mm512_fmadd_ps(x, load(k1 + i), b);
            c = _mm512_fmadd_ps(x, load(k2 + i), c);
            d = _mm512_fmadd_ps(x, load(k3 + i), d);
        }
        _mm_storeu_ps(score + j, assay_lane_sums(a, b, c, d));
    }
}

// sum = sum * keep + weight[j] * v[position[j]] over all j, WIDTH vectors at a time from element `from`.
template <int WIDTH>
inline void mix(int64_t from, const Rows & v, const int64_t * position, const float * weight, int n, float keep,
                float * sum) {
    __m512 acc[WIDTH];
#pragma GCC unroll 4
    for (int w = 0; w < WIDTH; ++w) {
        acc[w] = _mm512_mul_ps(_mm512_loadu_ps(sum + from + 16 * w), _mm512_set1_ps(keep));
    }
    for (int j = 0; j < n; ++j) {
        const ggml_fp16_t * row = v.at(position[j]) + from;
        const __m512 p = _mm512_set1_ps(weight[j]);
#pragma GCC unroll 4
        for (int w = 0; w < WIDTH; ++w) {
            acc[w] = _mm512_fmadd_ps(p, load(row + 16 * w), acc[w]);
        }
    }
#pragma GCC unroll 4
    for (int w = 0; w < WIDTH; ++w) {
        _mm512_storeu_ps(sum + from + 16 * w, acc[w]);
    }
}

// 16 positions' part of the softmax, after that of the ones before: M is the largest score until now, S the
// sum of exp(score - M), sum the values weighted by it.
inline void block(int64_t dk, int64_t dv, const float * q, const Rows & k, const Rows & v, const Scores & how,
                  const int64_t * position, const float * bias, int n, float * sum, float & M, float & S) {
    alignas(64) float score[16];
    alignas(64) float weight[16];
    dots(dk, q, k, position, n, score);
    const __mmask16 lanes = static_cast<__mmask16>((1u << n) - 1);
    __m512 s = _mm512_mul_ps(_mm512_maskz_loadu_ps(lanes, score), _mm512_set1_ps(how.scale));
    if (how.softcap != 0.0f) {
        _mm512_store_ps(score, s);
        for (int j = 0; j < n; ++j) {
            score[j] = how.softcap * tanhf(score[j]);
        }
        s = _mm512_maskz_loadu_ps(lanes, score);
    }
    s = _mm512_add_ps(s, _mm512_maskz_loadu_ps(lanes, bias));
    const float top = _mm512_mask_reduce_max_ps(lanes, s);
    const float keep = top > M ? expf(M - top) : 1.0f;
    M = top > M ? top : M;
    const __m512 p = _mm512_maskz_mov_ps(lanes, ggml_v_expf(_mm512_sub_ps(s, _mm512_set1_ps(M))));
    S = S * keep + _mm512_reduce_add_ps(p);
    _mm512_store_ps(weight, p);
    int64_t d = 0;
    for (; d + 64 <= dv; d += 64) {
        mix<4>(d, v, position, weight, n, keep, sum);
    }
    for (; d < dv; d += 16) {
        mix<1>(d, v, position, weight, n, keep, sum);
    }
}

// Bits of the positions i .. i + 31 (before `end`) that the mask does not hide.
inline uint32_t seen(const ggml_fp16_t * mask, int64_t i, int64_t end) {
    const uint32_t all = end - i >= 32 ? ~0u : (1u << (end - i)) - 1;
    if (mask == nullptr) {
        return all;
    }
    const __m512i minus_infinity = _mm512_set1_epi16(static_cast<short>(0xFC00));
    return _mm512_mask_cmpneq_epi16_mask(all, _mm512_maskz_loadu_epi16(all, mask + i), minus_infinity);
}

// Whether heads of these sizes can be computed here.
inline bool fits(int64_t dk, int64_t dv) { return dk % 16 == 0 && dv % 16 == 0; }

// Positions [begin, end). sum [dv] is overwritten; M and S as in block(), -infinity and 0 before.
inline void row(int64_t dk, int64_t dv, const float * q, const Rows & k, const Rows & v, const Scores & how,
                int64_t begin, int64_t end, float * sum, float & M, float & S) {
    for (int64_t d = 0; d < dv; ++d) {
        sum[d] = 0.0f;
    }
    int64_t position[16];
    float bias[16];
    int n = 0;
    for (int64_t i = begin; i < end; i += 32) {
        for (uint32_t bits = seen(how.mask, i, end); bits != 0; bits &= bits - 1) {
            position[n] = i + __builtin_ctz(bits);
            bias[n] = how.mask != nullptr ? how.slope * GGML_CPU_FP16_TO_FP32(how.mask[position[n]]) : 0.0f;
            if (++n == 16) {
                block(dk, dv, q, k, v, how, position, bias, n, sum, M, S);
                n = 0;
            }
        }
    }
    if (n > 0) {
        block(dk, dv, q, k, v, how, position, bias, n, sum, M, S);
    }
}

}  // namespace assay_attention

#endif
