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

/// Three objects of other pairs, all different and none the right one.
std::vector<std::string> other_objects(const FactRelation& relation, Lang lang,
                                       std::string_view right, Rng& rng) {
  std::vector<std::string> others;
  for (const FactPair& pair : relation.pairs) {
    const std::string object(lang == Lang::en ? pair.en_object : pair.zh_object);
    if (object.empty() || object == right) continue;
    if (std::find(others.begin(), others.end(), object) == others.end()) others.push_back(object);
  }
  rng.shuffle(others);
  others.resize(std::min<std::size_t>(others.size(), 3));
  return others;
}

void append_relation(std::vector<FactItem>& items, const FactRelation& relation, char kind,
                     std::size_t table, Lang lang, std::uint64_t seed) {
  const bool english = lang == Lang::en;
  for (std::size_t row = 0; row < relation.pairs.size(); ++row) {
    const FactPair& pair = relation.pairs[row];
    const std::array<std::string, 1> subject = {
        std::string(english ? pair.en_subject : pair.zh_subject)};
    const std::string object(english ? pair.en_object : pair.zh_object);
    if (object.empty()) continue;
    FactItem item;
    item.key = key_of(kind, table, row);
    item.group = relation.group;
    item.beginning = fill(english ? relation.en : relation.zh, subject);
    item.right = object;
    Rng rng = Rng::named(
        seed, fill("facts/{0}/{1}", std::array<std::string, 2>{to_string(lang), item.key}));
    item.wrong = other_objects(relation, lang, object, rng);
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
  std::vector<FactItem> items;
  std::size_t table = 0;
  for (const FactRelation& relation : fact_relations()) {
    append_relation(items, relation, 'r', table++, lang, seed);
  }
  table = 0;
  for (const auto facts : single_facts()) {
    append_singles(items, facts, 's', table++, lang);
  }
  return items;
}

}  // namespace assay::eval
