// Two models, or before and after, on the SAME items: differences of pairs, never of averages.
// The difference is always second - first.
//
// compare_paired() is the default choice; the parts are here for tests and special reports.
// Several pairs of one item (repeats, paraphrases) share a cluster.
// Thread-safety: pure functions.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>

#include "stats/clustered.h"
#include "stats/estimate.h"

namespace assay::stats {

struct PairedScore {
  double first = 0.0;
  double second = 0.0;
  std::uint32_t cluster = 0;
};

/// Pairs of two 0/1 scores by outcome.
struct PairedCounts {
  std::int64_t both = 0;
  std::int64_t only_first = 0;
  std::int64_t only_second = 0;
  std::int64_t neither = 0;
  [[nodiscard]] std::int64_t n() const { return both + only_first + only_second + neither; }
};

/// Two-sided exact conditional McNemar p-value less half of the point probabilities: holds its
/// level nearly always and is much less conservative than the exact one. Lancaster 1961, JASA 56,
/// 223-234; Fagerland, Lydersen & Laake 2013, BMC Med. Res. Methodol. 13:91. 1 when the two counts
/// are equal.
double mcnemar_mid_p(std::int64_t only_first, std::int64_t only_second);
/// The exact conditional p-value, for comparison with published figures.
double mcnemar_exact_p(std::int64_t only_first, std::int64_t only_second);

/// Score interval of the difference of paired proportions. Tango 1998, Statist. Med. 17, 891-908.
/// Not of zero width even without a single discordant pair.
Interval tango(const PairedCounts& counts, double level = 0.95);

/// Two-sided permutation p-value of "the mean difference is 0": signs of whole clusters' sums are
/// flipped. All 2^k flips where that is at most `draws`, else `draws` random ones with the observed
/// one added (Phipson & Smyth 2010, SAGMB 9:39), so never 0. Clusters that sum to 0 do not matter.
double sign_flip_p(std::span<const double> cluster_sums, std::uint64_t seed,
                   int draws = kBootstrapDraws);

struct PairedOptions {
  double level = 0.95;
  /// Smallest and largest possible score; {0, 1} is taken where all scores are 0 or 1.
  std::optional<Interval> support;
  std::int64_t unassessed = 0;  ///< pairs of which at least one score is unassessed
  std::uint64_t seed = 0;
  int draws = kBootstrapDraws;
  std::string unit = "difference of proportions";
};

struct PairedComparison {
  Estimate difference;  ///< second - first; minimum_detectable is filled
  double p_value = 1.0;
  std::string test;  ///< "mcnemar-mid-p" or "sign-flip"
};

/// Interval and test by the kind of data:
///  - 0/1 scores, one pair a cluster: Tango's interval, McNemar's mid-p;
///  - else clustered_mean of the differences, with its own choice of method, and the sign flip.
PairedComparison compare_paired(std::span<const PairedScore> pairs,
                                const PairedOptions& options = {});

/// BCa bootstrap of the mean difference over clusters, whatever compare_paired would choose.
Estimate paired_bootstrap(std::span<const PairedScore> pairs, const PairedOptions& options = {});

}  // namespace assay::stats
