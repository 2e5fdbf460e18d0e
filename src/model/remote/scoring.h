// Log-likelihoods from a server. Which way a server has is tried when the model is opened:
//
//   llama_server     its own /completion: the next token is forced by a bias, and its
//                    log-probability read, which is that before the bias. One request a token; the
//                    server keeps what the requests share. Chats through its /apply-template.
//                    Tokens that end within a character are read from the list of the most likely
//                    ones, as the server tells nothing else of them.
//   prompt_logprobs  vLLM: log-probabilities of the prompt's tokens, by their numbers. One request
//                    each. Chats through its /tokenize and /detokenize.
//   echo             the protocol's old completions: the prompt comes back with log-probabilities.
//                    The boundary is seen in the tokens' texts, or else the context is asked alone
//                    and its tokens are counted. No chats, no empty context.
//
// Boundary between context and continuation: as model/local/tokenizer.h. Thread-safety: one thread.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <set>
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
/// A reply of llama-server's /completion that had to give `token`. Nothing: the token's bytes end
/// within a character, and the server keeps such tokens out of its list.
Result<std::optional<ForcedToken>> read_forced(const Json& reply, std::int32_t token);
/// `token` among the most likely ones of a reply that had to give `carrier`. Nothing: it is not
/// among them.
Result<std::optional<ForcedToken>> read_listed(const Json& reply, std::int32_t carrier,
                                               std::int32_t token);
/// The prompt's tokens from number `first` on, of vLLM's prompt_logprobs.
Result<LoglikelihoodResult> read_prompt_logprobs(const Json& reply, const Tokens& prompt,
                                                 std::size_t first);

/// The tokens of an echoed text, without what was generated after it.
struct Echoed {
  std::vector<std::string> tokens;
  std::vector<std::optional<double>> logprobs;  ///< nats [tokens]; none for the first
  std::vector<bool> greedy;                     ///< [tokens]
};
Result<Echoed> read_echo(const Json& reply, std::string_view text);
/// The token that begins at byte `at`. Nothing: none does, or the tokens' texts do not make up the
/// text (tokens that end within a character have none of their own), so it cannot be seen.
std::optional<std::size_t> token_at(const Echoed& echo, std::string_view text, std::size_t at);
/// The tokens from number `first` on. Errors: usage (none), format (one without a number).
Result<LoglikelihoodResult> score_echo(const Echoed& echo, std::size_t first);

/// Legal call order: any.
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
  /// A request on its way to its tokens.
  struct Item {
    std::string context;
    std::string continuation;
    bool special = true;    ///< the server adds its first token
    Tokens prompt;          ///< context, then continuation
    std::size_t first = 0;  ///< of the continuation in `prompt`
    Result<LoglikelihoodResult> result = fail(ErrorKind::cancelled, "the request was not asked");
    bool ready = false;                            ///< may be asked
    std::vector<std::optional<ForcedToken>> read;  ///< of each token of the continuation
  };
  /// One token of an item, asked of llama-server.
  struct Step {
    std::size_t item, token;
  };
  using Ended = std::function<void(std::size_t)>;  ///< number of an item

  Status prompts(std::span<const LoglikelihoodRequest> requests, std::vector<Item>& items,
                 const CancelToken* cancel);
  Status encode(std::vector<Item>& items, const CancelToken* cancel);
  Status fetch_tokens(const std::vector<std::string>& texts, bool special,
                      const CancelToken* cancel);
  Status first_token(const CancelToken* cancel);
  Status ask_forced(std::vector<Item>& items, const Ended& ended, const CancelToken* cancel);
  Status ask_steps(std::vector<Item>& items, std::vector<Step>& steps, int listed,
                   const Ended& ended, const CancelToken* cancel);
  Status ask_prompts(std::vector<Item>& items, const Ended& ended, const CancelToken* cancel);
  Status ask_echo(std::vector<Item>& items, const Ended& ended, const CancelToken* cancel);
  Status count_contexts(const std::vector<Item>& items, const std::vector<std::size_t>& which,
                        const CancelToken* cancel);
  Status ask(std::vector<Item>& items, const Ended& ended, const CancelToken* cancel);
  Results answer(std::vector<Item>& items, const LoglikelihoodSink& sink,
                 const CancelToken* cancel);
  [[nodiscard]] Jobs jobs_of(std::size_t count, const CancelToken* cancel) const;
  [[nodiscard]] bool by_tokens() const { return server_->logprobs != Logprobs::echo; }
  [[nodiscard]] std::string tokenize_body(const std::string& text, bool special) const;

  Client* client_;
  const Settings* settings_;
  const Server* server_;
  bool probe_;
  std::map<std::pair<std::string, bool>, Result<Tokens>> known_;  ///< (text, special) -> tokens
  std::map<std::string, Result<std::size_t>>
      context_tokens_;          ///< echo: of contexts that were asked
  std::set<std::int32_t> cut_;  ///< llama-server: tokens that end within a character
  std::int32_t first_ = -1;     ///< the token that may stand before a text; < 0 = not known
};

}  // namespace assay::model::remote
