// What `assay effort` writes: tables, the points of the curves as CSV, a picture of them.
// Thread-safety: pure functions.
#pragma once

#include <string>
#include <vector>

#include "attack/effort.h"
#include "attack/transfer.h"
#include "base/lang.h"
#include "report/step_curves.h"

namespace assay::cli {

/// Tables: what each attack achieved at which cost, how far that hangs on labels and on the
/// attacks' own judges, which attacks and models differ, forecasts, transfer of prompts. With what
/// the numbers mean.
std::string effort_text(const std::vector<attack::EffortFigures>& all,
                        const attack::EffortComparisons& comparisons,
                        const std::vector<attack::MethodTransfer>& transfer, Lang lang);

/// method, model, access, unit, cost, success, low, high, band_low, band_high; quoted as RFC 4180.
std::string effort_csv(const std::vector<attack::EffortFigures>& all);

/// One panel a model, one curve a method.
report::StepPicture effort_picture(const std::vector<attack::EffortFigures>& all);

}  // namespace assay::cli
