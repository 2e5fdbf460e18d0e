// The order in which samples are asked. A task that is cut short has then asked a fair part of
// each group, and of each cluster (twins, paraphrases, repeats) all or nothing.
// Thread-safety: pure functions.
#pragma once

#include <cstdint>
#include <vector>

#include "eval/sample.h"

namespace assay::eval {

/// Clusters in random order (by the seed), strata interleaved in proportion to their size; the
/// samples of a cluster stand together, in their own order. A stratum is the clusters that hold
/// the same set of groups.
[[nodiscard]] std::vector<Sample> balanced_order(std::vector<Sample> samples, std::uint64_t seed);

/// The first samples of a balanced order, at least `count` and to the end of a cluster.
void keep_first(std::vector<Sample>& samples, std::size_t count);

/// The independent unit of a sample: its cluster, or itself.
[[nodiscard]] const std::string& cluster_of(const Sample& sample);

}  // namespace assay::eval
