// A server for tests and benches of clients: HTTP/1.1 with keep-alive on loopback, one thread on
// epoll. A handler makes each reply, and can have it come late, in drips, half, never ending, or
// not at all. Nothing of ours is used, so that it cannot share a mistake with what it tests.
// Legal call order: construct with a handler -> url() -> destroy. The handler runs on the server's
// thread.
#pragma once

#include <arpa/inet.h>
#include <array>
#include <atomic>
#include <cctype>
#include <chrono>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <functional>
#include <map>
#include <netinet/tcp.h>
#include <queue>
#include <string>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <sys/timerfd.h>
#include <thread>
#include <unistd.h>
#include <utility>
#include <vector>

namespace assay::test {

struct StubRequest {
  std::string method, path, head, body;
  std::int64_t number = 0;  ///< of this server, from 0
};

struct StubReply {
  int status = 200;
  std::string body;
  std::string type = "application/json";
  std::vector<std::string> headers;
  double delay_s = 0.0;
  double drip_s = 0.0;                  ///< > 0: one byte each
  std::size_t cut = std::string::npos;  ///< bytes that are sent before the connection is closed
  bool reset = false;                   ///< closed with RST instead of an answer
  bool endless = false;                 ///< the body again and again, without a length
};

class StubServer {
 public:
  using Handler = std::function<StubReply(const StubRequest&)>;

