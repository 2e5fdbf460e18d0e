// Forecasts of success at a larger budget than was tried: the power law of repeated attempts,
//   -log P(broken within cost n) = a n^-b,
// Hughes et al. 2024, Best-of-N Jailbreaking, arXiv:2412.03556, section 4. It makes the cost to
// break a Frechet distribution over behaviours, so that it is fitted by maximum likelihood with
// unbroken trials censored, instead of a line through points of the same trials.
//
// Order: forecast_success for a figure; score_forecasts tells how such forecasts would have done on
// the data at hand, with larger budgets held out. A forecast is refused where the data do not carry
// it. Thread-safety: pure functions.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "stats/survival.h"

namespace assay::stats {

struct PowerLaw {
  double a = 0.0;
  double b = 0.0;
  /// exp(-a n^-b), n > 0.
  [[nodiscard]] double success(double n) const;
};

/// Maximum likelihood over trials, any cause above 0 an event. Where all costs are whole numbers an
/// event at n is one in (n - 1, n], else an exact cost. Nothing where fewer than three distinct
/// costs have events, nobody is left unbroken, or the search fails.
std::optional<PowerLaw> fit_power_law(std::span<const SurvivalTime> times);

/// The fit of the paper: least squares of log(-log success) on log n. Points whose success is not
/// inside (0, 1) are left out; nothing with fewer than two distinct n.
std::optional<PowerLaw> fit_power_law_points(std::span<const double> n,
                                             std::span<const double> success);

struct ForecastOptions {
  double level = 0.95;
  int draws = 1000;  ///< of the bootstrap over clusters; a fifth of them test the fit
  std::uint64_t seed = 0;
  std::int64_t unassessed = 0;
};

struct Forecast {
  /// Share of these same trials that will have broken at the larger cost, were they continued;
  /// a prediction interval: the law's uncertainty and the trials' own chance. `modelled` is true.
  Estimate estimate;
  std::optional<PowerLaw> law;
  double fit_p = 1.0;     ///< of the largest gap between curve and law, by simulation from the law
  double multiple = 1.0;  ///< cost asked for / largest cost tried
};

/// Supported: at least 10 events at 5 distinct costs that span a factor of 10, a law that is not
/// rejected (fit_p >= 0.05), and at most 100 times the costs tried; beyond 10 times an assumption
/// says that hold-outs of a run of this size cannot check it.
Forecast forecast_success(std::span<const SurvivalTime> times, double cost,
                          const ForecastOptions& options = {});

struct HeldOut {
  double seen = 0.0;    ///< budget that the forecast was allowed to see
  double target = 0.0;  ///< budget that it was for
  Forecast forecast;
  double observed = 0.0;  ///< share broken there
  bool inside = false;    ///< the prediction interval holds it
};

struct ForecastScore {
  std::vector<HeldOut> held_out;  ///< those that were not refused, by budget; they overlap
  int refused = 0;
  double coverage = 0.0;     ///< share of `inside`; NaN without any
  double bias = 0.0;         ///< mean of forecast - observed; NaN without any
  double mean_error = 0.0;   ///< mean of |forecast - observed|; NaN without any
  double naive_error = 0.0;  ///< the same of "nothing more will break"
};

/// Four budgets a decade, the largest at `multiple` below what was tried: trials are cut there, and
/// success at `multiple` times the budget is forecast and compared.
ForecastScore score_forecasts(std::span<const SurvivalTime> times, double multiple = 10.0,
                              const ForecastOptions& options = {});

}  // namespace assay::stats
