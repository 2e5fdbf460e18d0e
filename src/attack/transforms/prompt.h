// Prompt: what an attack says to a model, as a plain value that transforms turn into another one.
//
// The request itself is the LAST user message of `messages`; what stands before it (a system text,
// shown exchanges) is context. Thread-safety: plain values and pure functions.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "model/model.h"

namespace assay::attack {

struct Prompt {
  std::vector<model::Message> messages;
  /// Further turns of the user, one after each answer; the reply that counts is the last one.
  std::vector<std::string> later_turns{};
  /// How the assistant's turn begins; the model goes on from there. Empty = nothing is given.
  std::string assistant_prefill{};
  /// How the reply must be decoded before it is judged (reply.h): "" | "base64" | "caesar:7" | ...;
  /// several, joined by '+', were put on from left to right.
  std::string reply_code{};
  /// The request in other languages (BCP 47 code -> text), where the behaviour brings them.
  std::map<std::string, std::string> translations{};
};

/// A prompt of one user message, after a system message where `system` is not empty.
Prompt make_prompt(std::string_view request, std::string_view system = {});

/// Text of the last user message; empty where there is none.
const std::string& request_of(const Prompt& prompt);
/// The same prompt with another text in its last user message (added where there is none).
Prompt with_request(Prompt prompt, std::string text);
/// The same prompt with each of the user's own turns (the last user message and the later turns)
/// put through `change`; earlier messages stay as they are. Errors: those of `change`.
Result<Prompt> change_turns(Prompt prompt,
                            const std::function<Result<std::string>(const std::string&)>& change);
/// Everything that the user says from the request on, one turn a line: what a reader looks at.
std::string user_text(const Prompt& prompt);
/// Bytes of all texts that a model gets.
std::size_t size_of(const Prompt& prompt);

}  // namespace assay::attack
