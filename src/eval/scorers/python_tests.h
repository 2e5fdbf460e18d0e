// Judges a Python function that a model wrote, by calling it in the sandbox.
// Thread-safety: pure functions.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"
#include "eval/sandbox.h"
#include "eval/score.h"

namespace assay::eval {

/// The code in an answer that defines function `name`: the fenced block that does (also one that is
/// not closed), else the lines from the first import or definition on. Empty if there is none.
std::string code_of(std::string_view answer, std::string_view name);

/// The verdict where the program did not come to its end by itself: a limit or a crash is a
/// failure, a sandbox that did not run leaves it unassessed. `shown` is the answer that the score
/// keeps.
std::optional<Score> ended_badly(const Result<SandboxRun>& run, const std::string& shown);

struct FunctionCalls {
  std::string name;
  std::vector<Json> arguments;  ///< an array per call
  std::vector<Json> expected;   ///< what each must return; a tuple counts as a list
};

/// Calls the function that `source` defines. Success if every call returns what it must; failure if
/// one does not, raises, hangs, takes too much memory or output, or the function is not there.
/// Unassessed only if the sandbox itself cannot run. The expected results never enter the sandbox,
/// so no program can find them there.
Score run_function(const std::string& source, const FunctionCalls& calls);

/// Loads `source` and then `tests` (assertions, as in MBPP) in the same scope. Success if both come
/// to their end; failure if one raises, exits, hangs, or takes too much. A program that is written
/// to fool its tests can: they share its process. Unassessed as above.
Score run_tests(const std::string& source, const std::string& tests);

}  // namespace assay::eval
