// The conversational searches (search.h) as attacks. The attacking model also plays the judge: its
// tokens count as the attacker's. Thread-safety: immutable.
#pragma once

#include "attack/attack.h"
#include "attack/conversational/search.h"

namespace assay::attack {

class DialogueAttack : public Attack {
 public:
  /// `info` gives name, texts and citation.
  DialogueAttack(AttackInfo info, Plan::Method method);
  [[nodiscard]] const AttackInfo& info() const override { return info_; }
  [[nodiscard]] Result<std::vector<Question>> next(Job& job, Json& state) const override;
  void take(Job& job, Json& state, const Heard& heard) const override;

 private:
  [[nodiscard]] Plan plan_of(const Job& job) const;

  AttackInfo info_;
  Plan::Method method_;
};

}  // namespace assay::attack
