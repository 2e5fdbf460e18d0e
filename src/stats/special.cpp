#include "stats/special.h"

#include <algorithm>
#include <boost/math/distributions/beta.hpp>
#include <boost/math/distributions/chi_squared.hpp>
#include <boost/math/distributions/normal.hpp>
#include <boost/math/distributions/students_t.hpp>
#include <boost/math/special_functions/beta.hpp>
#include <boost/math/special_functions/gamma.hpp>
#include <cmath>
#include <limits>

namespace assay::stats {

namespace bm = boost::math;

double tail_of(double level, Sides sides) {
  return sides == Sides::two ? (1.0 - level) / 2.0 : 1.0 - level;
}

double normal_cdf(double z) { return bm::cdf(bm::normal_distribution<double>(), z); }

double normal_quantile(double p) {
  if (p <= 0.0) return -std::numeric_limits<double>::infinity();
  if (p >= 1.0) return std::numeric_limits<double>::infinity();
  return bm::quantile(bm::normal_distribution<double>(), p);
}

double t_quantile(double p, double df) {
  if (df > 1e9) return normal_quantile(p);
  return bm::quantile(bm::students_t_distribution<double>(df), p);
}

double t_cdf(double t, double df) {
  if (df > 1e9) return normal_cdf(t);
  return bm::cdf(bm::students_t_distribution<double>(df), t);
}

double chi2_sf(double x, double df) {
  if (x <= 0.0) return 1.0;
  return bm::cdf(bm::complement(bm::chi_squared_distribution<double>(df), x));
}

double beta_quantile(double p, double a, double b) {
  if (a <= 0.0 || p <= 0.0) return 0.0;
  if (b <= 0.0 || p >= 1.0) return 1.0;
  return bm::quantile(bm::beta_distribution<double>(a, b), p);
}

double beta_cdf(double x, double a, double b) {
  if (x >= 1.0) return 1.0;
  if (a <= 0.0) return x < 0.0 ? 0.0 : 1.0;
  if (b <= 0.0 || x <= 0.0) return 0.0;
  return bm::ibeta(a, b, x);
}

double binomial_cdf(double k, double n, double p) {
  if (k < 0.0) return 0.0;
  if (k >= n || p <= 0.0) return 1.0;
  if (p >= 1.0) return 0.0;
  return bm::ibetac(std::floor(k) + 1.0, n - std::floor(k), p);
}

double binomial_pmf(double k, double n, double p) {
  if (k < 0.0 || k > n) return 0.0;
  if (p <= 0.0) return k == 0.0 ? 1.0 : 0.0;
  if (p >= 1.0) return k == n ? 1.0 : 0.0;
  return bm::ibeta_derivative(k + 1.0, n - k + 1.0, p) / (n + 1.0);
}

double log_choose(double n, double k) {
  return bm::lgamma(n + 1.0) - bm::lgamma(k + 1.0) - bm::lgamma(n - k + 1.0);
}

}  // namespace assay::stats
