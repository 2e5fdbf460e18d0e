// Writing an evidence log. Entries are appended in memory, and commit() makes all of them durable
// at once: first the tiles and bundles are written and synced, then the checkpoint is signed,
// written beside, synced and renamed into place. So a process that is killed, a full disk or a loss
// of power at any point leaves the log of the last checkpoint, whole; files of a commit that did
// not end are overwritten by the next, and no checkpoint ever named them. A checkpoint that was
// synced and not yet renamed is taken up by the next open(): no two checkpoints that anybody can
// have seen contradict each other.
//
// A log has one writer at a time (flock on "lock"); readers need no lock.
//
// Legal call order: open() -> append() any number of times -> commit(), again and again. After a
// failed commit() the entries wait and commit() may be tried again. Thread-safety: one thread.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "audit/disk.h"
#include "audit/keys.h"
#include "audit/log_reader.h"
#include "audit/merkle.h"
#include "audit/tiles.h"

namespace assay::audit {

class LogLock {
 public:
  LogLock() = default;
  /// Waits up to `seconds` for another writer. Errors: busy, with the process; io.
  static Result<LogLock> take(const std::filesystem::path& folder, double seconds = 0.0);
  LogLock(LogLock&& other) noexcept;
  LogLock& operator=(LogLock&& other) noexcept;
  ~LogLock();

 private:
  explicit LogLock(int fd) : fd_(fd) {}
  int fd_ = -1;
};

class LogWriter {
 public:
  /// The log in a folder, made if there is none. `key`: its name is the log's origin. Errors: busy
  /// (another writer), io, format (damaged, or of another key).
  static Result<LogWriter> open(const std::filesystem::path& folder, const SigningKey& key,
                                double wait_seconds = 0.0);
  /// The same on any disk, without a lock.
  static Result<LogWriter> open(std::unique_ptr<Disk> disk, const SigningKey& key);

  /// The index that the entry will have. Error: limit (over 65,535 bytes).
  Result<std::uint64_t> append(std::string_view entry);
  /// Nothing to do is no error, but an empty log gets its first checkpoint. Error: io.
  Status commit();

  /// Entries, with those that are not committed.
  [[nodiscard]] std::uint64_t size() const { return frontier_.size(); }
  [[nodiscard]] std::uint64_t committed() const { return committed_; }
  /// The last checkpoint, as a signed note; empty before the first commit.
  [[nodiscard]] const std::string& checkpoint() const { return checkpoint_; }
  [[nodiscard]] const std::string& origin() const { return key_.name(); }

 private:
  LogWriter(std::unique_ptr<Disk> disk, SigningKey key)
      : disk_(std::move(disk)), key_(std::move(key)) {}
  static Status roll_forward(Disk& disk, const SigningKey& key);
  Status take_up(LogReader& reader);
  Status clear_strays();
  Status clear(const std::string& full, std::uint64_t width, std::vector<std::string>& removed);
  Status write_all(std::vector<std::string>& written);
  Status let_go();

  struct Level {
    std::uint64_t first = 0;    ///< index of the first tile that is not written whole
    std::string bytes;          ///< the hashes of that tile and those after it
    std::uint64_t written = 0;  ///< hashes of the first tile that are on disk
  };

  LogLock lock_;
  std::unique_ptr<Disk> disk_;
  SigningKey key_;
  Frontier frontier_;
  std::uint64_t committed_ = 0;
  std::string checkpoint_;
  std::vector<Level> levels_;
  std::uint64_t first_bundle_ = 0;
  std::vector<std::string> bundles_;   ///< from first_bundle_ on; the last may be partial
  std::uint64_t entries_written_ = 0;  ///< of the first bundle, on disk
};

}  // namespace assay::audit
