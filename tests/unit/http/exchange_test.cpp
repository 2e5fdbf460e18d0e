#include "http/exchange.h"

#include <ctime>
#include <gtest/gtest.h>
#include <map>
#include <mutex>

#include "support/stub_server.h"

namespace assay::http {
namespace {

using test::StubReply;
using test::StubRequest;
using test::StubServer;

ExchangeOptions quick() {
  ExchangeOptions options;
  options.retry.base_seconds = 0.001;
  options.request_seconds = 10.0;
  options.give_up_after = 1000;
  return options;
}

struct Told {
  std::map<std::size_t, std::string> accepted;
  std::map<std::size_t, Error> refused;
};

/// Sends `count` requests whose body is their number.
Status send(Exchange& exchange, const StubServer& server, std::size_t count, Told& told,
            const CancelToken* cancel = nullptr) {
  Work work;
  work.count = count;
  work.cancel = cancel;
  work.call = [&](std::size_t i) { return Call{server.url("/x"), std::to_string(i), {}}; };
  work.accept = [&](std::size_t i, Reply&& reply) -> Status {
    if (reply.body == "bad") return fail(ErrorKind::format, "bad");
    EXPECT_FALSE(told.accepted.contains(i)) << "told twice";
    told.accepted[i] = reply.body;
    return {};
  };
  work.refuse = [&](std::size_t i, const Error& error) {
    EXPECT_FALSE(told.refused.contains(i) || told.accepted.contains(i)) << "told twice";
    told.refused[i] = error;
  };
  work.explain = [](const Reply& reply) { return reply.body; };
  return exchange.run(work);
}

TEST(Exchange, AsksAllAndKeepsConnections) {
  const StubServer server([](const StubRequest& request) {
    StubReply reply;
    reply.body = "answer to " + request.body;
    reply.delay_s = 0.002;
    return reply;
  });
  ExchangeOptions options = quick();
  options.concurrency.fixed = 10;
  Exchange exchange(options);
  Told told;
  ASSERT_TRUE(send(exchange, server, 200, told));
  ASSERT_TRUE(send(exchange, server, 100, told = {}));
  EXPECT_EQ(told.accepted.size(), 100U);
  EXPECT_EQ(told.accepted[42], "answer to 42");
  EXPECT_EQ(server.requests(), 300);
  EXPECT_LE(server.connections(), 10);
  EXPECT_EQ(server.most_at_once(), 10);
}

TEST(Exchange, GrowsWhereAllAnswersComeAtOnce) {
  const StubServer server([](const StubRequest&) {
    StubReply reply;
    reply.delay_s = 0.05;
    return reply;
  });
  Exchange exchange(quick());
  Told told;
  ASSERT_TRUE(send(exchange, server, 1200, told));
  EXPECT_EQ(told.accepted.size(), 1200U);
  EXPECT_GE(server.most_at_once(), 200);
  EXPECT_LE(server.connections(), 256) << "each is used again";
}

TEST(Exchange, ShrinksWhenTheServerHasTooMuch) {
  const StubServer server([](const StubRequest& request) {
    StubReply reply;
    reply.delay_s = 0.005;
    if (request.number > 300 && request.number < 340) reply.status = 429;
    return reply;
  });
  Exchange exchange(quick());
  Told told;
  ASSERT_TRUE(send(exchange, server, 300, told));
  const int before = exchange.limit();
  EXPECT_GT(before, 8);
  ASSERT_TRUE(send(exchange, server, 60, told = {}));
  EXPECT_LE(exchange.limit(), before / 2 + before / 4);
  EXPECT_EQ(told.accepted.size(), 60U);
}

TEST(Exchange, AsksAgainWhatMayPass) {
  for (const int status : {408, 409, 429, 500, 503}) {
    const StubServer server([&](const StubRequest& request) {
      StubReply reply;
      if (request.number % 3 == 0) reply.status = status;
      return reply;
    });
    Exchange exchange(quick());
    Told told;
    ASSERT_TRUE(send(exchange, server, 30, told)) << status;
    EXPECT_EQ(told.accepted.size(), 30U) << status;
    EXPECT_GT(exchange.counts().retries, 0);
  }
}

TEST(Exchange, RetryAfterIsHonoured) {
  for (const bool as_date : {false, true}) {
    std::map<std::string, double> first;
    double waited = 1e9;
    const StubServer server([&](const StubRequest& request) {
      const double now =
          static_cast<double>(request.number) * 0.0 +
          std::chrono::duration<double>(std::chrono::system_clock::now().time_since_epoch())
              .count();
      StubReply reply;
      if (!first.contains(request.body)) {
        first[request.body] = now;
        reply.status = 429;
        std::array<char, 64> date{};
        const std::time_t then = static_cast<std::time_t>(now) + 2;
        std::tm parts{};
        gmtime_r(&then, &parts);
        std::strftime(date.data(), date.size(), "%a, %d %b %Y %H:%M:%S GMT", &parts);
        reply.headers.push_back(std::string("Retry-After: ") + (as_date ? date.data() : "1"));
      } else {
        waited = std::min(waited, now - first[request.body]);
      }
      return reply;
    });
    Exchange exchange(quick());
    Told told;
    ASSERT_TRUE(send(exchange, server, 1, told));
    EXPECT_EQ(told.accepted.size(), 1U);
    EXPECT_GE(waited, 0.95);
  }
}

TEST(Exchange, OneBadRequestIsItsOwnError) {
  const StubServer server([](const StubRequest& request) {
    StubReply reply;
    if (request.body == "7") {
      reply.status = 400;
      reply.body = "too long";
    }
    return reply;
  });
  Exchange exchange(quick());
  Told told;
  ASSERT_TRUE(send(exchange, server, 20, told));
  EXPECT_EQ(told.accepted.size(), 19U);
  ASSERT_TRUE(told.refused.contains(7));
  EXPECT_NE(told.refused[7].what.find("400: too long"), std::string::npos);
  EXPECT_EQ(server.requests(), 20) << "a 400 is not asked again";
}

TEST(Exchange, AllSortsOfBrokenRepliesAreFailures) {
  const std::vector<std::function<void(StubReply&)>> faults = {
      [](StubReply& r) { r.reset = true; },
      [](StubReply& r) { r.cut = 3; },
      [](StubReply& r) { r.cut = 0; },
      [](StubReply& r) { r.body = "bad"; },
      [](StubReply& r) { r.body.assign(2000000, 'x'); },
      [](StubReply& r) {
        r.body.assign(1000, 'x');
        r.endless = true;
      },
      [](StubReply& r) {
        r.body.assign(1000, 'x');
        r.drip_s = 0.05;
      },
      [](StubReply& r) { r.delay_s = 30.0; },
      [](StubReply& r) { r.status = 599; }};
  for (std::size_t f = 0; f < faults.size(); ++f) {
    const StubServer server([&](const StubRequest& request) {
      StubReply reply;
      reply.body = "a good reply";
      if (request.body == "3") faults[f](reply);
      return reply;
    });
    ExchangeOptions options = quick();
    options.retry.max_retries = 1;
    options.request_seconds = 0.4;
    options.max_bytes = 1000000;
    Exchange exchange(options);
    Told told;
    ASSERT_TRUE(send(exchange, server, 6, told)) << f;
    EXPECT_EQ(told.accepted.size(), 5U) << f;
    EXPECT_TRUE(told.refused.contains(3)) << f;
  }
}

TEST(Exchange, AServerThatFailsAlwaysIsGivenUpAndNothingIsLost) {
  const StubServer server([](const StubRequest& request) {
    StubReply reply;
    if (request.number >= 10) reply.status = 500;
    return reply;
  });
  ExchangeOptions options = quick();
  options.retry.max_retries = 1;
  options.give_up_after = 5;
  options.concurrency.fixed = 1;
  Exchange exchange(options);
  Told told;
  const Status status = send(exchange, server, 100, told);
  ASSERT_FALSE(status);
  EXPECT_NE(status.error().what.find("5 requests in a row"), std::string::npos);
  EXPECT_EQ(told.accepted.size(), 10U);
  EXPECT_TRUE(told.refused.empty()) << "what failed last is as open as before";
}

TEST(Exchange, NoServerAndFatalStatusesEndAtOnce) {
  int port = 0;
  {
    const StubServer gone([](const StubRequest&) { return StubReply{}; });
    port = gone.port();
  }
  Work work;
  work.count = 100;
  work.call = [&](std::size_t) {
    return Call{"http://127.0.0.1:" + std::to_string(port) + "/", "x", {}};
  };
  work.accept = [](std::size_t, Reply&&) -> Status { return {}; };
  work.refuse = [](std::size_t, const Error&) { FAIL(); };
  ExchangeOptions options = quick();
  options.give_up_after = 3;
  Exchange exchange(options);
  const Status none = exchange.run(work);
  ASSERT_FALSE(none);
  EXPECT_EQ(none.error().kind, ErrorKind::io);
  for (const int code : {301, 307, 401, 403, 404}) {
    const StubServer server([&](const StubRequest& request) {
      StubReply reply;
      reply.status = code;
      reply.headers.push_back("Location: " + request.path);
      return reply;
    });
    Exchange other(quick());
    Told told;
    const Status status = send(other, server, 50, told);
    ASSERT_FALSE(status) << code;
    EXPECT_NE(status.error().what.find(std::to_string(code)), std::string::npos);
    EXPECT_FALSE(status.error().next.empty());
    EXPECT_LE(server.requests(), 8) << "only what was under way already";
  }
}

TEST(Exchange, CancelEndsItAndItGoesOnLater) {
  CancelToken cancel;
  std::atomic<bool> slow{true};
  const StubServer server([&](const StubRequest& request) {
    if (request.number == 20) cancel.request();
    StubReply reply;
    if (slow && request.number > 20) reply.delay_s = 20.0;
    return reply;
  });
  Exchange exchange(quick());
  Told told;
  const Status status = send(exchange, server, 1000, told, &cancel);
  ASSERT_FALSE(status);
  EXPECT_EQ(status.error().kind, ErrorKind::cancelled);
  EXPECT_TRUE(told.refused.empty());
  const std::size_t before = told.accepted.size();
  EXPECT_LT(before, 100U);
  slow = false;
  ASSERT_TRUE(send(exchange, server, 30, told = {}));
  EXPECT_EQ(told.accepted.size(), 30U);
}

}  // namespace
}  // namespace assay::http
