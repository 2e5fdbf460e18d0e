// libcurl's multi interface on epoll: a transfer that has nothing to do costs nothing, however many
// are open. Only exchange.cpp includes this.
// Legal call order: add() prepared handles, wait(), then next_done() until it says no; each handle
// that is done must be remove()d. Thread-safety: one thread.
#pragma once

#include <curl/curl.h>

namespace assay::http {

class MultiLoop {
 public:
  MultiLoop();
  MultiLoop(const MultiLoop&) = delete;
  MultiLoop& operator=(const MultiLoop&) = delete;
  ~MultiLoop();

  [[nodiscard]] bool ready() const { return multi_ != nullptr && epoll_ >= 0; }
  /// Connections that are kept open when idle.
  void keep(long connections);
  bool add(CURL* curl);
  void remove(CURL* curl);
  /// Waits up to `seconds` for news and works them off.
  void wait(double seconds);
  bool next_done(CURL*& curl, CURLcode& code);

 private:
  static int on_socket(CURL*, curl_socket_t socket, int what, void* self, void* known);
  static int on_timer(CURLM*, long milliseconds, void* self);

  CURLM* multi_ = nullptr;
  int epoll_ = -1;
  double timer_s_ = -1.0;  ///< when libcurl wants to be called, steady clock; < 0 = not
};

/// Seconds on the steady clock.
double clock_seconds();

}  // namespace assay::http
