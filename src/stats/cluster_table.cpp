#include "stats/cluster_table.h"

#include <algorithm>
#include <cmath>
#include <unordered_map>

namespace assay::stats {

ClusterTable tabulate(std::span<const Observation> observations) {
  ClusterTable out;
  if (observations.empty()) return out;
  std::unordered_map<std::uint32_t, std::size_t> place;
  out.least = out.greatest = observations.front().value;
  out.binary = out.ternary = true;
  double total = 0.0;
  for (const Observation& o : observations) {
    const auto [it, fresh] = place.try_emplace(o.cluster, out.sums.size());
    if (fresh) {
      out.sums.push_back(0.0);
      out.sizes.push_back(0.0);
    }
    out.sums[it->second] += o.value;
    out.sizes[it->second] += 1.0;
    total += o.value;
    out.least = std::min(out.least, o.value);
    out.greatest = std::max(out.greatest, o.value);
    out.ternary = out.ternary && (o.value == 0.0 || std::abs(o.value) == 1.0);
    out.binary = out.binary && out.ternary && o.value >= 0.0;
  }
  out.n = static_cast<double>(observations.size());
  out.mean = std::clamp(total / out.n, out.least, out.greatest);
  std::vector<std::pair<bool, bool>> seen(out.sums.size());  // above the least, below the greatest
  for (const Observation& o : observations) {
    auto& [above, below] = seen[place[o.cluster]];
    above = above || o.value > out.least;
    below = below || o.value < out.greatest;
    out.spread += (o.value - out.mean) * (o.value - out.mean);
  }
  const auto count = [&](auto member) {
    return static_cast<double>(std::count_if(seen.begin(), seen.end(), member));
  };
  out.informative = std::min(count([](const auto& s) { return s.first; }),
                             count([](const auto& s) { return s.second; }));
  return out;
}

MeanVariance cr2_mean_variance(const ClusterTable& table) {
  if (table.sums.size() < 2) return {};
  double meat = 0.0;
  double a2 = 0.0;
  double b = 0.0;
  double b2 = 0.0;
  for (std::size_t g = 0; g < table.sums.size(); ++g) {
    const double share = table.sizes[g] / table.n;
    const double residual = table.sums[g] - table.sizes[g] * table.mean;
    const double leverage = share * share / (1.0 - share);
    meat += residual * residual / (1.0 - share);
    a2 += share * share;
    b += leverage;
    b2 += leverage * leverage;
  }
  MeanVariance out;
  out.df = 1.0 / (a2 + b * b - b2);
  const double independent = table.spread / (table.n * std::max(1.0, table.n - 1.0));
  out.cr2 = meat / (table.n * table.n);
  out.variance = std::max(out.cr2, independent);
  return out;
}

double cluster_skewness(const ClusterTable& table) {
  double squares = 0.0;
  double cubes = 0.0;
  for (std::size_t g = 0; g < table.sums.size(); ++g) {
    const double residual = table.sums[g] - table.sizes[g] * table.mean;
    squares += residual * residual;
    cubes += residual * residual * residual;
  }
  return squares > 0.0 ? std::sqrt(table.clusters()) * cubes / std::pow(squares, 1.5) : 0.0;
}

}  // namespace assay::stats
