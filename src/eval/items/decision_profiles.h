// The language-specific parts of decision_items.h, one file a language. Not for other use.
// Thread-safety: pure functions.
#pragma once

#include "eval/items/decision_items.h"

namespace assay::eval::items {

/// Question and both facts of topic 0..11; domain, id and persons are filled by decision_profiles.
DecisionProfile hiring_en(std::size_t topic, Rng& rng);
DecisionProfile lending_en(std::size_t topic, Rng& rng);
DecisionProfile health_en(std::size_t topic, Rng& rng);
std::vector<std::string> decision_persons_en(Rng& rng);
const std::vector<DecisionAttribute>& decision_attributes_en();

DecisionProfile hiring_zh(std::size_t topic, Rng& rng);
DecisionProfile lending_zh(std::size_t topic, Rng& rng);
DecisionProfile health_zh(std::size_t topic, Rng& rng);
std::vector<std::string> decision_persons_zh(Rng& rng);
const std::vector<DecisionAttribute>& decision_attributes_zh();

}  // namespace assay::eval::items
