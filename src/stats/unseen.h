// What a sample of failures (or answers, topics, ...) says about the kinds it has NOT shown.
// Input: how often each kind that was seen was seen, e.g. {5, 1, 1, 2}; zeros are ignored.
// The observations must be independent draws from one distribution over kinds.
// Thread-safety: pure functions.
#pragma once

#include <cstdint>
#include <span>

#include "stats/estimate.h"

namespace assay::stats {

enum class MissingMassBound {
  mcallester_ortiz,    ///< the shorter one; default
  mcallester_schapire  ///< the original one, for comparison with published figures
};

/// Probability that the next draw is of a kind not seen so far: Good-Turing's f1/n (Good 1953,
/// Biometrika 40, 237-264), with a bound that holds for every distribution and every n.
///
/// mcallester_schapire, with delta = 1 - level:
///   M <= f1/n + (2 sqrt 2 + sqrt 3) sqrt(ln(3/delta)/n)   (McAllester & Schapire 2000, COLT, thm
///   1)
/// mcallester_ortiz: P(M > E M + e) <= exp(-n e^2) (McAllester & Ortiz 2003, JMLR 4, 895-911),
/// E M <= E f1/n, and f1/n moves by at most 2/n with one observation (McDiarmid), so with
/// probability 1 - delta:   M <= f1/n + (1 + sqrt 2) sqrt(ln(2/delta)/n).
/// The lower bound is its mirror image less 1/n (E f1/n - E M <= 1/n). Two-sided: delta/2 a side.
Estimate missing_mass(std::span<const std::int64_t> counts, double level = 0.95,
                      Sides sides = Sides::upper,
                      MissingMassBound bound = MissingMassBound::mcallester_ortiz);

/// At least how many kinds there are: Chao's lower-bound estimator, bias-corrected,
/// S + (n-1)/n f1(f1-1)/(2(f2+1)), or S + (n-1)/n f1^2/(2 f2) where f2 > 0, with the log-normal
/// interval. Chao 1987, Biometrics 43, 783-791; Chiu et al. 2014, Biometrics 70, 671-682.
/// Where that correction is 0 (f1 = 0, or f1 = 1 with f2 = 0): Colwell's S/(1-P) with P = exp(-n/S)
/// (EstimateS user's guide, appendix B, equation 14), and the interval always has room for one
/// more.
Estimate chao1(std::span<const std::int64_t> counts, double level = 0.95);

}  // namespace assay::stats
