// Does stated confidence match how often it is right?
// Thread-safety: pure functions.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "stats/clustered.h"

namespace assay::stats {

struct Forecast {
  double probability = 0.0;  ///< stated, in [0, 1]
  bool correct = false;
  std::uint32_t cluster = 0;
};

/// Mean of (probability - outcome)^2; 0.25 is what always saying one half earns.
/// Brier 1950, Mon. Weather Rev. 78, 1-3. clustered_mean on the support [0, 1].
Estimate brier_score(std::span<const Forecast> forecasts, ClusterOptions options = {});

struct CalibrationOptions {
  double level = 0.95;
  int bins = 10;  ///< of equal width
  std::int64_t unassessed = 0;
  std::uint64_t seed = 0;
  int draws = 2000;
};

/// One bin of the reliability diagram.
struct CalibrationBin {
  double low = 0.0, high = 0.0;   ///< of the stated probability
  double mean_probability = 0.0;  ///< NaN in an empty bin
  Estimate accuracy;
};

std::vector<CalibrationBin> reliability(std::span<const Forecast> forecasts,
                                        const CalibrationOptions& options = {});

/// Expected calibration error: mean over forecasts of |accuracy - mean probability| of their bin.
/// Naeini, Cooper & Hauskrecht 2015, AAAI; Guo et al. 2017, ICML, section 2. The plug-in value is
/// biased upwards, most of all for a calibrated model: the interval is a bootstrap over clusters
/// reflected about the estimate ("basic", which undoes that bias; Davison & Hinkley 1997, section
/// 5.2), its lower end 0 unless the error is more than a calibrated forecaster would show by chance
/// (consistency resampling, Broecker & Smith 2007, Weather and Forecasting 22, 651-661).
Estimate expected_calibration_error(std::span<const Forecast> forecasts,
                                    const CalibrationOptions& options = {});

}  // namespace assay::stats
