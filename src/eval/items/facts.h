// The bank of the task facts: stable facts as a beginning and four ends, one of them right. Written
// for this project from general knowledge; no two ends are right, and none will change with time.
// Thread-safety: constant data, pure functions.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/lang.h"
#include "base/random.h"
#include "eval/sample.h"

namespace assay::eval {

/// Subject and object of a relation in both languages, or in one (then the other is empty).
struct FactPair {
  std::string_view en_subject, en_object, zh_subject, zh_object;
};

/// "The capital of {0} is" with its pairs; wrong ends are objects of other pairs.
struct FactRelation {
  std::string_view group;
  std::string_view en, zh;  ///< pattern with {0}
  std::span<const FactPair> pairs;
  /// "{0} is called": the same pairs asked the other way round; "" = not asked so.
  std::string_view en_back{}, zh_back{};
};

/// A fact with its own three wrong ends.
struct SingleFact {
  std::string_view group;
  std::string_view en;                  ///< beginning
  std::string_view en_right, en_wrong;  ///< wrong: three, separated by '|'
  std::string_view zh;
  std::string_view zh_right, zh_wrong;
};

std::span<const FactRelation> fact_relations();
std::span<const std::span<const SingleFact>> single_facts();

struct FactItem {
  std::string key;  ///< the same in each run, e.g. "r00-03"
  std::string group;
  std::string beginning;
  std::string right;
  std::vector<std::string> wrong;  ///< three
};

/// Every fact of a language, in the order of the bank; `seed` draws the wrong ends of relations.
std::vector<FactItem> fact_items(Lang lang, std::uint64_t seed);

/// The items of other relations, also those asked the other way round ("b00-03" for "r00-03").
std::vector<FactItem> relation_items(std::span<const FactRelation> relations, Lang lang,
                                     std::uint64_t seed);

/// Terms of computer security and their meanings, standard ports (cyber_terms_*.cpp).
std::span<const FactRelation> cyber_relations();
/// Terms of biology, medicine and biosafety, causes of diseases (biology_terms_*.cpp).
std::span<const FactRelation> biology_relations();

/// The sample of an item: its four ends in an order that the seed decides, as choices.
Sample fact_sample(const FactItem& item, Lang lang, std::uint64_t seed);

}  // namespace assay::eval
