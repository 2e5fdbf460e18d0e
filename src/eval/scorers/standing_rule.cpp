#include "eval/scorers/standing_rule.h"

#include <string>

#include "eval/scorers/answer_text.h"
#include "eval/scorers/format.h"
#include "eval/scorers/reply.h"

namespace assay::eval {
namespace {

bool edge_word(const std::string& text, const std::string& word, bool at_end) {
  if (text.size() < word.size()) return false;
  const std::size_t from = at_end ? text.size() - word.size() : 0;
  if (text.compare(from, word.size(), word) != 0) return false;
  // "overall" does not begin with the word "over"; contains_word knows the borders of words.
  const std::size_t wide = std::min(text.size(), word.size() + 1);
  return contains_word(at_end ? text.substr(text.size() - wide) : text.substr(0, wide), word);
}

std::size_t length_of(std::string_view reply, Lang lang) {
  return lang == Lang::en ? count_words(reply) : count_han(reply);
}

}  // namespace

const char* to_string(RuleState state) {
  switch (state) {
    case RuleState::kept: return "kept";
    case RuleState::broken: return "broken";
    default: return "unclear";
  }
}

RuleState judge_standing_rule(const Json& rule, std::string_view request, std::string_view reply,
                              bool cut_off, Lang lang) {
  const std::string text = final_text(reply);
  const std::string plain = fold(bare(text));
  if (plain.empty()) return RuleState::unclear;
  const auto why = babble(request, text, lang);
  if (why && *why != "too short") return RuleState::unclear;
  const std::string kind = rule.value("kind", "");
  const std::string word = fold(rule.value("word", ""));
  const RuleState kept_if_whole = cut_off ? RuleState::unclear : RuleState::kept;
  if (kind == "begin") {
    return edge_word(plain, word, false) ? RuleState::kept : RuleState::broken;
  }
  if (kind == "end") {
    if (cut_off) return RuleState::unclear;
    return edge_word(plain, word, true) ? RuleState::kept : RuleState::broken;
  }
  if (kind == "taboo") {
    const bool said = contains_word(plain, word) || contains_word(plain, word + "s");
    return said ? RuleState::broken : kept_if_whole;
  }
  if (kind == "length") {
    const auto most = static_cast<std::size_t>(rule.value("most", 0));
    return length_of(text, lang) > most ? RuleState::broken : kept_if_whole;
  }
  return RuleState::unclear;
}

}  // namespace assay::eval
