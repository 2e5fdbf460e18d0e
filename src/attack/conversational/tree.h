// The tree of TAP (search.h): branching and pruning between the questions.
// Thread-safety: pure functions on values.
#pragma once

#include "attack/conversational/search.h"

namespace assay::attack {

/// When no line of the tree waits for a reply: branches, prunes, or lets it end (no line asks
/// then).
void grow(const Plan& plan, State& state);

}  // namespace assay::attack
