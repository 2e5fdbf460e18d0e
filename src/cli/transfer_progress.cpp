#include "cli/transfer_progress.h"

#include <cstdio>
#include <unistd.h>

namespace assay::cli {

TransferProgress::TransferProgress(std::string label)
    : label_(std::move(label)), terminal_(isatty(STDERR_FILENO) == 1), last_(began_) {}

void TransferProgress::update(std::int64_t done_bytes, std::int64_t total_bytes) {
  const auto now = Clock::now();
  const auto pause = terminal_ ? std::chrono::milliseconds(100) : std::chrono::seconds(10);
  if (first_bytes_ < 0) first_bytes_ = done_bytes;
  if (now - last_ < pause) return;
  last_ = now;
  const double seconds = std::chrono::duration<double>(now - began_).count();
  const double rate = static_cast<double>(done_bytes - first_bytes_) / seconds;  // bytes/s
  constexpr double mb = 1e6;
  char line[200];
  const auto done = static_cast<double>(done_bytes);
  const auto total = static_cast<double>(total_bytes);
  if (total_bytes > 0 && rate > 0) {
    std::snprintf(line, sizeof line, "%s: %.1f of %.1f MB (%.0f%%), %.1f MB/s, %.0f s left",
                  label_.c_str(), done / mb, total / mb, 100.0 * done / total, rate / mb,
                  (total - done) / rate);
  } else {
    std::snprintf(line, sizeof line, "%s: %.1f MB, %.1f MB/s", label_.c_str(), done / mb,
                  rate / mb);
  }
  std::fprintf(stderr, terminal_ ? "\r\033[K%s" : "%s\n", line);
  std::fflush(stderr);
  open_line_ = terminal_;
}

void TransferProgress::finish() {
  if (open_line_) std::fputs("\r\033[K", stderr);
  open_line_ = false;
}

}  // namespace assay::cli
