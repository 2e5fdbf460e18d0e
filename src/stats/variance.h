// Where the variance of a score comes from: which item was asked, how it was worded, and the
// model's own sampling. Shares of the total variance, in their order, summing to 1.
//
// Method of moments (Henderson's method I) for the random-effects model on unbalanced data:
// Searle, Casella & McCulloch 1992, Variance Components, sections 5.2-5.3 and appendix F.
//   nested (default): each item has its own wordings (paraphrases).
//       score = mean + item + wording(item) + sampling
//   crossed: the same wordings (templates, personas, orders) are used for all items.
//       score = mean + item + wording + item:wording + sampling
// 0/1 scores are decomposed on the probability scale. Without repeats of an item in one wording,
// sampling cannot be told from the source beside it; then the last two are one share, named
// "wording+sampling" (nested) or "interaction+sampling" (crossed).
//
// Where every item has one wording only, the two shares are "item+wording" and "sampling".
//
// Intervals: the hull of the BCa bootstrap over items (components clipped at 0 and scaled to 1 in
// every draw) and of the jackknife t interval. A source that never shows gets an upper limit from
// the number of items (rule of three), so no interval has zero width.
//
// Thread-safety: pure functions.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "stats/bootstrap.h"
#include "stats/estimate.h"

namespace assay::stats {

struct ScoredCell {
  double value = 0.0;
  std::uint32_t item = 0;
  std::uint32_t wording = 0;  ///< nested: counted within its item; crossed: over all items
};

enum class VarianceDesign { nested, crossed };

struct VarianceOptions {
  VarianceDesign design = VarianceDesign::nested;
  double level = 0.95;
  std::uint64_t seed = 0;
  int draws = 2000;
};

struct ShareEstimate {
  std::string source;  ///< "item", "wording", "interaction", "sampling" or a sum of two
  Estimate share;
};

/// Unclipped variance components in the order of the shares, for tests and special reports; empty
/// where the data do not identify them (one item, or neither repeats nor several wordings).
std::vector<double> variance_components(std::span<const ScoredCell> cells, VarianceDesign design);

/// Empty where variance_components is; shares without a value (known() false) where nothing varies.
std::vector<ShareEstimate> decompose_variance(std::span<const ScoredCell> cells,
                                              const VarianceOptions& options = {});

}  // namespace assay::stats
