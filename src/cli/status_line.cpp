#include "cli/status_line.h"

#include <cstdio>
#include <sys/ioctl.h>
#include <unistd.h>

namespace assay::cli {
namespace {

/// At most `columns` characters (UTF-8 code points).
std::string cut(const std::string& text, std::size_t columns) {
  std::size_t seen = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool starts = (static_cast<unsigned char>(text[i]) & 0xC0U) != 0x80U;
    if (starts && seen++ == columns) return text.substr(0, i);
  }
  return text;
}

std::size_t terminal_columns() {
  winsize size{};
  if (ioctl(STDERR_FILENO, TIOCGWINSZ, &size) != 0 || size.ws_col < 20) return 80;
  return size.ws_col;
}

}  // namespace

StatusLine::StatusLine() : terminal_(isatty(STDERR_FILENO) == 1) {}

bool StatusLine::due() const {
  const auto pause = terminal_ ? std::chrono::milliseconds(100) : std::chrono::seconds(10);
  return Clock::now() - last_ >= pause;
}

void StatusLine::update(const std::string& text) {
  if (!due()) return;
  last_ = Clock::now();
  if (terminal_) {
    std::fprintf(stderr, "\r\033[K%s", cut(text, terminal_columns() - 1).c_str());
  } else {
    std::fprintf(stderr, "%s\n", text.c_str());
  }
  std::fflush(stderr);
  open_line_ = terminal_;
}

void StatusLine::finish() {
  if (open_line_) std::fputs("\r\033[K", stderr);
  open_line_ = false;
}

}  // namespace assay::cli
