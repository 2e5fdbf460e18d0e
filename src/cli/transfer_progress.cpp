#include "cli/transfer_progress.h"

#include <cstdio>

namespace assay::cli {

TransferProgress::TransferProgress(std::string label) : label_(std::move(label)) {}

void TransferProgress::update(std::int64_t done_bytes, std::int64_t total_bytes) {
  if (first_bytes_ < 0) first_bytes_ = done_bytes;
  if (!line_.due()) return;
  const double seconds = std::chrono::duration<double>(Clock::now() - began_).count();
  const double rate = static_cast<double>(done_bytes - first_bytes_) / seconds;  // bytes/s
  constexpr double mb = 1e6;
  char text[200];
  const auto done = static_cast<double>(done_bytes);
  const auto total = static_cast<double>(total_bytes);
  if (total_bytes > 0 && rate > 0) {
    std::snprintf(text, sizeof text, "%s: %.1f of %.1f MB (%.0f%%), %.1f MB/s, %.0f s left",
                  label_.c_str(), done / mb, total / mb, 100.0 * done / total, rate / mb,
                  (total - done) / rate);
  } else {
    std::snprintf(text, sizeof text, "%s: %.1f MB, %.1f MB/s", label_.c_str(), done / mb,
                  rate / mb);
  }
  line_.update(text);
}

}  // namespace assay::cli
