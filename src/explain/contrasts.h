// Contrasts: prompts whose next word small models know, each with counterparts that differ in one
// word and have another answer. English: capitals, number agreement, pronouns; Chinese: capitals,
// pronouns, opposites. All our own.
// Thread-safety: pure functions.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "eval/task.h"

namespace assay::explain {

struct Contrast {
  std::string id;    ///< "capital-france", "number-keys-0", ...
  std::string kind;  ///< "capital", "number", "pronoun", "opposite"
  std::string text, answer;
  std::vector<std::pair<std::string, std::string>> others;  ///< text and answer
};

/// All of them, in a fixed order.
const std::vector<Contrast>& contrasts(Lang lang);

/// At most `count`, of all kinds alike, drawn by the context's seed. The sample's context is the
/// text, its choices the answer and the first counterpart's; the counterparts are in its metadata.
std::vector<eval::Sample> contrast_samples(const eval::TaskContext& context);
/// Of such a sample.
std::vector<std::pair<std::string, std::string>> others_of(const eval::Sample& sample);

}  // namespace assay::explain
