#include "eval/data/choice_question.h"

#include "base/text.h"

namespace assay::eval::data {
namespace {

constexpr std::size_t kMostOptions = 26;

std::string name_of(std::size_t index, bool numbered) {
  return numbered ? std::to_string(index + 1)
                  : std::string(1, static_cast<char>('A' + index % kMostOptions));
}

/// Where "\nX." or "\nX)" begins at or after `from`; npos if nowhere.
std::size_t option_start(std::string_view text, const std::string& name, std::size_t from) {
  for (std::size_t at = text.find('\n', from); at != std::string_view::npos;
       at = text.find('\n', at + 1)) {
    const std::string_view rest = text.substr(at + 1);
    if (!rest.starts_with(name) || rest.size() == name.size()) continue;
    if (rest[name.size()] == '.' || rest[name.size()] == ')') return at;
  }
  return std::string_view::npos;
}

std::optional<ChoiceQuestion> parse_options(std::string_view text, bool numbered) {
  ChoiceQuestion out;
  out.numbered = numbered;
  std::size_t at = option_start(text, name_of(0, numbered), 0);
  if (at == std::string_view::npos) return std::nullopt;
  out.question = trim(text.substr(0, at));
  for (std::size_t i = 0; i < kMostOptions && at != std::string_view::npos; ++i) {
    const std::size_t next = option_start(text, name_of(i + 1, numbered), at + 1);
    const std::size_t begin = at + 2 + name_of(i, numbered).size();
    const std::size_t end = next == std::string_view::npos ? text.size() : next;
    out.options.emplace_back(trim(text.substr(begin, end - begin)));
    at = next;
  }
  if (out.options.size() < 2) return std::nullopt;
  return out;
}

}  // namespace

std::string ChoiceQuestion::label(std::size_t index) const { return name_of(index, numbered); }

std::optional<int> ChoiceQuestion::labelled(std::string_view text) const {
  std::string_view rest = trim(text);
  if (rest.starts_with('(')) rest.remove_prefix(1);
  while (rest.ends_with('.') || rest.ends_with(')')) rest.remove_suffix(1);
  std::string name = lower_ascii(rest);
  for (std::size_t i = 0; i < options.size(); ++i) {
    if (name == lower_ascii(label(i))) return static_cast<int>(i);
  }
  return std::nullopt;
}

std::optional<ChoiceQuestion> parse_lettered(std::string_view text) {
  auto lettered = parse_options(text, false);
  return lettered ? lettered : parse_options(text, true);
}

std::string lettered_prompt(const ChoiceQuestion& question, std::string_view answer_word) {
  std::string out(trim(question.question));
  for (std::size_t i = 0; i < question.options.size(); ++i) {
    out.append("\n").append(question.label(i)).append(". ").append(question.options[i]);
  }
  return out.append("\n").append(answer_word);
}

void ask_by_letter(const ChoiceQuestion& question, std::string_view answer_word, Sample& sample) {
  sample.context = lettered_prompt(question, answer_word);
  for (std::size_t i = 0; i < question.options.size(); ++i) {
    sample.choices.push_back(std::string(" ").append(question.label(i)));
  }
  sample.target_index = question.right;
}

}  // namespace assay::eval::data
