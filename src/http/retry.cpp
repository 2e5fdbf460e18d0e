#include "http/retry.h"

#include <algorithm>
#include <cmath>

namespace assay::http {

bool is_retryable(long status) {
  if (status == 501 || status == 505) return false;
  return status == 408 || status == 409 || status == 425 || status == 429 ||
         (status >= 500 && status <= 599);
}

bool is_overload(long status) { return status == 429 || status == 503 || status == 529; }

std::optional<double> retry_delay(const RetryPolicy& policy, int retry, std::optional<double> asked,
                                  Rng& rng) {
  if (retry >= policy.max_retries) return std::nullopt;
  const double bound =
      std::min(policy.cap_seconds, policy.base_seconds * std::exp2(std::min(retry, 30)));
  const double jitter = rng.uniform() * bound;
  if (!asked) return jitter;
  if (!(*asked <= policy.longest_ask_seconds)) return std::nullopt;
  // All who were turned away would come back at the same moment: so they are spread after it.
  return std::max(0.0, *asked) + std::min(jitter, policy.base_seconds);
}

}  // namespace assay::http
