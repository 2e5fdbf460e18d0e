#include "explain/probe.h"

#include <Eigen/Dense>
#include <algorithm>
#include <cmath>
#include <numeric>
#include <set>

#include "base/random.h"

namespace assay::explain {
namespace {

constexpr int kMostSteps = 100;
constexpr double kEnough = 1e-10;  ///< largest change of a log-odds at which Newton's method ends
constexpr double kLeastWeight = 1e-12;

using Matrix = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;

struct Standardised {
  Matrix x;
  Eigen::VectorXd mean, scale;
};

Standardised standardised(const ProbeData& data, std::span<const std::size_t> items) {
  const auto n = static_cast<Eigen::Index>(items.size());
  const auto d = static_cast<Eigen::Index>(data.features);
  Standardised out{Matrix(n, d), {}, {}};
  for (Eigen::Index i = 0; i < n; ++i) {
    const float* row = data.rows.data() + items[static_cast<std::size_t>(i)] * data.features;
    for (Eigen::Index k = 0; k < d; ++k) out.x(i, k) = row[k];
  }
  out.mean = out.x.colwise().mean();
  out.x.rowwise() -= out.mean.transpose();
  out.scale = (out.x.colwise().squaredNorm() / static_cast<double>(n)).cwiseSqrt();
  for (Eigen::Index k = 0; k < d; ++k) {
    if (out.scale(k) < 1e-12) out.scale(k) = 1.0;  // constant: left as it is, at 0
  }
  out.x.array().rowwise() /= out.scale.transpose().array();
  return out;
}

struct Dual {
  Eigen::VectorXd a;
  double intercept = 0.0;
};

/// Newton's method on log-odds f = K a + b: each step solves (K + W^-1 / c) a = z - b with the sum
/// of a being 0, the condition of a free intercept.
Dual solve(const Eigen::MatrixXd& kernel, const Eigen::VectorXd& y, double c) {
  const Eigen::Index n = kernel.rows();
  Dual out{Eigen::VectorXd::Zero(n), 0.0};
  Eigen::VectorXd f = Eigen::VectorXd::Zero(n);
  for (int step = 0; step < kMostSteps; ++step) {
    Eigen::VectorXd z(n);
    Eigen::MatrixXd system = kernel;
    for (Eigen::Index i = 0; i < n; ++i) {
      const double p = 1.0 / (1.0 + std::exp(-f(i)));
      const double weight = std::max(kLeastWeight, p * (1.0 - p));
      z(i) = f(i) + (y(i) - p) / weight;
      system(i, i) += 1.0 / (c * weight);
    }
    const Eigen::LLT<Eigen::MatrixXd> factor(system);
    const Eigen::VectorXd of_z = factor.solve(z);
    const Eigen::VectorXd of_one = factor.solve(Eigen::VectorXd::Ones(n));
    out.intercept = of_z.sum() / of_one.sum();
    out.a = of_z - out.intercept * of_one;
    const Eigen::VectorXd next = (kernel * out.a).array() + out.intercept;
    const double change = (next - f).cwiseAbs().maxCoeff();
    f = next;
    if (change < kEnough) break;
  }
  return out;
}

}  // namespace

double LinearProbe::score(std::span<const float> features) const {
  double sum = intercept;
  for (std::size_t i = 0; i < features.size(); ++i) {
    sum += weights[i] * static_cast<double>(features[i]);
  }
  return sum;
}

Result<LinearProbe> fit_probe(const ProbeData& data, std::span<const std::size_t> items, double c) {
  Eigen::VectorXd y(static_cast<Eigen::Index>(items.size()));
  std::set<bool> seen;
  for (std::size_t i = 0; i < items.size(); ++i) {
    const bool label = data.labels[items[i]];
    seen.insert(label);
    y(static_cast<Eigen::Index>(i)) = label ? 1.0 : 0.0;
  }
  if (seen.size() < 2) {
    return fail(ErrorKind::usage, "a probe needs training items with both labels");
  }
  const Standardised standard = standardised(data, items);
  const Dual dual = solve(standard.x * standard.x.transpose(), y, c);
  const Eigen::VectorXd raw = (standard.x.transpose() * dual.a).array() / standard.scale.array();
  LinearProbe out;
  out.weights.assign(raw.data(), raw.data() + raw.size());
  out.intercept = dual.intercept - raw.dot(standard.mean);
  return out;
}

Result<CrossValidated> cross_validate(const ProbeData& data, int folds, std::uint64_t seed,
                                      double c) {
  const std::set<std::uint32_t> distinct(data.clusters.begin(), data.clusters.end());
  std::vector<std::uint32_t> clusters(distinct.begin(), distinct.end());
  if (folds < 2 || clusters.size() < static_cast<std::size_t>(folds)) {
    return fail(ErrorKind::usage, "cross-validation needs as many clusters as folds");
  }
  Rng rng(seed);
  rng.shuffle(clusters);
  CrossValidated out;
  out.scores.assign(data.items, 0.0);
  out.fold.assign(data.items, 0);
  for (std::size_t i = 0; i < data.items; ++i) {
    const auto at = std::find(clusters.begin(), clusters.end(), data.clusters[i]);
    out.fold[i] = static_cast<int>(at - clusters.begin()) % folds;
  }
  for (int fold = 0; fold < folds; ++fold) {
    std::vector<std::size_t> train;
    for (std::size_t i = 0; i < data.items; ++i) {
      if (out.fold[i] != fold) train.push_back(i);
    }
    ASSAY_TRY(LinearProbe probe, fit_probe(data, train, c));
    for (std::size_t i = 0; i < data.items; ++i) {
      if (out.fold[i] != fold) continue;
      out.scores[i] =
          probe.score(std::span<const float>(data.rows).subspan(i * data.features, data.features));
    }
    out.probes.push_back(std::move(probe));
  }
  return out;
}

std::vector<bool> shuffled_labels(const std::vector<bool>& labels, std::uint64_t seed) {
  std::vector<char> dealt(labels.begin(), labels.end());
  Rng rng(seed);
  rng.shuffle(dealt);
  return {dealt.begin(), dealt.end()};
}

}  // namespace assay::explain
