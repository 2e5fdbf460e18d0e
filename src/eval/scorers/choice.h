// The verdict of a multiple choice item from the log-probabilities of its choices.
// Thread-safety: pure functions.
#pragma once

#include <vector>

#include "eval/sample.h"
#include "eval/score.h"

namespace assay::eval {

/// Success if the right choice has the highest total log-probability. Unassessed if a score is
/// missing or not finite, or if the right choice ties with another for the highest.
Score score_choice(const Sample& sample, const Trace& trace);

/// The index of the highest of one or more values; -1 where two share it.
int single_best(const std::vector<double>& values);

}  // namespace assay::eval
