#include "stats/passk.h"

#include <cmath>
#include <limits>
#include <utility>
#include <vector>

namespace assay::stats {

double pass_at_k(std::int64_t attempts, std::int64_t successes, std::int64_t k) {
  if (k < 1 || attempts < k || successes < 0 || successes > attempts) {
    return std::numeric_limits<double>::quiet_NaN();
  }
  if (attempts - successes < k) return 1.0;
  double none = 1.0;  // C(n-c, k)/C(n, k) = prod_{i = n-c+1}^{n} (1 - k/i)
  for (std::int64_t i = attempts - successes + 1; i <= attempts; ++i) {
    none *= 1.0 - static_cast<double>(k) / static_cast<double>(i);
  }
  return 1.0 - none;
}

Estimate pass_at_k(std::span<const Attempts> items, std::int64_t k, ClusterOptions options) {
  std::vector<Observation> values;
  for (const Attempts& item : items) {
    const double value = pass_at_k(item.attempts, item.successes, k);
    if (std::isnan(value)) {
      ++options.unassessed;
    } else {
      values.push_back({value, item.cluster});
    }
  }
  options.support = Interval{0.0, 1.0};
  return clustered_mean(values, options);
}

}  // namespace assay::stats
