// Area under the ROC curve: how often a positive case scores above a negative one (ties count
// half). Without a choice of threshold: 0.5 is chance, 1 is perfect separation.
// Thread-safety: pure functions.
#pragma once

#include <cstdint>
#include <span>

#include "stats/estimate.h"

namespace assay::stats {

struct LabelledScore {
  double score = 0.0;
  bool positive = false;
  std::uint32_t cluster = 0;
};

/// The area with its interval on the logit scale (Pepe 2003, section 5.2.4), from the variance of
/// DeLong, DeLong & Clarke-Pearson 1988 (Biometrics 44, 837-845) where every case is a cluster of
/// its own, else of Obuchowski 1997 (Biometrics 53, 567-578), which lets cases of a cluster, also
/// of different labels, depend on each other. Where the variance is 0 (nothing out of order, or
/// all): Clopper-Pearson as if the cases (clusters, if fewer) of the rarer label were as many
/// trials, so that it is never of zero width. No estimate without positives and negatives, or with
/// scores that are not finite. Unit "1".
Estimate auroc(std::span<const LabelledScore> cases, double level = 0.95,
               std::int64_t unassessed = 0);

}  // namespace assay::stats
