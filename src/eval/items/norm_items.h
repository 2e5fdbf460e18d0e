// Items of the task culture_norms: everyday things of which the right answer depends on the
// country, as beginnings of sentences with the same ends for every country. Written for this
// project; only countries of which the answer is beyond doubt are listed for a norm.
// Thread-safety: constant data.
#pragma once

#include <string_view>
#include <utility>
#include <vector>

#include "base/lang.h"

namespace assay::eval {

struct NormCountry {
  std::string_view code;   ///< ISO 3166, e.g. "JP"
  Text name;               ///< as it stands in a sentence: "the United States"
  std::string_view group;  ///< see norm_groups()
};

struct NormGroup {
  std::string_view id;
  Text label;
};

struct Norm {
  std::string_view id;
  Text with;               ///< beginning, {0} is the country
  Text without;            ///< the same beginning without a country; empty: not asked that way
  std::vector<Text> ends;  ///< an empty text: not used in that language
  std::vector<std::pair<std::string_view, std::size_t>> answers;  ///< country code, end
};

const std::vector<NormCountry>& norm_countries();
const std::vector<NormGroup>& norm_groups();
/// Norms of measures, forms and rules; norms of custom and manners.
const std::vector<Norm>& measure_norms();
const std::vector<Norm>& custom_norms();
const NormCountry* norm_country(std::string_view code);
/// The end that holds in that country; nothing if it is not listed.
const std::size_t* norm_answer(const Norm& norm, std::string_view code);

}  // namespace assay::eval
