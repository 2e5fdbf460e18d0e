// The terms behind cyber_relations() and biology_relations() of facts.h: {term, meaning} in both
// languages. Within a table no meaning fits a second term, so that the others can be wrong ends.
// Textbook level; written for this project. Thread-safety: constant data.
#pragma once

#include <span>

#include "eval/items/facts.h"

namespace assay::eval {

std::span<const FactPair> attack_terms();
std::span<const FactPair> malware_terms();
std::span<const FactPair> cryptography_terms();
std::span<const FactPair> protocol_terms();
std::span<const FactPair> standard_ports();
std::span<const FactPair> defence_terms();
std::span<const FactPair> incident_terms();
std::span<const FactPair> access_terms();

std::span<const FactPair> cell_terms();
std::span<const FactPair> genetics_terms();
std::span<const FactPair> immunology_terms();
std::span<const FactPair> epidemiology_terms();
std::span<const FactPair> microbiology_terms();
std::span<const FactPair> biosafety_terms();
std::span<const FactPair> causes_of_disease();
std::span<const FactPair> ways_of_infection();

}  // namespace assay::eval
