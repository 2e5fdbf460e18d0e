// Zip archives of logs, by libarchive: read in one pass with bounded memory, and written as a
// stream. Members may be stored, deflated or compressed with Zstandard (method 93).
//
// Reading: Archive::open() -> entries(), read(), for_each() in any order, any number of times. An
// archive without its central directory (a run that was killed while it wrote) is opened too:
// salvaged() is then true, its members are found by their local headers, and what ends in the
// middle is not among them. Of members with the same name the last one counts. Names are labels:
// nothing is ever written to the file system, so a name like "../x" does no harm.
// Writing: ArchiveWriter::create() -> add() any number of times -> close(). Without close() nothing
// is left behind under the wanted name.
// Thread-safety: one thread per object.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace assay::logs {

/// No member is read beyond this size; larger ones are refused (`limit`).
inline constexpr std::int64_t kMaxMemberBytes = std::int64_t{1} << 30;
/// A member of more than kBombBytes may not be this many times larger than what is stored of it.
inline constexpr std::int64_t kBombBytes = std::int64_t{64} << 20;
inline constexpr std::int64_t kBombRatio = 500;

struct ArchiveEntry {
  std::string name;
  std::int64_t bytes = -1;  ///< unpacked, as the archive says; -1: not known
  std::size_t index = 0;    ///< place in the archive
};

class Archive {
 public:
  /// Errors: not_found, io, format (not a zip archive).
  static Result<Archive> open(const std::filesystem::path& file);

  [[nodiscard]] const std::filesystem::path& file() const { return file_; }
  /// In the order of the archive; the last of each name.
  [[nodiscard]] const std::vector<ArchiveEntry>& entries() const { return entries_; }
  [[nodiscard]] bool salvaged() const { return salvaged_; }
  /// Members that were replaced by a later one of the same name.
  [[nodiscard]] std::int64_t replaced() const { return replaced_; }
  [[nodiscard]] bool has(std::string_view name) const;

  /// One member whole. Errors: not_found, format (damaged), limit.
  [[nodiscard]] Result<std::string> read(std::string_view name) const;

  using Wanted = std::function<bool(const std::string& name)>;
  /// `bytes` is the member, or why this one could not be read (damaged, too large): the others
  /// still come. False stops.
  using Use = std::function<Result<bool>(const ArchiveEntry& entry, Result<std::string>&& bytes)>;
  /// The wanted members in one pass, one in memory at a time.
  [[nodiscard]] Status for_each(const Wanted& wanted, const Use& use) const;

 private:
  std::filesystem::path file_;
  std::vector<ArchiveEntry> entries_;
  bool salvaged_ = false;
  std::int64_t replaced_ = 0;
};

class ArchiveWriter {
 public:
  /// Begins FILE.part beside `file`. Errors: io.
  static Result<ArchiveWriter> create(const std::filesystem::path& file);
  ArchiveWriter(ArchiveWriter&& other) noexcept;
  ArchiveWriter& operator=(ArchiveWriter&& other) noexcept;
  ~ArchiveWriter();

  /// Errors: io (full disk).
  Status add(const std::string& name, std::string_view bytes);
  /// Ends the archive and gives it its name.
  Status close();

 private:
  struct Impl;
  explicit ArchiveWriter(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace assay::logs
