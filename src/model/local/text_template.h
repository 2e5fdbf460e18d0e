// Text templates in the Jinja subset of llama.cpp's engine, for prompts that task files describe
// ("Question: {{question}}\nAnswer:"). As lm-evaluation-harness sets Jinja up: white space around
// blocks stays, and a variable that is not there is an error. Beyond the engine,
// `list.index(value)` is understood.
//
// Legal call order: parse() -> any number of render(). Thread-safety: render() may run in parallel.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "base/json.h"
#include "base/result.h"

namespace assay::model::local {

class TextTemplate {
 public:
  /// Errors: format (bad syntax), limit (longer than 64 KiB, or nested too deeply). `where` names
  /// the template in errors.
  static Result<TextTemplate> parse(std::string source, std::string where);
  /// The text, with the fields of `variables` (an object) by name. Errors: format (a variable that
  /// is not there, an operation that the subset has not).
  [[nodiscard]] Result<std::string> render(const Json& variables) const;
  /// The value of a template that is one expression ("{{choices.text}}"), else its text.
  [[nodiscard]] Result<Json> value(const Json& variables) const;

 private:
  struct Impl;
  explicit TextTemplate(std::shared_ptr<const Impl> impl) : impl_(std::move(impl)) {}
  std::shared_ptr<const Impl> impl_;
};

}  // namespace assay::model::local
