// A suffix that an optimiser works on, as tokens in their place: what stands before it (template,
// system prompt, request), behind it (the end of the user's turn) and the wanted beginning of the
// answer. A suffix counts only if its text, put into the whole chat, gives the same tokens again:
// otherwise what was optimised is not what the model would read.
//
// Legal call order: make_frame() once a behaviour -> survives() for each suffix.
// Thread-safety: as the model's (the caller holds Means::turn).
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "attack/attack.h"

namespace assay::attack {

using Tokens = std::vector<std::int32_t>;

struct SuffixFrame {
  Tokens before, after;
  Tokens target;  ///< the wanted beginning of the answer
  Tokens start;   ///< the first suffix, of the length asked for
};

/// `length` tokens of suffix. Errors: unsupported (a served model), those of the model.
Result<SuffixFrame> make_frame(const Job& job, int length);
/// How a complying answer begins: the behaviour's target, else "Sure, here is".
std::string wanted_beginning(const Behaviour& behaviour);
/// The chat with the suffix behind the request.
std::vector<model::Message> with_suffix(const Behaviour& behaviour, const std::string& suffix);
/// The tokens of that chat, up to where the answer begins. Errors: unsupported (no model is open,
/// or only a server knows the tokens), those of the template.
Result<Tokens> chat_tokens(const Job& job, const std::string& suffix);
/// The suffix's text if the whole chat's tokens are before + suffix + after; else nothing.
std::optional<std::string> survives(const Job& job, const SuffixFrame& frame, const Tokens& suffix);

}  // namespace assay::attack
