// What `assay effort` writes: tables, the points of the curves as CSV, a picture of them.
// Thread-safety: pure functions.
#pragma once

#include <string>
#include <vector>

#include "attack/competing.h"
#include "attack/effort.h"
#include "attack/transfer.h"
#include "base/lang.h"
#include "report/step_curves.h"

namespace assay::cli {

/// All that is told of some attacks.
struct EffortResults {
  std::vector<attack::EffortFigures> figures;
  std::vector<attack::CompetingAttacks> together;
  attack::EffortComparisons comparisons;
  std::vector<attack::MethodTransfer> transfer;
};

/// Tables: what each attack achieved at which cost, how far that hangs on labels and on the
/// attacks' own judges, what all of them achieve together, which attacks and models differ,
/// forecasts, transfer of prompts. With what the numbers mean.
std::string effort_text(const EffortResults& results, Lang lang);

/// method, model, access, unit, cost, success, low, high, band_low, band_high; quoted as RFC 4180.
std::string effort_csv(const std::vector<attack::EffortFigures>& all);

/// One panel a model, one curve a method.
report::StepPicture effort_picture(const std::vector<attack::EffortFigures>& all);

}  // namespace assay::cli
