// How many requests may be under way: grows until latency or the server says stop (additive
// increase, multiplicative decrease: Chiu & Jain 1989; slow start as in TCP, RFC 5681).
//
// Completions are looked at in windows of `limit` of them. After a window in which the limit was
// really used: doubled while starting, later a sixteenth more. It shrinks to 3/4 when requests took
// twice as long as in the fastest window and the rate of completions did not grow by 5% for it, and
// is halved when the server answers 429 or 503, at most once a second and window.
//
// Requests that are longer take longer on an idle server too. A queue gets shorter when less is
// asked at once, and the rate stays (Little 1961: under way = rate x time). So when requests take
// as long as before after a shrinking, the time is their own: the limit goes back up, and the
// fastest window is forgotten. The window that follows a shrinking is not looked at, as its
// requests were begun before.
//
// Legal call order: any; the clock (seconds) must not go back. Thread-safety: one thread.
#pragma once

namespace assay::http {

struct ConcurrencyOptions {
  int fixed = 0;   ///< > 0: this many, always
  int start = 8;   ///< where to begin
  int most = 256;  ///< never more
};

class Concurrency {
 public:
  explicit Concurrency(const ConcurrencyOptions& options);
  /// Requests that may be under way now, at least 1.
  [[nodiscard]] int limit() const { return limit_; }
  /// A request ended well after `seconds`; `under_way` counts it.
  void succeeded(double now, double seconds, int under_way);
  /// 429, 503 or a time-out.
  void overloaded(double now);

 private:
  void end_window(double now);
  void judge(double latency, double rate);
  void begin_window(double now);

  ConcurrencyOptions options_;
  int limit_;
  bool starting_ = true;
  double window_start_ = -1.0;
  int completed_ = 0;  ///< in this window
  int used_ = 0;       ///< completions that found the limit in use
  double latency_sum_ = 0.0;
  bool shrunk_ = false;    ///< in this window
  bool settling_ = false;  ///< this window's requests were begun before the limit shrank
  bool on_trial_ = false;  ///< the limit shrank because requests were slow
  int doubts_ = 0;         ///< shrinkings in a row that made nothing faster
  int before_limit_ = 0;   ///< before the first of them
  double before_latency_ = 0.0;
  double fastest_ = 0.0;    ///< mean latency of the fastest window, s; 0 = none yet
  double best_rate_ = 0.0;  ///< completions a second, of the best window so far
};

}  // namespace assay::http
