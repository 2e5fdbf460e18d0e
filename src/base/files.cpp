#include "base/files.h"

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <fcntl.h>
#include <fstream>
#include <memory>
#include <unistd.h>

namespace assay {

Result<std::string> read_file(const std::filesystem::path& file, std::int64_t max_bytes) {
  std::error_code error;
  if (std::filesystem::is_directory(file, error)) {
    return fail(ErrorKind::io, "this is a folder, not a file", file.string());
  }
  const std::unique_ptr<std::FILE, int (*)(std::FILE*)> stream(std::fopen(file.c_str(), "rb"),
                                                               &std::fclose);
  if (!stream) {
    const auto kind = errno == ENOENT ? ErrorKind::not_found : ErrorKind::io;
    return fail(kind, std::string("cannot read: ") + std::strerror(errno), file.string(),
                "Check the name and the permissions");
  }
  std::string bytes;
  char piece[65536];
  std::size_t got = 0;
  while ((got = std::fread(piece, 1, sizeof piece, stream.get())) > 0) {
    bytes.append(piece, got);
    if (static_cast<std::int64_t>(bytes.size()) > max_bytes) {
      return fail(ErrorKind::limit,
                  "the file has more than " + std::to_string(max_bytes) + " bytes", file.string());
    }
  }
  if (std::ferror(stream.get()) != 0) {
    return fail(ErrorKind::io, std::string("cannot read: ") + std::strerror(errno), file.string());
  }
  return bytes;
}

Status write_file(const std::filesystem::path& file, std::string_view bytes) {
  std::ofstream out(file, std::ios::binary);
  out.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  out.close();
  if (out) return {};
  return fail(ErrorKind::io, "cannot write it", file.string(),
              "Choose a place that can be written");
}

Status try_writing(const std::filesystem::path& folder) {
  const auto failed = [&](const std::string& reason) {
    return fail(ErrorKind::io, reason, folder.string());
  };
  std::error_code error;
  if (std::filesystem::exists(folder, error) && !std::filesystem::is_directory(folder, error)) {
    return failed("this is not a folder");
  }
  std::filesystem::create_directories(folder, error);
  if (error) return failed(error.message());
  const auto probe = folder / (".assay-" + std::to_string(getpid()));
  const int fd = ::open(probe.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  const bool written = fd >= 0 && ::write(fd, "assay", 5) == 5 && ::fsync(fd) == 0;
  const std::string reason = written ? "" : std::strerror(errno);
  if (fd >= 0) ::close(fd);
  std::filesystem::remove(probe, error);
  if (!written) return failed(reason);
  return {};
}

}  // namespace assay
