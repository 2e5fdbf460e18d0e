#include "http/concurrency.h"

#include <algorithm>

namespace assay::http {
namespace {

constexpr double kSlow = 2.0;    ///< times the fastest window: the server queues
constexpr double kGain = 1.05;   ///< a rate that grew by less did not grow
constexpr double kSame = 0.9;    ///< of the time before; a queue that got shorter takes less
constexpr int kDoubts = 2;       ///< shrinkings in a row that made nothing faster
constexpr int kStep = 16;        ///< after the start the limit grows by a part of this
constexpr double kCalm = 1.0;    ///< seconds after a halving in which more complaints are its echo
constexpr int kLeastWindow = 4;  ///< completions; fewer say nothing

}  // namespace

Concurrency::Concurrency(const ConcurrencyOptions& options) : options_(options) {
  options_.most = std::max(1, options_.most);
  limit_ = options_.fixed > 0 ? options_.fixed : std::clamp(options_.start, 1, options_.most);
}

void Concurrency::begin_window(double now) {
  window_start_ = now;
  completed_ = 0;
  used_ = 0;
  latency_sum_ = 0.0;
  shrunk_ = false;
}

void Concurrency::succeeded(double now, double seconds, int under_way) {
  if (options_.fixed > 0) return;
  if (window_start_ < 0.0) begin_window(now - seconds);
  ++completed_;
  latency_sum_ += seconds;
  if (under_way >= limit_) ++used_;
  if (completed_ >= std::max(kLeastWindow, limit_)) end_window(now);
}

/// The limit after a window in which it was in use.
void Concurrency::judge(double latency, double rate) {
  if (on_trial_) doubts_ = latency > kSame * before_latency_ ? doubts_ + 1 : 0;
  if (doubts_ == kDoubts) {  // no queue: longer requests
    limit_ = before_limit_;
    fastest_ = latency;
    best_rate_ = rate;
    starting_ = true;
  }
  const bool slow = fastest_ > 0.0 && latency > kSlow * fastest_;
  on_trial_ = slow && rate <= kGain * best_rate_;
  if (!on_trial_) {
    doubts_ = 0;
    limit_ = std::min(options_.most, starting_ ? limit_ * 2 : limit_ + 1 + limit_ / kStep);
    return;
  }
  starting_ = false;
  if (doubts_ == 0) before_limit_ = limit_;
  before_latency_ = latency;
  settling_ = true;
  limit_ = std::max(1, limit_ * 3 / 4);
}

void Concurrency::end_window(double now) {
  const double latency = latency_sum_ / completed_;
  const double rate = completed_ / std::max(1e-6, now - window_start_);
  const bool looked_at = used_ * 2 >= completed_ && !shrunk_ && !settling_;
  settling_ = false;
  if (looked_at) judge(latency, rate);
  fastest_ = fastest_ > 0.0 ? std::min(fastest_, latency) : latency;
  best_rate_ = std::max(best_rate_, rate);
  begin_window(now);
}

void Concurrency::overloaded(double now) {
  if (options_.fixed > 0) return;
  if (window_start_ < 0.0) begin_window(now);
  starting_ = false;
  on_trial_ = false;
  doubts_ = 0;
  if (shrunk_ && now - window_start_ < kCalm) return;
  limit_ = std::max(1, limit_ / 2);
  begin_window(now);
  shrunk_ = true;
}

}  // namespace assay::http
