// Activation patching: on a corrupt prompt, one place inside the model at a time is given what
// stood there on the clean prompt; how much of the clean logit difference comes back says how much
// of it passes through that place (Vig et al. 2020; Meng et al. 2022; Heimersheim & Nanda 2024,
// arXiv:2404.15255). Values are (patched - corrupt) / (clean - corrupt).
//
// Attribution patching is its linear approximation: gradient on the corrupt prompt times (clean -
// corrupt), all places at once by two runs and one gradient (Nanda 2023; Syed et al. 2023,
// arXiv:2310.10348; Kramar et al. 2024, arXiv:2403.00745). Known to fail where the approximation
// does: at the first MLP, for the residual stream, and where attention is saturated; so how far it
// is off is measured for these apart. Thread-safety: pure functions of a box.
#pragma once

#include <cstdint>
#include <vector>

#include "explain/lab.h"

namespace assay::explain {

struct PatchMap {
  int layers = 0, heads = 0;
  std::int64_t begin = 0;      ///< first position at which the prompts differ
  std::int64_t positions = 0;  ///< from there to the end
  /// [layers, positions]: the residual stream into a block, attention's and MLP's output.
  std::vector<double> residual, attention, mlp;
  /// [layers, heads]: a head's mixed values (hook_z), at all positions.
  std::vector<double> head;

  [[nodiscard]] std::size_t cell(int layer, std::int64_t position) const {
    return static_cast<std::size_t>(layer * positions + position - begin);
  }
};

/// Both prompts as they are.
struct PairRuns {
  double clean = 0.0, corrupt = 0.0;  ///< logit differences
  std::map<std::string, model::Tensor> clean_cache, corrupt_cache;
  std::int64_t begin = 0;  ///< first position at which they differ
};
/// Errors: usage (prompts of different lengths, or equal ones); those of the box.
Result<PairRuns> run_pair(model::WhiteBox& box, const Pair& pair);

/// One run of the model a cell. Errors: those of the box; cancelled.
Result<PatchMap> patch(model::WhiteBox& box, const Pair& pair, const PairRuns& runs,
                       const CancelToken* cancel = nullptr);
/// One gradient for all cells.
Result<PatchMap> attribute_patches(model::WhiteBox& box, const Pair& pair, const PairRuns& runs);

/// Is the head's attention at the last position on one token with more than this weight, on either
/// prompt? [layers, heads]
inline constexpr float kSaturated = 0.95F;
std::vector<bool> saturated_heads(const PairRuns& runs, int layers, int heads);

/// Heads (layer * heads + head) with the largest values.
std::vector<std::size_t> strongest_heads(const PatchMap& map, std::size_t count);
/// Fall of the clean logit difference, as a share of (clean - corrupt), when each set of heads is
/// given its values on the corrupt prompt. A value a set.
Result<std::vector<double>> exchange_heads(model::WhiteBox& box, const Pair& pair,
                                           const PairRuns& runs,
                                           const std::vector<std::vector<std::size_t>>& sets);

}  // namespace assay::explain
