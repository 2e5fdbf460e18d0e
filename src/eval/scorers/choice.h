// The verdict of a multiple choice item from the log-probabilities of its choices.
// Thread-safety: pure function.
#pragma once

#include "eval/sample.h"
#include "eval/score.h"

namespace assay::eval {

/// Success if the right choice has the highest total log-probability. Unassessed if a score is
/// missing or not finite, or if the right choice ties with another for the highest.
Score score_choice(const Sample& sample, const Trace& trace);

}  // namespace assay::eval
