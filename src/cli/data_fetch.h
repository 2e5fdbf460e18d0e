// Brings a public data set into the data folder of this machine: downloads its files from their
// original address, or takes them from a folder that the person names; either way only files with
// the known SHA-256 are kept. Interrupted, a download goes on where it stopped.
// Thread-safety: two fetches of one file exclude each other (ErrorKind::busy).
#pragma once

#include <filesystem>

#include "eval/data/dataset.h"
#include "http/client.h"

namespace assay::cli {

struct FetchedData {
  std::filesystem::path folder;
  std::size_t fetched = 0;   ///< files that were not here already
  std::size_t unpinned = 0;  ///< taken from the person's folder without a known hash
};

/// Errors: unsupported (the set has files without a known hash, so only `--from` works), and those
/// of http::download. `options.on_progress` is told the bytes of the whole set.
Result<FetchedData> download_data(const eval::data::Dataset& dataset, const http::Options& options);

/// Copies the set's files out of `from` (the set's folder, a clone of the original, or a folder
/// that holds one). Errors: not_found (none of the files), format (a file differs from the known
/// hash; nothing is kept of it).
Result<FetchedData> copy_data(const eval::data::Dataset& dataset, const std::filesystem::path& from,
                              const CancelToken* cancel);

}  // namespace assay::cli
