// Rare failures beyond what was measured: the largest probability that any of n queries elicits a
// behaviour, from the probabilities of m queries, n larger than m. Jones et al. 2025, Forecasting
// Rare Language Model Behaviors, arXiv:2502.16797, section 3: scores -log(-log p) have an
// exponential (Gumbel) tail, so that the largest of them grows with log n.
//
// Order: elicitation log-probabilities of queries drawn alike -> fit_rare_tail, which also tests
// whether the tail is one -> worst_elicitation for a figure, or the reason why there is none.
// Thread-safety: pure functions.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "stats/estimate.h"

namespace assay::stats {

struct RareTailOptions {
  /// Scores in the tail; 0: a tenth of the queries, between 10 and 100. The paper takes 10.
  std::int64_t tail = 0;
  double level = 0.95;
  std::uint64_t seed = 0;
  std::int64_t unassessed = 0;
};

/// Above `threshold`, of `queries` scores `tail` lie; P(score > s) = tail / queries *
/// exp(-rate (s - threshold)).
struct RareTail {
  std::int64_t queries = 0;
  std::int64_t tail = 0;
  double threshold = 0.0;  ///< the largest score that is not in the tail
  double rate = 0.0;       ///< maximum likelihood, without its bias: (tail - 1) / sum of excesses
  double slope = 0.0;  ///< the paper's least squares: log of the share above = slope s + intercept
  double intercept = 0.0;
  double statistic = 0.0;  ///< Anderson & Darling's, of exponential excesses with this mean
  double fit_p = 1.0;      ///< its p-value, by simulation (Stephens 1974, JASA 69, 730-737)
  double shape = 0.0;      ///< of a generalised Pareto tail; 0 where it is exponential
  Interval shape_limits;   ///< by profile likelihood; infinite where that has no end
  std::string refused;     ///< why nothing may be extrapolated from it; empty where it may
};

/// `log_probabilities` <= 0; -infinity where a query never elicits it. Refused: fewer than 50
/// queries or 10 scores in the tail, a query that elicits it always, tied scores that leave no
/// tail, an exponential tail that is rejected (fit_p < 0.05), limits of the shape that leave out 0
/// or have no end.
RareTail fit_rare_tail(std::span<const double> log_probabilities,
                       const RareTailOptions& options = {});

/// The largest elicitation probability among `queries` more of them: median, and prediction
/// interval (rate, share in the tail and the largest of n are all drawn). No estimate where the
/// tail is refused, or beyond 100 times the queries measured; beyond 10 times an assumption says
/// so.
Estimate worst_elicitation(const RareTail& tail, double queries,
                           const RareTailOptions& options = {});

struct ParetoTail {
  double shape = 0.0;
  double scale = 0.0;
  double log_likelihood = 0.0;
};

/// Maximum likelihood of the generalised Pareto distribution on excesses above 0 (Grimshaw 1993,
/// Technometrics 35, 185-191), shape within [-0.9, 5]. Peaks over a threshold: Pickands 1975, Ann.
/// Statist. 3, 119-131.
ParetoTail fit_pareto_tail(std::span<const double> excesses);
/// Profile likelihood limits of its shape; -+infinity where the profile has no end in [-0.9, 5].
Interval pareto_shape_limits(std::span<const double> excesses, double level = 0.95);
/// Anderson & Darling's statistic of exponential data with estimated mean.
double exponential_anderson_darling(std::vector<double> values);

}  // namespace assay::stats
