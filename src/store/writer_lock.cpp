#include "store/writer_lock.h"

#include <array>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <string>
#include <sys/file.h>
#include <unistd.h>
#include <utility>

namespace assay::store {
namespace {

/// What the holder wrote into the lock file; "" while it is writing.
std::string holder(int fd) {
  std::array<char, 32> text{};
  const ssize_t n = pread(fd, text.data(), text.size() - 1, 0);
  std::string pid = n > 0 ? std::string(text.data(), static_cast<std::size_t>(n)) : "";
  while (!pid.empty() && pid.back() == '\n') pid.pop_back();
  return pid;
}

}  // namespace

Result<WriterLock> WriterLock::take(const std::filesystem::path& store) {
  const std::string file = store.string() + ".lock";
  const int fd = ::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0666);
  if (fd < 0) {
    return fail(ErrorKind::io, std::string("cannot make the store's lock: ") + std::strerror(errno),
                file, "Check the folder's permissions and free space, or name another store");
  }
  WriterLock lock(fd);
  if (flock(fd, LOCK_EX | LOCK_NB) != 0) {
    const std::string pid = holder(fd);
    return fail(ErrorKind::busy,
                "another assay" + (pid.empty() ? "" : ", process " + pid + ",") +
                    " is writing to this store",
                store.string(), "Wait until it has ended, or name another store");
  }
  const std::string pid = std::to_string(getpid()) + "\n";
  const bool written = ftruncate(fd, 0) == 0 &&
                       pwrite(fd, pid.data(), pid.size(), 0) == static_cast<ssize_t>(pid.size());
  if (!written) {
    return fail(ErrorKind::io, std::string("cannot write the store's lock: ") + strerror(errno),
                file, "Free some space on this disk, or name another store");
  }
  return lock;
}

WriterLock::WriterLock(WriterLock&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}

WriterLock& WriterLock::operator=(WriterLock&& other) noexcept {
  std::swap(fd_, other.fd_);
  return *this;
}

WriterLock::~WriterLock() {
  if (fd_ >= 0) ::close(fd_);
}

}  // namespace assay::store
