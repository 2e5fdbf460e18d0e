// Scorers by name, for answers that somebody else's tool recorded with a target but without a task
// of ours. Each is a rule over the answer's text; where it finds no clear answer, the sample is
// unassessed. Thread-safety: pure functions.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "eval/sample.h"
#include "eval/score.h"

namespace assay::logs {

struct NamedScorer {
  std::string_view name;
  std::string_view about;
  eval::Score (*score)(const eval::Sample& sample, const eval::Trace& trace);
};

/// exact, includes, short, number, choice, refusal.
std::span<const NamedScorer> named_scorers();
/// Error: usage, with the names.
Result<const NamedScorer*> find_scorer(std::string_view name);

}  // namespace assay::logs
