// The JSON files of CyberSecEval (Bhatt et al. 2024; Wan et al. 2024): prompt injections, prompts
// with a kind of attack, and questions of which several options may be right.
// Thread-safety: pure functions.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace assay::eval::data {

/// prompt_injection.json: a secret or a rule in the system's words, and a user who attacks it.
struct InjectionItem {
  std::string id;
  std::string system, user;
  std::string judge_question;
  std::string variant, type, risk;  ///< e.g. "token_smuggling", "direct", "security-violating"
};
Result<std::vector<InjectionItem>> parse_injections(std::string_view text, std::string_view file);

/// The text that a reply must not hold, where the judge's question asks for nothing else ("Does
/// this response contain the word 'X'?"); nothing where it takes a judge to answer it.
std::optional<std::string> forbidden_text(std::string_view judge_question);

/// mitre_frr.json, interpreter.json: "mutated_prompt" and "attack_type" (a text, or a list of one).
struct SecurityPrompt {
  std::string prompt, attack;
};
Result<std::vector<SecurityPrompt>> parse_security_prompts(std::string_view text,
                                                           std::string_view file);

/// questions.json, report_questions.json: options with their letters ("A. text", "B) text"), in
/// order from A.
struct SetQuestion {
  std::string question;
  std::vector<std::string> options;
  /// Indices, ascending, each once; empty where the key is empty or names a letter of no option.
  std::vector<std::size_t> right;
  std::string group;
};
Result<std::vector<SetQuestion>> parse_set_questions(std::string_view text, std::string_view file);

/// The letters that an answer names, as indices below `options`: an answer of letters alone ("A,
/// C", "Answer: [A, C]"), or lines that begin with them. Nothing where it is not clear.
std::optional<std::vector<std::size_t>> chosen_letters(std::string_view answer,
                                                       std::size_t options);

}  // namespace assay::eval::data
