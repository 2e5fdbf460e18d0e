// llama.cpp as a guest: started once, silent, and unable to end the process. Its log lines are kept
// instead of printed; where it would abort (a failed assertion), a thread inside an AbortGuard gets
// an EngineAbort exception instead.
// Legal call order: start_backend() before any other llama.cpp call; it may be called again.
// Thread-safety: start_backend() and the log may be used from any thread; a guard belongs to one.
#pragma once

#include <cstddef>
#include <stdexcept>
#include <string>

namespace assay::model::local {

/// What llama.cpp said when it gave up.
struct EngineAbort : std::runtime_error {
  using std::runtime_error::runtime_error;
};

void start_backend();
/// Forgets the kept lines; call before an action whose failure is to be explained.
void clear_engine_log();
/// The last error lines of llama.cpp joined to one, at most 300 bytes; may be empty.
std::string engine_log();

/// While it lives, a failed assertion of llama.cpp on this thread throws EngineAbort.
class AbortGuard {
 public:
  AbortGuard();
  ~AbortGuard();
  AbortGuard(const AbortGuard&) = delete;
  AbortGuard& operator=(const AbortGuard&) = delete;
};

/// Bytes of memory that programs can still get (MemAvailable), or 2 GiB where that is unknown.
std::size_t available_memory();
/// A name for this processor and what it can do, for what is measured on it.
std::string processor_key();
/// Physical cores of this machine (not hardware threads), at least 1.
int physical_cores();

}  // namespace assay::model::local
