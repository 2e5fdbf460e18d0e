// Time horizon: the length of task, in minutes of a person's work, that succeeds with probability
// p. Kwa et al. 2025, Measuring AI Ability to Complete Long Tasks, arXiv:2503.14499, section 4.1
// and appendix: a logistic curve of success over log2(minutes), weighted so that a family of many
// tasks does not outweigh the others, slightly shrunk; interval by a bootstrap over families, then
// tasks, then runs. Thread-safety: pure functions.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "stats/estimate.h"

namespace assay::stats {

struct TaskRun {
  std::uint32_t family = 0;
  std::uint32_t task = 0;  ///< unique over all families
  double minutes = 0.0;    ///< > 0
  double score = 0.0;  ///< in [0, 1]; a fraction counts as that much success and the rest failure
};

struct HorizonCurve {
  double slope = 0.0;  ///< of the logit over log2(minutes); negative where longer is harder
  double intercept = 0.0;
  [[nodiscard]] double success(double minutes) const;
  /// 2^((logit(p) - intercept) / slope), minutes.
  [[nodiscard]] double horizon(double p) const;
};

/// Weight of each run: 1 / (runs of its task * sqrt(tasks of its family)), summing to 1.
std::vector<double> horizon_weights(std::span<const TaskRun> runs);

/// Minimum of slope^2 / 2 + strength * sum w_i * logloss_i over slope and intercept (only the slope
/// is shrunk), by Newton's method. `strength` is scikit-learn's C; the paper's code has 10.
HorizonCurve fit_horizon(std::span<const TaskRun> runs, double strength = 10.0);

struct HorizonOptions {
  double p = 0.5;
  double level = 0.95;
  int draws = 1000;
  std::uint64_t seed = 0;
  std::int64_t unassessed = 0;
};

/// The horizon in minutes, percentile interval. No estimate where all runs succeed or all fail, or
/// longer tasks do not succeed less: then no length divides them. Draws without a horizon count as
/// beyond either end.
Estimate horizon_estimate(std::span<const TaskRun> runs, const HorizonOptions& options = {});

}  // namespace assay::stats
