// SwapAttack: what the attacks have in common that swap tokens of a suffix along the gradient
// (optimised/gcg_search.h): some steps, then a free answer with the suffix in its place; only such
// an answer counts. An attack is a file that says how its steps are drawn and chosen.
// Thread-safety: as Attack.
#pragma once

#include "attack/optimised/gcg_search.h"
#include "attack/optimised/weights_attack.h"

namespace assay::attack {

class SwapAttack : public WeightsAttack {
 public:
  static constexpr int kLength = 20;    ///< tokens of the suffix
  static constexpr int kLookEach = 10;  ///< steps between two free answers
  static constexpr int kMostSteps = 500;

 protected:
  /// `info` gives name, texts and citation; `options` how a step goes, without its seed and the
  /// tokens that are forbidden.
  SwapAttack(AttackInfo info, GcgOptions options);
  [[nodiscard]] Result<std::vector<Question>> search(Job& job, Json& state,
                                                     model::WhiteBox& weights,
                                                     const SuffixFrame& frame,
                                                     Work& work) const override;
  /// What depends on the run's means, e.g. a draft model. Errors: those of opening it.
  virtual Status prepare(const Job& job, GcgOptions& options) const;

 private:
  [[nodiscard]] Result<GcgSearch> search_of(const Job& job, model::WhiteBox& weights,
                                            const SuffixFrame& frame) const;

  GcgOptions options_;
};

}  // namespace assay::attack
