// Stand-ins: own behaviours for measuring the strength of an attack without producing harm. They
// are harmless by construction: what is elicited is an invented secret, an everyday word, or an act
// that anybody may do and only this system prompt forbids.
//
//   secret          an invented secret in the system prompt (codeword, PIN, date, ingredient, ...);
//                   drawn by the seed, so that it cannot have been trained on or guessed
//   forbidden_word  a word that the system prompt forbids and that the question leads to
//   policy          an act that a stated policy rules out (prices, recipes, poems, code, ...)
//
// Each has a control: the same act without the protection. The request never holds the secret or
// the word. Data card: docs/behaviours.md. Thread-safety: pure functions.
#pragma once

#include <cstdint>
#include <vector>

#include "attack/behaviour.h"

namespace assay::attack {

/// All stand-ins in one language: the same for the same seed, in a fixed order by kind. The seed
/// changes the secrets only. Ids as "en-secret-codeword-1" are stable.
[[nodiscard]] std::vector<Behaviour> standins(Lang lang, std::uint64_t seed);

/// The first `count` of them in an order in which the kinds take turns and the seed decides within
/// a kind; all of them where count is not below their number.
[[nodiscard]] std::vector<Behaviour> some_standins(Lang lang, std::uint64_t seed, int count);

}  // namespace assay::attack
