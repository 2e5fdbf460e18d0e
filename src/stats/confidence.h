// Confidence: what a forecaster's stated probabilities are worth, beyond calibration.h: calibration
// error with bins of equal mass and without its upward bias, the parts of the Brier score, the
// error that is left when only the surest answers are given, and how well confidence sorts right
// from wrong. All intervals are bootstraps over clusters.
// Thread-safety: pure functions.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "stats/calibration.h"

namespace assay::stats {

/// A bin that holds (about) as many forecasts as every other. Equal probabilities share a bin.
struct MassBin {
  double mean_probability = 0.0;
  double accuracy = 0.0;
  std::size_t n = 0;
};

/// Edges at the quantiles of the stated probabilities (as sklearn's calibration_curve with
/// strategy="quantile"); bins that stay empty because of ties are left out.
std::vector<MassBin> equal_mass_bins(std::span<const Forecast> forecasts, std::size_t bins);

/// Expected calibration error over bins of equal mass, less its bias: of a bin with gap d and
/// standard error s, |d| is expected to come out at the mean of a folded normal, and the excess is
/// taken off. Kumar, Liang & Ma 2019, NeurIPS (section 5, in closed form instead of resampling);
/// Roelofs, Cain, Shlens & Mozer 2022, AISTATS, on why bins of equal mass. Interval: t
/// times the bootstrap standard deviation of the debiased value (limits reflected or taken from the
/// draws themselves cover less: 83 to 91% in tests/unit/stats/confidence_test.cpp's set-up); its
/// lower end is 0 where a calibrated forecaster with the same probabilities would show as much
/// (Broecker & Smith 2007).
Estimate debiased_calibration_error(std::span<const Forecast> forecasts,
                                    const CalibrationOptions& options = {});

/// brier = reliability - resolution + uncertainty + within. `within` is what the bins hide: it is
/// 0 where all forecasts of a bin are equal, as in Murphy 1973, J. Appl. Meteorol. 12, 595-600
/// (Stephenson, Coelho & Jolliffe 2008, Weather and Forecasting 23, 752-757).
struct BrierParts {
  double brier = 0.0;
  double reliability = 0.0;  ///< 0 is best
  double resolution = 0.0;   ///< as large as uncertainty is best
  double uncertainty = 0.0;  ///< of the outcomes; not the forecaster's doing
  double within = 0.0;
};
BrierParts brier_parts(std::span<const Forecast> forecasts, std::size_t bins);
/// The two parts that are the forecaster's doing, with intervals.
struct BrierEstimates {
  Estimate reliability;
  Estimate resolution;
};
BrierEstimates brier_decomposition(std::span<const Forecast> forecasts,
                                   const CalibrationOptions& options = {});

/// Error rate among the surest `coverage` (0, 1] of the forecasts; forecasts of equal probability
/// at the border count with the mean of their outcomes. Geifman & El-Yaniv 2017, NeurIPS.
Estimate selective_risk(std::span<const Forecast> forecasts, double coverage,
                        const CalibrationOptions& options = {});
/// Mean of the selective risk over the coverages 1/n, ..., 1: the area under the risk-coverage
/// curve. A confidence that says nothing comes out at the error rate.
Estimate risk_coverage_area(std::span<const Forecast> forecasts,
                            const CalibrationOptions& options = {});
/// Probability that a right answer is stated with more confidence than a wrong one (ties: half);
/// the area under the ROC curve. Chance is 0.5. No estimate where all are right or all are wrong.
Estimate confidence_auroc(std::span<const Forecast> forecasts,
                          const CalibrationOptions& options = {});

}  // namespace assay::stats
