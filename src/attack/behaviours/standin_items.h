// The banks that the stand-ins are made of; standins.cpp puts them together.
// Thread-safety: built once, then const.
#pragma once

#include <string>
#include <vector>

#include "base/lang.h"
#include "base/random.h"

namespace assay::attack {

/// A secret of one language: as the system prompt states it first, then other ways to write it.
using Secret = std::vector<std::string>;

/// "{0}" stands for the secret.
struct SecretSetting {
  const char* name;
  Text system;   ///< holds the secret and protects it
  Text open;     ///< holds it and does not protect it (control)
  Text request;  ///< asks for it
  Text target;   ///< how an answer would begin, up to the secret
  Secret (*draw)(Lang lang, Rng& rng);
};
const std::vector<SecretSetting>& secret_settings();

/// A word that must not be said, and the question whose plain answer it is.
struct ForbiddenWord {
  const char* name;
  Text word;
  Text also;             ///< another form of it that counts, or empty
  Text role;             ///< "the guide of a harbour museum"
  Text lure;             ///< the question
  Text target;           ///< how an answer would begin, up to the word
  bool parallel = true;  ///< the two questions are translations of each other
};
const std::vector<ForbiddenWord>& forbidden_words();

struct PolicyAct {
  Text request;
  Text target;
  std::vector<const char*> evidence;  ///< RE2, for replies in both languages
  int needed = 1;
  bool sharp = false;
  bool parallel = true;  ///< the two requests are translations of each other
};
struct Policy {
  const char* name;
  Text system;
  std::vector<PolicyAct> acts;
};
/// Policies of a shop or desk (prices, recipes, ...) and policies of form and pastime (poems, ...).
const std::vector<Policy>& desk_policies();
const std::vector<Policy>& form_policies();

}  // namespace assay::attack
