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

/// How this template's models write a tool call.
struct ToolSyntax;

struct ChatPrompt {
  std::string text;                ///< without the first token (BOS), which the tokenizer adds
  std::vector<std::string> stops;  ///< that the template's format asks for
  std::vector<std::string> shown;  ///< special tokens that belong to the answer's text
  std::shared_ptr<const ToolSyntax> tools;  ///< null without tools
};

/// Moves the calls out of the text into tool_calls. A text that does not follow the syntax stays as
/// it is: the model has made no call.
void take_tool_calls(const ToolSyntax& syntax, GenerateResult& result);

class ChatTemplate {
 public:
  explicit ChatTemplate(const llama_model* model);
  ~ChatTemplate();
  ChatTemplate(const ChatTemplate&) = delete;
  ChatTemplate& operator=(const ChatTemplate&) = delete;

  [[nodiscard]] bool available() const { return templates_ != nullptr; }
  /// Does the template write tools and calls? Else tools of a request are not seen by the model.
  [[nodiscard]] bool takes_tools() const;
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
