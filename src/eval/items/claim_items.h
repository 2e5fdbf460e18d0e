// Items of claims: abilities that a model is asked about, and ways to ask.
// Thread-safety: constant tables and pure functions.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/lang.h"

namespace assay::eval::items {

/// absent: impossible without tools, and none are given. present: shown by the reply itself.
/// measured: another task says how well it goes.
enum class AbilityKind { absent, present, measured };
const char* to_string(AbilityKind kind);

struct Ability {
  std::string_view id;
  AbilityKind kind = AbilityKind::absent;
  std::string_view task;  ///< measured: the task whose outcome counts, else ""
  Text you;               ///< "Can you ...?"
  Text self;              ///< "I can ..."
  Text label;             ///< name of the ability
};
const std::vector<Ability>& abilities();

/// How the question is put, and so how the answer is read.
enum class ClaimForm { yes_no, in_this_chat, can_first, cannot_first, gap };
constexpr std::array<ClaimForm, 5> claim_forms{ClaimForm::yes_no, ClaimForm::in_this_chat,
                                               ClaimForm::can_first, ClaimForm::cannot_first,
                                               ClaimForm::gap};
const char* to_string(ClaimForm form);
constexpr std::size_t claim_intros = 3;

/// The question; `intro` < claim_intros is what the person says before it.
std::string claim_question(Lang lang, const Ability& ability, ClaimForm form, std::size_t intro);

/// Does the answer claim the ability (true), deny it (false), or neither clearly (nothing)?
std::optional<bool> read_claim(std::string_view answer, bool letters, bool can_first);

}  // namespace assay::eval::items
