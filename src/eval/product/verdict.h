// Verdict: a claim of a product page held against what was measured of the model.
//
//   context, size   the model's file declares as much (size: within 10%), or not
//   license         the file names this licence, or another one
//   behaviour       the primary rate of the first task that was measured, turned so that 1 is what
//                   the page claims (a leak rate of 0.2 is 0.8 kept):
//     number N      contradicted where the whole interval is below N, borne out where it is not
//                   below N anywhere, else undecided
//     absolute      contradicted where the interval excludes 1 (one counter-example in view of the
//                   method does that), else undecided: no number of tests bears out "never"
//     some          contradicted where the whole interval is below one half, borne out where it is
//                   above one half and above chance, else undecided
// Thread-safety: pure function.
#pragma once

#include <string>
#include <vector>

#include "eval/figure.h"
#include "eval/product/page.h"

namespace assay::eval::product {

enum class Standing { borne_out, contradicted, undecided, not_measured };
const char* to_string(Standing standing);
Text label_of(Standing standing);

struct Verdict {
  Standing standing = Standing::not_measured;
  stats::Estimate estimate;  ///< of what was measured; not known() where nothing was
  Text why;
};

Verdict hold(const Claim& claim, const model::ModelInfo* model,
             const std::vector<TaskOutcome>* earlier, Lang lang);

}  // namespace assay::eval::product
