// Estimate: the only form in which a figure may leave Assay: value, interval, level, method, n.
// Report builders take Estimates, never doubles. Immutable value type; thread-safe as such.
//
// Where the data can't give a figure (no observations, impossible counts), `value` is NaN, the
// interval is the widest that is possible, `method` is "none" and `assumptions` says why:
// test with known(). JSON has no NaN or infinity: they are written as null.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"
#include "base/result.h"

namespace assay::stats {

struct Interval {
  double low = 0.0;
  double high = 0.0;
};

/// Sides of the interval: `upper` claims "at most high", `lower` claims "at least low".
enum class Sides { two, upper, lower };
const char* to_string(Sides sides);
Result<Sides> parse_sides(std::string_view name);

struct Estimate {
  double value = 0.0;
  Interval interval;
  double level = 0.95;  ///< confidence level in (0, 1)
  Sides sides = Sides::two;
  std::string method;                  ///< e.g. "clopper-pearson", "wilson", "cluster-bca"
  std::string unit;                    ///< "proportion", "nat", "J", "tokens/s", ...
  std::int64_t n = 0;                  ///< assessed observations
  std::int64_t clusters = 0;           ///< independent clusters among them (== n when independent)
  std::int64_t unassessed = 0;         ///< observations without a verdict
  std::optional<Interval> worst_case;  ///< rate if every unassessed were failure / success
  std::optional<double> chance;        ///< value of a guesser
  std::optional<double> ceiling;       ///< best attainable value
  std::optional<double> minimum_detectable;  ///< smallest difference this n could see (80% power)
  std::vector<std::string> assumptions;      ///< what must hold for the interval to hold
  bool modelled = false;  ///< true: from a model (e.g. energy), not from a measurement

  /// False where there is no figure at all; then only `assumptions` says anything.
  [[nodiscard]] bool known() const;
};

/// The estimate of someone who knows nothing: value NaN, interval `widest`.
Estimate no_estimate(std::string reason, Interval widest = {0.0, 1.0});

Json to_json(const Estimate& estimate);
Result<Estimate> estimate_from_json(const Json& json);

}  // namespace assay::stats
