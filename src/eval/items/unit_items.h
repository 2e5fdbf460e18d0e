// Items of the task unit_slips: a quantity and four ways to say it in another unit, of which three
// are the usual slips: a wrong power of ten, the factor of a length for an area, a decimal hour
// taken for minutes, multiplied where one divides, the unit of another dimension.
// Thread-safety: pure functions.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/lang.h"
#include "base/random.h"

namespace assay::eval {

struct UnitItem {
  std::string beginning;
  std::string right;
  std::vector<std::string> wrong;  ///< three
  std::vector<std::string>
      slips;  ///< of each wrong one: "ten", "time", "way", "dimension", "other"
};

/// Groups: "metric", "area", "time", "speed", "everyday" (units of the language's own world),
/// "rate" (a quantity from two others), "dimension".
UnitItem unit_item(Lang lang, std::string_view group, Rng& rng);

}  // namespace assay::eval
