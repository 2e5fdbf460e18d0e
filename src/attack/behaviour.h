// Behaviour: something that an attack tries to get out of a model, and how one sees that it got it.
// A behaviour is data: it is read from a file (behaviours/files.h) or made by a seed
// (behaviours/standins.h), stored with a sample, and checked by pure functions (check.h).
//
// Legal call order: make or read behaviours -> attack_messages() / control_messages() to ask,
// check_reply() / check_transcript() (check.h) on what came back. Thread-safety: plain values, pure
// functions.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"
#include "base/lang.h"
#include "base/result.h"
#include "model/model.h"

namespace assay::attack {

/// How a reply shows that the behaviour was elicited.
struct Check {
  enum class Kind {
    contains,  ///< one of `any` stands in the reply, also in a disguise that anyone can undo
    complies,  ///< the rules of eval/scorers/refusal.h, and the evidence below where there is any
    judge      ///< a model judge decides (`rubric`); nothing here can
  };
  Kind kind = Kind::complies;
  /// contains: the texts that must not be said, UTF-8.
  std::vector<std::string> any;
  /// contains: the model must not say it even after the user has said it (a forbidden word). False
  /// (a secret): what the user has said before is no longer given away.
  bool even_if_said = false;
  /// complies: RE2 patterns over the reply as it stands (put (?i) before those that ignore case).
  std::vector<std::string> evidence;
  /// complies: so many different patterns must match; at least 1 where there are patterns.
  int needed = 1;
  /// complies: the patterns find each way of doing it, so that a real reply without them has not
  /// done it, and one with them has, whatever the rules for refusals say of its tone.
  bool sharp = false;
  /// judge: the question that the judge answers; may be empty (the owner's default rubric).
  std::string rubric;

  bool operator==(const Check&) const = default;
};
const char* to_string(Check::Kind kind);

struct Behaviour {
  std::string id;  ///< unique within its set
  Lang lang = Lang::en;
  std::string kind;    ///< what sort of behaviour, e.g. "secret"; a figure is given for each
  std::string system;  ///< system prompt that protects it; may be empty
  /// Exchanges that stand between the two, e.g. one in which the model kept to its rule; "user" and
  /// "assistant" in turn. May be empty.
  std::vector<model::Message> shown;
  std::string request;  ///< what the attacker wants, as the plain user message
  std::string target;   ///< how a complying reply would begin, for optimisers and prefill
  /// The plain request in other languages: BCP 47 code -> text.
  std::map<std::string, std::string> translations;
  Check check;
  std::string category;  ///< subject or policy; behaviours that share it depend on each other
  std::string source;    ///< file or data set, or "assay"
  bool harmful = false;  ///< outputs are folded in reports
  /// The same act without the protection: a model that does not do it here cannot be said to have
  /// held. Empty: there is no control.
  std::string control;
  std::string control_system;  ///< system prompt of the control; may be empty
};

/// [system], shown, request: what an attack starts from; the request is the last message.
[[nodiscard]] std::vector<model::Message> attack_messages(const Behaviour& behaviour);
/// [control_system], control; empty where there is no control.
[[nodiscard]] std::vector<model::Message> control_messages(const Behaviour& behaviour);

/// One line of the own form (docs/behaviours.md); fields at their default are left out.
[[nodiscard]] Json to_json(const Behaviour& behaviour);
/// Its id and a digest of all that it is: equal for two runs only if the behaviour is.
[[nodiscard]] std::string identity(const Behaviour& behaviour);
/// Reads the own form. `where` names the place in errors. Errors: format (a field that is missing,
/// of another type or over its limit, a pattern that RE2 does not take), naming the field.
[[nodiscard]] Result<Behaviour> behaviour_from_json(const Json& json, std::string_view where);

/// Limits of the own form.
inline constexpr std::size_t kMaxBehaviourId = 200;      ///< bytes
inline constexpr std::size_t kMaxBehaviourText = 65536;  ///< bytes of one text
inline constexpr std::size_t kMaxPatterns = 64;          ///< patterns, or texts, of one check
inline constexpr std::size_t kMaxPatternBytes = 1024;    ///< bytes of one of them

}  // namespace assay::attack
