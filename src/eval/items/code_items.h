// Items of the task code_small: a Python function described in words, with calls and what they must
// return. The results are computed here in C++; `reference` is a Python solution written
// separately, and a test runs it against them. Thread-safety: pure functions.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"
#include "base/lang.h"
#include "base/random.h"

namespace assay::eval {

struct CodeItem {
  std::string name;         ///< of the function
  std::string parameters;   ///< "xs" or "a, b"
  Text doc;                 ///< what it returns
  std::vector<Json> calls;  ///< arguments, an array each
  std::vector<Json> expected;
  std::string reference;  ///< Python source of the whole function
};

/// One item of a group: "lists", "strings" (a choice, a change and a summary combined) or
/// "classic".
CodeItem code_item(std::string_view group, Rng& rng);

CodeItem list_pipeline(Rng& rng);
CodeItem string_pipeline(Rng& rng);
CodeItem classic_function(Rng& rng);

/// {"def name(parameters):\n" + body}; each line of the body is indented by four spaces.
std::string python_function(const CodeItem& item, std::string_view body);

}  // namespace assay::eval
