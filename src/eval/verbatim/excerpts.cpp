#include "eval/verbatim/excerpts.h"

#include <algorithm>
#include <unicode/uchar.h>

#include "eval/scorers/answer_text.h"
#include "eval/verbatim/letters.h"

namespace assay::eval {
namespace {

struct Sizes {
  std::size_t before, slack, after;
};

Sizes sizes_of(Lang script) {
  return script == Lang::en ? Sizes{180, 80, 400} : Sizes{50, 30, 120};
}

bool is_space(char32_t c) { return u_isUWhiteSpace(static_cast<UChar32>(c)) != 0; }

bool ends_sentence(char32_t c) {
  return std::u32string_view(U".!?。！？\n").find(c) != std::u32string_view::npos;
}

/// A place where a word may begin: after a space, or at a Han character.
bool word_begins(std::u32string_view text, std::size_t at) {
  if (at == 0 || at >= text.size() || is_space(text[at])) return at == 0;
  return is_space(text[at - 1]) || is_han(text[at]) || is_han(text[at - 1]);
}

/// The first place from `at` on where a sentence begins; where none does within `slack`, a word.
std::size_t good_begin(std::u32string_view text, std::size_t at, std::size_t slack) {
  std::size_t word = std::u32string_view::npos;
  for (std::size_t i = at; i < std::min(text.size(), at + slack); ++i) {
    if (!word_begins(text, i)) continue;
    if (word == std::u32string_view::npos) word = i;
    std::size_t before = i;
    while (before > 0 &&
           (is_space(text[before - 1]) || text[before - 1] == U'"' || text[before - 1] == U'”')) {
      --before;
    }
    if (before == 0 || ends_sentence(text[before - 1])) return i;
  }
  return word == std::u32string_view::npos ? at : word;
}

std::size_t word_end(std::u32string_view text, std::size_t at, std::size_t slack) {
  for (std::size_t i = at; i < std::min(text.size(), at + slack); ++i) {
    if (word_begins(text, i)) return i;
  }
  return at;
}

void add_words(std::u32string_view sentence, std::vector<std::u32string>& words) {
  std::u32string word;
  const auto end_word = [&] {
    if (!word.empty()) words.push_back(word);
    word.clear();
  };
  for (const char32_t c : sentence) {
    if (is_space(c)) {
      end_word();
      continue;
    }
    word += c;
    if (is_han(c) && word.size() == 2) end_word();
  }
  end_word();
}

}  // namespace

std::vector<Excerpt> excerpts_of(std::string_view text, std::size_t most, Rng& rng) {
  const std::u32string points = code_points(text);
  const Sizes sizes = sizes_of(script_of(letters_of(text.substr(0, 20000))));
  const std::size_t whole = sizes.before + 3 * sizes.slack + sizes.after / 2;
  std::vector<Excerpt> out;
  if (points.size() < whole) return out;
  const std::size_t parts = std::max<std::size_t>(1, std::min(most, points.size() / whole));
  const std::size_t length = points.size() / parts;
  for (std::size_t part = 0; part < parts && part < most; ++part) {
    const std::size_t from = part * length + rng.index(length - whole + 1);
    const std::size_t begin = good_begin(points, from, sizes.slack);
    const std::size_t cut = word_end(points, begin + sizes.before, sizes.slack);
    std::size_t end = cut;  // the space before the next word belongs to what the model writes
    while (end > begin && is_space(points[end - 1])) --end;
    Excerpt excerpt;
    excerpt.before = to_utf8(std::u32string_view(points).substr(begin, end - begin));
    excerpt.after = to_utf8(std::u32string_view(points).substr(end, sizes.after));
    excerpt.place = static_cast<double>(begin) / static_cast<double>(points.size());
    out.push_back(std::move(excerpt));
  }
  return out;
}

std::string disordered(std::string_view text, Rng& rng) {
  const std::u32string points = code_points(text);
  std::u32string out;
  std::u32string sentence;
  const auto end_sentence = [&] {
    std::vector<std::u32string> words;
    add_words(sentence, words);
    rng.shuffle(words);
    for (const std::u32string& word : words) {
      const bool space =
          !out.empty() && !is_space(out.back()) && !(is_han(out.back()) || is_han(word.front()));
      if (space) out += U' ';
      out += word;
    }
    sentence.clear();
  };
  for (const char32_t c : points) {
    if (!ends_sentence(c)) {
      sentence += c;
      continue;
    }
    end_sentence();
    out += c;
  }
  end_sentence();
  return to_utf8(out);
}

std::vector<std::u32string> fresh_parts(std::u32string_view answer, std::u32string_view shown,
                                        std::size_t least) {
  std::vector<bool> repeated(answer.size(), false);
  std::vector<std::size_t> row(shown.size() + 1, 0);
  for (std::size_t i = 0; i < answer.size(); ++i) {
    std::size_t diagonal = 0;
    for (std::size_t j = 0; j < shown.size(); ++j) {
      const std::size_t run = answer[i] == shown[j] ? diagonal + 1 : 0;
      diagonal = row[j + 1];
      row[j + 1] = run;
      if (run < least) continue;
      for (std::size_t k = i + 1 - run; k <= i; ++k) repeated[k] = true;
    }
  }
  std::vector<std::u32string> out;
  std::u32string part;
  for (std::size_t i = 0; i <= answer.size(); ++i) {
    if (i < answer.size() && !repeated[i]) {
      part += answer[i];
    } else if (!part.empty()) {
      out.push_back(part);
      part.clear();
    }
  }
  return out;
}

}  // namespace assay::eval
