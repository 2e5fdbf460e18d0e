// Competing causes: what share has been broken by cause k at a cost, when whatever comes first ends
// the trial (another attack family succeeded; the attack stopped because its own judge was wrong).
// Censoring the other causes instead would tell what would happen without them, which nobody saw.
// Aalen & Johansen 1978, Scand. J. Statist. 5, 141-150.
// Thread-safety: pure functions.
#pragma once

#include <span>
#include <vector>

#include "stats/survival.h"

namespace assay::stats {

struct IncidenceStep {
  double time = 0.0;
  double incidence = 0.0;  ///< share broken by this cause so far
  /// Delta method, trials independent: Marubini & Valsecchi 1995, Analysing Survival Data, 10.3.
  /// Equals Greenwood's for a single cause.
  double variance = 0.0;
};

/// One step a cost with an event of any cause. Empty where the data are refused (survival.h).
std::vector<IncidenceStep> aalen_johansen(std::span<const SurvivalTime> times, int cause);

/// Share broken by `cause` at a cost of at most `cost`. Where nobody was censored before, a
/// proportion as any other; else limits of log(-log(1 - incidence)), by the delta method, or by a
/// percentile bootstrap over clusters where those hold several trials. `options.pointwise` is not
/// used.
Estimate incidence_at(std::span<const SurvivalTime> times, int cause, double cost,
                      const SurvivalOptions& options = {});

}  // namespace assay::stats
