// A direction in the residual stream that stands for a concept, from two sets of prompts; for the
// concept "this ought to be refused" the refusal direction of Arditi et al. 2024 (Refusal in
// language models is mediated by a single direction, arXiv:2406.11717), by their rules of selection
// (section 2.3, appendix C; code: refusal_direction, generate_directions.py, select_direction.py):
//  - candidates: difference of means, in double precision, of the residual stream into each block
//  at
//    each token after the instruction;
//  - the last 20% of the layers are left out, and candidates whose ablation changes harmless
//  answers
//    (KL divergence of the next token above 0.1), or that do not bring the concept about when added
//    (steering score below 0);
//  - of the others that with the lowest score once it is ablated.
// The score of a prompt is log P - log(1 - P), where P is the probability that the answer begins
// with one of `markers`.
//
// Ablated is at the input of every block and at the output of every attention and MLP; added is the
// difference of means itself, at all positions, into its own block only.
// Thread-safety: pure functions of a box.
#pragma once

#include <string>
#include <vector>

#include "model/whitebox.h"

namespace assay::model {

struct DirectionData {
  std::vector<Tokens> with, without;              ///< to find it
  std::vector<Tokens> check_with, check_without;  ///< to choose among candidates
  std::vector<std::int32_t> markers;              ///< first tokens of such an answer
  int positions = 0;  ///< tokens at the end that all prompts share; 0 = found
  const CancelToken* cancel = nullptr;
};

struct DirectionCandidate {
  int layer = 0;
  int position = -1;     ///< from the end
  double ablated = 0.0;  ///< mean score of check_with, ablated
  double kl = 0.0;       ///< of check_without, ablated from plain, nats; NaN where not looked at
  double steered = 0.0;  ///< mean score of check_without, added; NaN where not looked at
};

struct Direction {
  std::vector<float> vector;  ///< difference of means, [d]
  int layer = 0;
  int position = -1;
  double plain_with = 0.0, plain_without = 0.0;  ///< mean scores without any change
  DirectionCandidate chosen;
  std::vector<DirectionCandidate> candidates;  ///< all that were looked at
  std::int64_t tokens = 0;                     ///< that went through the model to find it
  std::vector<std::vector<float>> each_layer;  ///< differences of means at `position`, [layers][d]
};

inline constexpr double kLastLayersLeftOut = 0.2;
inline constexpr double kLargestKl = 0.1;  ///< nats

/// Tokens that all of the prompts end with, at most `most`.
int shared_end(const std::vector<const std::vector<Tokens>*>& sets, int most = 16);

/// Errors: usage (no prompts, no common end), not_found (no candidate passes the rules), cancelled;
/// those of the box.
Result<Direction> find_direction(WhiteBox& box, const DirectionData& data);

/// Takes `scale` of `vector`'s direction out everywhere (1: all of it), of one sequence or of all.
std::vector<Edit> ablation(const std::vector<float>& vector, int sequence = every,
                           float scale = 1.0F);
/// Adds `scale` times `vector` into block `layer`.
std::vector<Edit> steering(const std::vector<float>& vector, int layer, int sequence = every,
                           float scale = 1.0F);
/// log P - log(1 - P) that the next token is one of `markers`.
double marker_score(std::span<const float> logits, std::span<const std::int32_t> markers);
/// KL(p || q) of the next token, nats.
double divergence(std::span<const float> p, std::span<const float> q);

}  // namespace assay::model
