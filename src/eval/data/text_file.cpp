#include "eval/data/text_file.h"

#include <algorithm>
#include <archive.h>
#include <archive_entry.h>
#include <array>
#include <memory>

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

struct CloseReader {
  void operator()(::archive* reader) const { archive_read_free(reader); }
};

tl::unexpected<Error> not_gzip(::archive* reader, std::string_view file) {
  const char* why = archive_error_string(reader);
  return fail(ErrorKind::format,
              std::string("the file cannot be unpacked: ") + (why != nullptr ? why : "no reason"),
              std::string(file), "Get it again from where it came from");
}

/// The content of a .gz file, which read_text() unpacks by itself.
Result<std::string> unpacked(const std::string& bytes, std::string_view file) {
  const std::unique_ptr<::archive, CloseReader> reader(archive_read_new());
  archive_read_support_filter_gzip(reader.get());
  archive_read_support_format_raw(reader.get());
  archive_entry* entry = nullptr;
  const bool open =
      archive_read_open_memory(reader.get(), bytes.data(), bytes.size()) == ARCHIVE_OK &&
      archive_read_next_header(reader.get(), &entry) == ARCHIVE_OK;
  if (!open) return not_gzip(reader.get(), file);
  std::string out;
  std::array<char, 1U << 16U> buffer{};
  while (true) {
    const auto n = archive_read_data(reader.get(), buffer.data(), buffer.size());
    if (n < 0) return not_gzip(reader.get(), file);
    if (n == 0) return out;
    out.append(buffer.data(), static_cast<std::size_t>(n));
    if (out.size() > static_cast<std::size_t>(kMaxDataBytes)) {
      return fail(ErrorKind::limit, "the file unpacks to more than 512 MiB", std::string(file),
                  "A data set is not as large; get the original file");
    }
  }
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
  if (file.extension() == ".gz") {
    ASSAY_TRY(bytes, unpacked(bytes, file.string()));
  }
  return clean_text(std::move(bytes), file.string());
}

}  // namespace assay::eval::data
