// Difference of two rates on the same things: a sample with and its twin without what a task puts
// in (an instruction, a pressure, a permission), paired by cluster and epoch. Thread-safety: pure
// functions.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "eval/scorers/rate_figure.h"
#include "stats/paired.h"

namespace assay::eval {

/// Which samples are resampled together; default: those of one Scored::cluster.
using ClusterName = std::function<std::string(const Scored&)>;

struct PairedRate {
  std::vector<stats::PairedScore> rows;  ///< first: without, second: with; 1 for yes
  stats::PairedOptions options;          ///< with the pairs of which one is unassessed
  /// with - without. No estimate without pairs.
  [[nodiscard]] stats::PairedComparison compare() const {
    return stats::compare_paired(rows, options);
  }
};

/// Pairs of samples of the same cluster and epoch, one of which `without` reads and the other
/// `with` (neither as skip). Each may read at most one sample of a cluster and epoch.
PairedRate paired_rate(const std::vector<Scored>& scored, const Reading& without,
                       const Reading& with, std::uint64_t seed, const ClusterName& cluster = {});

/// The same as a figure; `id` is unique within the task, e.g. "effect.en".
Figure paired_rate_figure(const std::vector<Scored>& scored, std::string id, Text label,
                          Direction direction, const SummaryContext& context,
                          const Reading& without, const Reading& with,
                          const ClusterName& cluster = {});

}  // namespace assay::eval
