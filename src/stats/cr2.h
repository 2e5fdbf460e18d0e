// Ordinary least squares with cluster-robust CR2 variances and Satterthwaite degrees of freedom:
// group differences and slopes when observations come in clusters.
// Bell & McCaffrey 2002, Survey Methodology 28, 169-181; Pustejovsky & Tipton 2018, JBES 36,
// 672-683 (equations 8 and 11, independence working model).
// Thread-safety: pure function.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "base/result.h"
#include "stats/estimate.h"

namespace assay::stats {

/// Row-major design matrix [observations x columns]; put a column of ones in for an intercept.
struct Design {
  std::vector<double> cells;
  std::size_t columns = 0;
};

struct Coefficient {
  double value = 0.0;
  double variance = 0.0;
  double df = 0.0;  ///< Satterthwaite degrees of freedom of its t
};

/// One coefficient a column. Errors: shapes that do not fit, fewer than two clusters, columns that
/// are not linearly independent. Cost: an eigendecomposition a cluster.
Result<std::vector<Coefficient>> cluster_robust_ols(const Design& design,
                                                    std::span<const double> outcome,
                                                    std::span<const std::uint32_t> clusters);

/// The coefficient's t interval as an Estimate.
Estimate coefficient_estimate(const Coefficient& coefficient, std::int64_t n, std::int64_t clusters,
                              double level, std::string unit);

}  // namespace assay::stats
