// One run of bubblewrap: what all boxes share. The order of events: files and filter go into memory
// files; bwrap makes the box and starts /bin/sh in it, which writes one byte ("the box stands"). If
// that byte does not come, the sandbox has failed, not the program.
// Thread-safety: pure functions; any number of runs at once.
#pragma once

#include <chrono>
#include <string>
#include <unistd.h>
#include <utility>
#include <vector>

#include "base/result.h"
#include "eval/sandbox.h"

namespace assay::eval {

class Fd {
 public:
  Fd() = default;
  explicit Fd(int fd) : fd_(fd) {}
  Fd(Fd&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
  Fd& operator=(Fd&& other) noexcept {
    std::swap(fd_, other.fd_);
    return *this;
  }
  Fd(const Fd&) = delete;
  Fd& operator=(const Fd&) = delete;
  ~Fd() { reset(); }
  void reset() {
    if (fd_ >= 0) ::close(fd_);
    fd_ = -1;
  }
  [[nodiscard]] int get() const { return fd_; }

 private:
  int fd_ = -1;
};

/// What the box is given: bwrap's words, and the descriptors that they name.
class BoxCommand {
 public:
  /// A box without network, with a read-only system in it and nothing else; a program in it has no
  /// rights. `words` are added to bwrap's.
  BoxCommand();
  void add(const std::vector<std::string>& words);
  /// A file of the box, read-only. Errors: io.
  Status add_file(const std::string& path, const std::string& content);
  /// The seccomp filter, where there is one for this processor. Errors: io.
  Status add_filter(const std::string& filter);

  [[nodiscard]] const std::vector<std::string>& words() const { return words_; }
  [[nodiscard]] const std::vector<Fd>& given() const { return given_; }

 private:
  std::vector<std::string> words_;
  std::vector<Fd> given_;
};

/// What ends a box from outside.
struct BoxLimits {
  std::chrono::milliseconds wall{10000};
  std::int64_t output_bytes = 64LL << 10;  ///< of standard output
  int processes = 0;                       ///< in the box; 0 = not counted
  std::int64_t memory_bytes = 0;           ///< resident, of all of them; 0 = not counted
};

/// Written to standard output by the first program of a box: the box stands.
inline constexpr const char* kBoxStands = "printf '\\006'; ";

/// Runs bwrap to its end or to a limit's, and takes the mark of kBoxStands off the output. Errors:
/// unsupported (no bubblewrap, the box cannot start here), io.
Result<SandboxRun> run_box(const BoxCommand& command, const BoxLimits& limits);

/// The system's Python: the one that lies under /usr, which is all that a box shows. Errors:
/// unsupported.
Result<std::string> box_python();

}  // namespace assay::eval
