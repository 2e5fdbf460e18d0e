// Summary: the page that a minister reads: one headline, 4 to 8 claims (concerns first, never more
// than one a task until the others are used up), what could not be judged, what the run does not
// say. Thread-safety: pure functions.
#pragma once

#include <vector>

#include "report/chapters.h"

namespace assay::report {

/// "summary" of web/src/types.ts.
Json summary_json(const eval::RunOutcome& outcome, const std::vector<Entry>& entries,
                  const std::vector<Chapter>& chapters);

}  // namespace assay::report
