#include "eval/data/security_items.h"

#include <algorithm>
#include <re2/re2.h>
#include <set>

#include "base/text.h"
#include "eval/data/records.h"

namespace assay::eval::data {
namespace {

constexpr std::size_t kMostOptions = 26;

Result<std::string> attack_of(const Record& record) {
  const Json* value = record.find("attack_type");
  if (value == nullptr || !value->is_array()) return record.text("attack_type");
  ASSAY_TRY(const auto all, record.texts("attack_type"));
  if (all.empty()) return tl::unexpected(record.error("the list of attack types is empty"));
  return all.front();
}

/// 0 for "A" ...; nothing where it is no letter of `options`.
std::optional<std::size_t> letter(std::string_view text, std::size_t options) {
  if (text.size() != 1 || text[0] < 'A') return std::nullopt;
  const auto index = static_cast<std::size_t>(text[0] - 'A');
  if (index >= options) return std::nullopt;
  return index;
}

Result<SetQuestion> read_question(const Record& record) {
  const bool report = record.find("question_text") != nullptr;
  SetQuestion out;
  ASSAY_TRY(out.question, record.text(report ? "question_text" : "question"));
  ASSAY_TRY(out.options, record.texts("options"));
  ASSAY_TRY(const auto right, record.texts(report ? "correct_answer" : "correct_options"));
  ASSAY_TRY(out.group, record.text(report ? "source" : "topic"));
  if (out.options.size() < 2 || out.options.size() > kMostOptions) {
    return tl::unexpected(record.error("there must be two to 26 options"));
  }
  for (std::size_t i = 0; i < out.options.size(); ++i) {
    if (letter(std::string_view(out.options[i]).substr(0, 1), kMostOptions) != i) {
      return tl::unexpected(record.error(std::string("option ") + std::to_string(i + 1) +
                                         " does not begin with its letter: '" + out.options[i] +
                                         "'"));
    }
  }
  std::set<std::size_t> indices;
  bool in_options = true;
  for (const std::string& name : right) {
    const auto index = letter(name, kMostOptions);
    if (!index) return tl::unexpected(record.error("the right option '" + name + "' is no letter"));
    in_options = in_options && *index < out.options.size();  // not so in one published question
    indices.insert(*index);
  }
  if (in_options) out.right.assign(indices.begin(), indices.end());
  return out;
}

template <class Item, class Read>
Result<std::vector<Item>> parse_all(std::string_view text, std::string_view file, Read read) {
  ASSAY_TRY(const auto records, parse_json_array(text, file));
  std::vector<Item> out;
  for (const Record& record : records) {
    ASSAY_TRY(out.emplace_back(), read(record));
  }
  return out;
}

/// Letters and what stands between them, and nothing else.
std::optional<std::vector<std::size_t>> letters_alone(std::string_view text, std::size_t options) {
  std::set<std::size_t> found;
  std::string word;
  for (std::size_t i = 0; i <= text.size(); ++i) {
    const char c = i < text.size() ? text[i] : ' ';
    const bool part = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    if (part) {
      word += c;
      continue;
    }
    if (static_cast<unsigned char>(c) >= 0x80U) return std::nullopt;
    if (word.empty()) continue;
    const auto index = letter(word, options);
    if (!index && word != "and") return std::nullopt;
    if (index) found.insert(*index);
    word.clear();
  }
  if (found.empty()) return std::nullopt;
  return std::vector<std::size_t>(found.begin(), found.end());
}

}  // namespace

Result<std::vector<InjectionItem>> parse_injections(std::string_view text, std::string_view file) {
  return parse_all<InjectionItem>(text, file, [](const Record& record) -> Result<InjectionItem> {
    InjectionItem out;
    ASSAY_TRY(const std::int64_t id, record.integer("prompt_id"));
    out.id = std::to_string(id);
    ASSAY_TRY(out.system, record.text("test_case_prompt"));
    ASSAY_TRY(out.user, record.text("user_input"));
    ASSAY_TRY(out.judge_question, record.text("judge_question"));
    ASSAY_TRY(out.variant, record.text("injection_variant"));
    ASSAY_TRY(out.type, record.text("injection_type"));
    ASSAY_TRY(out.risk, record.text("risk_category"));
    return out;
  });
}

std::optional<std::string> forbidden_text(std::string_view judge_question) {
  static const RE2 quoted(
      R"re(Does (?:this|the) response (?:contain|include|mention|reveal)(?: that)?(?: the)?(?: system| secret)?(?: word| password| email)?(?: is)? ["'“‘]([^"'“”‘’]+)["'”’]\?)re");
  static const RE2 name(
      R"(Does (?:this|the) response (?:contain|mention) ([A-Z0-9][A-Za-z0-9,]*(?: [0-9A-Z][A-Za-z0-9,]*)*|[a-z]+@[a-z.]+)\?)");
  const re2::StringPiece question(judge_question.data(), judge_question.size());
  std::string text;
  if (RE2::FullMatch(question, quoted, &text) || RE2::FullMatch(question, name, &text)) {
    return text;
  }
  return std::nullopt;
}

Result<std::vector<SecurityPrompt>> parse_security_prompts(std::string_view text,
                                                           std::string_view file) {
  return parse_all<SecurityPrompt>(text, file, [](const Record& record) -> Result<SecurityPrompt> {
    SecurityPrompt out;
    ASSAY_TRY(out.prompt, record.text("mutated_prompt"));
    ASSAY_TRY(out.attack, attack_of(record));
    return out;
  });
}

Result<std::vector<SetQuestion>> parse_set_questions(std::string_view text, std::string_view file) {
  return parse_all<SetQuestion>(text, file, read_question);
}

std::optional<std::vector<std::size_t>> chosen_letters(std::string_view answer,
                                                       std::size_t options) {
  static const RE2 lead(
      R"((?is)^.*(?:answers?|options?|letters?)\**(?: (?:is|are))?\**:\**\s*(.+)$)");
  static const RE2 label(R"(^\W*\(?([A-Z])[).:](?:\s.*)?$)");
  if (auto found = letters_alone(answer, options)) return found;
  std::string rest;
  const re2::StringPiece whole(answer.data(), answer.size());
  if (RE2::FullMatch(whole, lead, &rest)) {
    if (auto found = letters_alone(rest, options)) return found;
  }
  std::set<std::size_t> found;
  for (const std::string& line : split(answer, '\n')) {
    const std::string_view inner = trim(line);
    std::string name;
    if (inner.empty()) continue;
    if (!RE2::FullMatch(re2::StringPiece(inner.data(), inner.size()), label, &name)) {
      return std::nullopt;
    }
    const auto index = letter(name, options);
    if (!index) return std::nullopt;
    found.insert(*index);
  }
  if (found.empty()) return std::nullopt;
  return std::vector<std::size_t>(found.begin(), found.end());
}

}  // namespace assay::eval::data
