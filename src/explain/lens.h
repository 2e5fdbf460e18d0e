// Logit lens: what the residual stream would say if the model ended at this layer (nostalgebraist
// 2020, "interpreting GPT: the logit lens"): final norm and unembedding of the residual stream,
// compared as log-softmax, for a constant in the logits means nothing.
//
// And its test: the lens reads the logit difference along one direction, u = what unembeds the
// right answer less what unembeds the wrong one. If the model uses at that layer what the lens
// reads there, then taking the residual stream's part along u away changes the final logit
// difference as the lens says; taking as much away in a random direction does not. Thread-safety:
// pure functions of a box.
#pragma once

#include <cstdint>
#include <vector>

#include "explain/lab.h"

namespace assay::explain {

/// One layer at one position. Layer l is the residual stream into block l; layer `layers` is that
/// out of the last block, so the model itself.
struct LensCell {
  std::int32_t top = 0;        ///< most probable token
  double top_logprob = 0.0;    ///< nats
  double final_logprob = 0.0;  ///< of what the model says in the end at this position, nats
  int final_rank = 0;          ///< of the same, 1 = top
  double difference = 0.0;     ///< logit(right) - logit(wrong); 0 without an answer
};

struct Lens {
  int layers = 0;          ///< of the model
  std::int64_t begin = 0;  ///< first position that was read
  std::int64_t positions = 0;
  std::vector<LensCell> cells;  ///< [layers + 1, positions]
  [[nodiscard]] const LensCell& at(int layer, std::int64_t position) const {
    return cells[static_cast<std::size_t>(layer * positions + position - begin)];
  }
  [[nodiscard]] std::int64_t last() const { return begin + positions - 1; }
  /// First layer from which on the top token at `position` stays the model's final one.
  [[nodiscard]] int settled(std::int64_t position) const;
};

/// Reads positions from `begin` on. Errors: those of the box.
Result<Lens> logit_lens(model::WhiteBox& box, const model::Tokens& tokens, const Answer* answer,
                        std::int64_t begin = 0);

/// What each layer's reading at the last position is worth, as shares of the logit difference.
struct LensCheck {
  std::vector<double> named;    ///< [layers] fall when the part along u is taken away
  std::vector<double> control;  ///< [layers] the same in random directions (mean)
};
/// Into block l = 0 .. layers-1. The logit difference must not be 0.
Result<LensCheck> check_lens(model::WhiteBox& box, const model::Tokens& tokens, Answer answer,
                             std::uint64_t seed, int controls = 2);

/// u: what reads logit(right) - logit(wrong) out of (residual stream / scale), [d]; centred for
/// models whose final norm subtracts the mean.
Result<std::vector<float>> reading_direction(model::WhiteBox& box, Answer answer);
/// A direction of length 1, [d], uniform on the sphere.
std::vector<float> random_direction(std::size_t size, std::uint64_t seed);
/// A random vector of the same length as this one.
std::vector<float> random_like(const std::vector<float>& vector, std::uint64_t seed);

}  // namespace assay::explain
