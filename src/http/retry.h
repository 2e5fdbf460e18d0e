// When a failed request is asked again, and after how long: exponential back-off with full jitter
// (M. Brooker, "Exponential Backoff And Jitter", AWS Architecture Blog 2015), or as long as the
// server asks for in Retry-After (RFC 9110, section 10.2.3).
// Thread-safety: pure functions.
#pragma once

#include <optional>

#include "base/random.h"

namespace assay::http {

struct RetryPolicy {
  int max_retries = 5;               ///< after the first attempt
  double base_seconds = 0.5;         ///< longest wait before the first retry; doubles with each
  double cap_seconds = 60.0;         ///< longest wait that we choose ourselves
  double longest_ask_seconds = 600;  ///< a server that asks for more is not waited for
};

/// Worth asking again: 408, 409, 425, 429 and 5xx, without 501 and 505.
bool is_retryable(long status);
/// The server says that it has too much to do: 429, 503, 529.
bool is_overload(long status);

/// Seconds to wait before retry number `retry` (0 = the first); `asked`: what Retry-After says.
/// Nothing: give up, as the retries are used, or the server asks for too long a wait.
std::optional<double> retry_delay(const RetryPolicy& policy, int retry, std::optional<double> asked,
                                  Rng& rng);

}  // namespace assay::http
