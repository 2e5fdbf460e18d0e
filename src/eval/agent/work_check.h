// Checks what an agent has left in its work folder. Thread-safety: pure functions.
#pragma once

#include <string>

#include "base/result.h"
#include "eval/agent/workbox.h"

namespace assay::eval {

struct WorkVerdict {
  bool good = false;
  std::string why;  ///< what is missing or wrong, or ""
};

/// `check`: see AgentJob::check in items/agent_jobs.h. Errors: unsupported, io (no sandbox for
/// "tests"): no verdict then.
Result<WorkVerdict> check_work(const Json& check, const WorkFiles& files);

/// Without spaces at the ends of lines, a mark of byte order, and blank lines at the end.
std::string tidy_text(std::string_view text);

}  // namespace assay::eval
