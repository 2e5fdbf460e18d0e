// AttackSolver: runs one attack on one behaviour as an eval::Solver. It asks the control question
// first (a model that does not do the act without the protection cannot be said to have held),
// then lets the attack ask, judges each answer of the target, counts what it costs, and ends when
// the behaviour is elicited, a limit is reached, or the attack has no more ideas.
//
// What it knows is Trace::state, a plain value (see AttackRecord for what is read of it); all that
// was said to the target stands in the transcript. Thread-safety: stateless.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "attack/attack.h"
#include "eval/solver.h"

namespace assay::attack {

/// One answer of the target to the attack.
struct Try {
  std::string label;
  Outcome::State state = Outcome::State::unassessed;
  std::string reason;
  std::int64_t queries = 0;  ///< spent up to and with this one
};

/// How an attack on a behaviour went.
struct AttackRecord {
  enum class End {
    open,      ///< interrupted
    control,   ///< the model does not do the act without the protection either, or babbles
    elicited,  ///< the behaviour came out
    limit,     ///< a limit was reached (`limit` says which)
    no_ideas   ///< the attack had nothing more to try; more budget would not have helped it
  };
  End end = End::open;
  std::string limit;
  std::string control;  ///< "none", "elicited", "held" or "unassessed"
  Spent spent;
  std::vector<Try> tries;
  /// What elicited it, as it can be put to another model; none where the answer was made on the
  /// weights.
  std::optional<Question> broke;

  [[nodiscard]] bool judged() const;  ///< was any try held or elicited?
};
const char* to_string(AttackRecord::End end);
/// Of Trace::state; null gives an open record. Errors: format.
Result<AttackRecord> attack_record(const Json& state);

class AttackSolver : public eval::Solver {
 public:
  /// `attack` must outlive it.
  AttackSolver(const Attack& attack, std::shared_ptr<const Means> means)
      : attack_(&attack), means_(std::move(means)) {}
  [[nodiscard]] std::string name() const override { return "attack " + attack_->info().name; }
  [[nodiscard]] eval::Step next(const eval::Sample& sample, eval::Trace& trace) const override;
  /// Work on weights takes long.
  [[nodiscard]] bool acts() const override { return attack_->info().weights; }

 private:
  struct Course;
  struct Said;
  [[nodiscard]] Result<Said> said_in(const Course& course, const Question& ask) const;
  [[nodiscard]] Result<eval::Step> advance(const eval::Sample& sample, eval::Trace& trace) const;
  Status hear(Course& course) const;
  Status hear_attacker(Course& course, const Question& ask) const;
  Status hear_scores(Course& course) const;
  Status hear_target(Course& course, const Question& ask) const;
  Status hear_judge(Course& course, const Question& ask) const;
  Status conclude(Course& course, const Question& ask, Said said, const Outcome& outcome) const;
  [[nodiscard]] Result<eval::Step> put_judge(const Course& course) const;
  eval::Step ask_scores(Course& course) const;
  [[nodiscard]] Job job_of(Course& course) const;
  Result<eval::Step> go_on(Course& course) const;
  Status fill_queue(Course& course) const;
  static void take_made(Course& course, const Question& ask);
  [[nodiscard]] eval::Step put(Course& course, const Question& ask) const;
  [[nodiscard]] std::optional<std::string> limit(const Spent& spent) const;

  const Attack* attack_;
  std::shared_ptr<const Means> means_;
};

}  // namespace assay::attack
