// Sums per cluster, and the CR2 variance of the mean with its degrees of freedom in closed form.
// Internal to src/stats. Thread-safety: plain values.
#pragma once

#include <span>
#include <vector>

#include "stats/clustered.h"

namespace assay::stats {

struct ClusterTable {
  std::vector<double> sums;   ///< per cluster, in order of first appearance
  std::vector<double> sizes;  ///< observations per cluster
  double n = 0.0;
  double mean = 0.0;
  double spread = 0.0;  ///< sum of squared deviations of all observations from the mean
  double least = 0.0;
  double greatest = 0.0;
  /// Clusters with a value above the least, or with one below the greatest, whichever are fewer:
  /// for 0/1 values, the clusters that the rarer outcome was seen in.
  double informative = 0.0;
  bool binary = false;   ///< every value is 0 or 1
  bool ternary = false;  ///< every value is -1, 0 or 1 (gains and losses)
  [[nodiscard]] double clusters() const { return static_cast<double>(sums.size()); }
};

ClusterTable tabulate(std::span<const Observation> observations);

struct MeanVariance {
  double cr2 = 0.0;       ///< of the mean
  double variance = 0.0;  ///< the same, never below that of independent observations
  double df = 0.0;        ///< Satterthwaite degrees of freedom
};

/// CR2 variance of the mean (an intercept-only regression) and its Satterthwaite degrees of
/// freedom under an independence working model (Bell & McCaffrey 2002; Pustejovsky & Tipton 2018,
/// JBES 36, 672-683). With a_g = n_g/N and e_g the sum of residuals of cluster g:
///   V  = sum_g e_g^2 / (1 - a_g) / N^2
///   df = 1 / (sum a_g^2 + (sum b_g)^2 - sum b_g^2),  b_g = a_g^2 / (1 - a_g)
/// Needs at least two clusters; with one, df is 0.
MeanVariance cr2_mean_variance(const ClusterTable& table);

/// Sample skewness of the clusters' residual sums (0 where they do not vary).
double cluster_skewness(const ClusterTable& table);

}  // namespace assay::stats
