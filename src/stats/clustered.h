// The mean of observations that come in clusters: several repeats, paraphrases, personas or groups
// of one item are not independent evidence; the item (cluster) is.
//
// Order: name clusters with ClusterIds (or number them yourself) -> fill Observations -> call
// clustered_mean. Cluster numbers need not be dense. Clusters are taken as a random sample of the
// population that the figure speaks about; the mean weighs every observation alike.
// Thread-safety: pure functions; ClusterIds is for one thread.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "stats/bootstrap.h"
#include "stats/estimate.h"
#include "stats/proportion.h"

namespace assay::stats {

struct Observation {
  double value = 0.0;
  std::uint32_t cluster = 0;
};

/// Numbers cluster names in order of first appearance.
class ClusterIds {
 public:
  std::uint32_t of(std::string_view name);
  [[nodiscard]] std::size_t size() const { return ids_.size(); }

 private:
  std::unordered_map<std::string, std::uint32_t> ids_;
};

enum class ClusterMethod {
  automatic,       ///< the default choice, see clustered_mean
  cr2,             ///< CR2 variance, Satterthwaite degrees of freedom, t interval
  bca,             ///< BCa bootstrap over clusters
  bootstrap_t,     ///< studentised bootstrap over clusters
  effective_size,  ///< Clopper-Pearson at the effective sample size; 0/1 values
  conservative     ///< Clopper-Pearson as if each cluster were one observation; needs a support
};

struct ClusterOptions {
  double level = 0.95;
  Sides sides = Sides::two;
  Purpose purpose = Purpose::capability;
  /// Smallest and largest possible value. Needed for a bound where nothing varies and for
  /// worst cases; {0, 1} is taken by itself where every value is 0 or 1.
  std::optional<Interval> support;
  std::int64_t unassessed = 0;
  std::uint64_t seed = 0;  ///< of the bootstrap
  int draws = kBootstrapDraws;
  ClusterMethod method = ClusterMethod::automatic;
  std::string unit = "proportion";
};

/// The mean over all observations with its interval. Automatic choice, in this order:
///  1. 0/1 values, one per cluster: proportion() (Clopper-Pearson or Wilson).
///  2. All values equal: exact bound on the share of clusters that could differ
///     ("clopper-pearson-clusters"); never a zero-width interval.
///  3. 0/1 values: Clopper-Pearson at the effective sample size ("korn-graubard"; Korn & Graubard
///     1998, Survey Methodology 24, 193-201), with the degrees of freedom of the clusters in which
///     the rarer outcome was seen; for Purpose::capability with at least 30 such clusters and 30
///     effective successes and failures, CR2.
///  4. Differences of 0/1 scores (-1, 0, 1 on the support [-1, 1]) where fewer than 30 clusters
///     differ: gains and losses bounded apart by rule 3, combined by square-and-add
///     ("mover-clustered"; Zou & Donner 2008).
///  5. Other values: CR2 (Bell & McCaffrey 2002, Survey Methodology 28, 169-181; Satterthwaite
///     degrees of freedom) where there are more clusters than 25 skewness^2 of the cluster sums
///     (Cochran 1977, section 2.15). Else, with a support, Clopper-Pearson on clusters; without
///     one, the studentised bootstrap from 10 clusters on. Values without a support and with heavy
///     tails have no interval that holds for sure: docs/statistics.md shows how far these fall
///     short.
/// A clustering that looks better than independence (negative intra-cluster correlation) is given
/// no credit: the variance is never taken below that of independent observations. A method asked
/// for by name is the plain textbook one, as long as it is defined and not of zero width.
Estimate clustered_mean(std::span<const Observation> observations,
                        const ClusterOptions& options = {});

}  // namespace assay::stats
