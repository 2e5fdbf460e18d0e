#include "eval/data/text_file.h"

#include <algorithm>

#include "base/files.h"
#include "base/text.h"

namespace assay::eval::data {
namespace {

/// The line (from 1) of the first byte that is not UTF-8: lines are checked one by one.
std::int64_t first_bad_line(std::string_view text) {
  std::int64_t line = 1;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    if (!is_utf8(text.substr(0, end))) return line;
    text.remove_prefix(std::min(end + 1, text.size()));
    ++line;
  }
  return line;
}

}  // namespace

std::string at_line(std::string_view file, std::int64_t line) {
  return std::string(file) + ", line " + std::to_string(line);
}

Result<std::string> clean_text(std::string bytes, std::string_view file) {
  const std::string_view start(bytes.data(), std::min<std::size_t>(bytes.size(), 3));
  if (start.starts_with("\xFF\xFE") || start.starts_with("\xFE\xFF")) {
    return fail(ErrorKind::format, "the file is UTF-16, not UTF-8", std::string(file),
                "Convert it, e.g. `iconv -f UTF-16 -t UTF-8`");
  }
  if (start == "\xEF\xBB\xBF") bytes.erase(0, 3);
  if (trim(bytes).empty()) {
    return fail(ErrorKind::format, "the file is empty", std::string(file),
                "Get it again from where it came from");
  }
  if (!is_utf8(bytes)) {
    return fail(ErrorKind::format, "a byte is not UTF-8", at_line(file, first_bad_line(bytes)),
                "Convert the file to UTF-8, e.g. with iconv");
  }
  return bytes;
}

Result<std::string> read_text(const std::filesystem::path& file) {
  ASSAY_TRY(std::string bytes, read_file(file, kMaxDataBytes));
  return clean_text(std::move(bytes), file.string());
}

}  // namespace assay::eval::data
