// How often intervals hold the truth: exactly where that can be summed, by simulation elsewhere.
// bench/coverage_table.cpp does the same with many more repetitions for docs/statistics.md.
#include <cmath>
#include <gtest/gtest.h>
#include <string>

#include "stats/intervals.h"
#include "stats/paired.h"
#include "stats/proportion.h"
#include "unit/stats/coverage_cells.h"

namespace assay::stats {
namespace {

using namespace coverage;

constexpr double kLeast = 0.93;  ///< what each default choice must cover at a nominal 95%

template <class IntervalOf>
double exact_coverage(std::int64_t n, double p, const IntervalOf& interval) {
  double covered = 0.0;
  for (std::int64_t x = 0; x <= n; ++x) {
    const double mass = binomial_pmf(static_cast<double>(x), static_cast<double>(n), p);
    if (mass > 0.0 && covers(interval(x, n), p)) covered += mass;
  }
  return covered;
}

/// Rates of the table and a grid between them.
std::vector<double> rates() {
  std::vector<double> out(std::begin(kRates), std::end(kRates));
  for (int i = 1; i < 200; ++i) out.push_back(i / 200.0);
  return out;
}

TEST(Coverage, ClopperPearsonNeverFallsBelowItsLevel) {
  for (const Sides sides : {Sides::two, Sides::upper, Sides::lower}) {
    const auto interval = [sides](std::int64_t x, std::int64_t n) {
      return clopper_pearson(static_cast<double>(x), static_cast<double>(n), 0.95, sides);
    };
    for (const std::int64_t n : {10, 30, 100}) {
      for (const double p : rates()) EXPECT_GE(exact_coverage(n, p, interval), 0.95 - 1e-9) << p;
    }
  }
}

TEST(Coverage, DefaultForProportionsHoldsAtEveryRate) {
  const auto chosen = [](std::int64_t x, std::int64_t n) { return proportion(x, n).interval; };
  for (const std::int64_t n : {10, 30, 45, 60, 100, 300}) {
    for (const double p : rates()) EXPECT_GE(exact_coverage(n, p, chosen), kLeast) << n << " " << p;
  }
}

/// Share covered, which may fall short of `kLeast` by three of its standard errors.
template <class Draw>
void expect_covered(const Draw& draw, double truth, const ClusterOptions& options, int repetitions,
                    const std::string& cell) {
  Rng rng = Rng::named(11, cell);
  int covered = 0;
  for (int i = 0; i < repetitions; ++i) {
    covered += covers(clustered_mean(draw(rng), options).interval, truth);
  }
  const double error = std::sqrt(kLeast * (1.0 - kLeast) / repetitions);
  EXPECT_GE(static_cast<double>(covered) / repetitions, kLeast - 3.0 * error) << cell;
}

TEST(Coverage, DefaultForClusteredItems) {
  for (const std::int64_t n : kSizes) {
    for (const double p : kRates) {
      for (const double icc : {0.1, 0.5}) {
        for (const Purpose purpose : {Purpose::capability, Purpose::safety}) {
          const ClusterCell cell{static_cast<int>(n), p, icc, icc > 0.2};
          ClusterOptions options;
          options.purpose = purpose;
          expect_covered([&cell](Rng& rng) { return beta_binomial(cell, rng); }, p, options,
                         n < 100 ? 400 : 100,
                         std::to_string(n) + " clusters, rate " + std::to_string(p) + ", icc " +
                             std::to_string(icc));
        }
      }
    }
  }
}

TEST(Coverage, DefaultForBoundedValues) {
  for (const std::int64_t n : kSizes) {
    for (const double mean : {0.01, 0.1, 0.5, 0.99}) {
      for (const double spread : {0.1, 0.5}) {
        const ClusterCell cell{static_cast<int>(n), mean, spread, false};
        ClusterOptions options;
        options.support = Interval{0.0, 1.0};
        expect_covered([&cell](Rng& rng) { return bounded_values(cell, rng); }, mean, options, 400,
                       std::to_string(n) + " values, mean " + std::to_string(mean) + ", spread " +
                           std::to_string(spread));
      }
    }
  }
}

/// Exactly, over all outcomes of n pairs.
TEST(Coverage, TangoOfPairedProportions) {
  constexpr std::int64_t n = 30;
  const double size = n;
  for (const auto& [b, c] : {std::pair{0.01, 0.01}, {0.1, 0.1}, {0.1, 0.01}, {0.3, 0.1}}) {
    double covered = 0.0;
    for (std::int64_t x = 0; x <= n; ++x) {
      const double mass_x = binomial_pmf(static_cast<double>(x), size, b);
      for (std::int64_t y = 0; x + y <= n && mass_x > 1e-12; ++y) {
        const double mass = mass_x * binomial_pmf(static_cast<double>(y),
                                                  size - static_cast<double>(x), c / (1.0 - b));
        PairedCounts counts;
        counts.only_first = x;
        counts.only_second = y;
        counts.both = n - x - y;
        if (mass > 1e-12 && covers(tango(counts), c - b)) covered += mass;
      }
    }
    EXPECT_GE(covered, kLeast) << b << " " << c;
  }
}

TEST(Coverage, HeavyTailsWithoutBoundsWereCoveredTooSeldom) {
  for (const int clusters : {10, 30}) {
    for (const double sigma : {1.0, 2.0}) {
      ClusterOptions options;
      options.draws = 2000;
      expect_covered([=](Rng& rng) { return lognormal_values(clusters, sigma, rng); }, 1.0, options,
                     200, std::to_string(clusters) + " clusters, sigma " + std::to_string(sigma));
    }
  }
}

TEST(Coverage, FewSkewedClustersWithoutBoundsGetAWiderInterval) {
  const std::vector<Observation> values{{1.0, 0}, {1.1, 1}, {0.9, 2}, {40.0, 3}};
  ClusterOptions plain;
  plain.method = ClusterMethod::cr2;
  const Estimate usual = clustered_mean(values, plain);
  const Estimate wide = clustered_mean(values, {});
  EXPECT_EQ(wide.method, "cr2-t");
  EXPECT_LT(wide.interval.low, usual.interval.low);
  EXPECT_GT(wide.interval.high, usual.interval.high);
}

}  // namespace
}  // namespace assay::stats
