// Populations for measuring how often an interval covers, shared by the coverage test (few
// repetitions) and by bench/coverage_table.cpp (many; its table is in docs/statistics.md).
#pragma once

#include <cmath>
#include <cstdint>
#include <vector>

#include "base/random.h"
#include "stats/clustered.h"
#include "stats/special.h"

namespace assay::stats::coverage {

constexpr double kRates[] = {0.0, 0.01, 0.1, 0.5, 0.99};
constexpr std::int64_t kSizes[] = {10, 30, 300};

inline bool covers(const Interval& interval, double truth) {
  constexpr double kSlack = 1e-12;  // truth and limit computed on different ways
  return interval.low <= truth + kSlack && truth <= interval.high + kSlack;
}

/// Gamma(shape, 1): Marsaglia & Tsang 2000, ACM TOMS 26, 363-372.
inline double gamma_draw(double shape, Rng& rng) {
  if (shape < 1.0) {
    const double u = 1.0 - rng.uniform();
    return gamma_draw(shape + 1.0, rng) * std::pow(u, 1.0 / shape);
  }
  const double d = shape - 1.0 / 3.0;
  const double c = 1.0 / std::sqrt(9.0 * d);
  while (true) {
    const double z = rng.normal();
    const double v = std::pow(1.0 + c * z, 3.0);
    if (v > 0.0 && std::log(1.0 - rng.uniform()) < 0.5 * z * z + d - d * v + d * std::log(v)) {
      return d * v;
    }
  }
}

/// Mean `mean`, intra-cluster correlation `icc`; both ends are point masses.
inline double beta_draw(double mean, double icc, Rng& rng) {
  if (mean <= 0.0 || mean >= 1.0) return mean;
  if (icc <= 0.0) return mean;
  if (icc >= 1.0) return rng.chance(mean) ? 1.0 : 0.0;
  const double size = (1.0 - icc) / icc;
  const double a = gamma_draw(mean * size, rng);
  const double b = gamma_draw((1.0 - mean) * size, rng);
  return a + b > 0.0 ? a / (a + b) : (rng.chance(mean) ? 1.0 : 0.0);
}

struct ClusterCell {
  int clusters = 10;
  double rate = 0.5;
  double icc = 0.1;
  bool unequal = false;  ///< sizes 1..9 (mean 5) instead of 5
};

/// Beta-binomial clusters.
inline std::vector<Observation> beta_binomial(const ClusterCell& cell, Rng& rng) {
  std::vector<Observation> out;
  for (int k = 0; k < cell.clusters; ++k) {
    const double p = beta_draw(cell.rate, cell.icc, rng);
    const std::int64_t size = cell.unequal ? rng.between(1, 9) : 5;
    for (std::int64_t i = 0; i < size; ++i) {
      out.push_back({rng.chance(p) ? 1.0 : 0.0, static_cast<std::uint32_t>(k)});
    }
  }
  return out;
}

/// One value a cluster from Beta(mean, icc): bounded, skewed near the ends (pass@k, Brier scores).
inline std::vector<Observation> bounded_values(const ClusterCell& cell, Rng& rng) {
  std::vector<Observation> out;
  for (int k = 0; k < cell.clusters; ++k) {
    out.push_back({beta_draw(cell.rate, cell.icc, rng), static_cast<std::uint32_t>(k)});
  }
  return out;
}

/// Three log-normal values a cluster, mean 1 (latencies, energy): unbounded and skewed.
inline std::vector<Observation> lognormal_values(int clusters, double sigma, Rng& rng) {
  std::vector<Observation> out;
  for (int k = 0; k < clusters; ++k) {
    const double shared = rng.normal();
    for (int i = 0; i < 3; ++i) {
      const double z = std::sqrt(0.5) * (shared + rng.normal());
      out.push_back({std::exp(sigma * z - 0.5 * sigma * sigma), static_cast<std::uint32_t>(k)});
    }
  }
  return out;
}

}  // namespace assay::stats::coverage
