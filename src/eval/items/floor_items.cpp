#include "eval/items/floor_items.h"

#include <algorithm>

#include "base/text.h"
#include "eval/items/floor_tables.h"

namespace assay::eval {
namespace {

FloorTables tables(Lang lang) { return lang == Lang::en ? floor_tables_en() : floor_tables_zh(); }

void append_words(std::vector<std::string>& words, std::string_view part) {
  for (auto& word : split(part, ' ')) words.push_back(std::move(word));
}

std::string join(const std::vector<std::string>& words, std::string_view separator) {
  std::string text;
  for (const auto& word : words) {
    if (!text.empty()) text += separator;
    text += word;
  }
  return text;
}

/// No two neighbours of the sentence stay neighbours, and the last word cannot end a sentence.
bool broken(const std::vector<std::string>& words, const std::vector<std::string>& order,
            std::span<const std::string_view> last_words) {
  if (std::find(last_words.begin(), last_words.end(), order.back()) == last_words.end()) {
    return false;
  }
  for (std::size_t i = 0; i + 1 < order.size(); ++i) {
    for (std::size_t k = 0; k + 1 < words.size(); ++k) {
      if (words[k] == order[i] && words[k + 1] == order[i + 1]) return false;
    }
  }
  return true;
}

}  // namespace

std::span<const FloorCompletion> floor_completions(Lang lang) { return tables(lang).completions; }
std::span<const FloorQuestion> floor_questions(Lang lang) { return tables(lang).questions; }

FloorTwins floor_twins(Lang lang, Rng& rng) {
  const FloorSentences& parts = tables(lang).sentences;
  std::vector<std::string> words;
  const std::string_view when = rng.pick(parts.when);
  if (lang == Lang::en) {
    words.emplace_back("the");
    append_words(words, rng.pick(parts.who));
    append_words(words, rng.pick(parts.does));
    append_words(words, rng.pick(parts.where));
    append_words(words, when);
  } else {
    append_words(words, rng.pick(parts.who));
    append_words(words, when);
    append_words(words, rng.pick(parts.where));
    append_words(words, rng.pick(parts.does));
  }
  std::vector<std::string> order = words;
  do {
    rng.shuffle(order);
  } while (!broken(words, order, parts.last_words));
  const std::string_view separator = lang == Lang::en ? " " : "";
  const std::string_view stop = lang == Lang::en ? "." : "。";
  return {join(words, separator) + std::string(stop), join(order, separator) + std::string(stop)};
}

}  // namespace assay::eval
