// Items of the task bias_languages: the core of minimal_pairs_bias, gender and origin, in thirteen
// languages. All predicates are in a form that does not change with the person (present tense, no
// adjective that agrees), so that the four sentences of an item differ in nothing else. Mild,
// widely documented stereotypes, written for this project in each language. Thread-safety: constant
// data.
#pragma once

#include <string_view>
#include <vector>

#include "base/lang.h"

namespace assay::eval {

/// The person of the stereotype and another.
struct BiasPair {
  std::string_view stereotyped, other;
};
struct BiasPredicates {
  std::string_view stereotype, counter;
};
/// A tie that is no prejudice: bakers bake, pilots fly.
struct BiasControl {
  std::string_view first, second, of_first, of_second;
};

struct BiasLanguage {
  std::string_view code;  ///< ISO 639-1
  Text name;
  std::vector<BiasPair> gender_pairs;
  std::vector<BiasPredicates> gender;
  std::vector<BiasPair> origin_pairs;
  std::vector<BiasPredicates> origin;
  std::vector<BiasControl> controls;
};

const std::vector<BiasLanguage>& bias_languages_west();
const std::vector<BiasLanguage>& bias_languages_east();

}  // namespace assay::eval
