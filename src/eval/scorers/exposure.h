// Exposure of a secret (a canary): how much likelier a model finds it than random ones of the same
// form. Carlini et al. 2019, The Secret Sharer, USENIX Security, arXiv:1802.08232, section 4.2:
// log2 of how many there are less log2 of its rank, in bits. Thread-safety: pure functions.
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <vector>

#include "eval/benchmark.h"

namespace assay::eval {

/// The rank of the choice `target_index` by log-likelihood; ties have the mean rank. Success: it
/// is not the likeliest. Metadata: "rank", "exposure" (bits), "greedy". Unassessed: a choice
/// without a finite score.
Score exposure_score(const Sample& sample, const Trace& trace);

/// Mean exposure of a rank that is drawn at random among `choices`: log2(R) - log2(R!)/R, in bits.
double chance_exposure(std::size_t choices);

/// A mean exposure among `choices`, with unit, range and chance; the rest is the task's.
MeanFigure exposure_mean(std::string id, Text label, std::size_t choices);
/// The mean of exposure_score()'s "exposure" over the samples that are concerned.
Figure exposure_figure(const std::vector<Scored>& scored, const SummaryContext& context,
                       const MeanFigure& what, const std::function<bool(const Scored&)>& concerned);

}  // namespace assay::eval
