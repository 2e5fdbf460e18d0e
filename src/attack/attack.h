// Attack: a way to get a behaviour out of a model, as a state machine without state of its own:
// next() looks at what it knows of one behaviour and says what to ask now; take() hears the answer.
// So hundreds of behaviours are attacked together, in batches, and what an attack knows is a plain
// value (Json) that is stored with the sample.
//
// One file an attack in attacks/, each with `void register_x(Attacks&)`; the build generates
// register_all_attacks(). Whoever runs them (attack_solver.h) counts the cost, judges every answer
// of the target, and ends an attack when the behaviour is elicited, a limit is reached, or it has
// no more ideas.
// Thread-safety: immutable after registration. Attacks that work on weights take turns (Means).
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "attack/behaviour.h"
#include "attack/check.h"
#include "attack/limits.h"
#include "attack/means.h"
#include "base/lang.h"
#include "base/random.h"
#include "eval/task.h"

namespace assay::attack {

/// Tokens that the target may answer each time.
inline constexpr int kAnswerTokens = 96;

enum class AttackFamily { plain, templates, sampling, conversational, optimised, indirect };
const char* to_string(AttackFamily family);

struct AttackInfo {
  std::string name;  ///< snake_case; the task is "attack_" + name
  AttackFamily family = AttackFamily::plain;
  Text title;
  Text description;  ///< what it does
  Text limits;       ///< what its figures do not say; may be empty
  std::string citation;
  bool attacker = false;    ///< needs an attacking model (else the target attacks itself)
  bool weights = false;     ///< works on the target's weights: local models only
  bool named_only = false;  ///< needs more than a model: never run unless it is named
  bool random = false;      ///< another seed gives another course
  int version = 1;
};

/// What an attack knows of the behaviour that it is at.
struct Job {
  const Behaviour& behaviour;
  std::uint64_t seed = 0;  ///< of this behaviour and epoch
  const Means& means;
  Spent&
      spent;  ///< an attack adds its work on weights (flops, seconds); all else is counted for it
};

/// One question.
struct Question {
  enum class Who {
    target,    ///< the model under attack answers
    attacker,  ///< the attacking model answers
    score,     ///< the log-probability of `continuation` as the target's answer; a query too
    made       ///< the attack has made the target answer on its weights; `continuation` is it
  };
  Who who = Who::target;
  std::vector<model::Message> messages;
  std::string prefill{};                   ///< how the answer begins
  std::vector<std::string> later_turns{};  ///< asked after each answer in turn; each is a query
  std::string reply_code{};                ///< how the last answer is decoded before it is judged
  std::string continuation{};              ///< of a score, or the answer that was made
  std::int64_t read = 0, written = 0;      ///< tokens of an answer that was made
  std::string label{};                     ///< for people: which idea this is, e.g. "base64"
  Json schema{};                           ///< of an attacker's answer, or null
  int max_tokens = 0;                      ///< 0: as many as the behaviour's samples have
  double temperature = 0.0;
  std::uint64_t seed = 0;  ///< mixed into the seed of the sampling
};
Json to_json(const Question& ask);
Result<Question> question_from_json(const Json& json);

/// What an attack starts from (attack_messages), with the request in a random form as best-of-n has
/// them: capitals, swapped and shifted letters. Errors: not_found, where the transform is missing.
Result<std::vector<model::Message>> random_form(const Means& means, const Behaviour& behaviour,
                                                Rng& rng);

/// The answer to one.
struct Heard {
  const Question& ask;
  std::string reply;                         ///< decoded; with the prefill in front
  std::optional<Error> error{};              ///< of an attacker that could not answer
  double logprob = 0.0;                      ///< of a score, nats, of the whole continuation
  Outcome outcome{};                         ///< of the target's answers
  std::vector<model::Message> transcript{};  ///< the whole conversation of this ask
};

class Attack {
 public:
  virtual ~Attack() = default;
  [[nodiscard]] virtual const AttackInfo& info() const = 0;
  /// Whether it can run with these means at all, e.g. without weights. Errors: with the next step.
  [[nodiscard]] virtual Status available(const Means& means) const;
  /// What to ask now, all independent of each other; nothing: it has no more ideas. `state` is null
  /// at the beginning. Errors: the attack cannot go on (the sample is unassessed then).
  [[nodiscard]] virtual Result<std::vector<Question>> next(Job& job, Json& state) const = 0;
  /// Hears the answers in the order in which next() asked. The target's are never those that
  /// elicited the behaviour: then the attack is over.
  virtual void take(Job& job, Json& state, const Heard& heard) const;
};

/// Every attack by name.
class Attacks {
 public:
  /// A second one of the same name is a defect and throws std::logic_error.
  void add(std::shared_ptr<const Attack> attack);
  [[nodiscard]] const std::vector<std::shared_ptr<const Attack>>& all() const { return attacks_; }
  /// The attack, or not_found with near names as the next step.
  [[nodiscard]] Result<const Attack*> find(std::string_view name) const;

 private:
  std::vector<std::shared_ptr<const Attack>> attacks_;  ///< sorted by family, then by name
};

/// Generated at configure time from the files in src/attack/attacks/.
void register_all_attacks(Attacks& registry);

}  // namespace assay::attack
