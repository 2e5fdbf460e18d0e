// Effort to break as survival: what it costs until something first happens, where a trial that was
// stopped before it happened is censored, never dropped. Kaplan-Meier curve, its variance,
// pointwise intervals, quantiles and the restricted mean. "Survival" S(t) is the share not yet
// broken at cost t; "success" is 1 - S(t).
//
// Order: fill SurvivalTimes (one a trial; trials of one behaviour share a cluster) -> success_at,
// cost_quantile, restricted_mean for figures; kaplan_meier for the curve itself;
// stats/survival_band.h for simultaneous bands, stats/incidence.h for competing causes,
// stats/log_rank.h and stats/compare_effort.h for comparisons.
//
// Censoring must not tell how hard a trial would have been: a budget fixed beforehand is fine,
// giving up on what looks hopeless is not. Costs are non-negative finite numbers in any unit.
// Thread-safety: pure functions.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "stats/bootstrap.h"
#include "stats/estimate.h"

namespace assay::stats {

struct SurvivalTime {
  double time = 0.0;          ///< cost of the first event, or cost at which the trial was stopped
  int cause = 0;              ///< 0: censored; 1, 2, ...: what happened
  std::uint32_t cluster = 0;  ///< trials of one behaviour are not independent evidence
};

/// One distinct cost of the data, with what is known just after it.
struct CurveStep {
  double time = 0.0;
  double at_risk = 0.0;    ///< trials whose cost is not below `time`
  double events = 0.0;     ///< of any cause, at `time`
  double survival = 1.0;   ///< Kaplan & Meier 1958, JASA 53, 457-481
  double greenwood = 0.0;  ///< sum of d / (Y (Y - d)): variance of log S (Greenwood 1926)
  double robust = 0.0;     ///< the same clustered, by the infinitesimal jackknife
  double broken = 0.0;     ///< clusters with an event by now
  double unbroken = 0.0;   ///< clusters with a trial that is still without an event
};

struct SurvivalCurve {
  std::vector<CurveStep>
      steps;  ///< by cost; costs at which trials were only censored are steps too
  std::int64_t n = 0;
  std::int64_t clusters = 0;
  std::int64_t events = 0;
  double last = 0.0;    ///< the largest cost of any trial
  std::string refused;  ///< why there is no curve; empty where there is one

  /// S(t), right-continuous; 1 before the first step.
  [[nodiscard]] double survival(double time) const;
  /// The last step at or before `time`; nullptr before the first one.
  [[nodiscard]] const CurveStep* step(double time) const;
  /// True where S(t) is known: nobody was censored before t, or somebody was followed that far.
  [[nodiscard]] bool reaches(double time) const;
};

SurvivalCurve kaplan_meier(std::span<const SurvivalTime> times);

/// Limits of S(t) at one cost. The two classical ones have zero width where nothing (or everything)
/// has broken: there beta_product takes over.
enum class Pointwise {
  /// Product of betas, one a step, matched by two moments: Clopper-Pearson where nobody is
  /// censored, and close to exact where some are. Fay, Brittain & Proschan 2013, Biostatistics 14,
  /// 723-736. Clustered: counts divided by the design effect, as Korn & Graubard 1998 do.
  beta_product,
  log_log,  ///< Kalbfleisch & Prentice 1980, section 1.3: normal limits of log(-log S)
  plain     ///< S -+ z S sqrt(variance of log S), cut to [0, 1]
};

Interval survival_interval(const SurvivalCurve& curve, double time, double level,
                           Pointwise method = Pointwise::beta_product, Sides sides = Sides::two);

struct SurvivalOptions {
  double level = 0.95;
  Sides sides = Sides::two;
  Pointwise pointwise = Pointwise::beta_product;
  std::int64_t unassessed = 0;  ///< trials without a verdict, which are not among the times
  std::uint64_t seed = 0;       ///< of bootstraps
  int draws = kBootstrapDraws;
  std::string unit = "queries";  ///< of the cost
};

/// Share broken at a cost of at most `cost`. Where nobody was censored before it, a proportion as
/// any other (clustered_mean for Purpose::safety); else 1 - S with the limits asked for. No
/// estimate beyond what was tried.
Estimate success_at(std::span<const SurvivalTime> times, double cost,
                    const SurvivalOptions& options = {});

struct CostQuantile {
  /// The cost in `options.unit`. Not known() where the curve does not get there: then its interval
  /// still says how low the quantile may be, and is open above.
  Estimate estimate;
  bool reached = false;
  double tried = 0.0;  ///< the largest cost tried: a quantile that is not reached is above it
};

/// The least cost at which a share `p` is broken, with the costs whose pointwise limits hold 1 - p.
/// Brookmeyer & Crowley 1982, Biometrics 38, 29-41.
CostQuantile cost_quantile(std::span<const SurvivalTime> times, double p = 0.5,
                           const SurvivalOptions& options = {});

/// Mean of min(cost to break, horizon): what a trial costs an adversary who gives up at `horizon`;
/// the area under S up to there. Where nobody was censored before the horizon, a mean of numbers in
/// [0, horizon] as any other (clustered_mean); else variance by Klein & Moeschberger 2003, section
/// 4.5, clustered by the infinitesimal jackknife, with t limits; where there are not more clusters
/// than 25 skewness^2 of their contributions (Cochran 1977, section 2.15), no shorter than
/// Clopper-Pearson on the clusters that were followed to the end.
Estimate restricted_mean(std::span<const SurvivalTime> times, double horizon,
                         const SurvivalOptions& options = {});

/// The area and its variance as in the books, without a choice of interval: for tests and for those
/// who combine them. `variance` is clustered where clusters hold several trials.
struct AreaUnderCurve {
  double area = 0.0;
  double variance = 0.0;
  double skewness = 0.0;  ///< of what the clusters contribute
};
AreaUnderCurve area_under(std::span<const SurvivalTime> times, double horizon);
/// The area alone: O(n log n), for bootstraps.
double area_only(std::span<const SurvivalTime> times, double horizon);

/// True where no trial was stopped without an event before `cost`.
bool complete_up_to(std::span<const SurvivalTime> times, double cost);

}  // namespace assay::stats
