#include "audit/log_writer.h"

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cstring>
#include <fcntl.h>
#include <sys/file.h>
#include <thread>
#include <unistd.h>

namespace assay::audit {
namespace {

constexpr const char* kNewCheckpoint = "checkpoint.new";

std::string holder(int fd) {
  char text[32] = {};
  const ssize_t read = ::pread(fd, text, sizeof text - 1, 0);
  return read > 0 ? "process " + std::string(text, static_cast<std::size_t>(read))
                  : "another process";
}

}  // namespace

Result<LogLock> LogLock::take(const std::filesystem::path& folder, double seconds) {
  std::error_code ignored;
  std::filesystem::create_directories(folder, ignored);
  const std::filesystem::path file = folder / kLockFile;
  LogLock lock(::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644));
  if (lock.fd_ < 0) {
    return fail(ErrorKind::io,
                std::string("the evidence log can't be written: ") + std::strerror(errno),
                file.string(), "See to the folder, or name another by --evidence");
  }
  using Clock = std::chrono::steady_clock;
  const auto until = Clock::now() + std::chrono::duration<double>(seconds);
  while (::flock(lock.fd_, LOCK_EX | LOCK_NB) != 0) {
    if (errno != EWOULDBLOCK && errno != EINTR) {
      return fail(ErrorKind::io,
                  std::string("the evidence log can't be locked: ") + std::strerror(errno),
                  file.string());
    }
    if (Clock::now() >= until) {
      return fail(ErrorKind::busy, holder(lock.fd_) + " writes this evidence log", folder.string(),
                  "Wait for it to end, or name another log by --evidence");
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
  }
  const std::string pid = std::to_string(::getpid());
  if (::ftruncate(lock.fd_, 0) == 0) {
    [[maybe_unused]] const ssize_t told = ::pwrite(lock.fd_, pid.data(), pid.size(), 0);
  }
  return lock;
}

LogLock::LogLock(LogLock&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
LogLock& LogLock::operator=(LogLock&& other) noexcept {
  std::swap(fd_, other.fd_);
  return *this;
}
LogLock::~LogLock() {
  if (fd_ >= 0) ::close(fd_);
}

Result<LogWriter> LogWriter::open(const std::filesystem::path& folder, const SigningKey& key,
                                  double wait_seconds) {
  ASSAY_TRY(LogLock lock, LogLock::take(folder, wait_seconds));
  ASSAY_TRY(LogWriter out, open(open_disk(folder), key));
  out.lock_ = std::move(lock);
  return out;
}

/// A signed checkpoint that was durable, and perhaps seen, before its rename was: it counts. Else a
/// log could go on otherwise after somebody had seen it.
Status LogWriter::roll_forward(Disk& disk, const SigningKey& key) {
  ASSAY_TRY(const auto next, disk.read(kNewCheckpoint, kMaxNoteBytes));
  if (!next) return {};
  const Verifier known[] = {key.verifier()};
  const auto opened = open_checkpoint(*next, known);
  if (!opened || opened->checkpoint.origin != key.name()) return {};  // torn
  ASSAY_TRY(const auto now, disk.read(kCheckpointFile, kMaxNoteBytes));
  if (now) {
    const auto current = open_checkpoint(*now, known);
    if (!current || current->checkpoint.size >= opened->checkpoint.size) return {};
  }
  ASSAY_CHECK(disk.rename(kNewCheckpoint, kCheckpointFile));
  const std::string renamed[] = {kCheckpointFile};
  return disk.sync(renamed);
}

Result<LogWriter> LogWriter::open(std::unique_ptr<Disk> disk, const SigningKey& key) {
  ASSAY_CHECK(roll_forward(*disk, key));
  ASSAY_TRY(const auto there, disk->read(kCheckpointFile, kMaxNoteBytes));
  if (!there) return LogWriter(std::move(disk), key);
  ASSAY_TRY(LogReader reader, LogReader::open(std::move(disk), {key.verifier()}));
  LogWriter out(nullptr, key);
  ASSAY_CHECK(out.take_up(reader));
  return out;
}

/// The right edge of the log: its last tiles and bundle, and the roots of its full subtrees.
Status LogWriter::take_up(LogReader& reader) {
  const std::uint64_t size = reader.size();
  ASSAY_TRY(RightEdge edge, reader.right_edge());
  ASSAY_TRY(frontier_, Frontier::from(size, std::move(edge.roots)));
  if (frontier_.root() != reader.checkpoint().root) {
    return fail(ErrorKind::format, "the log's tiles do not lead to its checkpoint", reader.place(),
                "The log is damaged; take it from a copy, or begin a new one");
  }
  for (int level = 0; level < static_cast<int>(edge.tiles.size()); ++level) {
    const auto& tile = edge.tiles[static_cast<std::size_t>(level)];
    Level& here = levels_.emplace_back();
    here.first = (size >> static_cast<unsigned>(kTileHeight * level)) / kTileWidth;
    for (const Hash& hash : tile) here.bytes += bytes_of(hash);
    here.written = tile.size();
  }
  first_bundle_ = size / kTileWidth;
  entries_written_ = size % kTileWidth;
  if (entries_written_ > 0) {
    std::string& bundle = bundles_.emplace_back();
    for (const std::string& entry : edge.entries) append_entry(bundle, entry);
  }
  committed_ = size;
  checkpoint_ = reader.signed_checkpoint().bytes;
  disk_ = reader.release();
  return clear_strays();
}

/// Partial forms that a commit left which did not end: they may be torn, and a log that grows past
/// them would seem damaged. Those of later tiles go when these are begun.
Status LogWriter::clear_strays() {
  std::vector<std::string> removed;
  for (std::size_t level = 0; level < levels_.size(); ++level) {
    const Level& here = levels_[level];
    ASSAY_CHECK(
        clear(tile_path(static_cast<int>(level), here.first, kTileWidth), here.written, removed));
  }
  ASSAY_CHECK(clear(bundle_path(first_bundle_, kTileWidth), entries_written_, removed));
  return removed.empty() ? Status{} : disk_->sync(removed);
}

/// Removes the partial forms of a tile that are wider than `width`; to be synced.
Status LogWriter::clear(const std::string& full, std::uint64_t width,
                        std::vector<std::string>& removed) {
  ASSAY_TRY(const std::vector<std::string> files, disk_->list(partial_folder(full)));
  for (const std::string& file : files) {
    const auto name = parse_tile_path(file);
    if (name && name->width <= width) continue;
    ASSAY_CHECK(disk_->remove(file));
    removed.push_back(file);
  }
  return {};
}

Result<std::uint64_t> LogWriter::append(std::string_view entry) {
  if (entry.size() > kMaxEntryBytes) {
    return fail(ErrorKind::limit, "an entry of an evidence log has at most 65,535 bytes", "",
                "Put the digest into the log and the rest beside it");
  }
  const std::uint64_t index = frontier_.size();
  if (bundles_.empty() || index % kTileWidth == 0) bundles_.emplace_back();
  append_entry(bundles_.back(), entry);
  frontier_.append(leaf_hash(entry), [this](int level, const Hash& node) {
    if (level % kTileHeight != 0) return;
    const auto tiles = static_cast<std::size_t>(level / kTileHeight);
    if (levels_.size() <= tiles) levels_.resize(tiles + 1);
    levels_[tiles].bytes += bytes_of(node);
  });
  return index;
}

/// What is not on disk yet.
Status LogWriter::write_all(std::vector<std::string>& written) {
  const auto write = [&](std::string path, std::string_view bytes) -> Status {
    ASSAY_CHECK(disk_->write(path, bytes));
    written.push_back(std::move(path));
    return {};
  };
  constexpr std::size_t kFull = kTileWidth * kHashBytes;
  for (std::size_t level = 0; level < levels_.size(); ++level) {
    const Level& here = levels_[level];
    const std::string_view bytes = here.bytes;
    if (bytes.size() == here.written * kHashBytes) continue;
    for (std::size_t begin = 0; begin < bytes.size(); begin += kFull) {
      const std::string_view part = bytes.substr(begin, kFull);
      const std::uint64_t index = here.first + begin / kFull;
      const auto tiles = static_cast<int>(level);
      if (begin > 0 || here.written == 0) {
        ASSAY_CHECK(clear(tile_path(tiles, index, kTileWidth), 0, written));
      }
      ASSAY_CHECK(write(tile_path(tiles, index, part.size() / kHashBytes), part));
    }
  }
  for (std::size_t i = 0; i < bundles_.size(); ++i) {
    const std::uint64_t index = first_bundle_ + i;
    const std::uint64_t width = std::min(kTileWidth, size() - index * kTileWidth);
    if (i > 0 || entries_written_ == 0) {
      ASSAY_CHECK(clear(bundle_path(index, kTileWidth), 0, written));
    }
    ASSAY_CHECK(write(bundle_path(index, width), bundles_[i]));
  }
  return {};
}

Status LogWriter::commit() {
  if (size() == committed_ && !checkpoint_.empty()) return {};
  std::vector<std::string> written;
  ASSAY_CHECK(write_all(written));
  ASSAY_CHECK(disk_->sync(written));
  std::string checkpoint = sign_checkpoint({key_.name(), size(), frontier_.root()}, key_);
  const std::string aside[] = {kNewCheckpoint};
  ASSAY_CHECK(disk_->write(kNewCheckpoint, checkpoint));
  ASSAY_CHECK(disk_->sync(aside));
  ASSAY_CHECK(disk_->rename(kNewCheckpoint, kCheckpointFile));
  const std::string renamed[] = {kCheckpointFile};
  ASSAY_CHECK(disk_->sync(renamed));
  checkpoint_ = std::move(checkpoint);
  committed_ = size();
  return let_go();
}

/// Forgets what is whole on disk, and removes the partial forms of tiles that are full now.
Status LogWriter::let_go() {
  constexpr std::size_t kFull = kTileWidth * kHashBytes;
  for (std::size_t level = 0; level < levels_.size(); ++level) {
    Level& here = levels_[level];
    const std::uint64_t full = here.bytes.size() / kFull;
    if (full > 0 && here.written > 0) {
      ASSAY_CHECK(disk_->remove(
          partial_folder(tile_path(static_cast<int>(level), here.first, kTileWidth))));
    }
    here.bytes.erase(0, full * kFull);
    here.first += full;
    here.written = here.bytes.size() / kHashBytes;
  }
  const std::uint64_t full = size() / kTileWidth - first_bundle_;
  if (full > 0 && entries_written_ > 0) {
    ASSAY_CHECK(disk_->remove(partial_folder(bundle_path(first_bundle_, kTileWidth))));
  }
  bundles_.erase(bundles_.begin(), bundles_.begin() + static_cast<std::ptrdiff_t>(full));
  first_bundle_ += full;
  entries_written_ = size() % kTileWidth;
  return {};
}

}  // namespace assay::audit
