// Reading and writing small files whole, and trying whether a folder can be written, with typed
// errors. Thread-safety: pure functions of the file system.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>

#include "base/result.h"

namespace assay {

/// The bytes of a regular file of at most `max_bytes`. Errors: not_found, io (a folder, no
/// permission, read failure), limit (longer).
Result<std::string> read_file(const std::filesystem::path& file, std::int64_t max_bytes);

/// Writes a whole file, in place of one that is there. Error: io.
Status write_file(const std::filesystem::path& file, std::string_view bytes);

/// Makes the folder if it is not there, and writes, flushes and removes a small file in it. The
/// error (io) says why that failed.
Status try_writing(const std::filesystem::path& folder);

}  // namespace assay
