// A simultaneous band around a Kaplan-Meier curve: with probability `level` the whole curve lies in
// it, where pointwise limits promise that for one cost at a time. Equal precision (Nair 1984,
// Technometrics 26, 265-275): as wide as pointwise limits of a higher level, here those of the beta
// product, which hold in small samples where the band on the log(-log) scale falls short.
// Thread-safety: pure functions.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "stats/survival.h"

namespace assay::stats {

/// c with P(|B(x)| <= c sqrt(x (1 - x)) for all x in [low, high]) = level, B a Brownian bridge and
/// 0 < low <= high < 1. Exact (1e-9): scaled and in the time 1/2 log(x / (1 - x)), the bridge is an
/// Ornstein-Uhlenbeck process, whose chance of staying within +-c is a sum over the eigenfunctions
/// of a harmonic oscillator in a box.
double equal_precision_quantile(double low, double high, double level);
/// The probability itself, for a given c > 0.
double equal_precision_probability(double low, double high, double c);

struct BandPoint {
  double time = 0.0;
  double survival = 1.0;
  Interval pointwise;  ///< beta product
  Interval band;       ///< simultaneous
};

struct SurvivalBand {
  std::vector<BandPoint> points;  ///< one a step of the curve
  double from = 0.0;  ///< the band promises to hold for costs in [from, to], from event to event
  double to = 0.0;
  double critical =
      0.0;  ///< standard errors; 0 where events are too few for a band: it is pointwise then
};

/// Pointwise limits and band at every step. Clustered data: variances by the infinitesimal
/// jackknife, so that the band is approximate where behaviours are few.
SurvivalBand survival_band(const SurvivalCurve& curve, double level = 0.95);

}  // namespace assay::stats
