// Quantities: numbers with a unit of length, area, volume, mass, time, speed, temperature, share or
// money, in English and Chinese. Units of one kind are converted into each other; money never is,
// since its rate is not a constant.
// Thread-safety: pure functions.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "eval/score.h"

namespace assay::eval {

struct Unit {
  std::string_view kind;  ///< "length", "mass", ..., "money:USD"
  double factor = 1.0;    ///< base units in one: metre, square metre, litre, gram, second, ...
  double offset = 0.0;    ///< base = value * factor + offset (temperature, in kelvin)
};

/// A unit by its name or sign ("km", "kilometres", "公里"); nothing where it is not known.
std::optional<Unit> find_unit(std::string_view name);

struct QuantityRule {
  std::string unit;            ///< of a number that has none; "" = that of the target
  bool unit_required = false;  ///< a number without a unit is wrong
  double absolute = 0.0;       ///< tolerance in the target's unit
  double relative = 1e-9;      ///< tolerance as a share of the target; the larger of the two holds
};

/// The final number of an answer against a target ("3.5 km", "$12", "50%", "18"). Values are
/// compared in the target's unit; parts of one quantity add up ("1 h 30 min"). Wrong: another
/// value, another kind of unit, or no unit where one is required. Unassessed: the target is no
/// number, or no number is clearly the final one (number.h).
Score score_quantity(const QuantityRule& rule, std::string_view target, std::string_view question,
                     std::string_view answer);

}  // namespace assay::eval
