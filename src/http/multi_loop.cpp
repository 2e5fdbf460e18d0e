#include "http/multi_loop.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>
#include <sys/epoll.h>
#include <unistd.h>

namespace assay::http {

double clock_seconds() {
  return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

MultiLoop::MultiLoop() : multi_(curl_multi_init()), epoll_(epoll_create1(EPOLL_CLOEXEC)) {
  if (multi_ == nullptr) return;
  curl_multi_setopt(multi_, CURLMOPT_SOCKETFUNCTION, &MultiLoop::on_socket);
  curl_multi_setopt(multi_, CURLMOPT_SOCKETDATA, this);
  curl_multi_setopt(multi_, CURLMOPT_TIMERFUNCTION, &MultiLoop::on_timer);
  curl_multi_setopt(multi_, CURLMOPT_TIMERDATA, this);
}

MultiLoop::~MultiLoop() {
  if (multi_ != nullptr) curl_multi_cleanup(multi_);
  if (epoll_ >= 0) ::close(epoll_);
}

void MultiLoop::keep(long connections) {
  curl_multi_setopt(multi_, CURLMOPT_MAXCONNECTS, connections);
}

int MultiLoop::on_socket(CURL* /*curl*/, curl_socket_t socket, int what, void* self,
                         void* /*known*/) {
  const int epoll = static_cast<MultiLoop*>(self)->epoll_;
  if (epoll < 0) return 0;
  epoll_event event{};
  event.data.fd = socket;
  if (what == CURL_POLL_REMOVE) {
    epoll_ctl(epoll, EPOLL_CTL_DEL, socket, &event);
    return 0;
  }
  if (what != CURL_POLL_OUT) event.events |= EPOLLIN;
  if (what != CURL_POLL_IN) event.events |= EPOLLOUT;
  if (epoll_ctl(epoll, EPOLL_CTL_MOD, socket, &event) != 0) {
    epoll_ctl(epoll, EPOLL_CTL_ADD, socket, &event);
  }
  return 0;
}

int MultiLoop::on_timer(CURLM* /*multi*/, long milliseconds, void* self) {
  auto& loop = *static_cast<MultiLoop*>(self);
  loop.timer_s_ =
      milliseconds < 0 ? -1.0 : clock_seconds() + static_cast<double>(milliseconds) / 1000.0;
  return 0;
}

bool MultiLoop::add(CURL* curl) { return curl_multi_add_handle(multi_, curl) == CURLM_OK; }
void MultiLoop::remove(CURL* curl) { curl_multi_remove_handle(multi_, curl); }

void MultiLoop::wait(double seconds) {
  // Few at a time: what those that ended make room for goes out before the others are looked at.
  std::array<epoll_event, 4> events{};
  double until = std::max(0.0, seconds);
  if (timer_s_ >= 0.0) until = std::clamp(timer_s_ - clock_seconds(), 0.0, until);
  const int count = epoll_wait(epoll_, events.data(), static_cast<int>(events.size()),
                               static_cast<int>(std::ceil(until * 1000.0)));
  int running = 0;
  for (int i = 0; i < count; ++i) {
    const epoll_event& event = events[static_cast<std::size_t>(i)];
    int mask = 0;
    if ((event.events & EPOLLIN) != 0) mask |= CURL_CSELECT_IN;
    if ((event.events & EPOLLOUT) != 0) mask |= CURL_CSELECT_OUT;
    if ((event.events & (EPOLLERR | EPOLLHUP)) != 0) mask |= CURL_CSELECT_ERR;
    curl_multi_socket_action(multi_, event.data.fd, mask, &running);
  }
  if (timer_s_ >= 0.0 && clock_seconds() >= timer_s_) {
    timer_s_ = -1.0;
    curl_multi_socket_action(multi_, CURL_SOCKET_TIMEOUT, 0, &running);
  }
}

bool MultiLoop::next_done(CURL*& curl, CURLcode& code) {
  int left = 0;
  while (const CURLMsg* message = curl_multi_info_read(multi_, &left)) {
    if (message->msg != CURLMSG_DONE) continue;
    curl = message->easy_handle;
    code = message->data.result;
    return true;
  }
  return false;
}

}  // namespace assay::http
