// One line on stderr about work under way. On a terminal it is rewritten in place, at most ten
// times a second; when piped it is a plain line every ten seconds. Order: update() any number of
// times -> finish() before anything else is printed. Thread-safety: one thread.
#pragma once

#include <chrono>
#include <string>

namespace assay::cli {

class StatusLine {
 public:
  StatusLine();
  /// True when the next update() would be shown: the text need not be made otherwise.
  [[nodiscard]] bool due() const;
  /// Shows the text if due; a terminal's line is cut to its width.
  void update(const std::string& text);
  /// Ends the rewritten line.
  void finish();

 private:
  using Clock = std::chrono::steady_clock;
  bool terminal_;
  bool open_line_ = false;
  Clock::time_point last_ = Clock::now();
};

}  // namespace assay::cli
