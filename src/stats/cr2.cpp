#include "stats/cr2.h"

#include <Eigen/Dense>
#include <cmath>
#include <unordered_map>
#include <utility>

#include "stats/special.h"

namespace assay::stats {
namespace {

using Eigen::MatrixXd;
using Eigen::VectorXd;

/// (I - H_gg)^(-1/2), symmetric; directions in which the cluster determines its own fit are left
/// out (Moore-Penrose), as Pustejovsky & Tipton do.
MatrixXd adjustment(const MatrixXd& hat) {
  const MatrixXd residual_maker = MatrixXd::Identity(hat.rows(), hat.cols()) - hat;
  const Eigen::SelfAdjointEigenSolver<MatrixXd> eigen(residual_maker);
  VectorXd roots = eigen.eigenvalues();
  for (double& root : roots) root = root > 1e-10 ? 1.0 / std::sqrt(root) : 0.0;
  return eigen.eigenvectors() * roots.asDiagonal() * eigen.eigenvectors().transpose();
}

std::vector<std::vector<Eigen::Index>> rows_by_cluster(std::span<const std::uint32_t> clusters) {
  std::unordered_map<std::uint32_t, std::size_t> place;
  std::vector<std::vector<Eigen::Index>> rows;
  for (std::size_t i = 0; i < clusters.size(); ++i) {
    const auto [it, fresh] = place.try_emplace(clusters[i], rows.size());
    if (fresh) rows.emplace_back();
    rows[it->second].push_back(static_cast<Eigen::Index>(i));
  }
  return rows;
}

/// Sums over clusters from which variance and degrees of freedom of every coefficient follow.
/// With w_g = A_g X_g M: p_g'p_h = [g = h] w_g'w_g - (X_g'w_g)' M (X_h'w_h).
struct ClusterPieces {
  MatrixXd scores;              // [clusters x columns]: M X_g' A_g e_g
  MatrixXd norms;               // [clusters x columns]: w_g'w_g of each coefficient
  std::vector<MatrixXd> cross;  // per coefficient: [clusters x columns], X_g' w_g
};

ClusterPieces pieces(const MatrixXd& x, const VectorXd& residuals, const MatrixXd& bread,
                     const std::vector<std::vector<Eigen::Index>>& rows) {
  const auto k = static_cast<Eigen::Index>(rows.size());
  ClusterPieces out{
      MatrixXd(k, x.cols()), MatrixXd(k, x.cols()),
      std::vector<MatrixXd>(static_cast<std::size_t>(x.cols()), MatrixXd(k, x.cols()))};
  for (Eigen::Index g = 0; g < k; ++g) {
    const MatrixXd xg = x(rows[static_cast<std::size_t>(g)], Eigen::all);
    const MatrixXd weights = adjustment(xg * bread * xg.transpose()) * xg * bread;
    out.scores.row(g) = residuals(rows[static_cast<std::size_t>(g)]).transpose() * weights;
    out.norms.row(g) = weights.colwise().squaredNorm();
    const MatrixXd cross = xg.transpose() * weights;
    for (Eigen::Index c = 0; c < x.cols(); ++c) {
      out.cross[static_cast<std::size_t>(c)].row(g) = cross.col(c).transpose();
    }
  }
  return out;
}

double satterthwaite(const VectorXd& norms, const MatrixXd& cross, const MatrixXd& bread) {
  MatrixXd gram = -(cross * bread * cross.transpose());
  gram.diagonal() += norms;
  const double trace = gram.trace();
  return trace * trace / gram.squaredNorm();
}

}  // namespace

Result<std::vector<Coefficient>> cluster_robust_ols(const Design& design,
                                                    std::span<const double> outcome,
                                                    std::span<const std::uint32_t> clusters) {
  if (design.columns == 0 || design.cells.size() != outcome.size() * design.columns ||
      clusters.size() != outcome.size()) {
    return fail(ErrorKind::internal, "design, outcome and clusters differ in length", "regression");
  }
  using RowMajor = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
  const MatrixXd x =
      Eigen::Map<const RowMajor>(design.cells.data(), static_cast<Eigen::Index>(outcome.size()),
                                 static_cast<Eigen::Index>(design.columns));
  const VectorXd y = Eigen::Map<const VectorXd>(outcome.data(), x.rows());
  const auto rows = rows_by_cluster(clusters);
  const Eigen::ColPivHouseholderQR<MatrixXd> qr(x);
  if (rows.size() < 2 || qr.rank() < x.cols()) {
    return fail(ErrorKind::unsupported, "too few clusters or linearly dependent columns",
                "regression", "use more items or fewer columns");
  }
  const VectorXd beta = qr.solve(y);
  const MatrixXd bread = (x.transpose() * x).ldlt().solve(MatrixXd::Identity(x.cols(), x.cols()));
  const ClusterPieces parts = pieces(x, y - x * beta, bread, rows);
  std::vector<Coefficient> out(design.columns);
  for (std::size_t c = 0; c < out.size(); ++c) {
    const auto column = static_cast<Eigen::Index>(c);
    out[c] = {beta(column), parts.scores.col(column).squaredNorm(),
              satterthwaite(parts.norms.col(column), parts.cross[c], bread)};
  }
  return out;
}

Estimate coefficient_estimate(const Coefficient& coefficient, std::int64_t n, std::int64_t clusters,
                              double level, std::string unit) {
  const double half = t_quantile(1.0 - tail_of(level, Sides::two), coefficient.df) *
                      std::sqrt(coefficient.variance);
  Estimate out;
  out.value = coefficient.value;
  out.interval = {coefficient.value - half, coefficient.value + half};
  out.level = level;
  out.method = "cr2-t";
  out.unit = std::move(unit);
  out.n = n;
  out.clusters = clusters;
  out.assumptions.emplace_back("clusters are independent draws from the population of such items");
  return out;
}

}  // namespace assay::stats
