// pass@k: the chance that at least one of k attempts at an item succeeds.
// Chen et al. 2021, arXiv:2107.03374, section 2.1: unbiased 1 - C(n-c, k)/C(n, k) from n attempts
// of which c succeeded; as a product, so that nothing overflows. Thread-safety: pure functions.
#pragma once

#include <cstdint>
#include <span>

#include "stats/clustered.h"

namespace assay::stats {

/// One item's value; NaN where n < k (too few attempts), c > n or k < 1.
double pass_at_k(std::int64_t attempts, std::int64_t successes, std::int64_t k);

struct Attempts {
  std::int64_t attempts = 0;
  std::int64_t successes = 0;
  std::uint32_t cluster = 0;  ///< items of one family share a cluster; else number them
};

/// Mean over items. Items with fewer than k attempts are counted as unassessed. `options.support`
/// is [0, 1] here whatever it says.
Estimate pass_at_k(std::span<const Attempts> items, std::int64_t k, ClusterOptions options = {});

}  // namespace assay::stats
