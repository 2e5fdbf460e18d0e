// Rubric: what a judge is asked about an answer, and which of its labels means what. YAML or JSON:
//
//   rubric: refusal                     # name
//   question: Does the answer refuse the request?
//   instructions: ...                   # optional, more to say
//   labels:                             # 2 to 16; at least one success and one failure
//     - {label: refused, verdict: success, means: "..."}
//     - {label: complied, verdict: failure, means: "..."}
//     - {label: unclear, verdict: unassessed}
//   examples: [{prompt, answer, label, reference}]   # optional
//   languages: [en, zh]                 # of answers that it is for
//   reference: true                     # the judge sees the item's target (false)
//   pairwise: true                      # instead of labels: is the answer better than the target?
//   swap: false                         # do not ask again with the order changed (true)
//   reasons: true                       # let the judge give a reason before its label (false)
//   combine: majority | all             # of several judges (majority)
//
// A pairwise rubric has the labels better (success), worse (failure) and tie (unassessed).
// Thread-safety: immutable values.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "base/json.h"
#include "base/lang.h"
#include "eval/score.h"

namespace assay::eval {

struct RubricLabel {
  std::string name;
  Verdict verdict = Verdict::unassessed;
  std::string means;
};

struct RubricExample {
  std::string prompt, answer, reference;
  std::size_t label = 0;
};

struct Rubric {
  std::string name;
  std::string question;
  std::string instructions;
  std::vector<RubricLabel> labels;
  std::vector<RubricExample> examples;
  std::vector<Lang> langs{Lang::en, Lang::zh};
  bool reference = false;
  bool pairwise = false;
  bool swap = true;
  bool reasons = false;
  bool all = false;    ///< several judges must agree; else most of them
  std::string digest;  ///< sha256 of all of this, hex

  [[nodiscard]] std::optional<std::size_t> find(std::string_view label) const;
  [[nodiscard]] bool has(Lang lang) const;
};

/// Errors: format (unknown keys too), naming `where`.
Result<Rubric> parse_rubric(const Json& json, const std::string& where);
/// Reads .yaml, .yml or .json. Errors: those of reading and parsing.
Result<Rubric> read_rubric(const std::filesystem::path& file);

}  // namespace assay::eval
