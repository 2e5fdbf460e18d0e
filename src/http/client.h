// HTTP client (libcurl): get() for small answers, download() for files.
//
// Proxies (https_proxy, no_proxy, ...) and certificates (CURL_CA_BUNDLE, SSL_CERT_FILE, PIP_CERT,
// SSL_CERT_DIR) are taken from the environment. Only http and https are followed. Errors carry
// public URLs only: a user name or password in a URL is never shown.
// Thread-safety: any number of calls at once; callbacks come on the calling thread.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "base/cancel.h"
#include "base/result.h"

namespace assay::http {

struct Progress {
  std::int64_t done_bytes = 0;   ///< including what an earlier, interrupted download had brought
  std::int64_t total_bytes = 0;  ///< 0 = unknown
};

struct Options {
  std::vector<std::string> headers;  ///< "Name: value"
  std::function<void(const Progress&)> on_progress;
  const CancelToken* cancel = nullptr;
  long connect_seconds = 30;
  long stall_seconds = 60;  ///< give up when nothing has come for so long
};

struct Response {
  long status = 0;
  std::string content_type;
  std::string url;  ///< after redirects
  std::string body;
};

/// Errors: io (network), not_found (404, 410), limit (longer than max_bytes), unsupported (any
/// other status that is not 2xx), cancelled.
Result<Response> get(const std::string& url, std::int64_t max_bytes, const Options& options = {});

struct Download {
  std::string url;
  std::filesystem::path to;    ///< its folder is made if needed
  std::string sha256;          ///< 64 hex digits; empty = not checked, and so never resumed
  std::int64_t max_bytes = 0;  ///< 0 = no bound
};

/// Writes to `to`.part, checks, then renames: `to` is whole or not there. A kept part is resumed
/// where the server can. Does nothing if `to` has the right hash already. Further errors: busy
/// (another process downloads the same), format (wrong hash; the part is deleted).
Status download(const Download& what, const Options& options = {});

}  // namespace assay::http
