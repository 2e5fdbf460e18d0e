#include "http/concurrency.h"

#include <algorithm>

namespace assay::http {
namespace {

constexpr double kSlow = 2.0;    ///< times the fastest window: the server queues
constexpr double kGain = 1.05;   ///< a rate that grew by less did not grow
constexpr double kFade = 1.001;  ///< the fastest window is forgotten by 0.1% a window
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

void Concurrency::end_window(double now) {
  const double latency = latency_sum_ / completed_;
  const double span = std::max(1e-6, now - window_start_);
  const double rate = completed_ / span;
  const bool slow = fastest_ > 0.0 && latency > kSlow * fastest_;
  const bool grew = rate > kGain * best_rate_;
  if (used_ * 2 >= completed_ && !shrunk_) {
    if (slow && !grew) {
      starting_ = false;
      limit_ = std::max(1, limit_ * 3 / 4);
    } else {
      limit_ = std::min(options_.most, starting_ ? limit_ * 2 : limit_ + 1);
    }
  }
  fastest_ = fastest_ > 0.0 ? std::min(fastest_ * kFade, latency) : latency;
  best_rate_ = std::max(best_rate_ / kFade, rate);
  begin_window(now);
}

void Concurrency::overloaded(double now) {
  if (options_.fixed > 0) return;
  if (window_start_ < 0.0) begin_window(now);
  starting_ = false;
  if (shrunk_ && now - window_start_ < kCalm) return;
  limit_ = std::max(1, limit_ / 2);
  begin_window(now);
  shrunk_ = true;
}

}  // namespace assay::http
