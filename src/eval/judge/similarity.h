// A judge by similarity: success where an answer's embedding is close to its reference's (the
// cosine reaches a threshold). It hears what a text is about, not whether it is true: see
// docs/judges.md for its measured error. English only. Thread-safety: as judge.h.
#pragma once

#include "eval/judge/judge.h"
#include "model/local/embedder.h"

namespace assay::eval {

/// The threshold that is taken where none is named; docs/judges.md has its measured error.
inline constexpr double kSimilarityThreshold = 0.7;

std::unique_ptr<Judge> make_similarity_judge(std::unique_ptr<model::local::Embedder> embedder,
                                             double threshold = kSimilarityThreshold);

}  // namespace assay::eval
