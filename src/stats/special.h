// Quantiles and tails of the distributions that the statistics use, by Boost.Math, with the edges
// defined (a beta with a zero parameter is a point mass) instead of thrown.
// Thread-safety: pure functions.
#pragma once

#include "stats/estimate.h"

namespace assay::stats {

/// Probability left out on each side that the interval closes: (1-level)/2 or 1-level.
double tail_of(double level, Sides sides);

double normal_cdf(double z);
double normal_quantile(double p);                    ///< p in (0, 1), else -+infinity
double t_quantile(double p, double df);              ///< df > 0; a huge df gives the normal
double t_cdf(double t, double df);                   ///< df > 0
double chi2_sf(double x, double df);                 ///< upper tail, x >= 0
double beta_quantile(double p, double a, double b);  ///< a == 0 gives 0, b == 0 gives 1
/// P(X <= x); the point masses as above.
double beta_cdf(double x, double a, double b);
double binomial_cdf(double k, double n, double p);  ///< P(X <= k); k < 0 gives 0
double binomial_pmf(double k, double n, double p);
double log_choose(double n, double k);

}  // namespace assay::stats
