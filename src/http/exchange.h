// Many requests to one server: libcurl's multi interface on epoll, connections kept open, as many
// under way as concurrency.h allows, failures asked again after retry.h's waits.
//
// A request ends in one of three ways, each told once, on the calling thread, in any order:
//   accepted  a 2xx reply that the caller took;
//   refused   an error of this request alone: a 4xx, or, after all retries, no usable reply;
//   neither   the run ended before: cancelled, or the server was given up.
// Failures that may be the server's, not the request's, are held back until another request
// succeeds. When `give_up_after` of them follow each other, run() ends with an error, and none of
// them is told: they are as open as before, and nothing is lost. The same when a whole run brought
// nothing but failures of the server and no request ever succeeded, and at once for 401, 403 and
// 404, which no request can get around. Redirects are not followed: a key is never sent elsewhere.
//
// Legal call order: construct -> run() any number of times. Thread-safety: one thread.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/cancel.h"
#include "base/result.h"
#include "http/concurrency.h"
#include "http/retry.h"

namespace assay::http {

struct ExchangeOptions {
  std::vector<std::string> headers;  ///< "Name: value", of every request; may hold a secret
  std::int64_t max_bytes = std::int64_t{64} << 20U;  ///< of a reply
  double connect_seconds = 30.0;
  double request_seconds = 600.0;  ///< one attempt, from begin to end
  RetryPolicy retry;
  ConcurrencyOptions concurrency;
  int give_up_after = 20;
  std::uint64_t seed = 1;  ///< of the jitter
};

struct Call {
  std::string url;
  std::string body;  ///< JSON; empty = GET
  /// A piece of a 2xx body as it comes, instead of Reply::body; false = enough, end the reply here.
  std::function<Result<bool>(std::string_view bytes)> on_bytes;
};

struct Reply {
  long status = 0;
  std::string content_type;
  std::string body;
  double seconds = 0.0;
};

struct Work {
  std::size_t count = 0;
  /// Request `index`, made anew for each attempt.
  std::function<Call(std::size_t index)> call;
  /// Takes a 2xx reply. An error (not JSON, wrong content) makes it a failure like a 5xx.
  std::function<Status(std::size_t index, Reply&& reply)> accept;
  std::function<void(std::size_t index, const Error& error)> refuse;
  /// Looked at before each new request; an error ends the run with it.
  std::function<Status()> may_go_on;
  /// The text of a server's error page that a person may see; empty = none of it.
  std::function<std::string(const Reply& reply)> explain;
  const CancelToken* cancel = nullptr;
  /// Questions about the server itself: one retry, and neither success nor failure counts.
  bool probe = false;
};

struct ExchangeCounts {
  std::int64_t attempts = 0;
  std::int64_t retries = 0;
  std::int64_t overloads = 0;  ///< 429, 503, time-outs
  int most_under_way = 0;
};

class Exchange {
 public:
  explicit Exchange(ExchangeOptions options);
  Exchange(const Exchange&) = delete;
  Exchange& operator=(const Exchange&) = delete;
  ~Exchange();

  /// Errors: cancelled; io, not_found, unsupported (the server was given up); may_go_on()'s.
  Status run(const Work& work);
  [[nodiscard]] const ExchangeCounts& counts() const;
  [[nodiscard]] int limit() const;

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace assay::http
