// When to ask again, and how many requests at once.
#include <algorithm>
#include <cmath>
#include <gtest/gtest.h>
#include <queue>
#include <rapidcheck/gtest.h>
#include <vector>

#include "http/concurrency.h"
#include "http/retry.h"

namespace assay::http {
namespace {

TEST(Retry, StatusesThatMayPass) {
  for (const long status : {408L, 409L, 425L, 429L, 500L, 502L, 503L, 504L, 529L}) {
    EXPECT_TRUE(is_retryable(status)) << status;
  }
  for (const long status : {200L, 301L, 400L, 401L, 403L, 404L, 413L, 422L, 501L, 505L}) {
    EXPECT_FALSE(is_retryable(status)) << status;
  }
}

RC_GTEST_PROP(Retry, JitterIsFullAndBounded, (std::uint64_t seed)) {
  const RetryPolicy policy{8, 0.5, 10.0, 600.0};
  Rng rng(seed);
  for (int retry = 0; retry < 8; ++retry) {
    const auto delay = retry_delay(policy, retry, std::nullopt, rng);
    RC_ASSERT(delay.has_value());
    RC_ASSERT(*delay >= 0.0 && *delay <= std::min(10.0, 0.5 * std::exp2(retry)));
  }
  RC_ASSERT(!retry_delay(policy, 8, std::nullopt, rng).has_value());
}

TEST(Retry, WhatTheServerAsksForIsKept) {
  const RetryPolicy policy{5, 0.5, 10.0, 600.0};
  Rng rng(1);
  for (int i = 0; i < 100; ++i) {
    const auto delay = retry_delay(policy, 0, 30.0, rng);
    ASSERT_TRUE(delay.has_value());
    EXPECT_GE(*delay, 30.0);
    EXPECT_LE(*delay, 30.5);
  }
  EXPECT_FALSE(retry_delay(policy, 0, 601.0, rng).has_value()) << "too long to be waited for";
  EXPECT_FALSE(retry_delay(policy, 0, std::nan(""), rng).has_value());
}

/// A server of `capacity` places in which a request takes `service_s`; the rest queues.
int settled(const ConcurrencyOptions& options, int capacity, double service_s, int rounds) {
  Concurrency limit(options);
  double now = 0.0;
  for (int round = 0; round < rounds; ++round) {
    const int under_way = limit.limit();
    const double latency = service_s * std::max(1.0, under_way / static_cast<double>(capacity));
    now += latency;
    for (int i = 0; i < under_way; ++i) limit.succeeded(now, latency, under_way);
  }
  return limit.limit();
}

TEST(Concurrency, GrowsToTheBoundOfAServerThatKeepsUp) {
  EXPECT_EQ(settled({0, 8, 256}, 100000, 0.05, 40), 256);
}

TEST(Concurrency, StaysNearWhatAServerCanDo) {
  const int limit = settled({0, 8, 1024}, 32, 0.05, 400);
  EXPECT_GE(limit, 32);
  EXPECT_LE(limit, 100) << "latency has doubled at 64";
}

/// A server of `places`, each of which takes `service_s` for a request; the rest waits in a queue.
/// The client keeps as many requests under way as it may, as the exchange does.
class Queue {
 public:
  explicit Queue(const ConcurrencyOptions& options) : limit(options) {}

  void run(int completions, int places, double service_s) {
    while (completions > 0) {
      for (; under_way_ < limit.limit(); ++under_way_) begin(places, service_s);
      const Request done = ends_.top();
      ends_.pop();
      now = done.end_s;
      limit.succeeded(now, now - done.begin_s, under_way_--);
      --completions;
    }
  }

  Concurrency limit;
  double now = 0.0;

 private:
  struct Request {
    double begin_s, end_s;
    bool operator<(const Request& other) const { return end_s > other.end_s; }
  };
  void begin(int places, double service_s) {
    busy_.resize(static_cast<std::size_t>(places), 0.0);
    const auto place = std::min_element(busy_.begin(), busy_.end());
    *place = std::max(now, *place) + service_s;
    ends_.push({now, *place});
  }
  std::vector<double> busy_;
  std::priority_queue<Request> ends_;
  int under_way_ = 0;
};

TEST(Concurrency, IsAtTheBoundAfterFewRequestsToAServerThatKeepsUp) {
  Queue queue({0, 8, 256});
  queue.run(248, 1000, 0.05);
  EXPECT_GE(queue.limit.limit(), 200) << "8 + 16 + 32 + 64 + 128 requests";
  EXPECT_NEAR(queue.now, 0.25, 0.01);
  queue.run(5000, 1000, 0.05);
  EXPECT_EQ(queue.limit.limit(), 256);
}

TEST(Concurrency, FollowsAServerWhosePlacesBecomeFewer) {
  Queue queue({0, 8, 256});
  queue.run(3000, 256, 0.05);
  EXPECT_EQ(queue.limit.limit(), 256);
  queue.run(6000, 16, 0.05);
  EXPECT_LE(queue.limit.limit(), 48) << "more would wait as long as they are worked on";
  EXPECT_GE(queue.limit.limit(), 16) << "and no place may be idle";
}

TEST(Concurrency, LongerRequestsAreNoQueue) {
  Queue queue({0, 8, 256});
  queue.run(3000, 1000, 0.05);
  queue.run(4000, 1000, 5.0);
  EXPECT_EQ(queue.limit.limit(), 256);
}

TEST(Concurrency, AFixedNumberStaysFixed) {
  Concurrency limit({200, 8, 16});
  EXPECT_EQ(limit.limit(), 200);
  for (int i = 0; i < 1000; ++i) limit.succeeded(i * 0.1, 5.0, 200);
  limit.overloaded(100.0);
  EXPECT_EQ(limit.limit(), 200);
}

TEST(Concurrency, ComplaintsHalveOnceASecond) {
  Concurrency limit({0, 64, 256});
  for (int i = 0; i < 50; ++i) limit.overloaded(10.0 + i * 0.001);
  EXPECT_EQ(limit.limit(), 32) << "the complaints of one moment are one";
  limit.overloaded(12.0);
  EXPECT_EQ(limit.limit(), 16);
  for (int i = 0; i < 100; ++i) limit.overloaded(20.0 + 2.0 * i);
  EXPECT_EQ(limit.limit(), 1);
}

TEST(Concurrency, DoesNotGrowUnused) {
  Concurrency limit({0, 8, 256});
  for (int i = 0; i < 1000; ++i) limit.succeeded(i * 0.05, 0.05, 1);
  EXPECT_EQ(limit.limit(), 8);
}

}  // namespace
}  // namespace assay::http
