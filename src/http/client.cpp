#include "http/client.h"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <optional>
#include <sys/file.h>
#include <unistd.h>

#include "base/digest.h"
#include "http/curl_setup.h"
#include "http/url.h"

namespace assay::http {
namespace {

/// Takes bytes of the body; false = stop, with the reason in Transfer::failure.
using Sink = std::function<bool(std::string_view bytes)>;

/// One request under way; libcurl's callbacks get a pointer to it.
struct Transfer {
  CURL* curl = nullptr;
  const Options* options = nullptr;
  std::int64_t max_bytes = 0;
  std::int64_t offset = 0;  ///< bytes that were there before
  std::int64_t received = 0;
  Sink sink;
  std::function<bool(long status)> on_start;  ///< before the first byte of a 2xx body
  bool started = false;
  std::optional<Error> failure;
};

long status_of(CURL* curl) {
  long status = 0;
  curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &status);
  return status;
}

bool start(Transfer& transfer, long status) {
  if (transfer.started) return true;
  transfer.started = true;
  return !transfer.on_start || transfer.on_start(status);
}

std::size_t on_body(char* data, std::size_t size, std::size_t count, void* user) {
  auto& transfer = *static_cast<Transfer*>(user);
  const std::size_t bytes = size * count;
  const long status = status_of(transfer.curl);
  if (status < 200 || status > 299) return bytes;  // an error page is not the body
  if (!start(transfer, status)) return 0;
  transfer.received += static_cast<std::int64_t>(bytes);
  if (transfer.max_bytes > 0 && transfer.offset + transfer.received > transfer.max_bytes) {
    transfer.failure = Error{ErrorKind::limit,
                             "the answer is longer than the " + std::to_string(transfer.max_bytes) +
                                 " bytes that are expected at most",
                             {},
                             "Check that the address is the one you meant"};
    return 0;
  }
  return transfer.sink({data, bytes}) ? bytes : 0;
}

int on_transfer(void* user, curl_off_t total, curl_off_t now, curl_off_t, curl_off_t) {
  const auto& transfer = *static_cast<const Transfer*>(user);
  const Options& options = *transfer.options;
  if (options.cancel != nullptr && options.cancel->requested()) return 1;
  if (options.on_progress && now > 0) {
    options.on_progress({transfer.offset + now, total > 0 ? transfer.offset + total : 0});
  }
  return 0;
}

Curl open_curl(const std::string& url, Transfer& transfer) {
  Curl curl = new_curl();
  if (!curl) return curl;
  CURL* c = curl.get();
  transfer.curl = c;
  curl_easy_setopt(c, CURLOPT_URL, url.c_str());
  curl_easy_setopt(c, CURLOPT_FOLLOWLOCATION, 1L);
  curl_easy_setopt(c, CURLOPT_MAXREDIRS, 5L);
  curl_easy_setopt(c, CURLOPT_CONNECTTIMEOUT, transfer.options->connect_seconds);
  curl_easy_setopt(c, CURLOPT_LOW_SPEED_LIMIT, 1L);
  curl_easy_setopt(c, CURLOPT_LOW_SPEED_TIME, transfer.options->stall_seconds);
  curl_easy_setopt(c, CURLOPT_WRITEFUNCTION, &on_body);
  curl_easy_setopt(c, CURLOPT_WRITEDATA, &transfer);
  curl_easy_setopt(c, CURLOPT_XFERINFOFUNCTION, &on_transfer);
  curl_easy_setopt(c, CURLOPT_XFERINFODATA, &transfer);
  curl_easy_setopt(c, CURLOPT_NOPROGRESS, 0L);
  return curl;
}

Error status_error(long status, const std::string& url) {
  const bool gone = status == 404 || status == 410;
  std::string next = gone ? "Check the address" : "Try again later, or from another server";
  if (status == 401 || status == 403) next = "Check that you may read it (user name, token)";
  return {gone ? ErrorKind::not_found : ErrorKind::unsupported,
          "the server answered with status " + std::to_string(status), public_url(url), next};
}

/// Runs the request; returns the status (2xx, or 416 when resuming).
Result<long> perform(CURL* curl, Transfer& transfer, const std::string& url) {
  char detail[CURL_ERROR_SIZE] = "";
  curl_easy_setopt(curl, CURLOPT_ERRORBUFFER, detail);
  curl_slist* list = nullptr;
  for (const auto& header : transfer.options->headers) {
    list = curl_slist_append(list, header.c_str());
  }
  const CurlHeaders headers(list, &curl_slist_free_all);
  curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers.get());
  const CURLcode code = curl_easy_perform(curl);
  curl_easy_setopt(curl, CURLOPT_ERRORBUFFER, nullptr);
  if (transfer.failure) {
    transfer.failure->where =
        transfer.failure->where.empty() ? public_url(url) : transfer.failure->where;
    return tl::unexpected(*transfer.failure);
  }
  const long status = status_of(curl);
  if (transfer.offset > 0 && status == 416) return status;
  if (code == CURLE_ABORTED_BY_CALLBACK) {
    return fail(ErrorKind::cancelled, "stopped", public_url(url), "Run this again to go on");
  }
  if (code != CURLE_OK) return tl::unexpected(network_error(code, url, detail));
  if (status < 200 || status > 299) return tl::unexpected(status_error(status, url));
  if (!start(transfer, status)) return tl::unexpected(*transfer.failure);  // an empty body
  return status;
}

