// Continuous batching: up to `sequences` requests are generated together, and a finished one makes
// room for the next at once. Each active request has a KV buffer of its own ("stream"). Prompts
// that begin alike (a system prompt, few-shot examples) are computed once: the others copy the
// stream of the first and drop what differs.
//
// Streams 0 .. active-1 are always the used ones: llama.cpp joins only neighbouring streams into
// one batch, so the last stream is moved into the place of a finished one. Prompts of a round are
// put in streams by falling length, because it computes them in steps of equal length.
//
// Legal call order: construct, run() once. Thread-safety: one thread; the sinks are called on it.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "model/local/chat_template.h"
#include "model/local/context.h"
#include "model/local/sampler.h"
#include "model/local/text_stream.h"
#include "model/local/tokenizer.h"

namespace assay::model::local {

/// A request whose prompt is tokens already.
struct GenerateItem {
  std::size_t index = 0;  ///< into the caller's requests
  Tokens prompt;          ///< never empty
  std::size_t limit = 0;  ///< most tokens of prompt and completion together
  int max_tokens = 0;
  std::vector<std::string> stops;
  Sampling sampling;
  bool logprobs = false;
  std::unique_ptr<Grammar> grammar = nullptr;         ///< what the text must look like, or null
  Tokens shown{};                                     ///< special tokens that are part of the text
  std::shared_ptr<const ToolSyntax> tools = nullptr;  ///< how calls of tools are written, or null
};

class Generator {
 public:
  using Done = std::function<void(std::size_t index, Result<GenerateResult>&& result)>;

  /// share = false for models whose memory cannot be copied in part (recurrent ones).
  Generator(Context& context, const Tokenizer& tokenizer, bool share, const CallOptions& options,
            Done done);
  ~Generator();
  /// All items end in `done`, also when cancelled or when the engine fails.
  void run(std::vector<GenerateItem> items);
  [[nodiscard]] std::int64_t computed_tokens() const { return computed_; }

 private:
  struct Slot;

  void admit();
  bool inherit(std::size_t stream);
  Status prefill();
  Status prefill_round(std::span<const std::size_t> round);
  Status step();
  Status compute();
  void advance(std::size_t stream, const Choice& choice);
  void finish(std::size_t stream, FinishReason reason);
  void remove_finished();
  void end_all(const Error& error);

  Context& context_;
  const Tokenizer& tokenizer_;
  bool share_;
  const CallOptions& options_;
  Done done_;
  std::vector<GenerateItem> waiting_;         ///< last one is next
  std::vector<std::unique_ptr<Slot>> slots_;  ///< [stream]
  std::vector<std::size_t> rows_;             ///< stream of each output of the batch
  std::int64_t computed_ = 0;
};

}  // namespace assay::model::local
