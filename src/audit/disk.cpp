#include "audit/disk.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <set>
#include <unistd.h>

#include "base/files.h"

namespace assay::audit {
namespace {

constexpr std::size_t kFewFiles = 12;  ///< up to here each is synced by itself

class Descriptor {
 public:
  explicit Descriptor(int fd) : fd_(fd) {}
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  ~Descriptor() {
    if (fd_ >= 0) ::close(fd_);
  }
  [[nodiscard]] int get() const { return fd_; }

 private:
  int fd_;
};

class FolderDisk final : public Disk {
 public:
  explicit FolderDisk(std::filesystem::path folder) : folder_(std::move(folder)) {}

  Result<std::optional<std::string>> read(const std::string& path, std::int64_t max) override {
    auto bytes = assay::read_file(folder_ / path, max);
    if (bytes) return std::optional<std::string>(std::move(*bytes));
    if (bytes.error().kind == ErrorKind::not_found) return std::optional<std::string>();
    return tl::unexpected(bytes.error());
  }

  Status write(const std::string& path, std::string_view bytes) override {
    const std::filesystem::path file = folder_ / path;
    ASSAY_CHECK(make_folders(file.parent_path()));
    const Descriptor fd(::open(file.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644));
    if (fd.get() < 0) return trouble(file);
    while (!bytes.empty()) {
      const ssize_t written = ::write(fd.get(), bytes.data(), bytes.size());
      if (written < 0 && errno == EINTR) continue;
      if (written <= 0) return trouble(file);
      bytes.remove_prefix(static_cast<std::size_t>(written));
    }
    return {};
  }

  Status rename(const std::string& from, const std::string& to) override {
    if (::rename((folder_ / from).c_str(), (folder_ / to).c_str()) != 0)
      return trouble(folder_ / to);
    return {};
  }

  Status remove(const std::string& path) override {
    std::error_code problem;
    std::filesystem::remove_all(folder_ / path, problem);
    if (!problem) return {};
    errno = problem.value();
    return trouble(folder_ / path);
  }

  Status sync(std::span<const std::string> files) override {
    if (files.size() > kFewFiles) {
      const Descriptor fd(::open(folder_.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
      if (fd.get() < 0 || ::syncfs(fd.get()) != 0) return trouble(folder_);
      fresh_.clear();
      return {};
    }
    std::set<std::filesystem::path> folders = std::move(fresh_);
    fresh_.clear();
    for (const std::string& file : files) {
      const std::filesystem::path path = folder_ / file;
      std::error_code ignored;
      if (std::filesystem::exists(path, ignored)) ASSAY_CHECK(sync_path(path, O_RDONLY));
      folders.insert(path.parent_path());
    }
    for (const auto& folder : folders) ASSAY_CHECK(sync_path(folder, O_RDONLY | O_DIRECTORY));
    return {};
  }

  Result<std::vector<std::string>> list(const std::string& folder) override {
    std::vector<std::string> out;
    std::error_code problem;
    const std::filesystem::path top = folder.empty() ? folder_ : folder_ / folder;
    std::filesystem::recursive_directory_iterator each(top, problem);
    for (; !problem && each != std::filesystem::recursive_directory_iterator();
         each.increment(problem)) {
      if (!each->is_directory()) out.push_back(each->path().lexically_relative(folder_).string());
    }
    if (problem && problem != std::errc::no_such_file_or_directory) {
      errno = problem.value();
      return tl::unexpected(trouble(folder_).value());
    }
    std::sort(out.begin(), out.end());
    return out;
  }

  [[nodiscard]] std::string place() const override { return folder_.string(); }

 private:
  static tl::unexpected<Error> trouble(const std::filesystem::path& file) {
    const int why = errno;
    return fail(ErrorKind::io, std::string("the evidence log: ") + std::strerror(why),
                file.string(),
                why == ENOSPC ? "Make room and go on with --resume; nothing is lost"
                              : "See to the folder, or name another by --evidence");
  }

  static Status sync_path(const std::filesystem::path& path, int how) {
    const Descriptor fd(::open(path.c_str(), how | O_CLOEXEC));
    if (fd.get() < 0 || ::fsync(fd.get()) != 0) return trouble(path);
    return {};
  }

  /// What is made here has to be synced in its parent as well.
  Status make_folders(const std::filesystem::path& folder) {
    if (folder == made_ || std::filesystem::is_directory(folder)) {
      made_ = folder;
      return {};
    }
    if (folder.has_parent_path()) ASSAY_CHECK(make_folders(folder.parent_path()));
    std::error_code problem;
    std::filesystem::create_directory(folder, problem);
    if (problem) {
      errno = problem.value();
      return trouble(folder);
    }
    if (folder.has_parent_path()) fresh_.insert(folder.parent_path());
    made_ = folder;
    return {};
  }

  std::filesystem::path folder_;
  std::filesystem::path made_;             ///< the last folder that is known to be there
  std::set<std::filesystem::path> fresh_;  ///< folders that have new folders
};

}  // namespace

std::unique_ptr<Disk> open_disk(const std::filesystem::path& folder) {
  return std::make_unique<FolderDisk>(folder);
}

}  // namespace assay::audit
