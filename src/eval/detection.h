// Detection: how well a model tells signals (scams, false claims) from noise (honest messages, true
// claims) when each is judged by the log odds of two answers. A model that always gives the same
// answer hits everything or nothing; so no rate stands alone:
//   balanced accuracy   (hits + correct rejections) / 2, within each cluster of matched items
//   ranking             share of matched pairs in which the signal has the higher log odds; it is
//                       the area under the ROC curve within clusters and does not depend on which
//                       answer the model likes better in general
//   d'                  z(hits) - z(false alarms), each rate (k + 0.5) / (n + 1): the log-linear
//                       correction of Hautus 1995, Behav. Res. Methods 27, 46-51
// Order: make a Judging -> call the figures with it. Thread-safety: pure functions.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>

#include "eval/scorers/rate_figure.h"
#include "eval/task.h"

namespace assay::eval {

/// What an item is, and the log odds of "signal" against "noise" that the model gave it.
enum class Truth { skip, noise, signal };
struct Judged {
  Truth truth = Truth::skip;         ///< skip: does not belong to the figure
  std::optional<double> log_odds{};  ///< nothing: unassessed
};
using Judging = std::function<Judged(const Scored&)>;

/// Log odds of the first choice against the second, by the evidence of score_choice(); nothing for
/// an unassessed score.
std::optional<double> first_choice_odds(const Scored& scored);

/// Counts the items of one truth that were called "signal": a hit rate or a false-alarm rate.
Reading called_signal(Judging judging, Truth truth);

/// Clusters without both kinds of assessed items are unassessed. Chance 0.5.
Figure balanced_accuracy(const std::vector<Scored>& scored, std::string id, Text label,
                         const SummaryContext& context, const Judging& judging);
Figure ranking(const std::vector<Scored>& scored, std::string id, Text label,
               const SummaryContext& context, const Judging& judging);

struct DetectionCounts {
  std::int64_t hits = 0;
  std::int64_t signals = 0;
  std::int64_t false_alarms = 0;
  std::int64_t noises = 0;
};
double d_prime(const DetectionCounts& counts);
/// Of all clusters together, with the BCa bootstrap over clusters; where that degenerates, the
/// normal interval of Gourevitch & Galanter 1967, Psychometrika 32, 25-33, with as many independent
/// items as there are clusters. Nothing is known without both kinds.
stats::Estimate d_prime_estimate(std::span<const DetectionCounts> clusters, std::uint64_t seed,
                                 std::int64_t unassessed = 0);
Figure sensitivity(const std::vector<Scored>& scored, std::string id, Text label,
                   const SummaryContext& context, const Judging& judging);

/// Are `right` of n coin-like answers more than luck: is the one-sided exact 95% lower bound above
/// one half? For the controls of small profiles.
bool beats_a_coin(std::int64_t right, std::int64_t n);

/// The same for clusters of ranking(): are more of them ranked right than luck would do? A cluster
/// is right where more than half of its pairs are.
bool ranks_beyond_luck(const std::vector<Scored>& scored, const Judging& judging);

/// Items with another cluster: for a control that compares what the task's own clusters keep apart.
std::vector<Scored> regrouped(const std::vector<Scored>& scored,
                              const std::function<std::string(const Scored&)>& cluster);

}  // namespace assay::eval
