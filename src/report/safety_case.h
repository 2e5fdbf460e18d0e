// Safety case: the report's claims as an argument in the form of the Goal Structuring Notation
// (GSN Community Standard, version 3): one top goal, a strategy for each area, a goal for each
// topic, the figures as solutions, what the argument assumes, and as undeveloped goals what was
// not measured. Support goes up by the weakest link (support.h).
//
// It shows what the evidence of one run carries; it is not a case that anybody has made.
// Legal call order: safety_case_json() -> safety_case_dot(). Thread-safety: pure functions.
#pragma once

#include <string>
#include <vector>

#include "base/json.h"
#include "base/lang.h"
#include "report/chapters.h"

namespace assay::report {

/// "SafetyCase" of web/src/types.ts.
Json safety_case_json(const eval::RunOutcome& outcome, const std::vector<Chapter>& chapters);
/// The argument of a report document as a graph for Graphviz; empty graph without the section.
std::string safety_case_dot(const Json& report, Lang lang);

}  // namespace assay::report
