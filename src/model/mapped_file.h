// A file as bytes in memory, mapped read-only: pages come from disk as they are read, and can be
// dropped again. Thread-safety: reads of one MappedFile from any thread.
#pragma once

#include <filesystem>
#include <string_view>

#include "base/result.h"

namespace assay::model {

class MappedFile {
 public:
  /// Errors: not_found, io, format (not a regular file).
  static Result<MappedFile> open(const std::filesystem::path& file);
  MappedFile(MappedFile&& other) noexcept;
  MappedFile& operator=(MappedFile&& other) noexcept;
  ~MappedFile();
  MappedFile(const MappedFile&) = delete;
  MappedFile& operator=(const MappedFile&) = delete;

  /// Valid while this lives. A file that another program cuts short meanwhile ends this one.
  [[nodiscard]] std::string_view bytes() const { return {data_, size_}; }
  /// Tells the system that these bytes are not needed soon (they stay readable).
  void forget(std::size_t offset, std::size_t length) const;

 private:
  MappedFile(const char* data, std::size_t size) : data_(data), size_(size) {}
  const char* data_ = nullptr;
  std::size_t size_ = 0;
};

}  // namespace assay::model
