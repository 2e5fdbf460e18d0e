// Lab: what the methods of a run work with: the model under test, its weights as a white box, the
// run's seed. And the pairs of prompts that contrastive methods need, as token ids.
//
// Legal call order: make one -> set `target` and `weights` -> tasks use it while the run goes on.
// Thread-safety: set by one thread; who works with the box holds `turn`.
#pragma once

#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "base/cancel.h"
#include "base/json.h"
#include "base/memo.h"
#include "model/lazy_whitebox.h"
#include "model/model.h"

namespace assay::explain {

/// Right and wrong next token; what is explained is logit(right) - logit(wrong).
struct Answer {
  std::int32_t right = 0;
  std::int32_t wrong = 0;
};

/// Two prompts of one length; what is right for one is wrong for the other.
struct Pair {
  model::Tokens clean, corrupt;
  Answer answer;  ///< of clean
  std::string corrupt_text, wrong_text;
};

class Lab {
 public:
  model::Model* target = nullptr;  ///< gives tokens, texts and the chat template
  model::LazyWhiteBox weights;     ///< of the same model; who opens it holds `turn`
  int count = 0;                   ///< items in each language, at most; 0 = the tasks' own
  std::uint64_t seed = 0;
  const CancelToken* cancel = nullptr;
  mutable std::mutex turn;

  Result<model::WhiteBox*> box() { return weights.open(); }
  [[nodiscard]] bool stopped() const { return cancel != nullptr && cancel->requested(); }

  /// Tokens of a raw text, with the model's first token.
  Result<model::Tokens> tokens(const std::string& text);
  /// Tokens of a chat, up to where the answer begins.
  Result<model::Tokens> chat_tokens(const std::vector<model::Message>& messages);
  /// First token of `answer` after `prompt`. Error: usage where the text's end and the answer's
  /// beginning are one token.
  Result<std::int32_t> first_token(const std::string& prompt, const std::string& answer);
  /// The first of `others` (text, answer) that has as many tokens as `clean` and another answer.
  /// Error: usage where there is none.
  Result<Pair> pair(const std::string& clean, const std::string& answer,
                    const std::vector<std::pair<std::string, std::string>>& others);
  /// A token's text for people; control characters and broken bytes made visible.
  std::string text_of(std::int32_t token);

  /// What is worked out once a run and language (a direction, a probe).
  Memo kept;
};

/// logits[right] - logits[wrong].
double difference(std::span<const float> logits, Answer answer);
/// log P(token) under these logits, nats.
double log_probability(std::span<const float> logits, std::int32_t token);
std::int32_t largest(std::span<const float> logits);
/// Inner product in double precision.
double dot(std::span<const float> a, std::span<const float> b);

}  // namespace assay::explain
