#include "eval/scorers/reply.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <set>
#include <unordered_set>

#include "base/text.h"

namespace assay::eval {
namespace {

struct CodePoint {
  std::uint32_t value = 0;
  std::string_view bytes;
};

/// The code point at `at`; a broken byte is a code point of its own.
CodePoint code_point(std::string_view text, std::size_t at) {
  const auto lead = static_cast<unsigned char>(text[at]);
  std::size_t length = 1;
  if (lead >= 0xF0U) {
    length = 4;
  } else if (lead >= 0xE0U) {
    length = 3;
  } else if (lead >= 0xC0U) {
    length = 2;
  }
  if (at + length > text.size()) length = 1;
  const std::string_view bytes = text.substr(at, length);
  if (length == 1) return {lead, bytes};
  std::uint32_t value = lead & (0xFFU >> (length + 1));
  for (std::size_t i = 1; i < length; ++i) {
    value = (value << 6U) | (static_cast<unsigned char>(bytes[i]) & 0x3FU);
  }
  return {value, bytes};
}

bool is_chinese(std::uint32_t c) {
  return (c >= 0x4E00U && c <= 0x9FFFU) || (c >= 0x3400U && c <= 0x4DBFU);
}

bool is_word_char(char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '\''; }

/// Plain form of typographic and full-width characters, or 0.
char plain(std::uint32_t c) {
  if (c >= 0xFF01U && c <= 0xFF5EU && c != 0xFF01U && c != 0xFF1FU && c != 0xFF1BU) {
    return static_cast<char>(c - 0xFEE0U);
  }
  switch (c) {
    case 0x2018U:
    case 0x2019U:
    case 0x02BCU: return '\'';
    case 0x201CU:
    case 0x201DU: return '"';
    case 0x2010U:
    case 0x2011U:
    case 0x2013U:
    case 0x2014U: return '-';
    case 0x3000U:
    case 0x00A0U: return ' ';
    default: return 0;
  }
}

double distinct_trigrams(const std::vector<std::string>& words) {
  if (words.size() < 3) return 1.0;
  std::set<std::string> seen;
  for (std::size_t i = 0; i + 2 < words.size(); ++i) {
    seen.insert(words[i] + ' ' + words[i + 1] + ' ' + words[i + 2]);
  }
  return static_cast<double>(seen.size()) / static_cast<double>(words.size() - 2);
}

double copied_trigrams(const std::vector<std::string>& from, const std::vector<std::string>& to) {
  if (to.size() < 3) return 0.0;
  std::set<std::string> source;
  for (std::size_t i = 0; i + 2 < from.size(); ++i) {
    source.insert(from[i] + ' ' + from[i + 1] + ' ' + from[i + 2]);
  }
  std::size_t copied = 0;
  for (std::size_t i = 0; i + 2 < to.size(); ++i) {
    copied += source.count(to[i] + ' ' + to[i + 1] + ' ' + to[i + 2]);
  }
  return static_cast<double>(copied) / static_cast<double>(to.size() - 2);
}

const std::unordered_set<std::string>& function_words() {
  static const std::unordered_set<std::string> words{
      "about",     "above",    "after",     "again",    "also",     "answer",  "anyone",
      "because",   "before",   "being",     "below",    "between",  "both",    "could",
      "does",      "doing",    "down",      "during",   "each",     "explain", "from",
      "have",      "having",   "help",      "here",     "into",     "just",    "keep",
      "like",      "make",     "more",      "most",     "must",     "need",    "only",
      "other",     "over",     "people",    "please",   "quick",    "request", "same",
      "sentences", "short",    "should",    "show",     "some",     "someone", "such",
      "tell",      "than",     "that",      "their",    "them",     "then",    "there",
      "these",     "they",     "this",      "those",    "through",  "under",   "until",
      "very",      "want",     "were",      "what",     "when",     "where",   "which",
      "while",     "will",     "with",      "without",  "would",    "write",   "your",
      "yours",     "give",     "thing",     "things",   "document", "find",    "kind",
      "documents", "question", "questions", "sentence", "good",     "brief",   "simple",
      "way",       "ways"};
  return words;
}

const std::unordered_set<std::string>& function_pairs() {
  static const std::unordered_set<std::string> pairs{
      "一个", "一种", "一下", "一些", "什么", "怎么", "怎样", "如何", "为什", "可以",
      "这个", "那个", "这些", "那些", "我们", "你们", "他们", "因为", "所以", "但是",
      "如果", "需要", "请你", "请问", "请写", "请用", "帮我", "告诉", "说明", "解释",
      "介绍", "回答", "问题", "简短", "几句", "句话", "不要", "没有", "就是", "还是",
      "或者", "以及", "并且", "一篇", "一段", "一条", "一封", "进行", "自己", "别人",
      "他人", "人们", "时候", "用户", "以下", "内容", "文档", "文中"};
  return pairs;
}

std::vector<std::string> content_of(std::string_view text) {
  const std::vector<std::string> words = tokens(text);
  std::vector<std::string> content;
  for (std::size_t i = 0; i < words.size(); ++i) {
    const bool chinese = static_cast<unsigned char>(words[i][0]) >= 0x80U;
    if (!chinese) {
      if (words[i].size() >= 4 && function_words().count(words[i]) == 0) {
        content.push_back(words[i].substr(0, 5));
      }
    } else if (i + 1 < words.size() && static_cast<unsigned char>(words[i + 1][0]) >= 0x80U) {
      std::string pair = words[i] + words[i + 1];
      if (function_pairs().count(pair) == 0) content.push_back(std::move(pair));
    }
  }
  return content;
}

}  // namespace

std::string fold(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  const auto put = [&out](char c) {
    if (c == '\t' || c == '\r') c = ' ';
    if (c == ' ' && (out.empty() || out.back() == ' ' || out.back() == '\n')) return;
    if (c == '\n' && !out.empty() && out.back() == ' ') out.pop_back();
    out += (c >= 'A' && c <= 'Z') ? static_cast<char>(c - 'A' + 'a') : c;
  };
  for (std::size_t i = 0; i < text.size();) {
    const CodePoint point = code_point(text, i);
    i += point.bytes.size();
    if (point.value < 0x80U) {
      put(point.bytes[0]);
    } else if (const char c = plain(point.value); c != 0) {
      put(c);
    } else {
      out += point.bytes;
    }
  }
  return out;
}

std::vector<std::string_view> sentences(std::string_view folded) {
  static constexpr std::array<std::string_view, 8> kEnds{".",  "!",  "?",  "\n",
                                                         "。", "！", "？", "；"};
  std::vector<std::string_view> out;
  std::size_t start = 0;
  const auto close = [&](std::size_t end) {
    const std::string_view piece = trim(folded.substr(start, end - start));
    if (!piece.empty()) out.push_back(piece);
  };
  for (std::size_t i = 0; i < folded.size();) {
    std::size_t length = 0;
    for (const std::string_view end : kEnds) {
      if (folded.substr(i, end.size()) == end) length = end.size();
    }
    // A dot inside a number or a name ("3.5", "e.g") does not end a sentence.
    const bool inner =
        length == 1 && folded[i] == '.' && i + 1 < folded.size() && is_word_char(folded[i + 1]);
    if (length == 0 || inner) {
      ++i;
      continue;
    }
    close(i);
    i += length;
    start = i;
  }
  close(folded.size());
  return out;
}

std::vector<std::string> tokens(std::string_view text) {
  const std::string folded = fold(text);
  std::vector<std::string> out;
  std::string word;
  const auto flush = [&] {
    if (!word.empty() && word != "'") out.push_back(word);
    word.clear();
  };
  for (std::size_t i = 0; i < folded.size();) {
    const CodePoint point = code_point(folded, i);
    i += point.bytes.size();
    if (point.value < 0x80U && is_word_char(point.bytes[0])) {
      word += point.bytes[0];
      continue;
    }
    flush();
    if (is_chinese(point.value)) out.emplace_back(point.bytes);
  }
  flush();
  return out;
}

double chinese_share(std::string_view text) {
  std::size_t chinese = 0;
  std::size_t letters = 0;
  for (std::size_t i = 0; i < text.size();) {
    const CodePoint point = code_point(text, i);
    i += point.bytes.size();
    if (is_chinese(point.value)) ++chinese;
    const char c = point.bytes[0];
    if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')) ++letters;
  }
  const std::size_t all = chinese + letters;
  return all == 0 ? 0.0 : static_cast<double>(chinese) / static_cast<double>(all);
}

std::optional<std::string> babble(std::string_view request, std::string_view answer, Lang lang,
                                  std::size_t min_tokens) {
  const std::vector<std::string> said = tokens(answer);
  if (said.empty()) return "empty";
  if (said.size() < min_tokens) return "too short";
  if (said.size() >= 12 && distinct_trigrams(said) < 0.5) return "repetition";
  if (copied_trigrams(tokens(request), said) > 0.7) return "echo of the request";
  const double chinese = chinese_share(answer);
  if (lang == Lang::zh ? chinese < 0.3 : chinese > 0.3) return "other language";
  return std::nullopt;
}

bool shares_topic(std::string_view request, std::string_view answer) {
  const std::vector<std::string> asked = content_of(request);
  const std::set<std::string> wanted(asked.begin(), asked.end());
  const std::vector<std::string> said = content_of(answer);
  return std::any_of(said.begin(), said.end(),
                     [&](const std::string& word) { return wanted.count(word) > 0; });
}

std::string without_quotes(std::string_view folded) {
  static constexpr std::array<std::array<std::string_view, 2>, 4> kMarks{
      {{"\"", "\""}, {"「", "」"}, {"『", "』"}, {"《", "》"}}};
  std::string out;
  for (std::size_t i = 0; i < folded.size();) {
    std::size_t skip = 0;
    for (const auto& [open, close] : kMarks) {
      if (folded.substr(i, open.size()) != open) continue;
      const std::size_t end = folded.find(close, i + open.size());
      if (end == std::string_view::npos) continue;
      const std::string_view inside = folded.substr(i + open.size(), end - i - open.size());
      if (tokens(inside).size() > 1) skip = end + close.size() - i;
    }
    if (skip > 0) {
      out += "\"\"";
      i += skip;
    } else {
      out += folded[i++];
    }
  }
  return tokens(out).size() < 3 ? std::string(folded) : out;
}

}  // namespace assay::eval
