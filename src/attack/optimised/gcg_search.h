// Greedy coordinate gradient (Zou et al. 2023, https://arxiv.org/abs/2307.15043, Algorithms 1 and
// 2): tokens of a suffix are swapped so that a target becomes likely. A step takes the gradient by
// the suffix' one-hot tokens, draws candidates that swap one token each for one of the top_k of its
// position, and takes the one with the lowest loss, also where it is worse than the last.
//
// What is the same as in a plain implementation, and what is not: the draws and the choice are; the
// losses are computed approximately for all candidates first (bf16), and exactly (f32) for those
// that the approximation cannot rule out. A candidate j is ruled out when approx_j - bound > best
// exact loss, where the bound is the largest error seen among those computed both ways, and at
// least their mean plus `spread` standard deviations. So the choice is the exact one unless a
// candidate that was ruled out has an error beyond that bound.
//
// Legal call order: create(), then step() any number of times. A search is a function of its
// options and of the number of steps done: resume() continues one. Thread-safety: one thread.
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "base/random.h"
#include "model/whitebox.h"

namespace assay::attack {

/// One behaviour: before + suffix + after, then the target as the answer's beginning.
struct GcgProblem {
  model::Tokens before, after, target;
};

struct GcgOptions {
  int candidates = 512;
  int top_k = 256;
  std::uint64_t seed = 0;
  std::vector<bool> forbidden;  ///< [vocabulary] or empty: tokens that are never swapped in
  bool exact = false;           ///< every loss in f32, none approximated
  double spread = 4.0;          ///< standard deviations of the approximation's error
  int first_exact = 16;         ///< candidates that are computed both ways at least
};

/// Which suffixes stand a round trip through text in their place. [suffixes]
using GcgFilter = std::function<std::vector<bool>(std::span<const model::Tokens> suffixes)>;

struct GcgStep {
  model::Tokens suffix;
  double loss = 0;           ///< exact, mean nats a target token, mean over the active problems
  double loss_before = 0;    ///< of the suffix before the step
  int drawn = 0;             ///< candidates that were distinct and passed the filter
  int exact = 0;             ///< of which computed in f32
  double largest_error = 0;  ///< |approximate - exact| among them, nats
  std::int64_t queries = 0;  ///< candidates times problems, and the gradients
  std::int64_t tokens = 0;   ///< that a plain implementation would have computed for that
};

/// The draws of one step: `count` suffixes that differ from `suffix` at one position, the position
/// uniform, its token uniform among the top_k with the most negative gradient [positions, v] that
/// are not forbidden. With repetitions.
std::vector<model::Tokens> draw_swaps(const model::Tokens& suffix, const model::Tensor& gradient,
                                      const GcgOptions& options, Rng& rng);

class GcgSearch {
 public:
  /// Errors: usage (no problems, an empty suffix, top_k larger than what is allowed), and the white
  /// box's.
  static Result<GcgSearch> create(model::WhiteBox& box, std::vector<GcgProblem> problems,
                                  model::Tokens suffix, GcgOptions options, GcgFilter filter = {});
  /// Errors: unsupported (no candidate passes the filter), and the white box's.
  Result<GcgStep> step(const CancelToken* cancel = nullptr);
  /// Only the first n problems count from now on (Algorithm 2 adds them one by one).
  void set_active(std::size_t problems);
  /// Continues a search that had come to this suffix in `steps` steps.
  void resume(model::Tokens suffix, int steps);

  [[nodiscard]] const model::Tokens& suffix() const { return suffix_; }
  [[nodiscard]] int steps() const { return steps_; }

 private:
  GcgSearch(model::WhiteBox& box, std::vector<GcgProblem> problems, model::Tokens suffix,
            GcgOptions options, GcgFilter filter);
  Result<model::Tensor> gradient(double& loss);
  /// Mean over the problems of each candidate's mean target loss.
  Result<std::vector<double>> losses(std::span<const model::Tokens> candidates, bool fast,
                                     const CancelToken* cancel);
  Result<std::size_t> choose(const std::vector<model::Tokens>& candidates, GcgStep& step,
                             const CancelToken* cancel);

  model::WhiteBox* box_;
  std::vector<GcgProblem> problems_;
  std::vector<model::PrefixHandle> prefixes_;  ///< [problems]; null where there is nothing before
  model::Tokens suffix_;
  GcgOptions options_;
  GcgFilter filter_;
  std::size_t active_;
  int steps_ = 0;
};

}  // namespace assay::attack
