// A folder of the person's own plain-text files (.txt, .text, .md), read whole, in the order of
// their names. What is no such file does not stop the rest: it is left out, and `left_out` says
// what and why. Links are not followed, so no file outside of the folder is read and no circle is
// walked. Thread-safety: pure functions of the file system.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "base/lang.h"
#include "base/result.h"

namespace assay::eval::data {

struct TextFolderLimits {
  std::int64_t file_bytes = std::int64_t{8} << 20U;
  std::int64_t all_bytes = std::int64_t{32} << 20U;
  std::size_t files = 20000;
};

struct NamedText {
  std::string name;  ///< path below the folder, with '/'
  std::string text;  ///< UTF-8, not empty
};

struct TextFolder {
  std::vector<NamedText> files;
  std::vector<std::string> left_out;  ///< "notes/old.txt: a byte is not UTF-8", ...
  /// "12 files read, 2 left out (old.txt: a byte is not UTF-8; ...)".
  [[nodiscard]] Text note() const;
};

/// Errors: not_found (no folder), io (it cannot be walked), format (no readable text file in it,
/// with the first reason).
Result<TextFolder> read_text_folder(const std::filesystem::path& folder,
                                    const TextFolderLimits& limits = {});

}  // namespace assay::eval::data
