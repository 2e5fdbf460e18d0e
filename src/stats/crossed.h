// Where the variance of a score comes from when several factors of the context (persona, format,
// language, ...) are varied at once over the same items, in full or in fractions:
//
//     score = mean + item + sum_f factor_f + sum_f item:factor_f + rest
//
// Method of moments (Henderson's method I) on unbalanced data: one equation a classification A,
// T_A = sum of (sum of values in a)^2 / n_a = its expected value, whose coefficient of the
// component B is sum over a of (sum over b of n_ab^2) / n_a. Searle, Casella & McCulloch 1992,
// Variance Components, sections 5.2-5.3 and appendix F. On balanced data these are the ANOVA
// estimates. Without item:factor terms (too few contexts an item to tell them) their variance is
// part of the rest, which also holds the model's sampling and all higher interactions.
//
// The shares speak of the levels that were used, taken as draws from such levels; with two or three
// levels a factor's component is itself uncertain beyond its interval, which is over items.
// Intervals as in variance.h. Thread-safety: pure functions.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "stats/variance.h"

namespace assay::stats {

struct ContextCell {
  double value = 0.0;
  std::uint32_t item = 0;
  std::vector<std::uint32_t> levels;  ///< one for each factor
};

struct CrossedOptions {
  bool interactions = true;  ///< item:factor, where they can be told
  double level = 0.95;
  std::uint64_t seed = 0;
  int draws = 1000;
};

/// Unclipped components: item, each factor, each item:factor (if asked for), rest. Empty where the
/// data do not identify them.
std::vector<double> crossed_components(std::span<const ContextCell> cells, std::size_t factors,
                                       bool interactions);

/// Shares named "item", the factors' names, "item:NAME", "rest". Interactions are left out where
/// they are not identified. Empty where nothing is; not known() where nothing varies.
std::vector<ShareEstimate> decompose_crossed(std::span<const ContextCell> cells,
                                             const std::vector<std::string>& factors,
                                             const CrossedOptions& options = {});

}  // namespace assay::stats
