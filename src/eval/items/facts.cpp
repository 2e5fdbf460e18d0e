#include "eval/items/facts.h"

#include <algorithm>
#include <array>
#include <cstdio>

#include "base/text.h"
#include "eval/items/draw.h"

namespace assay::eval {
namespace {

/// "r03-07": kind, table and row.
std::string key_of(char kind, std::size_t table, std::size_t row) {
  std::array<char, 32> text{};
  std::snprintf(text.data(), text.size(), "%c%02zu-%02zu", kind, table, row);
  return text.data();
}

std::string subject_of(const FactPair& pair, Lang lang) {
  return std::string(lang == Lang::en ? pair.en_subject : pair.zh_subject);
}
std::string object_of(const FactPair& pair, Lang lang) {
  return std::string(lang == Lang::en ? pair.en_object : pair.zh_object);
}

/// Three objects of other pairs (subjects, if asked back), all different and none the right one.
std::vector<std::string> other_objects(const FactRelation& relation, bool back, Lang lang,
                                       std::string_view right, Rng& rng) {
  std::vector<std::string> others;
  for (const FactPair& pair : relation.pairs) {
    const std::string object = back ? subject_of(pair, lang) : object_of(pair, lang);
    if (object.empty() || object == right) continue;
    if (std::find(others.begin(), others.end(), object) == others.end()) others.push_back(object);
  }
  rng.shuffle(others);
  others.resize(std::min<std::size_t>(others.size(), 3));
  return others;
}

void append_relation(std::vector<FactItem>& items, const FactRelation& relation, bool back,
                     std::size_t table, Lang lang, std::uint64_t seed) {
  const bool english = lang == Lang::en;
  const std::string_view pattern = back ? (english ? relation.en_back : relation.zh_back)
                                        : (english ? relation.en : relation.zh);
  for (std::size_t row = 0; row < relation.pairs.size(); ++row) {
    const FactPair& pair = relation.pairs[row];
    if (object_of(pair, lang).empty()) continue;
    const std::array<std::string, 1> subject = {back ? object_of(pair, lang)
                                                     : subject_of(pair, lang)};
    FactItem item;
    item.key = key_of(back ? 'b' : 'r', table, row);
    item.group = relation.group;
    item.beginning = fill(pattern, subject);
    item.right = back ? subject_of(pair, lang) : object_of(pair, lang);
    Rng rng = Rng::named(
        seed, fill("facts/{0}/{1}", std::array<std::string, 2>{to_string(lang), item.key}));
    item.wrong = other_objects(relation, back, lang, item.right, rng);
    items.push_back(std::move(item));
  }
}

void append_singles(std::vector<FactItem>& items, std::span<const SingleFact> facts, char kind,
                    std::size_t table, Lang lang) {
  const bool english = lang == Lang::en;
  for (std::size_t row = 0; row < facts.size(); ++row) {
    const SingleFact& fact = facts[row];
    const std::string_view beginning = english ? fact.en : fact.zh;
    if (beginning.empty()) continue;
    items.push_back({key_of(kind, table, row), std::string(fact.group), std::string(beginning),
                     std::string(english ? fact.en_right : fact.zh_right),
                     split(english ? fact.en_wrong : fact.zh_wrong, '|')});
  }
}

}  // namespace

std::vector<FactItem> fact_items(Lang lang, std::uint64_t seed) {
  std::vector<FactItem> items = relation_items(fact_relations(), lang, seed);
  std::size_t table = 0;
  for (const auto facts : single_facts()) {
    append_singles(items, facts, 's', table++, lang);
  }
  return items;
}

std::vector<FactItem> relation_items(std::span<const FactRelation> relations, Lang lang,
                                     std::uint64_t seed) {
  std::vector<FactItem> items;
  std::size_t table = 0;
  for (const FactRelation& relation : relations) {
    append_relation(items, relation, false, table, lang, seed);
    if (!relation.en_back.empty()) append_relation(items, relation, true, table, lang, seed);
    ++table;
  }
  return items;
}

Sample fact_sample(const FactItem& item, Lang lang, std::uint64_t seed) {
  Sample sample;
  sample.id = std::string(to_string(lang)) + "-" + item.key;
  sample.cluster = sample.id;
  sample.lang = lang;
  sample.group = item.group;
  sample.context = item.beginning;
  Rng rng = Rng::named(seed, "facts/place/" + sample.id);
  const auto place = static_cast<std::ptrdiff_t>(rng.index(item.wrong.size() + 1));
  std::vector<std::string> ends = item.wrong;
  ends.insert(ends.begin() + place, item.right);
  for (const std::string& end : ends) {
    // The full stop belongs to it: else "C" would be the beginning of "Cu" and always be likelier.
    sample.choices.push_back(lang == Lang::en ? " " + end + "." : end + "。");
  }
  sample.target_index = static_cast<int>(place);
  return sample;
}

}  // namespace assay::eval
