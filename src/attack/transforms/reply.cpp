#include "attack/transforms/reply.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <tuple>
#include <unicode/uchar.h>
#include <unordered_set>
#include <vector>

#include "attack/transforms/code.h"
#include "base/text.h"
#include "eval/scorers/answer_text.h"

namespace assay::attack {
namespace {

constexpr double kLeastReadable = 0.75;  // letters, digits and spaces among all characters

bool control(char32_t c) {
  return (c < 32 && c != U'\n' && c != U'\t' && c != U'\r') || (c >= 127 && c < 160) || c == 0xFFFD;
}

bool readable(char32_t c) {
  return c == U' ' || c == U'\n' || u_isalnum(static_cast<UChar32>(c)) != 0;
}

/// Frequent English words of two letters or more.
bool common(const std::string& word) {
  static const std::unordered_set<std::string> all{
      "the",    "of",       "and",  "to",   "in",    "is",     "you",  "that",  "it",    "he",
      "was",    "for",      "on",   "are",  "as",    "with",   "his",  "they",  "at",    "be",
      "this",   "have",     "from", "or",   "had",   "by",     "word", "but",   "not",   "what",
      "all",    "were",     "we",   "when", "your",  "can",    "said", "there", "use",   "an",
      "each",   "which",    "she",  "do",   "how",   "their",  "if",   "will",  "up",    "other",
      "about",  "out",      "many", "then", "them",  "these",  "so",   "some",  "her",   "would",
      "make",   "like",     "him",  "into", "time",  "has",    "look", "two",   "more",  "write",
      "go",     "see",      "no",   "way",  "could", "my",     "than", "first", "been",  "call",
      "who",    "its",      "now",  "find", "long",  "down",   "day",  "did",   "get",   "come",
      "made",   "may",      "part", "sure", "here",  "answer", "code", "sorry", "yes",   "hello",
      "secret", "password", "open", "step", "take",  "only",   "me",   "am",    "cannot"};
  return all.count(word) != 0;
}

struct Likeness {
  double words = 0.0;    // share of common words
  double letters = 0.0;  // mean log frequency of the letters in English, millionths of a nat
  int ends = 0;          // a capital or digit begins, a mark ends; a mark at the beginning is odd
};

bool is_mark(char c) { return std::string_view(".,;:?!").find(c) != std::string_view::npos; }

int well_ended(std::string_view line) {
  const std::string_view text = trim(line);
  if (text.empty()) return 0;
  const char first = text.front();
  const bool begins = (first >= 'A' && first <= 'Z') || (first >= '0' && first <= '9');
  return (begins ? 1 : 0) + (is_mark(text.back()) ? 1 : 0) - (is_mark(first) ? 1 : 0);
}

/// Is `a` less like language than `b`, in words, then letters, then how the line begins and ends?
bool less_likely(const Likeness& a, const Likeness& b) {
  return std::tie(a.words, a.letters, a.ends) < std::tie(b.words, b.letters, b.ends);
}

Likeness likeness(std::string_view line) {
  // Log share of each letter in English books (Norvig 2012, from Google's counts), a to z.
  static constexpr std::array<double, 26> kLogShare{
      -2.52, -4.21, -3.40, -3.26, -2.08, -3.73, -3.98, -2.98, -2.58, -6.44, -5.22, -3.20, -3.68,
      -2.63, -2.57, -3.85, -6.72, -2.77, -2.73, -2.38, -3.60, -4.55, -4.09, -6.05, -4.10, -7.01};
  Likeness out;
  std::size_t words = 0;
  std::size_t hits = 0;
  std::size_t letters = 0;
  std::string word;
  for (std::size_t i = 0; i <= line.size(); ++i) {
    const char c = i < line.size() ? line[i] : ' ';
    const char low = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    if (low >= 'a' && low <= 'z') {
      word += low;
      out.letters += kLogShare[static_cast<std::size_t>(low - 'a')];
      ++letters;
    } else if (!word.empty()) {
      ++words;
      hits += common(word) ? 1 : 0;
      word.clear();
    }
  }
  if (words > 0) out.words = static_cast<double>(hits) / static_cast<double>(words);
  // Rounded, so that the same letters in another order are as likely.
  constexpr double kStep = 1e6;
  if (letters > 0) out.letters = std::round(out.letters / static_cast<double>(letters) * kStep);
  out.ends = well_ended(line);
  return out;
}

std::vector<std::string_view> cut(std::string_view text, std::string_view separators) {
  std::vector<std::string_view> out;
  std::size_t from = 0;
  for (std::size_t i = 0; i <= text.size(); ++i) {
    if (i < text.size() && separators.find(text[i]) == std::string_view::npos) continue;
    if (i > from) out.push_back(text.substr(from, i - from));
    if (i < text.size()) out.push_back(text.substr(i, 1));
    from = i + 1;
  }
  return out;
}

using Decode = std::function<std::optional<std::string>(std::string_view)>;

std::optional<std::string> tried(std::string_view piece, std::size_t least, const Decode& decode) {
  if (piece.size() < least) return std::nullopt;
  auto out = decode(piece);
  if (out && !reply::plausible(*out)) out.reset();
  return out;
}

/// A run: as a whole, by lines, by tokens.
std::string decoded_run(std::string_view run, std::size_t least, const Decode& decode) {
  const std::string_view core = trim(run);
  if (core.empty()) return std::string(run);
  const auto offset = static_cast<std::size_t>(core.data() - run.data());
  std::string out(run.substr(0, offset));
  if (const auto whole = tried(core, least, decode)) {
    out.append(*whole);
  } else {
    for (const std::string_view line : cut(core, "\n")) {
      if (const auto read = tried(trim(line), least, decode)) {
        out.append(*read);
        continue;
      }
      for (const std::string_view token : cut(line, " \t")) {
        out.append(tried(token, least, decode).value_or(std::string(token)));
      }
    }
  }
  return out.append(run.substr(offset + core.size()));
}

}  // namespace

namespace reply {

bool plausible(std::string_view text) {
  if (text.empty() || !is_utf8(text)) return false;
  std::size_t good = 0;
  const std::u32string points = eval::code_points(text);
  for (const char32_t c : points) {
    if (control(c)) return false;
    good += readable(c) ? 1 : 0;
  }
  return static_cast<double>(good) >= kLeastReadable * static_cast<double>(points.size()) - 2.0;
}

std::string runs(std::string_view text, const std::function<bool(char)>& in_code, std::size_t least,
                 const Decode& decode) {
  std::string out;
  std::size_t i = 0;
  while (i < text.size()) {
    std::size_t end = i;
    while (end < text.size() && in_code(text[end])) ++end;
    if (end == i) {
      out += text[i++];
      continue;
    }
    out.append(decoded_run(text.substr(i, end - i), least, decode));
    i = end;
  }
  return out;
}

std::string lines(std::string_view text,
                  const std::function<std::string(std::string_view)>& decode) {
  std::string out;
  for (const std::string_view line : cut(text, "\n")) {
    if (line == "\n") {
      out += '\n';
      continue;
    }
    std::string read = decode(line);
    const bool keep = less_likely(likeness(read), likeness(line));
    out.append(keep ? std::string(line) : read);
  }
  return out;
}

}  // namespace reply

Result<std::string> decode_reply(std::string_view reply_code, std::string_view reply) {
  std::string out(reply);
  if (reply_code.empty()) return out;
  const auto parts = split(reply_code, '+');
  for (auto part = parts.rbegin(); part != parts.rend(); ++part) {
    const std::size_t colon = part->find(':');
    const Code* code = find_code(std::string_view(*part).substr(0, colon));
    const std::string key = colon != std::string::npos ? part->substr(colon + 1)
                            : code != nullptr          ? code->key
                                                       : "";
    const bool key_fits =
        code != nullptr && (code->key.empty() ? key.empty() : code->valid_key(key));
    if (code == nullptr || code->decode_reply == nullptr || !key_fits) {
      return fail(ErrorKind::usage, "no such code of replies", part->substr(0, 80),
                  "Take Prompt::reply_code as the transforms gave it");
    }
    out = code->decode_reply(out, key);
  }
  return out;
}

}  // namespace assay::attack
