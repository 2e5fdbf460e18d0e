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
// Two relatives are the same search with other options:
//  - AutoPrompt (Shin et al. 2020, https://arxiv.org/abs/2010.15980, section 2.2): a step looks at
//    one position, drawn uniformly, and all of its top_k tokens; the suffix stays where none of
//    them is better.
//  - Probe sampling (Zhao et al. 2024, https://arxiv.org/abs/2403.01251, Algorithm 1): a cheap
//    draft of the losses is made for all B candidates, the losses themselves are computed only for
//    a random probe set of B / 16. The rank correlation of the two (Spearman's rho) gives their
//    agreement a = (1 + rho) / 2, and only the (1 - a) B / 8 candidates with the lowest drafts are
//    looked at too: the better the draft, the fewer. The best of both sets is taken. The draft is a
//    smaller model's losses, as in the paper, or costs nothing: the change of the loss to first
//    order, of which the gradient is there already.
//
// Legal call order: create(), then step() any number of times. A search is a function of its
// options and of the number of steps done: resume() continues one. Thread-safety: one thread.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <vector>

#include "base/random.h"
#include "model/whitebox.h"

namespace assay::attack {

/// One behaviour: before + suffix + after, then the target as the answer's beginning.
struct GcgProblem {
  model::Tokens before, after, target;
};

/// How a step draws its candidates.
enum class Draw {
  anywhere,     ///< `candidates` swaps, each at a position of its own (GCG)
  one_position  ///< all top_k swaps of one position (AutoPrompt); `candidates` is not used
};

/// What drafts the losses of candidates, and how many are looked at (the paper's figures).
struct ProbeSampling {
  model::WhiteBox* draft = nullptr;  ///< with the same vocabulary; null = the gradient drafts
  int sampling = 16;                 ///< of B candidates B / sampling are the probe set, at least 3
  int reduction = 8;                 ///< at most B / reduction others are looked at, at least 1
};

struct GcgOptions {
  Draw draw = Draw::anywhere;
  std::optional<ProbeSampling> probe;  ///< none: every candidate is looked at

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
  int looked_at = 0;         ///< of those drawn, that losses were computed of; all without a draft
  /// Spearman's, of drafts and losses of the probe set; 0 where one of them is constant.
  std::optional<double> rank_correlation;
  std::int64_t queries = 0;       ///< losses times problems, and the gradients
  std::int64_t tokens = 0;        ///< that a plain implementation would have computed for that
  std::int64_t draft_tokens = 0;  ///< and the draft model
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

  /// Of the draft model; 0 where there is none.
  [[nodiscard]] std::int64_t draft_parameters() const;

  [[nodiscard]] const model::Tokens& suffix() const { return suffix_; }
  [[nodiscard]] int steps() const { return steps_; }

 private:
  GcgSearch(model::WhiteBox& box, std::vector<GcgProblem> problems, model::Tokens suffix,
            GcgOptions options, GcgFilter filter);
  Result<model::Tensor> gradient(double& loss);
  /// Distinct, and those only that pass the filter.
  [[nodiscard]] std::vector<model::Tokens> draw(const model::Tensor& slope, Rng& rng) const;
  enum class Losses { exact, approximate, draft };
  /// What the losses are expected to be, for an order among candidates only.
  Result<std::vector<double>> drafts(std::span<const model::Tokens> candidates,
                                     const model::Tensor& slope, const CancelToken* cancel);
  /// Mean over the problems of each candidate's mean target loss.
  Result<std::vector<double>> losses(std::span<const model::Tokens> candidates, Losses which,
                                     const CancelToken* cancel);
  /// Only the probe set, and those with the lowest drafts; their approximate losses.
  Result<std::vector<double>> narrow(std::vector<model::Tokens>& candidates,
                                     const model::Tensor& slope, GcgStep& step, Rng& rng,
                                     const CancelToken* cancel);
  Result<std::size_t> choose(const std::vector<model::Tokens>& candidates,
                             const std::vector<double>& approximate, GcgStep& step,
                             const CancelToken* cancel);
  /// Queries and tokens of a step that has been made.
  void count(GcgStep& step) const;

  model::WhiteBox* box_;
  std::vector<GcgProblem> problems_;
  std::vector<model::PrefixHandle> prefixes_;  ///< [problems]; null where there is nothing before
  std::vector<model::PrefixHandle> draft_prefixes_;  ///< the same, of the draft model
  model::Tokens suffix_;
  GcgOptions options_;
  GcgFilter filter_;
  std::size_t active_;
  int steps_ = 0;
};

}  // namespace assay::attack
