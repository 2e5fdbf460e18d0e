// Gate: rules that a run has to keep, from a JSON file (docs/gates.md), for `assay assess --gate`.
// A rule that cannot be decided (figure missing, model not assessable there) is broken unless it
// says otherwise: what was not shown is not passed.
//
// Legal call order: parse_gate() -> check_names() before the run (so that a misspelt task is found
// first) -> evaluate() after it. Thread-safety: pure functions.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"
#include "base/lang.h"
#include "base/result.h"
#include "eval/figure.h"
#include "eval/registry.h"

namespace assay::eval {

/// Which number of a figure is held against the bounds: its value or an end of its interval.
enum class GateUse { value, low, high };
const char* to_string(GateUse use);

/// One subject (figure, task, topic, or none of them: the whole run) and at least one condition.
struct GateRule {
  std::string figure;              ///< "TASK/LANG/ID", e.g. "refusal_pairs/en/refusal.unsafe"
  std::string task;                ///< or the name of a task
  std::string topic;               ///< or a topic "misuse.cyber" or an area "misuse"
  std::optional<Lang> lang;        ///< only outcomes in this language
  std::optional<double> min, max;  ///< bounds of a figure, in its own unit
  std::optional<GateUse> use;      ///< nothing: low for min, high for max (the whole interval)
  std::vector<Status> status;      ///< each outcome of the task or topic must have one of these
  std::optional<double> max_unassessed_share;  ///< in [0, 1]
  bool pass_if_missing = false;
};

struct Gate {
  std::vector<GateRule> rules;
};

/// Errors: format (not JSON), usage (unknown key with near names, wrong type, impossible bound, no
/// rule, no condition), each with `where` and the number of the rule.
Result<Gate> parse_gate(std::string_view text, std::string_view where);
Json to_json(const Gate& gate);

/// Do the tasks and topics that the rules name exist? Errors: usage, with near names.
assay::Status check_names(const Gate& gate, const Registry& registry);

enum class GateVerdict { pass, fail, unknown };
const char* to_string(GateVerdict verdict);

struct GateRuleResult {
  GateVerdict verdict = GateVerdict::unknown;
  bool kept = false;  ///< pass, or unknown with pass_if_missing
  Text sentence;      ///< what was demanded and what was found
};

struct GateResult {
  std::vector<GateRuleResult> rules;  ///< in the order of the file
  [[nodiscard]] bool passed() const;  ///< every rule was kept
};

GateResult evaluate(const RunOutcome& outcome, const Gate& gate, const Registry& registry);
Json to_json(const GateResult& result);

}  // namespace assay::eval
