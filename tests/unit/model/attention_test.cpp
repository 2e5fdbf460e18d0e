// llama.cpp's attention of few queries, which tools/llama/attention_avx512.h replaces where the
// processor has AVX-512: against the formula in double precision (Vaswani et al. 2017, equation 1),
// over sizes of heads, numbers of positions, masks, shared heads, a cap of scores and ALiBi.
#include <algorithm>
#include <cmath>
#include <ggml-cpu.h>
#include <ggml.h>
#include <gtest/gtest.h>
#include <limits>
#include <memory>
#include <vector>

#include "base/random.h"

namespace assay::test {
namespace {

struct Case {
  int dk = 64;
  int dv = 64;
  int positions = 100;
  int queries = 1;
  int heads = 4;
  int kv_heads = 2;
  int streams = 1;
  float softcap = 0;
  float alibi = 0;
  double hidden = 0.3;  // share of positions that the mask hides
};

struct Tensors {
  std::vector<double> q, k, v, mask;  // as numbers, k, v and mask after rounding to half precision
};

class Attention : public testing::TestWithParam<Case> {
 protected:
  static constexpr std::size_t kMemory = std::size_t{64} << 20U;
  static constexpr double kScale = 0.125;

  Attention() : context_(ggml_init({kMemory, nullptr, false}), &ggml_free), rng_(20261130) {}

  std::vector<double> fill(ggml_tensor* tensor, double deviation) {
    std::vector<double> out;
    for (std::int64_t i = 0; i < ggml_nelements(tensor); ++i) {
      const auto x = static_cast<float>(deviation * rng_.normal());
      if (tensor->type == GGML_TYPE_F32) {
        static_cast<float*>(tensor->data)[i] = x;
        out.push_back(x);
      } else {
        const ggml_fp16_t half = ggml_fp32_to_fp16(x);
        static_cast<ggml_fp16_t*>(tensor->data)[i] = half;
        out.push_back(ggml_fp16_to_fp32(half));
      }
    }
    return out;
  }

  std::unique_ptr<ggml_context, decltype(&ggml_free)> context_;
  Rng rng_;
};

/// Output [dv] of one query, in double precision.
std::vector<double> expected(const Case& c, const Tensors& t, double scale, int stream, int head,
                             int query) {
  const int kv = head / (c.heads / c.kv_heads);
  // ALiBi's slopes as llama.cpp has them, for numbers of heads that are powers of 2.
  const double slope =
      c.alibi > 0 ? std::pow(2.0, -static_cast<double>(c.alibi) * (head + 1) / c.heads) : 1;
  std::vector<double> score;
  for (int p = 0; p < c.positions; ++p) {
    double s = 0;
    for (int d = 0; d < c.dk; ++d) {
      s += t.q[((stream * c.heads + head) * c.queries + query) * c.dk + d] *
           t.k[((stream * c.kv_heads + kv) * c.positions + p) * c.dk + d];
    }
    s *= scale;
    if (c.softcap > 0) s = c.softcap * std::tanh(s / c.softcap);
    score.push_back(s + slope * t.mask[(stream * c.queries + query) * c.positions + p]);
  }
  const double top = *std::max_element(score.begin(), score.end());
  double sum = 0;
  std::vector<double> out(c.dv);
  for (int p = 0; p < c.positions; ++p) {
    const double weight = std::exp(score[p] - top);
    sum += weight;
    for (int d = 0; d < c.dv; ++d)
      out[d] += weight * t.v[((stream * c.kv_heads + kv) * c.positions + p) * c.dv + d];
  }
  for (double& x : out) x /= sum;
  return out;
}

TEST_P(Attention, IsTheFormulas) {
  const Case c = GetParam();
  ggml_context* g = context_.get();
  ggml_tensor* q = ggml_new_tensor_4d(g, GGML_TYPE_F32, c.dk, c.queries, c.heads, c.streams);
  ggml_tensor* k = ggml_new_tensor_4d(g, GGML_TYPE_F16, c.dk, c.positions, c.kv_heads, c.streams);
  ggml_tensor* v = ggml_new_tensor_4d(g, GGML_TYPE_F16, c.dv, c.positions, c.kv_heads, c.streams);
  ggml_tensor* mask = ggml_new_tensor_4d(g, GGML_TYPE_F16, c.positions, c.queries, 1, c.streams);
  Tensors t{fill(q, 2), fill(k, 1), fill(v, 1), fill(mask, c.alibi > 0 ? 1 : 0)};
  for (std::size_t i = 0; i < t.mask.size(); ++i) {
    // Position 37 (or 0) stays: a query that sees nothing has no answer.
    const bool stays = i % c.positions == std::min<std::size_t>(37, c.positions - 1);
    if (stays || rng_.uniform() >= c.hidden) continue;
    t.mask[i] = -std::numeric_limits<double>::infinity();
    static_cast<ggml_fp16_t*>(mask->data)[i] =
        ggml_fp32_to_fp16(-std::numeric_limits<float>::infinity());
  }
  ggml_tensor* out =
      ggml_flash_attn_ext(g, q, k, v, mask, static_cast<float>(kScale), c.alibi, c.softcap);
  ggml_cgraph* graph = ggml_new_graph(g);
  ggml_build_forward_expand(graph, out);
  ASSERT_EQ(ggml_graph_compute_with_ctx(g, graph, 2), GGML_STATUS_SUCCESS);
  // Sums in single precision; llama.cpp's own have queries and sums in half precision.
  const bool ours = ggml_cpu_has_avx512() != 0 && c.dk % 16 == 0 && c.dv % 16 == 0;
  const double most = ours ? 2e-5 : 1e-2;
  double worst = 0;
  for (int s = 0; s < c.streams; ++s) {
    for (int h = 0; h < c.heads; ++h) {
      for (int i = 0; i < c.queries; ++i) {
        const std::vector<double> want = expected(c, t, kScale, s, h, i);
        const float* have =
            static_cast<float*>(out->data) + ((s * c.queries + i) * c.heads + h) * c.dv;
        for (int d = 0; d < c.dv; ++d) worst = std::max(worst, std::abs(want[d] - have[d]));
      }
    }
  }
  EXPECT_LE(worst, most);
}

INSTANTIATE_TEST_SUITE_P(
    Shapes, Attention,
    testing::Values(Case{}, Case{.positions = 1, .hidden = 0}, Case{.positions = 31},
                    Case{.positions = 600, .queries = 1},
                    Case{.positions = 65, .queries = 7, .hidden = 0.95}, Case{.dk = 80, .dv = 112},
                    Case{.dk = 256, .dv = 256, .positions = 33}, Case{.softcap = 5},
                    Case{.alibi = 8}, Case{.streams = 3, .hidden = 0.6}, Case{.dk = 72, .dv = 64}));

}  // namespace
}  // namespace assay::test