  explicit StubServer(Handler handler, int port = 0) : handler_(std::move(handler)) {
    listen_ = ::socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    const int on = 1;
    ::setsockopt(listen_, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(static_cast<std::uint16_t>(port));
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (::bind(listen_, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0 ||
        ::listen(listen_, 1024) != 0) {
      std::abort();
    }
    socklen_t size = sizeof address;
    ::getsockname(listen_, reinterpret_cast<sockaddr*>(&address), &size);
    port_ = ntohs(address.sin_port);
    epoll_ = ::epoll_create1(EPOLL_CLOEXEC);
    stop_ = ::eventfd(0, EFD_CLOEXEC);
    timer_ = ::timerfd_create(CLOCK_MONOTONIC, TFD_NONBLOCK | TFD_CLOEXEC);
    for (const int fd : {listen_, stop_, timer_}) watch(fd, EPOLLIN, EPOLL_CTL_ADD);
    thread_ = std::thread([this] { serve(); });
  }
  StubServer(const StubServer&) = delete;
  StubServer& operator=(const StubServer&) = delete;
  ~StubServer() {
    const std::uint64_t one = 1;
    if (::write(stop_, &one, sizeof one) == sizeof one) thread_.join();
    for (const auto& [fd, connection] : open_) ::close(fd);
    for (const int fd : {listen_, stop_, timer_, epoll_}) ::close(fd);
  }

  [[nodiscard]] int port() const { return port_; }
  [[nodiscard]] std::string url(const std::string& path = "/v1") const {
    return "http://127.0.0.1:" + std::to_string(port_) + path;
  }
  [[nodiscard]] std::int64_t requests() const { return requests_; }
  [[nodiscard]] std::int64_t connections() const { return connections_; }
  /// Requests that were waiting for their reply at the same time, at most.
  [[nodiscard]] int most_at_once() const { return most_; }

 private:
  struct Connection {
    std::uint64_t id = 0;
    std::string in, out;
    StubReply reply;
    bool busy = false;  ///< a reply is under way
    bool last = false;  ///< closed when all is sent
  };
  struct Timer {
    double due_s;
    int fd;
    std::uint64_t id;
    bool operator<(const Timer& other) const { return due_s > other.due_s; }
  };

  static double now() {
    return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch())
        .count();
  }
  void watch(int fd, std::uint32_t events, int action) const {
    epoll_event event{};
    event.events = events;
    event.data.fd = fd;
    ::epoll_ctl(epoll_, action, fd, &event);
  }

  void serve() {
    std::array<epoll_event, 256> events{};
    while (true) {
      const int count = ::epoll_wait(epoll_, events.data(), static_cast<int>(events.size()), -1);
      for (int i = 0; i < count; ++i) {
        const epoll_event& event = events[static_cast<std::size_t>(i)];
        if (event.data.fd == stop_) return;
        if (event.data.fd == listen_) {
          accept_all();
        } else if (event.data.fd == timer_) {
          std::uint64_t times = 0;
          if (::read(timer_, &times, sizeof times) > 0) run_timers();
        } else if ((event.events & EPOLLOUT) != 0) {
          send(event.data.fd);
        } else {
          receive(event.data.fd);
        }
      }
    }
  }
  void accept_all() {
    for (int fd = 0;
         (fd = ::accept4(listen_, nullptr, nullptr, SOCK_NONBLOCK | SOCK_CLOEXEC)) >= 0;) {
      const int on = 1;
      ::setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
      open_[fd].id = ++connections_;
      watch(fd, EPOLLIN, EPOLL_CTL_ADD);
    }
  }
  void shut(int fd) {
    if (const auto at = open_.find(fd); at != open_.end() && at->second.busy) --busy_;
    open_.erase(fd);
    ::close(fd);
  }
  void receive(int fd) {
    std::array<char, 65536> buffer;
    const auto at = open_.find(fd);
    if (at == open_.end()) return;
    while (true) {
      const ssize_t n = ::recv(fd, buffer.data(), buffer.size(), 0);
      if (n > 0) {
        at->second.in.append(buffer.data(), static_cast<std::size_t>(n));
        continue;
      }
      if (n == 0 || (errno != EAGAIN && errno != EINTR)) {
        shut(fd);
        return;
      }
      break;
    }
    next_request(fd, at->second);
  }
  void next_request(int fd, Connection& connection) {
    if (connection.busy) return;
    const std::size_t end = connection.in.find("\r\n\r\n");
    if (end == std::string::npos) return;
    StubRequest request;
    request.head = connection.in.substr(0, end + 2);
    std::string lower = request.head;
    for (char& c : lower) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    std::size_t length = 0;
    if (const std::size_t at = lower.find("\r\ncontent-length:"); at != std::string::npos) {
      length = std::strtoull(lower.c_str() + at + 17, nullptr, 10);
    }
    if (connection.in.size() < end + 4 + length) return;
    request.body = connection.in.substr(end + 4, length);
    connection.in.erase(0, end + 4 + length);
    const std::size_t space = request.head.find(' ');
    request.method = request.head.substr(0, space);
    request.path = request.head.substr(space + 1, request.head.find(' ', space + 1) - space - 1);
    request.number = requests_++;
    connection.busy = true;
    most_ = std::max(most_.load(), ++busy_);
    connection.reply = handler_(request);
    if (connection.reply.delay_s > 0.0) {
      at_time(now() + connection.reply.delay_s, fd, connection.id);
    } else {
      answer(fd, connection);
    }
  }
  void answer(int fd, Connection& connection) {
    const StubReply& reply = connection.reply;
    if (reply.reset) {
      const linger hard{1, 0};
      ::setsockopt(fd, SOL_SOCKET, SO_LINGER, &hard, sizeof hard);
      shut(fd);
      return;
    }
    std::string head = "HTTP/1.1 " + std::to_string(reply.status) +
                       " Status\r\nContent-Type: " + reply.type + "\r\n";
    for (const std::string& header : reply.headers) head += header + "\r\n";
    head += reply.endless ? "Connection: close\r\n"
                          : "Content-Length: " + std::to_string(reply.body.size()) + "\r\n";
    connection.out = head + "\r\n" + reply.body;
    if (reply.cut != std::string::npos) {
      connection.out.resize(std::min(connection.out.size(), head.size() + 2 + reply.cut));
      connection.last = true;
    }
    send(fd);
  }
  void send(int fd) {
    const auto at = open_.find(fd);
    if (at == open_.end()) return;
    Connection& connection = at->second;
    while (!connection.out.empty()) {
      const bool drip = connection.reply.drip_s > 0.0;
      const ssize_t n =
          ::send(fd, connection.out.data(), drip ? 1 : connection.out.size(), MSG_NOSIGNAL);
      if (n < 0 && errno == EAGAIN) {
        watch(fd, EPOLLOUT, EPOLL_CTL_MOD);
        return;
      }
      if (n < 0) {
        shut(fd);
        return;
      }
      connection.out.erase(0, static_cast<std::size_t>(n));
      if (drip && !connection.out.empty()) {
        at_time(now() + connection.reply.drip_s, fd, connection.id);
        return;
      }
      if (connection.reply.endless && connection.out.empty()) {
        connection.out = connection.reply.body;
        watch(fd, EPOLLOUT, EPOLL_CTL_MOD);
        return;
      }
    }
    if (connection.last) {
      shut(fd);
      return;
    }
    connection.busy = false;
    --busy_;
    watch(fd, EPOLLIN, EPOLL_CTL_MOD);
    next_request(fd, connection);
  }
  void at_time(double due_s, int fd, std::uint64_t id) {
    timers_.push({due_s, fd, id});
    set_timer();
  }
  void set_timer() {
    itimerspec spec{};
    if (!timers_.empty()) {
      const double left = std::max(1e-6, timers_.top().due_s - now());
      spec.it_value.tv_sec = static_cast<time_t>(left);
      spec.it_value.tv_nsec =
          static_cast<long>((left - static_cast<double>(spec.it_value.tv_sec)) * 1e9);
    }
    ::timerfd_settime(timer_, 0, &spec, nullptr);
  }
  void run_timers() {
    while (!timers_.empty() && timers_.top().due_s <= now()) {
      const Timer timer = timers_.top();
      timers_.pop();
      const auto at = open_.find(timer.fd);
      if (at == open_.end() || at->second.id != timer.id) continue;
      if (at->second.out.empty()) {
        answer(timer.fd, at->second);
      } else {
        send(timer.fd);
      }
    }
    set_timer();
  }

  Handler handler_;
  int listen_ = -1, epoll_ = -1, stop_ = -1, timer_ = -1, port_ = 0;
  std::thread thread_;
  std::map<int, Connection> open_;
  std::priority_queue<Timer> timers_;
  std::atomic<std::int64_t> requests_{0};
  std::atomic<std::uint64_t> connections_{0};
  int busy_ = 0;
  std::atomic<int> most_{0};
};

}  // namespace assay::test
