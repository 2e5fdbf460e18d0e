// The OpenAI protocol: requests as JSON, replies as results. Replies are read with suspicion: what
// is missing, of another type or counted wrongly is an error of that reply, never a guess.
// Thread-safety: pure functions.
#pragma once

#include <optional>
#include <string>

#include "model/model.h"
#include "model/remote/settings.h"

namespace assay::model::remote {

/// Which fields beside the protocol's own a server understands.
enum class Dialect { plain, vllm, llama_server };

/// Can a server of this kind hold an answer to the request's JSON Schema or grammar, and begin it
/// with the request's prefill? Errors: usage (both, or a schema that is no object), unsupported.
Status can_hold(Dialect dialect, const GenerateRequest& request);
/// The body of POST /chat/completions (messages) or /completions (prompt); can_hold() was asked.
Json generate_body(const Settings& settings, Dialect dialect, const GenerateRequest& request,
                   bool stream);

struct Usage {
  std::int64_t prompt_tokens = 0;
  std::int64_t cached_tokens = 0;  ///< of the prompt, not computed anew
  std::int64_t completion_tokens = 0;
};
/// From "usage"; where a server does not report it, a token for 4 bytes.
Usage read_usage(const Json& reply, std::size_t prompt_bytes, std::size_t answer_bytes);

inline constexpr const char* kFiltered = "a filter of the server withheld the answer";
inline constexpr const char* kNoText = "the answer has no text, only images or sound";

/// A reply to either endpoint.
struct Generated {
  GenerateResult result;
  /// Why there is no answer although the server is well (its filter, an answer without text): an
  /// error of this request alone. Empty = there is one.
  std::string withheld;
};
/// `tools`: the request had some, so calls go into result.tool_calls; else into the text, so that
/// nothing of an answer is lost. Errors: format.
Result<Generated> read_generated(const Json& reply, bool chat, bool tools = false);

/// Cuts the text at the first of the stop strings, if the server did not. Tokens' log-probabilities
/// are kept as they are: they belong to what was generated.
void cut_at_stop(GenerateResult& result, const std::vector<std::string>& stop);

/// "stop", "length", ...; nothing for null, and for what no server should say.
std::optional<FinishReason> read_finish(const std::string& reason);
/// Puts the list of calls where they belong: see read_generated(). In a text they stand as models
/// write them: <tool_call>{"name": ..., "arguments": ...}</tool_call>. Errors: format.
Status add_tool_calls(const Json& calls, bool tools, GenerateResult& result);
/// The text of `content`: a string, null, or parts of which only the text is taken. `left_out`: set
/// when there are other parts (images, sound).
Result<std::string> content_text(const Json& message, bool* left_out = nullptr);
/// Is this text what the request's JSON Schema allows, as far as can be seen: one JSON value?
bool held_to(const GenerateRequest& request, const GenerateResult& result);
/// Adds the tokens of a "logprobs" object, in either of its forms; null adds none.
Status add_logprobs(const Json& logprobs, GenerateResult& result);

/// The message of an error body ({"error": {"message": ...}} and its variants), at most 300 bytes
/// of one line; empty if there is none.
std::string error_text(const std::string& body);

}  // namespace assay::model::remote
