// Workbox: a sandbox in which a command may write files and start processes, for agents. Its files
// are a value: they go in with each command and come back after it, so that nothing of an agent
// lies on this machine between its steps, a transcript holds all that it has done, and the state of
// any step can be looked at or gone back to.
//
// Layers of the box: those of sandbox.h; but new processes (not namespaces) are allowed, and /work
// and /tmp are in memory, of bounded size. Bounded are also wall time, processor time, processes,
// memory of all of them, open files and output. When the command ends, everything it has started is
// killed. Where Assay runs as root, the box is nobody's: root is exempt from the bound of
// processes. There is no network, no /proc, no device but null, zero, random and the like, no
// set-uid.
//
// Thread-safety: pure functions of their arguments; may run in several threads at once.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"
#include "base/result.h"

namespace assay::eval {

/// What lies under /work: paths ("data/a.csv") and what is there. JSON of it: a string is a text
/// file of mode 0644; else an object with "text", "hex" (bytes that are no UTF-8), "link" (a
/// symbolic link's target) or "folder": true, and "mode" where it is another.
class WorkFiles {
 public:
  WorkFiles() = default;
  /// Errors: format (a path that leaves /work, a wrong type).
  static Result<WorkFiles> from_json(const Json& json);
  [[nodiscard]] const Json& json() const { return entries_; }

  /// A text file; `mode` as in chmod.
  void put(const std::string& path, const std::string& text, int mode = 0644);
  /// The text of a regular file, or nothing.
  [[nodiscard]] std::optional<std::string> text(std::string_view path) const;
  [[nodiscard]] bool has(std::string_view path) const;
  [[nodiscard]] std::vector<std::string> paths() const;
  bool operator==(const WorkFiles&) const = default;

 private:
  Json entries_ = Json::object();
};

struct WorkLimits {
  std::chrono::milliseconds wall{10000};
  int cpu_seconds = 5;                        ///< of each process
  std::int64_t process_memory = 512LL << 20;  ///< address space of each process
  std::int64_t memory = 512LL << 20;          ///< resident, of all processes
  int processes = 64;
  std::int64_t output_bytes = 16LL << 10;  ///< of the command; what goes beyond is dropped
  std::int64_t disk_bytes = 16LL << 20;    ///< of /work, and again of /tmp
  std::int64_t kept_bytes = 1LL << 20;     ///< of all files together when the command ends
  int kept_files = 500;
};

struct WorkRun {
  int exit_code = 0;  ///< status, or 128 + signal
  bool out_of_time = false;
  bool output_cut = false;
  std::string output;  ///< standard output and error as they came, valid UTF-8
  WorkFiles files;     ///< after the command; unchanged where `trouble` says why
  std::string trouble;
};

/// Runs argv (found in /usr/bin) in /work. Errors: unsupported (no bubblewrap from 0.7 on, no
/// Python, the box cannot start here), io. An error says nothing about the command: it did not run.
Result<WorkRun> run_work(const std::vector<std::string>& argv, const WorkFiles& files,
                         const WorkLimits& limits = {});

}  // namespace assay::eval
