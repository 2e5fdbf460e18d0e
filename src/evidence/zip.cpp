#include "evidence/zip.h"

#include <algorithm>
#include <cstring>
#include <memory>
#include <zip.h>

namespace assay::evidence {
namespace {

struct Discard {
  void operator()(zip_t* archive) const { zip_discard(archive); }
  void operator()(zip_file_t* file) const { zip_fclose(file); }
};
using Archive = std::unique_ptr<zip_t, Discard>;

Result<Archive> open(const std::filesystem::path& file, int flags) {
  int code = 0;
  Archive out(zip_open(file.c_str(), flags, &code));
  if (out) return out;
  zip_error_t error;
  zip_error_init_with_code(&error, code);
  const std::string what = zip_error_strerror(&error);
  zip_error_fini(&error);
  if (code == ZIP_ER_NOENT) {
    return fail(ErrorKind::not_found, "there is no such file", file.string());
  }
  const bool ours = code == ZIP_ER_NOZIP || code == ZIP_ER_INCONS;
  return fail(ours ? ErrorKind::format : ErrorKind::io, "this bundle can't be opened: " + what,
              file.string());
}

/// Relative, with proper parts only.
bool proper(std::string_view name) {
  if (name.empty() || name.size() > 512 || name.front() == '/' || name.back() == '/') return false;
  if (name.find('\\') != std::string_view::npos || name.find('\0') != std::string_view::npos) {
    return false;
  }
  for (std::size_t begin = 0; begin <= name.size();) {
    const std::size_t end = std::min(name.find('/', begin), name.size());
    const std::string_view part = name.substr(begin, end - begin);
    if (part.empty() || part == "." || part == "..") return false;
    begin = end + 1;
  }
  return true;
}

Result<std::string> read_one(zip_t* archive, zip_uint64_t index, std::uint64_t size,
                             const std::string& name) {
  const auto damaged = [&](const char* what) { return fail(ErrorKind::format, what, name); };
  const std::unique_ptr<zip_file_t, Discard> file(zip_fopen_index(archive, index, 0));
  if (!file) return damaged("a file of the bundle can't be read");
  std::string out;
  constexpr std::size_t kPiece = std::size_t{1} << 20U;
  // Grows as bytes come, not as the header says.
  for (;;) {
    const std::size_t before = out.size();
    out.resize(before + kPiece);
    const zip_int64_t got = zip_fread(file.get(), out.data() + before, kPiece);
    if (got < 0) return damaged("a file of the bundle is damaged");
    out.resize(before + static_cast<std::size_t>(got));
    if (got == 0) break;
    if (out.size() > size) return damaged("a file of the bundle is longer than it says");
  }
  if (out.size() != size) return damaged("a file of the bundle is cut off");
  return out;
}

}  // namespace

Status write_zip(const std::filesystem::path& file, const Files& files) {
  const auto trouble = [&](zip_t* archive) {
    return fail(ErrorKind::io, std::string("the bundle can't be written: ") + zip_strerror(archive),
                file.string(), "Name another place with -o");
  };
  ASSAY_TRY(Archive archive, open(file, ZIP_CREATE | ZIP_TRUNCATE));
  for (const auto& [name, bytes] : files) {
    zip_source_t* source = zip_source_buffer(archive.get(), bytes.data(), bytes.size(), 0);
    const zip_int64_t index =
        source == nullptr ? -1
                          : zip_file_add(archive.get(), name.c_str(), source, ZIP_FL_ENC_UTF_8);
    if (index < 0) {
      zip_source_free(source);
      return trouble(archive.get());
    }
    const auto at = static_cast<zip_uint64_t>(index);
    constexpr zip_uint16_t kFirstDay = 0x21;  // 1980-01-01
    zip_file_set_dostime(archive.get(), at, 0, kFirstDay, 0);
    zip_set_file_compression(archive.get(), at, ZIP_CM_DEFLATE, 6);
    zip_file_set_external_attributes(archive.get(), at, 0, ZIP_OPSYS_UNIX, 0100644U << 16U);
  }
  if (zip_close(archive.get()) != 0) return trouble(archive.get());
  [[maybe_unused]] zip_t* const closed = archive.release();
  return {};
}

Result<Files> read_zip(const std::filesystem::path& file) {
  ASSAY_TRY(const Archive archive, open(file, ZIP_RDONLY | ZIP_CHECKCONS));
  const zip_int64_t count = zip_get_num_entries(archive.get(), 0);
  if (count < 0 || static_cast<std::uint64_t>(count) > kMaxBundleFiles) {
    return fail(ErrorKind::limit, "the bundle holds too many files", file.string());
  }
  Files out;
  std::uint64_t total = 0;
  for (zip_uint64_t i = 0; i < static_cast<zip_uint64_t>(count); ++i) {
    zip_stat_t stat;
    zip_stat_init(&stat);
    const bool known = zip_stat_index(archive.get(), i, ZIP_FL_ENC_RAW, &stat) == 0;
    constexpr zip_uint64_t kNeeded = ZIP_STAT_NAME | ZIP_STAT_SIZE;
    if (!known || (stat.valid & kNeeded) != kNeeded || !proper(stat.name)) {
      return fail(ErrorKind::format, "the bundle has a file without a proper name", file.string());
    }
    const std::string name = stat.name;
    if (stat.size > kMaxBundleFile || (total += stat.size) > kMaxBundleTotal) {
      return fail(ErrorKind::limit, "the bundle is too large", name);
    }
    ASSAY_TRY(std::string bytes, read_one(archive.get(), i, stat.size, name));
    if (!out.emplace(name, std::move(bytes)).second) {
      return fail(ErrorKind::format, "the bundle holds a name twice", name);
    }
  }
  return out;
}

}  // namespace assay::evidence
