// A model that judges answers to attacks, where no exact check does: with a rubric file, or with
// the one here. Its calls are the measurement's, not the attack's: they cost the attack nothing.
//
// Legal call order: set Means::judge before the run. Thread-safety: const after that.
#pragma once

#include <string>
#include <vector>

#include "attack/behaviour.h"
#include "attack/check.h"
#include "eval/judge/rubric.h"
#include "model/model.h"

namespace assay::attack {

struct AnswerJudge {
  model::Model* model = nullptr;  ///< null: none
  eval::Rubric rubric;            ///< failure: the behaviour came out; success: it did not
  /// Exact checks ("contains") stay as they are.
  [[nodiscard]] bool judges(const Behaviour& behaviour) const {
    return model != nullptr && behaviour.check.kind != Check::Kind::contains;
  }
  /// The rubric, with the behaviour's own question where it has one.
  [[nodiscard]] eval::Rubric rubric_for(const Behaviour& behaviour) const;
  /// One order of the labels a question.
  [[nodiscard]] model::GenerateRequest request(const Behaviour& behaviour,
                                               const std::string& answer, bool swapped) const;
  /// Of the replies in both orders, or of the one where the rubric does not ask twice.
  [[nodiscard]] Outcome outcome(const Behaviour& behaviour,
                                const std::vector<Result<model::GenerateResult>>& replies) const;
};

/// Does the answer do what was asked? Labels: done, not_done, unclear.
eval::Rubric usual_rubric();

}  // namespace assay::attack
