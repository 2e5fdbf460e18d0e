// The map of what the built-in tasks measure: topic by topic, which tasks and in which languages.
// Thread-safety: pure functions.
#pragma once

#include "base/json.h"
#include "eval/registry.h"

namespace assay::cli {

/// Topics whose chapters need at least two tasks: what can be measured on a model by asking it.
bool needs_two_tasks(std::string_view topic);

/// [{"topic", "title": {en, zh}, "en": [task], "zh": [task], "wanted": 2 or 0}] in the report's
/// order. Tasks that run only by name do not count.
Json task_coverage(const eval::Registry& registry);

/// A line a topic, those that lack tasks marked; then a line for each of those.
void print_coverage(const Json& coverage);

}  // namespace assay::cli
