// Log-likelihoods from a server. Which way a server has is tried when the model is opened:
//
//   llama_server     its own /completion: the next token is forced by a bias, and its
//                    log-probability read, which is that before the bias. One request a token; the
//                    server keeps what the requests share. Chats through its /apply-template.
//   prompt_logprobs  vLLM: log-probabilities of the prompt's tokens. One request each. Chats
//   through
//                    its /tokenize and /detokenize.
//   echo             the protocol's old completions: the prompt comes back with log-probabilities,
//                    and the boundary is found by the tokens' offsets. No chats, no empty context.
//
// Boundary between context and continuation: as model/local/tokenizer.h. Thread-safety: one thread.
#pragma once

#include <functional>
#include <map>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

#include "model/remote/server.h"

namespace assay::model::remote {

/// Sets server.logprobs and server.completions by trying. Errors: usage, where the person asked for
/// a way that the server does not have.
Status find_logprobs(Client& client, const Settings& settings, Server& server);

using Tokens = std::vector<std::int32_t>;

// Readers of the replies, each with the error `format` for what it should not be.

/// {"tokens": [...]} of /tokenize.
Result<Tokens> read_tokens(const Json& reply);
struct ForcedToken {
  double logprob = 0.0;  ///< nats
  bool greedy = false;   ///< it was the most likely one
};
/// A reply of llama-server's /completion that had to give `token`.
Result<ForcedToken> read_forced(const Json& reply, std::int32_t token);
/// The prompt's tokens from number `first` on, of vLLM's prompt_logprobs.
Result<LoglikelihoodResult> read_prompt_logprobs(const Json& reply, const Tokens& prompt,
                                                 std::size_t first);
/// The tokens that lie in characters [first, last) of the echoed prompt.
Result<LoglikelihoodResult> read_echo(const Json& reply, std::size_t first, std::size_t last);

class Scoring {
 public:
  using Results = std::vector<Result<LoglikelihoodResult>>;

  /// `probe`: only to see whether it works; neither cache nor limits.
  Scoring(Client& client, const Settings& settings, const Server& server, bool probe = false)
      : client_(&client), settings_(&settings), server_(&server), probe_(probe) {}

  Result<Tokens> tokenize(std::string_view text);
  Results loglikelihood(std::span<const LoglikelihoodRequest> requests,
                        const LoglikelihoodSink& sink, const CancelToken* cancel);
  /// Texts up to the server's context. Errors in their places: limit (longer), unsupported (echo).
  Results rolling(std::span<const RollingRequest> requests, const CancelToken* cancel);

 private:
  struct Item;

  Status prompts(std::span<const LoglikelihoodRequest> requests, std::vector<Item>& items,
                 const CancelToken* cancel);
  Status encode(std::vector<Item>& items, const CancelToken* cancel);
  Status fetch_tokens(const std::vector<std::string>& texts, bool special,
                      const CancelToken* cancel);
  Status first_token(const CancelToken* cancel);
  Status ask_forced(std::vector<Item>& items, const std::function<void(std::size_t)>& ended,
                    const CancelToken* cancel);
  Status ask_prompts(std::vector<Item>& items, const std::function<void(std::size_t)>& ended,
                     const CancelToken* cancel);
  Results answer(std::vector<Item>& items, const LoglikelihoodSink& sink,
                 const CancelToken* cancel);
  [[nodiscard]] bool by_tokens() const { return server_->logprobs != Logprobs::echo; }
  [[nodiscard]] std::string tokenize_body(const std::string& text, bool special) const;

  Client* client_;
  const Settings* settings_;
  const Server* server_;
  bool probe_;
  std::map<std::pair<std::string, bool>, Result<Tokens>> known_;  ///< (text, special) -> tokens
  std::int32_t first_ = -1;  ///< the token that may stand before a text; < 0 = not known
};

}  // namespace assay::model::remote
