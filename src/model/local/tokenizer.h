// The model's own tokenizer, and the boundary between context and continuation as
// lm-evaluation-harness draws it (lm_eval/api/model.py, TemplateLM._encode_pair).
// Thread-safety: immutable; calls may run in parallel.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/text.h"

struct llama_vocab;

namespace assay::model::local {

using Tokens = std::vector<std::int32_t>;

struct EncodedPair {
  Tokens context;  ///< never empty
  Tokens continuation;
};

class Tokenizer {
 public:
  explicit Tokenizer(const llama_vocab* vocab) : vocab_(vocab) {}

  /// No token is added. `parse_special`: "<|im_start|>" is the special token of that name, as
  /// Hugging Face tokenizers read it, instead of text. Errors: usage (not UTF-8), limit.
  [[nodiscard]] Result<Tokens> encode(std::string_view text, bool parse_special) const;
  /// What the model is fed for a text: special tokens parsed, and a first token (BOS) if the
  /// model's metadata says so.
  [[nodiscard]] Result<Tokens> encode_input(std::string_view text) const;
  /// Spaces at the end of the context move to the continuation; the continuation's tokens are those
  /// of the joined text after as many as the context alone has. An empty context becomes the
  /// prefix token. Errors: usage (a continuation without tokens), and those of encode().
  [[nodiscard]] Result<EncodedPair> encode_pair(std::string context,
                                                std::string continuation) const;
  /// The same with a context that came out of a chat template: its trailing white space belongs to
  /// the template and stays.
  [[nodiscard]] Result<EncodedPair> encode_chat_pair(const std::string& context,
                                                     const std::string& continuation) const;
  /// BOS, else EOS. Errors: unsupported if the model has neither.
  [[nodiscard]] Result<std::int32_t> prefix_token() const;
  /// The bytes of a token; empty for control tokens. A piece may end within a UTF-8 character.
  /// `special`: control tokens as the text that stands for them, e.g. "<tool_call>".
  [[nodiscard]] std::string piece(std::int32_t token, bool special = false) const;
  [[nodiscard]] bool ends_generation(std::int32_t token) const;

 private:
  const llama_vocab* vocab_;
};

using assay::trailing_space_bytes;

}  // namespace assay::model::local
