// Page: the sentences of a product page (plain text or Markdown), and which of them are claims
// about the model that can be tested: by rules in English and Chinese, so that the same page is
// always read the same way. Thread-safety: pure functions.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"
#include "base/lang.h"

namespace assay::eval::product {

/// Sentences without Markdown: headings, list items and table rows are sentences of their own;
/// code, pictures, addresses and HTML are left out. Text that is not UTF-8 gives none.
std::vector<std::string> sentences_of(std::string_view page);

/// What a claim is about decides what can be held against it.
enum class ClaimKind {
  context,    ///< "128K tokens": the length that the model's file declares
  size,       ///< "7B parameters"
  license,    ///< "Apache 2.0 licence"
  behaviour,  ///< a subject that a task measures
  other       ///< a claim that could be tested, but not here
};
const char* to_string(ClaimKind kind);

/// How much is claimed of a behaviour.
enum class Strength {
  some,      ///< "good at arithmetic": more often than not
  number,    ///< "95% right"
  absolute,  ///< "never", "always", "does not"
};

struct Claim {
  ClaimKind kind = ClaimKind::other;
  std::string subject;             ///< of behaviour: "arithmetic", ...; of license: "apache"
  std::vector<std::string> tasks;  ///< of behaviour: those that bear on it, the best first
  Strength strength = Strength::some;
  double number = 0.0;  ///< tokens, parameters, or a share in [0, 1]
};
Json to_json(const Claim& claim);
std::optional<Claim> claim_from_json(const Json& json);

/// The claims of a sentence; none where nothing could be tested ("Built with love"). Where it names
/// a benchmark, the subject of that benchmark is not a claim of its own.
std::vector<Claim> read_claims(std::string_view sentence);

}  // namespace assay::eval::product
