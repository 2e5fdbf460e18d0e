// The lock of a store's one writer: flock(2) on "<store>.lock", which holds the writer's process
// id. The kernel frees it when the process ends, however it ends; the file stays.
// Thread-safety: one thread per lock.
#pragma once

#include <filesystem>

#include "base/result.h"

namespace assay::store {

class WriterLock {
 public:
  WriterLock() = default;
  /// Errors: busy with the process that holds it, io.
  static Result<WriterLock> take(const std::filesystem::path& store);
  WriterLock(WriterLock&& other) noexcept;
  WriterLock& operator=(WriterLock&& other) noexcept;
  ~WriterLock();

 private:
  explicit WriterLock(int fd) : fd_(fd) {}
  int fd_ = -1;
};

}  // namespace assay::store
