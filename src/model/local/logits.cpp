#include "model/local/logits.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <bit>
#include <cmath>
#include <thread>
#include <vector>

namespace assay::model::local {
namespace {

// Loops over a fixed number of lanes, so that compilers turn them into vector instructions without
// being allowed to reorder floating point sums by themselves.
constexpr std::size_t lanes = 16;
constexpr std::size_t block = 1024;

/// exp(x) for x <= 0, below -87 taken as exp(-87); 2^n * 2^f, n integer, |f| <= 0.5.
inline float exp_lane(float x) {
  const float t = std::max(x, -87.0F) * 1.44269504F;
  const float shifted = t + 12582912.0F;  // 1.5 * 2^23: the sum's low mantissa bits are round(t)
  const float f = t - (shifted - 12582912.0F);
  float p = 1.54035304e-4F;
  p = p * f + 1.33335581e-3F;
  p = p * f + 9.61812911e-3F;
  p = p * f + 5.55041087e-2F;
  p = p * f + 2.40226507e-1F;
  p = p * f + 6.93147181e-1F;
  p = p * f + 1.0F;
  const auto power = std::bit_cast<std::uint32_t>(shifted) << 23U;
  return std::bit_cast<float>(std::bit_cast<std::uint32_t>(p) + power);
}

float row_max(std::span<const float> logits) {
  std::array<float, lanes> best{};
  best.fill(logits[0]);
  const std::size_t whole = logits.size() / lanes * lanes;
  for (std::size_t i = 0; i < whole; i += lanes) {
    for (std::size_t j = 0; j < lanes; ++j) {
      best[j] = logits[i + j] > best[j] ? logits[i + j] : best[j];
    }
  }
  float top = best[0];
  for (const float value : best) top = std::max(top, value);
  for (std::size_t i = whole; i < logits.size(); ++i) top = std::max(top, logits[i]);
  return top;
}

double sum_exp(std::span<const float> logits, float top) {
  double total = 0.0;
  std::size_t i = 0;
  while (i + lanes <= logits.size()) {
    std::array<float, lanes> sums{};
    const std::size_t end = std::min(logits.size() / lanes * lanes, i + block);
    for (; i < end; i += lanes) {
      for (std::size_t j = 0; j < lanes; ++j) sums[j] += exp_lane(logits[i + j] - top);
    }
    for (const float sum : sums) total += static_cast<double>(sum);
  }
  for (; i < logits.size(); ++i) total += static_cast<double>(exp_lane(logits[i] - top));
  return total;
}

}  // namespace

std::int32_t best_of_row(std::span<const float> logits) {
  const float top = row_max(logits);
  const auto found = std::find(logits.begin(), logits.end(), top);
  return found == logits.end() ? 0 : static_cast<std::int32_t>(found - logits.begin());
}

RowSummary summarise_row(std::span<const float> logits) {
  const std::int32_t best = best_of_row(logits);
  const float top = logits[static_cast<std::size_t>(best)];
  return {static_cast<double>(top) + std::log(sum_exp(logits, top)), best};
}

RowMoments row_moments(std::span<const float> logits, const RowSummary& summary) {
  // Around the top, so that the squares of large logits do not cancel.
  const float top = logits[static_cast<std::size_t>(summary.best)];
  double weights = 0.0;
  double first = 0.0;
  double second = 0.0;
  for (const float logit : logits) {
    const float below = std::max(logit - top, -87.0F);
    const auto weight = static_cast<double>(exp_lane(below));
    const auto x = static_cast<double>(below);
    weights += weight;
    first += weight * x;
    second += weight * x * x;
  }
  const double mean = first / weights;
  const double variance = std::max(second / weights - mean * mean, 0.0);
  return {mean + static_cast<double>(top) - summary.log_normaliser, std::sqrt(variance)};
}

void parallel_rows(std::size_t rows, int threads, const std::function<void(std::size_t)>& work) {
  const std::size_t workers = std::min(rows, static_cast<std::size_t>(std::max(threads, 1)));
  std::atomic<std::size_t> next{0};
  const auto loop = [&] {
    for (std::size_t row = next++; row < rows; row = next++) work(row);
  };
  std::vector<std::jthread> helpers;
  for (std::size_t i = 1; i < workers; ++i) helpers.emplace_back(loop);
  loop();
}

}  // namespace assay::model::local
