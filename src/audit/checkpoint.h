// Checkpoints (c2sp.org/tlog-checkpoint): a log's size and root, as a signed note, and the
// cosignatures of witnesses on it (c2sp.org/tlog-cosignature).
// Thread-safety: pure functions.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "audit/keys.h"
#include "audit/merkle.h"
#include "audit/note.h"

namespace assay::audit {

struct Checkpoint {
  std::string origin;
  std::uint64_t size = 0;
  Hash root{};
  bool operator==(const Checkpoint&) const = default;
};

/// The note's text: three lines. An origin is one line that is not empty.
std::string to_text(const Checkpoint& checkpoint);
/// Lines after the third are left aside. Errors: format.
Result<Checkpoint> parse_checkpoint(std::string_view text);

/// A signed note, whose key's name is the origin.
std::string sign_checkpoint(const Checkpoint& checkpoint, const SigningKey& key);

struct SignedCheckpoint {
  Checkpoint checkpoint;
  std::string bytes;  ///< the whole note
  std::vector<Verified> signatures;
};
/// Reads a signed checkpoint and checks those signatures whose keys are known; one must be by a key
/// with the origin's name. Errors: format, limit.
Result<SignedCheckpoint> open_checkpoint(std::string_view bytes, std::span<const Verifier> known);

/// The note with the witness's cosignature added. `time`: seconds since 1970 UTC. Whether the log
/// only grew must be checked before (LogReader::consistency, verify_consistency).
Result<std::string> cosign(std::string_view checkpoint, const SigningKey& witness,
                           std::uint64_t time);

}  // namespace assay::audit
