#include "stats/multiplicity.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace assay::stats {
namespace {

/// Positions of the tests that exist, smallest p-value first.
std::vector<std::size_t> ascending(std::span<const double> p_values) {
  std::vector<std::size_t> order;
  for (std::size_t i = 0; i < p_values.size(); ++i) {
    if (!std::isnan(p_values[i])) order.push_back(i);
  }
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return p_values[a] < p_values[b]; });
  return order;
}

}  // namespace

std::vector<double> holm(std::span<const double> p_values) {
  std::vector<double> out(p_values.size(), std::numeric_limits<double>::quiet_NaN());
  const auto order = ascending(p_values);
  double largest = 0.0;
  for (std::size_t rank = 0; rank < order.size(); ++rank) {
    const auto left = static_cast<double>(order.size() - rank);
    largest = std::max(largest, std::min(1.0, left * p_values[order[rank]]));
    out[order[rank]] = largest;
  }
  return out;
}

std::vector<double> benjamini_hochberg(std::span<const double> p_values) {
  std::vector<double> out(p_values.size(), std::numeric_limits<double>::quiet_NaN());
  const auto order = ascending(p_values);
  const auto tests = static_cast<double>(order.size());
  double smallest = 1.0;
  for (std::size_t rank = order.size(); rank > 0; --rank) {
    const double p = p_values[order[rank - 1]];
    smallest = std::min(smallest, p * tests / static_cast<double>(rank));
    out[order[rank - 1]] = smallest;
  }
  return out;
}

}  // namespace assay::stats
