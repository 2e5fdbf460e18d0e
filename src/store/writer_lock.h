// Locks beside a store's file. The kernel frees them when the process ends, however it ends; their
// files stay.
// WriterLock, of a store's one writer: flock(2) on "<store>.lock", which holds the writer's process
// id. The writer may share it with the other ranks of its run.
// Places, of the ranks of a run: a byte each of "<store>.ranks", locked by fcntl(2) (open file
// description locks), so that a rank that died is seen at once.
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
  /// Beside the writer that shares it. Errors: busy if none does, io.
  static Result<WriterLock> join(const std::filesystem::path& store);
  /// From now on others may join(). Error: busy, if another took it in between.
  Status share(const std::filesystem::path& store);
  WriterLock(WriterLock&& other) noexcept;
  WriterLock& operator=(WriterLock&& other) noexcept;
  ~WriterLock();

 private:
  explicit WriterLock(int fd) : fd_(fd) {}
  int fd_ = -1;
};

class Places {
 public:
  Places() = default;
  /// Takes the place of a rank. Errors: busy if another process has it, io.
  static Result<Places> take(const std::filesystem::path& store, int rank);
  /// Does a process have the place of this rank?
  static Result<bool> taken(const std::filesystem::path& store, int rank);
  Places(Places&& other) noexcept;
  Places& operator=(Places&& other) noexcept;
  ~Places();

 private:
  explicit Places(int fd) : fd_(fd) {}
  int fd_ = -1;
};

}  // namespace assay::store
