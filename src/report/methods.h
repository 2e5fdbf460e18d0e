// Methods: short explanations of how the figures of this run were made: what an interval means,
// each interval method that occurs, clusters, unassessed answers, judgements, multiplicity, power,
// weights, seeds, versions, and how to run it again. Thread-safety: pure functions.
#pragma once

#include <string>

#include "base/json.h"
#include "eval/figure.h"

namespace assay::report {

/// "methods" of web/src/types.ts.
Json methods_json(const eval::RunOutcome& outcome);
/// The command line that repeats the run, quoted for a shell.
std::string command_line(const eval::RunOutcome& outcome);

/// Title and explanation of an interval method of src/stats, or nullptr if it is not known.
struct MethodText {
  Text title;
  Text text;
};
const MethodText* method_text(std::string_view method);

}  // namespace assay::report
