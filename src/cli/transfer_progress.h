// A status line about a running transfer: bytes, rate, time left. Thread-safety: one thread.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>

#include "cli/status_line.h"

namespace assay::cli {

class TransferProgress {
 public:
  explicit TransferProgress(std::string label);
  /// total_bytes 0 = unknown.
  void update(std::int64_t done_bytes, std::int64_t total_bytes);
  /// Ends the rewritten line; call before printing anything else.
  void finish() { line_.finish(); }

 private:
  using Clock = std::chrono::steady_clock;
  std::string label_;
  StatusLine line_;
  Clock::time_point began_ = Clock::now();
  std::int64_t first_bytes_ = -1;  ///< what was there when this process began
};

}  // namespace assay::cli
