// Agreement of raters (people, judges, repeated judgements) beyond chance.
//
// Which one: gwet_ac1 for categories where one of them is rare (kappa and alpha collapse there
// although raters agree: Gwet 2008); krippendorff_alpha for ordered or measured ratings, many
// raters, missing ratings; cohen_kappa to compare with published figures.
// Items are the independent units. Thread-safety: pure functions.
#pragma once

#include <cstdint>
#include <vector>

#include "stats/bootstrap.h"
#include "stats/estimate.h"

namespace assay::stats {

/// Row-major [items x raters]; a category is any number; NaN: this rater did not rate this item.
struct RatingTable {
  std::vector<double> cells;
  std::size_t raters = 0;
  [[nodiscard]] std::size_t items() const { return raters == 0 ? 0 : cells.size() / raters; }
};

enum class Metric { nominal, ordinal, interval };

struct AgreementOptions {
  double level = 0.95;
  std::uint64_t seed = 0;
  int draws = kBootstrapDraws;
  /// Categories that were on offer, used or not (gwet_ac1's chance term); 0: those that occur.
  std::size_t categories = 0;
};

/// Krippendorff's alpha = 1 - observed / expected disagreement; items with one rating are left out.
/// Krippendorff 2011, "Computing Krippendorff's alpha-reliability" (difference functions there).
/// BCa over items. No estimate where all ratings are the same value (0/0).
Estimate krippendorff_alpha(const RatingTable& table, Metric metric,
                            const AgreementOptions& options = {});

/// Gwet's AC1 with its linearised variance over items and a t interval. Gwet 2008, Br. J. Math.
/// Stat. Psychol. 61, 29-48, equations 6 and 33.
Estimate gwet_ac1(const RatingTable& table, const AgreementOptions& options = {});

/// Two raters; items that either left out are dropped. Cohen 1960; standard error by Fleiss, Cohen
/// & Everitt 1969, Psychol. Bull. 72, 323-327, equation 13.
Estimate cohen_kappa(const RatingTable& table, const AgreementOptions& options = {});

// With fewer than 15 items on which raters differ (or on which they agree), gwet_ac1 and
// cohen_kappa take the exact interval of the raw agreement, mapped through (a - chance)/(1 -
// chance): their standard errors vanish as raters agree, and the truth does not.

}  // namespace assay::stats
