// WeightsAttack: what the attacks that work on the target's weights have in common: they take
// turns, their work is timed, and they search for a suffix in its place. Thread-safety: as Attack.
#pragma once

#include "attack/optimised/suffix_frame.h"

namespace assay::attack {

class WeightsAttack : public Attack {
 public:
  [[nodiscard]] const AttackInfo& info() const override { return info_; }
  [[nodiscard]] Result<std::vector<Question>> next(Job& job, Json& state) const final;

 protected:
  /// `info` gives name, texts, citation and whether it is random; `length`: tokens of the first
  /// suffix.
  WeightsAttack(AttackInfo info, int length);
  /// As Attack::next(), with the weights open and held, and the clock running.
  [[nodiscard]] virtual Result<std::vector<Question>> search(Job& job, Json& state,
                                                             model::WhiteBox& weights,
                                                             const SuffixFrame& frame,
                                                             Work& work) const = 0;
  /// The model's free answer on its weights to `request` (one prompt, edits or soft prompt), as a
  /// question whose answer is made.
  static Result<Question> made(const Job& job, model::WhiteBox& weights, const SuffixFrame& frame,
                               model::WhiteBoxGenerate request);
  /// Error: cancelled, when the run is stopped.
  static Status go_on(const Job& job);
  /// Has the work used up a limit, with so many answers that were not counted yet?
  static bool used_up(const Job& job, std::size_t answers = 0);

 private:
  AttackInfo info_;
  int length_;
};

}  // namespace assay::attack
