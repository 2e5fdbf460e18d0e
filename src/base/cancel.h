// Cooperative cancellation: Ctrl-C, a time limit or a caller sets it; long loops look at it.
// Thread-safety: request() may be called from any thread and from a signal handler.
#pragma once

#include <atomic>

namespace assay {

class CancelToken {
 public:
  void request() noexcept { flag_.store(true, std::memory_order_relaxed); }
  [[nodiscard]] bool requested() const noexcept { return flag_.load(std::memory_order_relaxed); }

 private:
  std::atomic<bool> flag_{false};
};

}  // namespace assay
