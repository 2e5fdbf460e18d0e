// A rate measured by an imperfect judge (a rule, a classifier, a model), corrected by what is known
// of the judge's errors. Show the uncorrected rate beside it.
//
// Which one: rogan_gladen where the judge was measured on OTHER data (labelled sets of known
// positives and known negatives); prediction_powered_mean where a random part of the SAME outputs
// was labelled by people.
// Thread-safety: pure functions.
#pragma once

#include <cstdint>
#include <span>

#include "stats/clustered.h"
#include "stats/estimate.h"

namespace assay::stats {

/// The judge against labelled data.
struct JudgeCounts {
  std::int64_t positives = 0;       ///< labelled positive
  std::int64_t true_positives = 0;  ///< of these judged positive
  std::int64_t negatives = 0;
  std::int64_t true_negatives = 0;
};

/// Sensitivity and specificity, Clopper-Pearson.
Estimate judge_sensitivity(const JudgeCounts& judge, double level = 0.95);
Estimate judge_specificity(const JudgeCounts& judge, double level = 0.95);

enum class CorrectionMethod {
  automatic,  ///< lang_reiczigel; with fewer than 15 labelled of one kind never shorter than what
              ///< the parts' exact limits give
  lang_reiczigel,  ///< adjusted counts: covers at the edges and with small labelled sets
  delta,           ///< first-order propagation; for comparison with published figures
  bootstrap        ///< parametric, percentile
};

struct CorrectionOptions {
  double level = 0.95;
  /// Items that carry the information of the judged ones when these are clustered (effective sample
  /// size; see effective_items); 0: all of them.
  double effective_n = 0.0;
  std::int64_t unassessed = 0;
  CorrectionMethod method = CorrectionMethod::automatic;
  std::uint64_t seed = 0;
  int draws = kBootstrapDraws;
};

/// True rate from `judged_positive` of n: (q + specificity - 1)/(sensitivity + specificity - 1),
/// cut to [0, 1]. Rogan & Gladen 1978, Am. J. Epidemiol. 107, 71-76; interval of Lang & Reiczigel
/// 2014, Prev. Vet. Med. 113, 13-22. Assumes that the judge errs on these items as it does on the
/// labelled ones; where the data contradict that (a corrected rate below 0 or above 1) the interval
/// is widened to what holds without it. No estimate where the judge is not shown to be better than
/// a coin (sensitivity + specificity <= 1).
Estimate rogan_gladen(std::int64_t judged_positive, std::int64_t n, const JudgeCounts& judge,
                      const CorrectionOptions& options = {});

/// Number of independent items that would give a 0/1 mean the variance it has (at most n, at least
/// 1).
double effective_items(std::span<const Observation> observations);

/// One output that a person labelled, too.
struct LabelledJudgement {
  double label = 0.0;  ///< the truth
  double judge = 0.0;
  std::uint32_t cluster = 0;
};

struct PredictionPoweredOptions {
  double level = 0.95;
  Interval support{0.0, 1.0};  ///< of labels and judgements
  std::int64_t unassessed = 0;
  std::uint64_t seed = 0;
  /// Weight of the judge in [0, 1]; negative: the one of least variance (PPI++).
  double weight = -1.0;
};

struct PredictionPowered {
  Estimate estimate;
  double weight = 0.0;    ///< lambda
  double variance = 0.0;  ///< of the estimate
};

/// Mean label over the population from labelled outputs and judged-only outputs of the same source:
/// lambda mean(judge | unlabelled) + mean(label - lambda judge | labelled). Angelopoulos et al.
/// 2023, Science 382, 669-674; lambda by Angelopoulos, Duchi & Zrnic 2023, arXiv:2311.01453,
/// section 6. Variances are cluster-robust with Welch-Satterthwaite degrees of freedom; the
/// interval of a share is the exact one of as many items as would have that variance. With fewer
/// than 15 labelled outputs on which label and judge differ, the two parts are bounded apart at
/// half the error each (Bonferroni), so that a judge who has not erred yet is not taken for one who
/// cannot.
PredictionPowered prediction_powered_mean(std::span<const LabelledJudgement> labelled,
                                          std::span<const Observation> judged_only,
                                          const PredictionPoweredOptions& options = {});

}  // namespace assay::stats
