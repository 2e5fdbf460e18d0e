// Zip files for bundles, by libzip: written so that the same content gives the same bytes, and read
// with limits, since they may be hostile. Thread-safety: one thread per archive.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <string_view>

#include "base/result.h"

namespace assay::evidence {

/// Name -> bytes. A name is relative, with "/", without "..".
using Files = std::map<std::string, std::string>;

inline constexpr std::uint64_t kMaxBundleFile = std::uint64_t{2} << 30U;
inline constexpr std::uint64_t kMaxBundleTotal = std::uint64_t{8} << 30U;
inline constexpr std::uint64_t kMaxBundleFiles = 100'000;

/// Sorted by name, no times, no owners; deflate. In place of a file that is there, at once. Errors:
/// io.
Status write_zip(const std::filesystem::path& file, const Files& files);
/// Errors: not_found, io, format (no zip, damaged, a name twice or outside), limit.
Result<Files> read_zip(const std::filesystem::path& file);

}  // namespace assay::evidence
