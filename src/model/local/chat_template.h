// The model's own chat template, run by llama.cpp's Jinja (llama-common).
// Dates: a template that writes the current date gets 26 July 2024 (what Llama 3's template has as
// its default), so that the same request gives the same prompt on every day.
// Thread-safety: one call at a time.
#pragma once

#include <memory>
#include <span>
#include <string>
#include <vector>

#include "base/json.h"
#include "base/result.h"
#include "llama.h"
#include "model/model.h"

namespace assay::model::local {

struct ChatPrompt {
  std::string text;                ///< without the first token (BOS), which the tokenizer adds
  std::vector<std::string> stops;  ///< that the template's format asks for
};

class ChatTemplate {
 public:
  explicit ChatTemplate(const llama_model* model);
  ~ChatTemplate();
  ChatTemplate(const ChatTemplate&) = delete;
  ChatTemplate& operator=(const ChatTemplate&) = delete;

  [[nodiscard]] bool available() const { return templates_ != nullptr; }
  /// With the generation prompt. `tools`: OpenAI tool array or null. Errors: unsupported (no
  /// template, or one that llama.cpp cannot run), usage (what the template refuses).
  [[nodiscard]] Result<ChatPrompt> apply(std::span<const Message> messages,
                                         const Json& tools) const;

 private:
  struct Impl;
  std::unique_ptr<Impl> templates_;
  std::string problem_;  ///< why there is none
};

}  // namespace assay::model::local
