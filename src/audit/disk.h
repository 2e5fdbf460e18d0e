// Disk: the few things that an evidence log asks of a file system, so that tests can stand one in
// that loses what was not synced. Paths are relative to the log's folder, with "/".
// Thread-safety: one thread per Disk.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace assay::audit {

class Disk {
 public:
  virtual ~Disk() = default;
  /// Nothing if there is no such file. Errors: io, limit.
  virtual Result<std::optional<std::string>> read(const std::string& path,
                                                  std::int64_t max_bytes) = 0;
  /// Makes or replaces a file; not durable, and not all at once. Makes its folders. Error: io.
  virtual Status write(const std::string& path, std::string_view bytes) = 0;
  /// In place of `to`, at once. Error: io.
  virtual Status rename(const std::string& from, const std::string& to) = 0;
  /// Nothing to remove is no error; a folder goes with all in it.
  virtual Status remove(const std::string& path) = 0;
  /// After this a loss of power leaves these files, and their names, as they are; of those that
  /// were removed, that they are gone. Error: io.
  virtual Status sync(std::span<const std::string> files) = 0;
  /// All files below a folder ("": of the log), sorted; none if it is not there.
  virtual Result<std::vector<std::string>> list(const std::string& folder = {}) = 0;
  /// For people.
  [[nodiscard]] virtual std::string place() const = 0;
};

/// The file system's folder. Made, with the first file, if it is not there.
std::unique_ptr<Disk> open_disk(const std::filesystem::path& folder);

}  // namespace assay::audit
