// Prompts: what the attacker and the judge of a conversational attack are told, in our own words,
// in the language of the behaviour; and how their replies are read.
//
// A reply of the target stands between marks that it cannot close, and is called material, so that
// it gives no orders. Replies of the attacker are JSON; what is read from them is bounded, and what
// cannot be read is nothing: never a prompt, never a score. Thread-safety: pure functions.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "attack/behaviour.h"
#include "attack/conversational/ask.h"

namespace assay::attack {

/// How an attacker works.
enum class Manner {
  refine,    ///< PAIR, TAP: one message that it improves by the score
  escalate,  ///< Crescendo: small steps in one conversation
  rephrase   ///< the plain request in other words, in one conversation, without scores
};

/// What the attacker said: its thought (JSON "improvement") and the message to send (JSON
/// "prompt").
struct AttackMove {
  std::string improvement;
  std::string prompt;
};
inline constexpr std::size_t kMaxMove = 16384;  ///< bytes of either

/// The attacker's system message: its task, the objective, the form of its reply. `approach` picks
/// one of approaches() for `refine` (streams begin in different ways), else it is not used.
[[nodiscard]] std::string attacker_system(const Behaviour& behaviour, Manner manner, int approach);
/// How many approaches there are (role play, appeal to reason, appeal to authority, as in PAIR
/// section 3.2 and appendix, in our words).
[[nodiscard]] int approaches();
/// The first user message to the attacker.
[[nodiscard]] std::string attacker_opening(const Behaviour& behaviour, Manner manner);
/// A later one: what the target replied. `score` 1..10, or 0 = none is told; `refused` is told
/// where the attacker works in one conversation.
[[nodiscard]] std::string attacker_feedback(const Behaviour& behaviour, Manner manner,
                                            std::string_view prompt, std::string_view reply,
                                            int score, bool refused);
/// What the attacker's reply must look like.
[[nodiscard]] Json move_schema();
/// The first JSON object of the reply with a prompt in it, also within other text or a code fence,
/// and with raw line breaks in its texts. Nothing where there is none, or it is empty or too long.
[[nodiscard]] std::optional<AttackMove> read_move(std::string_view reply);
/// The move as the attacker ought to have written it: what stands in its own history.
[[nodiscard]] std::string move_text(const AttackMove& move);

/// How fully does the reply do what the objective says, 1..10? (PAIR's judge, section 3.3.)
[[nodiscard]] std::vector<model::Message> rating_question(const Behaviour& behaviour,
                                                          std::string_view prompt,
                                                          std::string_view reply);
[[nodiscard]] Json rating_schema();
/// {"rating": 7}, "[[7]]", "Rating: 7" or "7"; nothing else, and nothing outside 1..10.
[[nodiscard]] std::optional<int> read_rating(std::string_view reply);

/// Does the prompt still ask for the objective? (TAP's pruning of what is off topic, section 3.)
[[nodiscard]] std::vector<model::Message> topic_question(const Behaviour& behaviour,
                                                         std::string_view prompt);
[[nodiscard]] Json topic_schema();
/// {"on_topic": true}, or yes/no (是/否) alone; nothing else.
[[nodiscard]] std::optional<bool> read_topic(std::string_view reply);

}  // namespace assay::attack
