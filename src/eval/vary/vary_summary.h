// What contexts do to a task: figures and shares of variance from the verdicts of its items in all
// contexts. Thread-safety: pure functions.
#pragma once

#include <vector>

#include "eval/vary/varied_task.h"

namespace assay::eval {

/// The number of the sample's context; 0 (the reference) where it has none.
std::size_t context_number(const Scored& scored);

/// Adds to the summary of the reference context:
///   vary.all         success over all contexts, clustered by item
///   vary.reference   the same in the reference context alone
///   vary.difference  the second less the first, on the same items; its note says whether the one
///                    context overstated or understated
///   vary.worst       the context with the lowest rate, its interval allowing for the choice
///   vary.at_least    one-sided: no context lies below
///   vary.FACTOR.N    at level N of a factor, over the contexts that have it
/// and the shares of variance of item, factors, item:factor and rest (stats/crossed.h).
void add_context_figures(Summary& summary, const std::vector<Scored>& scored, const Design& design,
                         const SummaryContext& context);

}  // namespace assay::eval
