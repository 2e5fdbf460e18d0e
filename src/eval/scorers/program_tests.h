// Judges a program that a model wrote by tests that are program text themselves (assert
// statements), as code benchmarks publish them; and their figure, pass@k.
//
// Tests and program share one process of the sandbox: a program that sets out to deceive its tests
// (by an object that equals everything, say) passes. One that only ends early does not.
// Thread-safety: pure functions.
#pragma once

#include <string>
#include <string_view>

#include "eval/score.h"
#include "eval/task.h"

namespace assay::eval {

/// Runs `program`, then `tests` in the same scope: 3 seconds of processor time, as the published
/// harness of HumanEval allows, 512 MiB. Success if the tests come to their end; failure where
/// something is raised, or an end, a limit or a crash comes before. Unassessed only if the sandbox
/// itself cannot run. `shown` is the answer that the score keeps.
Score run_tests(const std::string& program, const std::string& tests, const std::string& shown);

/// As run_tests(); but an answer that was cut off by the token limit and fails is unassessed.
Score run_tests(const std::string& program, const std::string& tests, const std::string& shown,
                const Trace& trace);

/// Whether `code` defines function `name` at the beginning of a line.
bool defines_function(std::string_view code, std::string_view name);

/// "pass.1" (primary) and, where there are as many answers to an item, "pass.10" and "pass.100":
/// the unbiased estimate 1 - C(n-c, k) / C(n, k) of Chen et al. 2021, averaged over items.
Summary pass_figures(const std::vector<Scored>& scored, const SummaryContext& context);

}  // namespace assay::eval
