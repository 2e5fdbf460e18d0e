// Which weights are computed with: as stored, or converted once into the user's cache. On many
// processors a wider format is faster than a narrow one, because products need no unpacking.
// Files: CACHE/weights/<digest>-<dtype>.gguf, written under another name and renamed when whole;
// CACHE/digests/: SHA-256 by path, size and time of change; CACHE/probes/: what open() measured.
// Thread-safety: several processes may use one cache.
#pragma once

#include <filesystem>
#include <string>

#include "base/json.h"
#include "base/result.h"
#include "model/local/gguf_header.h"
#include "model/local/local.h"

namespace assay::model::local {

/// SHA-256 of the file, from the cache if path, size and time of change are known there.
Result<std::string> cached_digest(const std::filesystem::path& file,
                                  const std::filesystem::path& cache);

/// The file itself, or a converted copy in the cache. Errors: io (disk full, not writable),
/// unsupported (llama.cpp cannot convert it).
Result<std::filesystem::path> weights_file(const std::filesystem::path& file,
                                           const GgufHeader& header, const std::string& digest,
                                           Dtype dtype, const std::filesystem::path& cache);

/// Bytes that the weights take in a format.
std::uint64_t weights_bytes(const GgufHeader& header, Dtype dtype);
/// Whether converting would leave every weight as it is.
bool stored_as(const GgufHeader& header, Dtype dtype);
/// "F32", "BF16", "Q8_0"; for as_stored what the header says.
std::string dtype_name(const GgufHeader& header, Dtype dtype);

/// A small JSON document of the cache; null if it is not there or unreadable.
Json read_cached(const std::filesystem::path& file);
/// Best effort: a cache that cannot be written only costs time.
void write_cached(const std::filesystem::path& file, const Json& value);

}  // namespace assay::model::local
