// A line on stderr about a running transfer: bytes, rate, time left. On a terminal one line that is
// rewritten; when piped, a plain line every ten seconds. Thread-safety: one thread.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>

namespace assay::cli {

class TransferProgress {
 public:
  explicit TransferProgress(std::string label);
  /// total_bytes 0 = unknown.
  void update(std::int64_t done_bytes, std::int64_t total_bytes);
  /// Ends the rewritten line; call before printing anything else.
  void finish();

 private:
  using Clock = std::chrono::steady_clock;
  std::string label_;
  bool terminal_;
  bool open_line_ = false;
  Clock::time_point began_ = Clock::now();
  Clock::time_point last_;
  std::int64_t first_bytes_ = -1;  ///< what was there when this process began
};

}  // namespace assay::cli
