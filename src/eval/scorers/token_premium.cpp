#include "eval/scorers/token_premium.h"

#include <algorithm>
#include <numeric>
#include <vector>

#include "base/random.h"
#include "stats/bootstrap.h"

namespace assay::eval {
namespace {

constexpr std::size_t kLeastClusters = 5;

}  // namespace

void TokenPremium::add(double there, double reference, std::string_view cluster) {
  auto& sums = sums_[std::string(cluster)];
  sums.first += there;
  sums.second += reference;
  ratios_.add(there / reference, cluster);
}

stats::Estimate TokenPremium::finish(std::uint64_t seed, std::string_view stream,
                                     const std::string& unit) const {
  stats::ClusterOptions options;
  options.seed = seed;
  options.unit = unit;
  stats::Estimate out = ratios_.finish(options);
  std::vector<double> there;
  std::vector<double> reference;
  for (const auto& [cluster, sums] : sums_) {
    there.push_back(sums.first);
    reference.push_back(sums.second);
  }
  if (there.size() < kLeastClusters) return out;  // resamples of so few are mostly of one
  Rng rng = Rng::named(seed, stream);
  const auto interval =
      stats::bootstrap_t_interval(there, reference, stats::kBootstrapDraws, rng, out.level);
  out.value = std::accumulate(there.begin(), there.end(), 0.0) /
              std::accumulate(reference.begin(), reference.end(), 0.0);
  if (!interval) return out;  // every cluster has the same ratio: the bound of clustered_mean
  out.interval = {std::max(0.0, interval->low), interval->high};
  out.method = "cluster-bootstrap-t";
  out.assumptions = {"sentences are a sample of such sentences"};
  return out;
}

}  // namespace assay::eval
