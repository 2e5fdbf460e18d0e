// Scorers by name: one registry for mapping files, task files of lm-evaluation-harness, `assay
// rescore` and judges by rule ("rules:NAME"). Each is a rule over the answer's text; where it finds
// no clear answer, the sample is unassessed. Scorers that need a model are judges (eval/judge).
//
// Legal call order: make_scorer() once, with its options -> score any number of answers.
// Thread-safety: scorers are immutable values.
#pragma once

#include <functional>
#include <span>
#include <string>
#include <string_view>

#include "base/json.h"
#include "eval/sample.h"
#include "eval/score.h"

namespace assay::eval {

struct NamedScorer {
  std::string_view name;
  std::string_view about;    ///< one line
  std::string_view options;  ///< "tolerance, relative, unit": keys that it takes; "" = none
  bool target = true;        ///< needs Sample::targets
  bool sandbox = false;      ///< runs programs
};

/// exact, includes, short, regex, number, choice, python, refusal.
std::span<const NamedScorer> named_scorers();
/// Error: usage, with the names.
Result<const NamedScorer*> find_scorer(std::string_view name);

/// Changes with the rules of a scorer: what was measured of an older one does not hold for a newer.
std::string scorer_version(std::string_view name);

using Scorer = std::function<Score(const Sample& sample, const Trace& trace)>;

/// `options`: an object, or null. `where` names their source in errors. Errors: usage (no such
/// scorer), format (an option that it does not have or of another type, a pattern that RE2
/// refuses).
Result<Scorer> make_scorer(std::string_view name, const Json& options = nullptr,
                           const std::string& where = "scorer");

}  // namespace assay::eval
