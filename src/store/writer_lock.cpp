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

std::string lock_file(const std::filesystem::path& store) { return store.string() + ".lock"; }
std::string places_file(const std::filesystem::path& store) { return store.string() + ".ranks"; }

Result<int> open_lock(const std::string& file) {
  const int fd = ::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0666);
  if (fd >= 0) return fd;
  return fail(ErrorKind::io, std::string("cannot make the store's lock: ") + std::strerror(errno),
              file, "Check the folder's permissions and free space, or name another store");
}

tl::unexpected<Error> held_by_another(int fd, const std::filesystem::path& store) {
  const std::string pid = holder(fd);
  return fail(
      ErrorKind::busy,
      "another assay" + (pid.empty() ? "" : ", process " + pid + ",") + " is writing to this store",
      store.string(), "Wait until it has ended, or name another store");
}

struct flock place_of(int rank) {
  struct flock place {};
  place.l_type = F_WRLCK;
  place.l_whence = SEEK_SET;
  place.l_start = rank;
  place.l_len = 1;
  return place;
}

}  // namespace

Result<WriterLock> WriterLock::take(const std::filesystem::path& store) {
  const std::string file = lock_file(store);
  ASSAY_TRY(const int fd, open_lock(file));
  WriterLock lock(fd);
  if (flock(fd, LOCK_EX | LOCK_NB) != 0) return held_by_another(fd, store);
  const std::string pid = std::to_string(getpid()) + "\n";
  const bool written = ftruncate(fd, 0) == 0 &&
                       pwrite(fd, pid.data(), pid.size(), 0) == static_cast<ssize_t>(pid.size());
  if (!written) {
    return fail(ErrorKind::io, std::string("cannot write the store's lock: ") + strerror(errno),
                file, "Free some space on this disk, or name another store");
  }
  return lock;
}

Result<WriterLock> WriterLock::join(const std::filesystem::path& store) {
  ASSAY_TRY(const int fd, open_lock(lock_file(store)));
  WriterLock lock(fd);
  if (flock(fd, LOCK_SH | LOCK_NB) != 0) return held_by_another(fd, store);
  return lock;
}

Status WriterLock::share(const std::filesystem::path& store) {
  if (flock(fd_, LOCK_SH | LOCK_NB) != 0) return held_by_another(fd_, store);
  return {};
}

Result<Places> Places::take(const std::filesystem::path& store, int rank) {
  std::error_code ignored;  // a folder that cannot be made is told by open_lock
  if (store.has_parent_path()) std::filesystem::create_directories(store.parent_path(), ignored);
  ASSAY_TRY(const int fd, open_lock(places_file(store)));
  Places place(fd);
  struct flock wanted = place_of(rank);
  if (fcntl(fd, F_OFD_SETLK, &wanted) == 0) return place;
  if (errno == EAGAIN || errno == EACCES) {
    return fail(ErrorKind::busy, "another process is rank " + std::to_string(rank) + " already",
                store.string(), "Give each process a rank of its own, or name another store");
  }
  return fail(ErrorKind::io, std::string("cannot take a rank's place: ") + std::strerror(errno),
              places_file(store), "Name a store on a file system with locks");
}

Result<bool> Places::taken(const std::filesystem::path& store, int rank) {
  const int fd = ::open(places_file(store).c_str(), O_RDWR | O_CLOEXEC);
  if (fd < 0) return false;
  const Places closes(fd);
  struct flock wanted = place_of(rank);
  if (fcntl(fd, F_OFD_GETLK, &wanted) == 0) return wanted.l_type != F_UNLCK;
  return fail(ErrorKind::io, std::string("cannot look for a rank: ") + std::strerror(errno),
              places_file(store), "Name a store on a file system with locks");
}

Places::Places(Places&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}

Places& Places::operator=(Places&& other) noexcept {
  std::swap(fd_, other.fd_);
  return *this;
}

Places::~Places() {
  if (fd_ >= 0) ::close(fd_);
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
