#include "http/archive.h"

#include <memory>
#include <vector>
#include <zip.h>

namespace assay::http {
namespace {

using Zip = std::unique_ptr<zip_t, void (*)(zip_t*)>;
using Member = std::unique_ptr<zip_file_t, int (*)(zip_file_t*)>;

tl::unexpected<Error> open_error(int code, const std::filesystem::path& archive) {
  zip_error_t error;
  zip_error_init_with_code(&error, code);
  const std::string text = zip_error_strerror(&error);
  zip_error_fini(&error);
  if (code == ZIP_ER_NOENT) {
    return fail(ErrorKind::not_found, "there is no such archive", archive.string());
  }
  const bool io = code == ZIP_ER_OPEN || code == ZIP_ER_READ;
  return fail(io ? ErrorKind::io : ErrorKind::format, "cannot read the archive: " + text,
              archive.string(), "Delete it, so that it is fetched again");
}

}  // namespace

Result<std::int64_t> extract(const std::filesystem::path& archive, const std::string& member,
                             std::int64_t max_bytes, const ByteSink& sink,
                             const CancelToken* cancel) {
  int code = 0;
  const Zip zip(zip_open(archive.c_str(), ZIP_RDONLY | ZIP_CHECKCONS, &code), &zip_discard);
  if (!zip) return open_error(code, archive);
  const Member file(zip_fopen(zip.get(), member.c_str(), 0), &zip_fclose);
  if (!file) {
    return fail(ErrorKind::not_found, "the archive has no " + member, archive.string(),
                zip_strerror(zip.get()));
  }
  std::vector<char> buffer(std::size_t{1} << 20U);
  std::int64_t total = 0;
  while (true) {
    const auto got = zip_fread(file.get(), buffer.data(), buffer.size());
    if (got < 0) {
      return fail(ErrorKind::format,
                  std::string("the archive is damaged: ") + zip_file_strerror(file.get()),
                  archive.string() + ":" + member, "Delete it, so that it is fetched again");
    }
    if (got == 0) return total;
    total += got;
    if (total > max_bytes) {
      return fail(ErrorKind::limit,
                  "the member is longer than " + std::to_string(max_bytes) + " bytes",
                  archive.string() + ":" + member);
    }
    ASSAY_CHECK(sink({buffer.data(), static_cast<std::size_t>(got)}));
    if (cancel != nullptr && cancel->requested()) {
      return fail(ErrorKind::cancelled, "stopped", archive.string(), "Run this again to go on");
    }
  }
}

}  // namespace assay::http
