// Competing attacks: an adversary who has them all and gives each the same cost on every behaviour,
// until the first of them breaks it. What share is broken so, and by which.
// Aalen & Johansen 1978 (stats/incidence.h): causes that compete, none of them censors another.
//
// Legal call order: lists of the same model -> competing_attacks. Thread-safety: pure functions.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "attack/effort.h"
#include "stats/incidence.h"

namespace assay::attack {

/// One attack's part.
struct FirstToBreak {
  std::string method;
  stats::Estimate share;  ///< broken by it first, within the budget
};

struct CompetingAttacks {
  std::string model;
  std::string lang;  ///< behaviours in two languages are never the same
  std::string unit;
  double budget = 0.0;          ///< of each attack: the smallest that any of them had
  std::int64_t behaviours = 0;  ///< that all of them tried, with a verdict of each
  stats::Estimate any;          ///< broken by any of them
  std::vector<FirstToBreak>
      first;  ///< by name; what several broke at the same cost is of "several"
  std::vector<stats::IncidenceStep> curve;  ///< share broken by any, over the cost to each
};

/// Of each model with at least two attacks of known costs that share behaviours. A behaviour counts
/// where every one of the model's attacks tried it: others would be told apart by what was not
/// tried on them. Repeats of a behaviour: each attack's first trial.
std::vector<CompetingAttacks> competing_attacks(std::span<const EffortTrials> all,
                                                const EffortOptions& options = {});

Json to_json(std::span<const CompetingAttacks> all);

}  // namespace assay::attack
