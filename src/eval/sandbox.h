// Sandbox: runs a Python program that nobody trusts, by bubblewrap. In it there is no network, no
// file of the user's (only /usr and what it needs, read-only), no other process, no way to start
// one and no place to write to; CPU time, memory, wall time and output are bounded. Whatever the
// program does, everything of it is gone when run_python() returns.
//
// Layers of the box: namespaces (user, pid, net, ipc, uts, cgroup) and a private root by bwrap; no
// capabilities; a seccomp filter that refuses new processes and threads, sockets, ptrace and keys;
// rlimits for CPU, address space, file size and open files; death with the parent.
//
// Thread-safety: pure functions of their arguments; may run in several threads at once.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

#include "base/result.h"

namespace assay::eval {

struct SandboxLimits {
  std::chrono::milliseconds wall{10000};  ///< generous, so that a busy machine does not decide
  int cpu_seconds = 1;
  std::int64_t memory_bytes = 256LL << 20;  ///< address space of the program
  std::int64_t output_bytes = 64LL << 10;   ///< of standard output; more ends the program
};

/// A file that the program finds in /job (read-only).
struct SandboxFile {
  std::string name;  ///< without a folder
  std::string content;
};

enum class SandboxEnd {
  exited,              ///< by itself; see exit_code
  signalled,           ///< by a signal (crash, CPU limit); see exit_code
  out_of_time,         ///< wall time
  too_much_text,       ///< more output than output_bytes
  too_many_processes,  ///< only in boxes that may start some (agent/workbox.h)
  too_much_memory      ///< of all processes together, in such boxes
};

struct SandboxRun {
  SandboxEnd end = SandboxEnd::exited;
  int exit_code = 0;   ///< status, or 128 + signal
  std::string output;  ///< standard output, up to output_bytes
  std::string errors;  ///< the beginning of standard error
};

/// Runs /job/NAME (the first file) with the system's Python, isolated (-I -S), input closed.
/// Errors: unsupported (no bubblewrap, no Python under /usr, the box cannot start here), io. An
/// error says nothing about the program: it did not run.
Result<SandboxRun> run_python(const std::vector<SandboxFile>& files,
                              const SandboxLimits& limits = {});

}  // namespace assay::eval
