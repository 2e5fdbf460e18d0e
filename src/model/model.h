// Model: what every engine (local llama.cpp, served, torch) offers. Batched by design: hand over
// ALL requests in one call; the engine orders, shares and bounds them.
//
// Legal call order: open an engine (e.g. model::local::open), read info()/can(), then any number of
// loglikelihood()/generate() calls. Thread-safety: one call at a time per Model; the sinks are
// called on the calling thread. One bad request yields an Error in its own slot and never loses
// the others.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/cancel.h"
#include "base/json.h"
#include "base/result.h"

namespace assay::model {

/// A tool that the model asks for.
struct ToolCall {
  std::string id;  ///< the server's, or made by the engine; the tool's answer names it
  std::string name;
  Json arguments;  ///< an object; text, where the model's arguments are no JSON object
  bool operator==(const ToolCall&) const = default;
};
Json to_json(const ToolCall& call);

struct Message {
  std::string role;                    ///< "system" | "user" | "assistant" | "tool"
  std::string content;                 ///< UTF-8
  std::vector<ToolCall> tool_calls{};  ///< of an assistant
  std::string tool_call_id{};          ///< of a tool: the call that this answers
};

/// log P(continuation | context). With as_chat, the context is given by `messages` through the
/// model's chat template (generation prompt added) and `context` is appended after it.
struct LoglikelihoodRequest {
  std::string context;
  std::string continuation;
  std::vector<Message> messages;
  bool as_chat = false;
  int variant = 0;  ///< which form of the model answers, where there are several (variants.h)
  /// Fill token_means and token_sds; an engine that does not see the whole vocabulary leaves them
  /// empty.
  bool moments = false;
};

struct LoglikelihoodResult {
  double total = 0.0;                  ///< nats, sum over continuation tokens
  std::vector<std::int32_t> tokens;    ///< continuation token ids [n]
  std::vector<double> token_logprobs;  ///< nats [n]
  bool greedy = false;                 ///< every continuation token was the arg max
  /// If asked for: mean and standard deviation, under the model's own distribution at that place,
  /// of the log-probability of a token [n], nats.
  std::vector<double> token_means{}, token_sds{};
};

/// Document log-likelihood: every token is scored once, in windows of the model's context.
struct RollingRequest {
  std::string text;
};

struct Sampling {
  double temperature = 0.0;  ///< 0 = greedy
  double top_p = 1.0;
  int top_k = 0;  ///< 0 = off
  double min_p = 0.0;
  std::uint64_t seed = 0;
};

struct GenerateRequest {
  std::vector<Message> messages;  ///< through the chat template; if empty, `prompt` is used raw
  std::string prompt;
  /// How the answer begins: the model goes on from there, and the result holds only what follows.
  /// An engine that cannot put words into the model's mouth refuses the request (unsupported).
  std::string prefill;
  Json tools;  ///< OpenAI tool array, or null
  Sampling sampling;
  std::vector<std::string> stop;  ///< stop strings, not part of the text
  int max_tokens = 256;
  bool logprobs = false;  ///< fill GenerateResult::token_logprobs
  /// What the whole answer must look like; at most one of the two. An engine that cannot hold an
  /// answer to it refuses the request (unsupported) instead of leaving it out.
  Json json_schema;     ///< JSON Schema (an object), or null
  std::string grammar;  ///< GBNF of llama.cpp with the start symbol `root`, or empty
  int variant = 0;      ///< as in LoglikelihoodRequest
};

/// Why a generation ended. `length` is never scored as an answer.
enum class FinishReason { stop, length, cancelled };
const char* to_string(FinishReason reason);

struct GenerateResult {
  std::string text;  ///< without the tool calls, where the request had tools
  FinishReason finish = FinishReason::stop;
  int prompt_tokens = 0;
  int completion_tokens = 0;
  std::vector<std::int32_t> tokens;    ///< [completion_tokens]
  std::vector<double> token_logprobs;  ///< [completion_tokens] if asked for, nats
  /// In the order in which they were made; only where the request had tools.
  std::vector<ToolCall> tool_calls;
};

/// What a call cost; summed into the run's ledger so that all work shares one cost axis.
struct Ledger {
  std::int64_t requests = 0;
  std::int64_t prompt_tokens = 0;    ///< tokens in the requests
  std::int64_t computed_tokens = 0;  ///< tokens really evaluated (shared prefixes count once)
  std::int64_t completion_tokens = 0;
  double flops = 0.0;    ///< 2 * parameters * computed tokens, an estimate
  double seconds = 0.0;  ///< wall time inside the engine
  double joules = 0.0;
  bool joules_modelled = true;  ///< false only if read from a counter
  Ledger& operator+=(const Ledger& other);
};
Json to_json(const Ledger& ledger);

struct ModelInfo {
  std::string id;    ///< what the user typed
  std::string name;  ///< general.name or file stem
  std::string architecture;
  std::int64_t parameters = 0;
  int context_length = 0;  ///< tokens the model was trained for
  int vocabulary = 0;
  std::string tokenizer;
  bool has_chat_template = false;
  std::string license;                            ///< as the file states it; empty if it does not
  std::string weights_dtype;                      ///< as stored, e.g. "Q4_1"
  std::string scored_dtype;                       ///< weights that were really used, e.g. "BF16"
  std::optional<double> dtype_max_logprob_delta;  ///< nats against as-stored, on a sample
  std::string digest;                             ///< sha256 of the weights file, hex
  std::string template_digest;                    ///< sha256 of the chat template, hex
  std::int64_t file_bytes = 0;
  std::string engine;                  ///< "llama.cpp b1234"
  std::string served_at;               ///< a served model's address; empty = weights of ours. Then
                                       ///< digest is of what the server says of the model
  std::vector<std::string> arguments;  ///< --model-arg that shape its answers
};
Json to_json(const ModelInfo& info);

struct Capabilities {
  bool generate = false;
  bool chat = false;      ///< has a chat template (or a chat endpoint)
  bool logprobs = false;  ///< prompt log-likelihood
  bool tools = false;     ///< takes tools and gives tool calls (its template, or the server)
  bool activations = false;
  bool gradients = false;
};

/// Called as each request ends, in completion order: index into the request span.
using LoglikelihoodSink =
    std::function<void(std::size_t index, const Result<LoglikelihoodResult>& result)>;
using GenerateSink = std::function<void(std::size_t index, const Result<GenerateResult>& result)>;
/// Streaming: a piece of text of request `index` (valid UTF-8, stop strings already held back).
using TokenSink = std::function<void(std::size_t index, std::string_view piece)>;

/// Why an engine answers no more: the server was given up, a limit is reached. The run stops and
/// can be resumed.
struct Halt {
  Error why;
  bool collecting = false;  ///< requests of other tasks are still taken (for a batch file)
};

struct CallOptions {
  const CancelToken* cancel = nullptr;
  TokenSink on_piece;  ///< generate() only
};

class Model {
 public:
  virtual ~Model() = default;
  [[nodiscard]] virtual const ModelInfo& info() const = 0;
  [[nodiscard]] virtual Capabilities can() const = 0;
  /// Tokens of a text without special tokens; for tokenizer premium and lengths.
  virtual Result<std::vector<std::int32_t>> tokenize(std::string_view text) = 0;
  /// The tokens that generate() reads for this request: chat template, first token, prefill.
  /// Errors: those of the request; unsupported where only a server knows.
  virtual Result<std::vector<std::int32_t>> prompt_tokens(const GenerateRequest& request);
  /// The text of tokens, without special ones; bytes that are no UTF-8 stay. Error: unsupported
  /// where only a server knows.
  virtual Result<std::string> text_of(std::span<const std::int32_t> tokens);
  /// One result per request, in request order (shape [requests.size()]).
  virtual std::vector<Result<LoglikelihoodResult>> loglikelihood(
      std::span<const LoglikelihoodRequest> requests, const LoglikelihoodSink& sink = {},
      const CallOptions& options = {}) = 0;
  virtual std::vector<Result<LoglikelihoodResult>> rolling(std::span<const RollingRequest> requests,
                                                           const CallOptions& options = {}) = 0;
  virtual std::vector<Result<GenerateResult>> generate(std::span<const GenerateRequest> requests,
                                                       const GenerateSink& sink = {},
                                                       const CallOptions& options = {}) = 0;
  /// Set when it answers no more; requests since then came back as cancelled.
  [[nodiscard]] virtual std::optional<Halt> halted() const { return std::nullopt; }
  /// Requests that a call should have, where there are as many, to share and overlap most.
  [[nodiscard]] virtual std::size_t preferred_batch() const { return 512; }
  /// Everything this Model has done since it was opened.
  [[nodiscard]] virtual Ledger ledger() const = 0;
};

}  // namespace assay::model
