// Shares of variance from components, and their estimates by resampling over items: what
// variance.cpp and crossed.cpp have in common. Internal to src/stats. Thread-safety: pure
// functions.
#pragma once

#include <Eigen/Dense>
#include <functional>
#include <string>
#include <vector>

#include "base/random.h"
#include "stats/variance.h"

namespace assay::stats {

/// Components clipped at 0 and scaled to sum to 1; empty where nothing varies or there are none.
std::vector<double> clipped_shares(const Eigen::VectorXd& components);

/// Shares of each source [source][draw].
struct ResampledShares {
  std::vector<std::vector<double>> draws, jackknife;
};

/// Shares from the sums of so many items' columns; empty where they cannot be told.
using SharesOf = std::function<std::vector<double>(const Eigen::VectorXd& sums, double items)>;

/// Bootstrap draws and jackknife over the items. `columns`: [columns x items], whose sums over
/// items hold all that `shares_of` needs.
ResampledShares resample_shares(const Eigen::MatrixXd& columns, std::size_t sources, int draws,
                                Rng& rng, const SharesOf& shares_of);

/// Upper limit for the share of a source that no item shows: at most a share q of items has it
/// (exact), each with at most a quarter of the squared range (Popoviciu), of the total variance.
double unseen_share(double items, double range, double variance, double level);

struct ShareContext {
  double level = 0.95;
  double unseen = 1.0;  ///< upper limit of a share that no item shows
  std::int64_t n = 0;
  std::int64_t clusters = 0;
};

/// An estimate for each source; without a value where `values` is empty (the scores do not vary).
std::vector<ShareEstimate> share_estimates(const std::vector<std::string>& sources,
                                           const std::vector<double>& values,
                                           ResampledShares resampled, const ShareContext& context);

}  // namespace assay::stats
