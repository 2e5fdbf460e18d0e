#include "stats/survival_band.h"

#include <Eigen/Eigenvalues>
#include <algorithm>
#include <boost/math/tools/toms748_solve.hpp>
#include <cmath>
#include <numbers>

#include "stats/special.h"

namespace assay::stats {
namespace {

using std::numbers::pi;
constexpr int kFunctions = 48;    // even eigenfunctions of the box that span the solution
constexpr int kQuadrature = 400;  // Simpson intervals on [0, c]

/// Even eigenfunctions of the box, cos((k + 1/2) pi x / c) / sqrt(c), k = 0, 1, ...
double wave(int k, double x, double c) { return std::cos((k + 0.5) * pi * x / c) / std::sqrt(c); }

/// <j| x^2 |k> between them on [-c, c].
double square_element(int j, int k, double c) {
  const auto half = [c](int m) {  // integral of x^2 cos(m pi x / c) / c over [0, c], m > 0
    return 2.0 * c * c * (m % 2 == 0 ? 1.0 : -1.0) / (m * m * pi * pi);
  };
  const double sum = half(j + k + 1);
  return j == k ? c * c / 3.0 + sum : half(std::abs(j - k)) + sum;
}

/// -f'' + x f' = lambda f with f(+-c) = 0 becomes, with g = f sqrt(phi),
/// -g'' + (x^2 / 4 - 1/2) g = lambda g.
double staying_probability(double duration, double c) {
  Eigen::MatrixXd h(kFunctions, kFunctions);
  Eigen::VectorXd start(kFunctions);
  for (int j = 0; j < kFunctions; ++j) {
    for (int k = 0; k < kFunctions; ++k) h(j, k) = 0.25 * square_element(j, k, c);
    const double q = (j + 0.5) * pi / c;
    h(j, j) += q * q - 0.5;
    double sum = 0.0;  // Simpson's rule of wave * sqrt(phi) on [0, c], twice
    for (int i = 0; i <= kQuadrature; ++i) {
      const double x = c * i / kQuadrature;
      const double weight = i == 0 || i == kQuadrature ? 1.0 : (i % 2 == 1 ? 4.0 : 2.0);
      sum += weight * wave(j, x, c) * std::exp(-0.25 * x * x);
    }
    start(j) = 2.0 * sum * c / (3.0 * kQuadrature) * std::pow(2.0 * pi, -0.25);
  }
  const Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd> solved(h);
  const Eigen::VectorXd parts = solved.eigenvectors().transpose() * start;
  double out = 0.0;
  for (int k = 0; k < kFunctions; ++k) {
    out += parts(k) * parts(k) * std::exp(-duration * solved.eigenvalues()(k));
  }
  return std::clamp(out, 0.0, 1.0);
}

double duration_between(double low, double high) {
  return 0.5 * std::log(high * (1.0 - low) / (low * (1.0 - high)));
}

}  // namespace

double equal_precision_probability(double low, double high, double c) {
  if (!(c > 0.0)) return 0.0;
  if (!(high > low)) return 2.0 * normal_cdf(c) - 1.0;
  return staying_probability(duration_between(low, high), c);
}

double equal_precision_quantile(double low, double high, double level) {
  const auto miss = [&](double c) { return equal_precision_probability(low, high, c) - level; };
  std::uintmax_t steps = 60;
  const auto found = boost::math::tools::toms748_solve(
      miss, 1e-3, 12.0, [](double a, double b) { return std::abs(b - a) < 1e-11; }, steps);
  return 0.5 * (found.first + found.second);
}

SurvivalBand survival_band(const SurvivalCurve& curve, double level) {
  SurvivalBand out;
  if (!curve.refused.empty() || !(level > 0.0 && level < 1.0)) return out;
  const auto n = static_cast<double>(curve.n);
  std::vector<const CurveStep*> inside;
  for (const CurveStep& s : curve.steps) {
    const bool usable = s.survival > 0.0 && s.survival < 1.0 && s.robust > 0.0;
    if (usable && std::isfinite(s.robust)) inside.push_back(&s);
  }
  double wide = level;  // of pointwise limits that are as wide as the band
  if (inside.size() > 1) {
    const auto share = [n](const CurveStep& s) { return n * s.robust / (1.0 + n * s.robust); };
    const double low = share(*inside.front());
    const double high = std::max(share(*inside.back()), low);
    out.critical = equal_precision_quantile(low, high, level);
    out.from = inside.front()->time;
    out.to = inside.back()->time;
    wide = 2.0 * normal_cdf(out.critical) - 1.0;
  }
  for (const CurveStep& s : curve.steps) {
    BandPoint point{s.time, s.survival, survival_interval(curve, s.time, level), {0.0, 1.0}};
    point.band = survival_interval(curve, s.time, wide);
    out.points.push_back(point);
  }
  return out;
}

}  // namespace assay::stats
