// Reading rows of logits: log-normaliser, arg max and moments over the vocabulary, and a loop over
// rows on several threads. Values are natural logarithms.
// Thread-safety: pure functions; parallel_rows runs `work` on its own threads and waits for them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>

namespace assay::model::local {

struct RowSummary {
  double log_normaliser = 0.0;  ///< log sum_v exp(logit_v)
  std::int32_t best = 0;        ///< arg max; the lowest id of equal ones
};

/// logits [vocabulary], not empty. Relative error of the sum below 1e-6: exp by a polynomial of
/// degree 6 on [-0.5, 0.5] log2 (Taylor, error 1e-7), partial sums in double.
RowSummary summarise_row(std::span<const float> logits);
struct RowMoments {
  double mean = 0.0;  ///< sum_v p_v log p_v
  double sd = 0.0;    ///< of log p_v under p
};
/// `summary` is that of the same row. Relative error as there.
RowMoments row_moments(std::span<const float> logits, const RowSummary& summary);
/// arg max alone.
std::int32_t best_of_row(std::span<const float> logits);

/// Calls work(row) for each row in [0, rows), on at most `threads` threads.
void parallel_rows(std::size_t rows, int threads, const std::function<void(std::size_t)>& work);

}  // namespace assay::model::local
