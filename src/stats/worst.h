// The worst of several contexts, without the luck of having chosen it. The lowest of K rates is low
// partly by chance, so an interval that would do for a context named beforehand covers the chosen
// one too rarely. Here all K intervals hold at once (Bonferroni: each at 1 - alpha/K, any
// dependence), and so does that of whichever was chosen; and the least of the K one-sided lower
// limits (each at 1 - alpha/K) is a limit below the rate of EVERY context, the truly worst too.
// Miller 1981, Simultaneous Statistical Inference, section 1.3.
//
// The contexts may share items. Observations of a context are clustered by item. docs/statistics.md
// has the coverage by simulation, with that of the naive interval beside. Thread-safety: pure
// functions.
#pragma once

#include <span>
#include <vector>

#include "stats/clustered.h"

namespace assay::stats {

struct WorstContext {
  std::size_t index = 0;  ///< of the lowest mean; the first of equals
  Estimate worst;         ///< its mean with the simultaneous interval
  Estimate at_least;      ///< value: as `worst`; one-sided: no context lies below
};

/// Contexts without observations are not considered. Nothing where none has any. `options.sides`
/// and `options.level` (of the whole family) apply to `worst`; `unassessed` is not used.
std::optional<WorstContext> worst_context(std::span<const std::vector<Observation>> contexts,
                                          const ClusterOptions& options = {});

}  // namespace assay::stats
