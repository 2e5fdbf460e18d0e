// Tables as plain text: columns as wide as their widest cell, by what it takes on a terminal.
// Thread-safety: pure functions.
#pragma once

#include <string>
#include <vector>

namespace assay::cli {

using TextTable = std::vector<std::vector<std::string>>;

/// One line a row, cells padded to their column and two blanks apart.
std::string text_table(const TextTable& rows);

}  // namespace assay::cli
