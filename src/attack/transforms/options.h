// Arguments of transforms: what stands after ':' in "caesar:7,reply", read strictly.
// Thread-safety: pure functions.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.h"

namespace assay::attack {

/// The argument as a whole number in [low, high]; `fallback` if it is empty. Errors: usage.
Result<std::int64_t> whole_number(std::string_view argument, std::int64_t fallback,
                                  std::int64_t low, std::int64_t high);
/// The argument as a rate in [0, 1]; `fallback` if it is empty. Errors: usage.
Result<double> rate(std::string_view argument, double fallback);

}  // namespace assay::attack
