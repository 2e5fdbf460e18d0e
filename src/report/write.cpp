// Writes the files of a report: first all of them under temporary names, then renamed, so that a
// full disk or a crash leaves either the old files or the new ones.
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <system_error>
#include <unistd.h>
#include <vector>

#include "report/report.h"

namespace assay::report {
namespace {

namespace fs = std::filesystem;

std::string advice(int code) {
  switch (code) {
    case ENOSPC:
    case EDQUOT:
    case EFBIG: return "Free some space, or choose another folder with --out";
    case EACCES:
    case EPERM:
    case EROFS: return "Choose a folder that you may write to with --out";
    case ENOTDIR:
    case EEXIST: return "A part of this path is a file; choose another folder with --out";
    default: return "Choose another folder with --out";
  }
}

tl::unexpected<Error> failed(const std::string& what, const fs::path& path, int code) {
  return fail(ErrorKind::io, what + ": " + std::strerror(code), path.string(), advice(code));
}

Status prepare(const fs::path& folder) {
  std::error_code code;
  if (fs::exists(folder, code) && !fs::is_directory(folder, code)) {
    return failed("cannot write the report: this is a file, not a folder", folder, ENOTDIR);
  }
  fs::create_directories(folder, code);
  if (code) return failed("cannot make the folder of the report", folder, code.value());
  return {};
}

/// A file under a temporary name; it disappears unless it was renamed.
class Pending {
 public:
  Pending(fs::path target, std::string content)
      : target_(std::move(target)), content_(std::move(content)) {
    temporary_ = target_;
    temporary_ += ".tmp-" + std::to_string(::getpid());
  }
  Pending(const Pending&) = delete;
  Pending& operator=(const Pending&) = delete;
  ~Pending() {
    if (there_) ::unlink(temporary_.c_str());
  }

  Status write() {
    std::error_code code;
    if (fs::is_directory(target_, code)) {
      return failed("cannot write the report: a folder has its name", target_, EISDIR);
    }
    const int file = ::open(temporary_.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
    if (file < 0) return failed("cannot write the report", target_, errno);
    there_ = true;
    const int problem = write_all(file);
    if (::close(file) != 0 && problem == 0) {
      return failed("cannot write the report", target_, errno);
    }
    if (problem != 0) return failed("cannot write the report", target_, problem);
    return {};
  }

  Status rename() {
    if (::rename(temporary_.c_str(), target_.c_str()) != 0) {
      return failed("cannot put the report in its place", target_, errno);
    }
    there_ = false;
    return {};
  }

 private:
  /// 0, or the error number.
  [[nodiscard]] int write_all(int file) const {
    std::size_t done = 0;
    while (done < content_.size()) {
      const ssize_t n = ::write(file, content_.data() + done, content_.size() - done);
      if (n < 0 && errno == EINTR) continue;
      if (n < 0) return errno;
      done += static_cast<std::size_t>(n);
    }
    return ::fsync(file) != 0 && errno != EINVAL ? errno : 0;  // EINVAL: nothing to sync there
  }

  fs::path target_;
  fs::path temporary_;
  std::string content_;
  bool there_ = false;
};

}  // namespace

std::string document(const Json& report) { return dump_json(report, 1) + "\n"; }

Result<Files> write(const Json& report, const fs::path& folder) {
  ASSAY_TRY(std::string page, html(report));
  ASSAY_CHECK(prepare(folder));
  Files files{folder / "report.json", folder / "report.md", folder / "report.zh.md",
              folder / "report.html"};
  Pending json(files.json, document(report));
  Pending english(files.markdown_en, markdown(report, Lang::en));
  Pending chinese(files.markdown_zh, markdown(report, Lang::zh));
  Pending whole(files.html, std::move(page));
  const std::vector<Pending*> all{&json, &english, &chinese, &whole};
  for (Pending* pending : all) ASSAY_CHECK(pending->write());
  for (Pending* pending : all) ASSAY_CHECK(pending->rename());
  return files;
}

}  // namespace assay::report
