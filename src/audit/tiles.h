// The layout of a log on disk and over HTTP (c2sp.org/tlog-tiles): hashes in tiles of 256, entries
// in bundles of 256, both named by a path. Thread-safety: pure functions.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "audit/merkle.h"

namespace assay::audit {

inline constexpr std::uint64_t kTileWidth = 256;
inline constexpr int kTileHeight = 8;
inline constexpr std::size_t kMaxEntryBytes = 65535;
/// Of the files that a log reads: a full bundle of the longest entries.
inline constexpr std::int64_t kMaxBundleBytes = 256 * (2 + 65535);
inline constexpr const char* kCheckpointFile = "checkpoint";
inline constexpr const char* kLockFile = "lock";

/// "tile/0/x001/234.p/12". `width` 256: a full tile.
std::string tile_path(int level, std::uint64_t index, std::uint64_t width);
/// "tile/entries/x001/234".
std::string bundle_path(std::uint64_t index, std::uint64_t width);
struct TileName {
  int level = 0;  ///< -1: a bundle of entries
  std::uint64_t index = 0;
  std::uint64_t width = kTileWidth;
};
/// What tile_path() or bundle_path() gave.
std::optional<TileName> parse_tile_path(std::string_view path);
/// The folder of a tile's partial forms: "tile/0/x001/234.p".
std::string partial_folder(std::string_view full_path);

/// Hashes one after the other. Error: format, unless there are `width`.
Result<std::vector<Hash>> parse_tile(std::string_view bytes, std::uint64_t width,
                                     const std::string& where);
void append_entry(std::string& bundle, std::string_view entry);
/// Error: format, unless there are exactly `width` entries.
Result<std::vector<std::string>> parse_bundle(std::string_view bytes, std::uint64_t width,
                                              const std::string& where);

}  // namespace assay::audit
