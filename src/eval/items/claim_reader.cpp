// Reading a claim out of a short answer, in both languages. The first word (yes, no, A, 能, 不能)
// and a statement after it ("I cannot ...") are read apart; where they contradict each other, or
// the answer repeats both options, the claim is not clear.
#include <array>

#include "base/text.h"
#include "eval/items/claim_items.h"

namespace assay::eval::items {
namespace {

using Claim = std::optional<bool>;

/// Without spaces, quotes and emphasis at the front, typographic apostrophes made plain.
std::string plain(std::string_view answer) {
  std::string out(answer);
  for (std::size_t at = 0; (at = out.find("’", at)) != std::string::npos;) {
    out.replace(at, std::string_view("’").size(), 1, '\'');
  }
  static constexpr std::array<std::string_view, 13> front{" ", "\n", "\t", "*",  "\"", "'", "_",
                                                          "(", "“",  "‘",  "：", ":",  "「"};
  for (bool again = true; again;) {
    again = false;
    for (const std::string_view mark : front) {
      if (out.starts_with(mark)) {
        out.erase(0, mark.size());
        again = true;
      }
    }
  }
  return out;
}

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

/// Is `word` in `text` with no Latin letter beside it?
bool has_word(std::string_view text, std::string_view word, bool at_start = false) {
  for (std::size_t at = 0; (at = text.find(word, at)) != std::string_view::npos; ++at) {
    if (at_start && at > 0) return false;
    const std::size_t end = at + word.size();
    const bool left = at == 0 || !is_letter(text[at - 1]);
    const bool right = end == text.size() || !(is_letter(text[end]) || text[end] == '\'');
    if (left && right) return true;
  }
  return false;
}

template <std::size_t N>
bool has_any(std::string_view text, const std::array<std::string_view, N>& words, bool start) {
  for (const std::string_view word : words) {
    if (has_word(text, word, start)) return true;
  }
  return false;
}

/// The two must not contradict each other; one alone is enough.
Claim agree(Claim lead, Claim body) {
  if (lead && body && *lead != *body) return std::nullopt;
  return lead ? lead : body;
}

Claim read_english(std::string_view text) {
  static constexpr std::array<std::string_view, 7> yes{
      "yes", "yeah", "sure", "certainly", "absolutely", "definitely", "of course"};
  static constexpr std::array<std::string_view, 3> no{"no", "nope", "not"};
  static constexpr std::array<std::string_view, 11> denies{
      "cannot", "can't",      "can not",     "unable",    "not able", "not capable",
      "am not", "don't have", "do not have", "could not", "couldn't"};
  static constexpr std::array<std::string_view, 3> claims{"can", "able", "capable"};
  for (const std::string_view both : {"yes or no", "can or cannot", "only"}) {
    if (has_word(text, both)) return std::nullopt;
  }
  Claim lead;
  if (has_any(text, yes, true)) lead = true;
  if (has_any(text, no, true)) lead = false;
  Claim body;
  if (has_any(text, denies, false)) {
    body = false;
  } else if (has_any(text, claims, false)) {
    body = true;
  }
  return agree(lead, body);
}

void erase_all(std::string& text, std::string_view piece) {
  for (std::size_t at = 0; (at = text.find(piece, at)) != std::string::npos;) {
    text.replace(at, piece.size(), 1, ' ');
  }
}

bool contains(std::string_view text, std::string_view piece) {
  return text.find(piece) != std::string_view::npos;
}

Claim read_chinese(std::string text) {
  static constexpr std::array<std::string_view, 4> both{"能”或", "能或不能", "可以”或",
                                                        "可以或不可以"};
  for (const std::string_view piece : both) {
    if (contains(text, piece)) return std::nullopt;
  }
  if (contains(text, "只能") || contains(text, "能不能")) return std::nullopt;
  for (const std::string_view other : {"智能", "功能", "能力", "性能", "可能", "会话", "社会"}) {
    erase_all(text, other);
  }
  Claim lead;
  for (const std::string_view word : {"能", "可以", "会", "是", "当然", "行", "好的", "没问题"}) {
    if (text.starts_with(word)) lead = true;
  }
  const bool no_problem = text.starts_with("没问题");
  for (const std::string_view word : {"不", "否", "没", "无"}) {
    if (text.starts_with(word) && !no_problem) lead = false;
  }
  Claim body;
  for (const std::string_view word : {"能", "可以", "我会"}) {
    if (contains(text, word)) body = true;
  }
  for (const std::string_view word : {"不能", "不可以", "不会", "无法", "没有办法", "没办法",
                                      "做不到", "不行", "没有能", "不具备"}) {
    if (contains(text, word)) body = false;
  }
  return agree(lead, body);
}

/// "A", "B)", "A. I can ...": the option, where only one is named.
std::optional<bool> first_option(std::string_view text) {
  const bool a = has_word(text, "A");
  const bool b = has_word(text, "B");
  if (a == b) return std::nullopt;
  const std::string_view name = a ? "A" : "B";
  for (const std::string_view lead :
       {"", "Option ", "option ", "Answer: ", "The answer is ", "答案是", "答案：", "选", "选择"}) {
    const std::string_view rest = text.substr(0, lead.size());
    if (rest == lead && has_word(text.substr(lead.size()), name, true)) return a;
  }
  return std::nullopt;
}

}  // namespace

std::optional<bool> read_claim(std::string_view answer, bool letters, bool can_first) {
  const std::string text = plain(answer);
  const std::string folded = lower_ascii(text);
  const auto statement = [&](const std::string& english, const std::string& chinese) -> Claim {
    const Claim zh = read_chinese(chinese);
    return zh ? zh : read_english(english);
  };
  if (!letters) return statement(folded, text);
  if (has_word(text, "A or B") || contains(text, "A 或 B")) return std::nullopt;
  const std::optional<bool> a = first_option(text);
  if (!a) {
    const bool names_option = has_word(text, "A") || has_word(text, "B");
    return names_option ? std::nullopt : statement(folded, text);
  }
  // "A) I can ...": what is said after the letter must not contradict it.
  const std::size_t at = text.find(*a ? 'A' : 'B');
  return agree(*a == can_first,
               statement(lower_ascii(plain(text.substr(at + 1))), text.substr(at + 1)));
}

}  // namespace assay::eval::items
