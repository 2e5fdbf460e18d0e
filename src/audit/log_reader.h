// Reading an evidence log: an append-only Merkle log in the layout of c2sp.org/tlog-tiles. Whoever
// reads trusts nothing but the checkpoint's signature: each entry and hash that is given out leads
// to the checkpoint's root only if it is the log's.
//
// Legal call order: LogReader::open() -> any. Readers may read while a writer appends: they see the
// checkpoint that they opened; refresh() sees a newer one. Thread-safety: one thread per reader.
//
// Errors of all functions: not_found (no log), io, format (damaged, with the file), limit.
#pragma once

#include <cstdint>
#include <functional>
#include <list>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "audit/checkpoint.h"
#include "audit/disk.h"
#include "audit/merkle.h"

namespace assay::audit {

/// What verify() found: what a log of this many entries needs, and has.
struct LogCheck {
  std::uint64_t entries = 0;
  std::uint64_t bytes = 0;  ///< of entries
  std::uint64_t files = 0;
  std::uint64_t strays = 0;  ///< files of a commit that did not end: beyond the checkpoint
};

/// What a writer needs to go on.
struct RightEdge {
  std::vector<Hash> roots;               ///< of the largest full subtrees, from the left
  std::vector<std::vector<Hash>> tiles;  ///< by level, the last one, if it is not full
  std::vector<std::string> entries;      ///< of the last bundle, if it is not full
};

class LogReader {
 public:
  /// `known`: keys that may have signed; one must be the log's own.
  static Result<LogReader> open(std::unique_ptr<Disk> disk, std::vector<Verifier> known);
  /// Takes a newer checkpoint. Error: format, if the log does not continue the one that was open.
  Status refresh();

  [[nodiscard]] const Checkpoint& checkpoint() const { return signed_.checkpoint; }
  [[nodiscard]] const SignedCheckpoint& signed_checkpoint() const { return signed_; }
  [[nodiscard]] std::uint64_t size() const { return signed_.checkpoint.size; }
  [[nodiscard]] std::string place() const { return disk_->place(); }

  /// Entries [begin, end), each checked against the tile of its hash; false stops.
  Status for_each(std::uint64_t begin, std::uint64_t end,
                  const std::function<bool(std::uint64_t index, std::string_view entry)>& use);
  Result<std::string> entry(std::uint64_t index);

  /// The proof that an entry is in this log, and that this log begins with its first `size`
  /// entries.
  Result<std::vector<Hash>> inclusion(std::uint64_t index);
  Result<std::vector<Hash>> consistency(std::uint64_t size);
  /// The root of the log's first `size` entries.
  Result<Hash> root_at(std::uint64_t size);
  /// A receipt (receipt.h): that an entry is in this log, for one who has only the log's key.
  Result<std::string> receipt(std::uint64_t index);

  /// Everything: each entry's hash, each tile, also those of smaller sizes, and the root.
  Result<LogCheck> verify();

  Result<RightEdge> right_edge();
  /// Gives the disk away; the reader is done.
  std::unique_ptr<Disk> release() { return std::move(disk_); }

 private:
  LogReader(std::unique_ptr<Disk> disk, std::vector<Verifier> known)
      : disk_(std::move(disk)), known_(std::move(known)) {}
  Result<SignedCheckpoint> read_checkpoint();
  Result<std::vector<Hash>> tile(int level, std::uint64_t index);
  Result<std::vector<std::string>> bundle(std::uint64_t index);
  /// The form of this width, or else the full form: readers may come after the partial one is gone.
  Result<std::string> read_either(const std::string& partial, const std::string& full,
                                  std::int64_t max_bytes);
  Result<Hash> node(int level, std::uint64_t index);
  Status check_tile(int level, std::uint64_t index, std::span<const Hash> hashes);
  Status check_files(LogCheck& check);

  std::unique_ptr<Disk> disk_;
  std::vector<Verifier> known_;
  SignedCheckpoint signed_;
  /// The tiles that were read last; a proof asks for a few of them often.
  std::list<std::pair<std::pair<int, std::uint64_t>, std::vector<Hash>>> recent_;
};

}  // namespace assay::audit