Error io_error(const std::string& what, const std::filesystem::path& file) {
  const int code = errno;
  const bool full = code == ENOSPC || code == EDQUOT;
  return {ErrorKind::io, what + ": " + std::strerror(code), file.string(),
          full ? "Free some disk space, or set XDG_CACHE_HOME to a larger disk, then run this again"
               : "Check that the folder exists and may be written"};
}

/// The open, locked part file of one download.
class PartFile {
 public:
  explicit PartFile(std::filesystem::path path) : path_(std::move(path)) {}
  PartFile(const PartFile&) = delete;
  PartFile& operator=(const PartFile&) = delete;
  ~PartFile() {
    if (fd_ >= 0) ::close(fd_);
  }

  Status open() {
    fd_ = ::open(path_.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0644);
    if (fd_ < 0) return tl::unexpected(io_error("cannot write", path_));
    if (::flock(fd_, LOCK_EX | LOCK_NB) != 0) {
      return fail(ErrorKind::busy, "another process is downloading this", path_.string(),
                  "Wait for it to end, then run this again");
    }
    return {};
  }
  [[nodiscard]] std::int64_t size() const { return ::lseek(fd_, 0, SEEK_END); }
  bool truncate() { return ::ftruncate(fd_, 0) == 0 && ::lseek(fd_, 0, SEEK_SET) == 0; }
  bool append(std::string_view bytes) {
    while (!bytes.empty()) {
      const ssize_t written = ::write(fd_, bytes.data(), bytes.size());
      if (written < 0 && errno == EINTR) continue;
      if (written <= 0) return false;
      bytes.remove_prefix(static_cast<std::size_t>(written));
    }
    return true;
  }
  bool flush() { return ::fsync(fd_) == 0; }
  [[nodiscard]] const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
  int fd_ = -1;
};

/// Brings the body into the part file, from where it stands.
Status transfer_to(PartFile& part, const Download& what, const Options& options) {
  Transfer transfer;
  transfer.options = &options;
  transfer.max_bytes = what.max_bytes;
  if (what.sha256.empty() && !part.truncate()) {
    return tl::unexpected(io_error("cannot write", part.path()));
  }
  transfer.offset = part.size();
  transfer.sink = [&](std::string_view bytes) {
    if (part.append(bytes)) return true;
    transfer.failure = io_error("cannot write", part.path());
    return false;
  };
  transfer.on_start = [&](long status) {
    if (status == 206 || transfer.offset == 0) return true;
    transfer.offset = 0;  // the server sends the whole file
    if (part.truncate()) return true;
    transfer.failure = io_error("cannot write", part.path());
    return false;
  };
  const Curl curl = open_curl(what.url, transfer);
  if (!curl) return fail(ErrorKind::internal, "libcurl cannot start");
  // Not CURLOPT_RESUME_FROM: with that, libcurl fails when a server sends the whole file instead.
  const std::string range = std::to_string(transfer.offset) + "-";
  if (transfer.offset > 0) curl_easy_setopt(curl.get(), CURLOPT_RANGE, range.c_str());
  ASSAY_CHECK(perform(curl.get(), transfer, what.url));
  if (!part.flush()) return tl::unexpected(io_error("cannot write", part.path()));
  return {};
}

}  // namespace

Result<Response> get(const std::string& url, std::int64_t max_bytes, const Options& options) {
  Response response;
  Transfer transfer;
  transfer.options = &options;
  transfer.max_bytes = max_bytes;
  transfer.sink = [&](std::string_view bytes) {
    response.body.append(bytes);
    return true;
  };
  const Curl curl = open_curl(url, transfer);
  if (!curl) return fail(ErrorKind::internal, "libcurl cannot start");
  curl_easy_setopt(curl.get(), CURLOPT_ACCEPT_ENCODING, "");
  ASSAY_TRY(response.status, perform(curl.get(), transfer, url));
  const char* text = nullptr;
  if (curl_easy_getinfo(curl.get(), CURLINFO_CONTENT_TYPE, &text) == CURLE_OK && text != nullptr) {
    response.content_type = text;
  }
  if (curl_easy_getinfo(curl.get(), CURLINFO_EFFECTIVE_URL, &text) == CURLE_OK && text != nullptr) {
    response.url = text;
  }
  return response;
}

Status download(const Download& what, const Options& options) {
  std::error_code error;
  if (!what.sha256.empty() && std::filesystem::is_regular_file(what.to, error)) {
    ASSAY_TRY(const auto digest, sha256_file(what.to, options.cancel));
    if (digest == what.sha256) return {};
  }
  const auto folder = what.to.parent_path();
  if (!folder.empty()) std::filesystem::create_directories(folder, error);
  PartFile part(what.to.string() + ".part");
  ASSAY_CHECK(part.open());
  ASSAY_CHECK(transfer_to(part, what, options));
  if (!what.sha256.empty()) {
    ASSAY_TRY(const auto digest, sha256_file(part.path(), options.cancel));
    if (digest != what.sha256) {
      std::filesystem::remove(part.path(), error);
      return fail(ErrorKind::format,
                  "the download is damaged: its SHA-256 is " + digest + ", not " + what.sha256,
                  public_url(what.url), "It has been deleted; run this again");
    }
  }
  std::filesystem::rename(part.path(), what.to, error);
  if (error) {
    return fail(ErrorKind::io, "cannot rename the finished download: " + error.message(),
                what.to.string(), "Check that the folder may be written");
  }
  return {};
}

}  // namespace assay::http
