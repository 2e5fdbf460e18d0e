#include "stats/rare_tail.h"

#include <algorithm>
#include <cmath>
#include <gtest/gtest.h>
#include <limits>

#include "base/random.h"
#include "unit/stats/golden.h"

namespace assay::stats {
namespace {

using test::golden_cases;

TEST(RareTail, ParetoFitsAreThoseOfScipy) {
  int seen = 0;
  for (const Json& c : golden_cases("forecast")) {
    if (c["kind"] != "pareto") continue;
    ++seen;
    const auto x = c["excesses"].get<std::vector<double>>();
    const ParetoTail fit = fit_pareto_tail(x);
    EXPECT_NEAR(fit.shape, c["shape"].get<double>(), 1e-5);
    EXPECT_NEAR(fit.log_likelihood, c["log_likelihood"].get<double>(), 1e-8);
    const Interval limits = pareto_shape_limits(x);
    EXPECT_NEAR(limits.low, c["limits"][0].get<double>(), 1e-5);
    EXPECT_NEAR(limits.high, c["limits"][1].get<double>(), 1e-5);
    test::expect_close(exponential_anderson_darling(x), c["anderson"].get<double>(), "A2");
  }
  EXPECT_EQ(seen, 3);
}

/// Queries whose scores -log(-log p) have an exponential tail with this rate.
std::vector<double> queries(Rng& rng, int n, double rate, double shift) {
  std::vector<double> out;
  for (int i = 0; i < n; ++i) {
    const double s = shift - std::log(1.0 - rng.uniform()) / rate;
    out.push_back(-std::exp(-s));
  }
  return out;
}

TEST(RareTail, TheLargestOfManyMoreIsWhereItSays) {
  Rng rng(17);
  int made = 0;
  int held = 0;
  constexpr int worlds = 150;
  for (int i = 0; i < worlds; ++i) {
    const auto seen = queries(rng, 400, 3.0, -3.0);
    RareTailOptions options;
    options.seed = static_cast<std::uint64_t>(i);
    const RareTail tail = fit_rare_tail(seen, options);
    const Estimate e = worst_elicitation(tail, 4000, options);
    if (!e.known()) continue;
    ++made;
    const auto more = queries(rng, 4000, 3.0, -3.0);
    const double worst = std::exp(*std::max_element(more.begin(), more.end()));
    held += e.interval.low <= worst && worst <= e.interval.high ? 1 : 0;
  }
  RecordProperty("made", made);
  RecordProperty("held", held);
  EXPECT_GE(made, 120) << "two checks at 5% refuse some";
  EXPECT_GE(static_cast<double>(held), 0.90 * made);
}

TEST(RareTail, ThePapersLineAgreesWithTheLikelihood) {
  Rng rng(2);
  const RareTail tail = fit_rare_tail(queries(rng, 1000, 2.5, -4.0));
  ASSERT_TRUE(tail.refused.empty()) << tail.refused;
  EXPECT_EQ(tail.tail, 100);
  EXPECT_NEAR(tail.rate, 2.5, 0.7);
  EXPECT_NEAR(-tail.slope, tail.rate, 0.5);
}

TEST(RareTail, WhatDoesNotCarryAnExtrapolationIsRefused) {
  Rng rng(4);
  auto good = queries(rng, 500, 3.0, -3.0);
  const RareTail tail = fit_rare_tail(good);
  ASSERT_TRUE(tail.refused.empty()) << tail.refused;
  EXPECT_TRUE(worst_elicitation(tail, 5000).known());
  EXPECT_EQ(worst_elicitation(tail, 5000).assumptions.size(), 2U);
  EXPECT_EQ(worst_elicitation(tail, 20000).assumptions.size(), 3U);
  EXPECT_FALSE(worst_elicitation(tail, 60000).known()) << "more than 100 times";
  EXPECT_FALSE(worst_elicitation(tail, 5).known()) << "does not reach into the tail";

  EXPECT_FALSE(fit_rare_tail(std::vector<double>(good.begin(), good.begin() + 40)).refused.empty());
  RareTailOptions thin;
  thin.tail = 5;
  EXPECT_FALSE(fit_rare_tail(good, thin).refused.empty());
  auto certain = good;
  certain[0] = 0.0;
  EXPECT_FALSE(fit_rare_tail(certain).refused.empty());
  certain[0] = std::nan("");
  EXPECT_FALSE(fit_rare_tail(certain).refused.empty());
  const std::vector<double> tied(500, -2.0);
  EXPECT_FALSE(fit_rare_tail(tied).refused.empty());
  const std::vector<double> never(500, -std::numeric_limits<double>::infinity());
  EXPECT_FALSE(fit_rare_tail(never).refused.empty());

  // Scores with a heavy tail: squares of exponentials.
  std::vector<double> heavy;
  for (int i = 0; i < 1000; ++i) {
    const double e = -std::log(1.0 - rng.uniform());
    heavy.push_back(-std::exp(-(-3.0 + 0.4 * e * e * e)));
  }
  const RareTail rejected = fit_rare_tail(heavy);
  EXPECT_FALSE(rejected.refused.empty());
  EXPECT_FALSE(worst_elicitation(rejected, 5000).known());
}

}  // namespace
}  // namespace assay::stats
