// How familiar a model finds the items of a public set: Min-K% (Shi et al. 2024, Detecting
// Pretraining Data from Large Language Models, ICLR, arXiv:2310.16789), the mean log-probability of
// the 20% least likely tokens of a text, in nats; and, where the engine sees the whole vocabulary,
// Min-K%++ (Zhang et al. 2025, Min-K%++: Improved Baseline for Detecting Pre-Training Data from
// Large Language Models, ICLR, arXiv:2404.02936, equation 3): the same of (log p - mu) / sigma,
// where mu and sigma are the mean and standard deviation of log p over the vocabulary at that
// position, under p.
//
// For each benchmark B by log-likelihood a task "B_mink": a sample is an item and three documents
// that are written anew from the run's seed, which no model has seen. Its figures are the chance
// that an item is more familiar than such a document (0.5 where there is no difference), and the
// means of both. There is no value that it has without contamination: form and subject of the items
// differ from those of the documents. It compares models, and sets of one form.
//
// Legal call order: register the benchmarks -> add_min_k_tasks(). Thread-safety: as Task.
#pragma once

#include <optional>

#include "eval/registry.h"

namespace assay::eval {

inline constexpr double kMinKShare = 0.2;  ///< of the tokens, as in the papers
inline constexpr int kFreshTexts = 3;      ///< beside each item

/// Of the tokens of a result; nothing where it has none, or one that is not finite.
std::optional<double> min_k(const model::LoglikelihoodResult& result);

/// Min-K%++, without unit; nothing where moments are missing too. A position where the model is
/// certain (sigma 0) counts as 0.
std::optional<double> min_k_plus(const model::LoglikelihoodResult& result);

/// Adds "NAME_mink" for every benchmark by log-likelihood of the registry.
void add_min_k_tasks(Registry& registry);

}  // namespace assay::eval
