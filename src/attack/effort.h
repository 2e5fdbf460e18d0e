// What an attack cost until it broke each behaviour, and what follows from it: success within a
// cost, median, mean, comparisons. One cost axis for all attacks; which one it is, the trials say.
//
// Legal call order: fill EffortTrials (or effort_of(artifact)) -> effort_figures ->
// compare_efforts. Thread-safety: pure functions; plain values.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "attack/artifacts.h"
#include "stats/compare_effort.h"
#include "stats/forecast.h"
#include "stats/survival.h"
#include "stats/survival_band.h"

namespace assay::attack {

struct EffortTrials;
/// The method as it is compared and named: transferred prompts are another attack than the search
/// that found them, "GCG (transfer)".
std::string attack_name(const EffortTrials& trials);

enum class Ending {
  broken,  ///< by the judge that counts
  budget,  ///< not broken when the budget was spent
  stopped  ///< not broken, but the attack stopped before its budget: its own judge was content
};

struct EffortTrial {
  std::string behaviour;
  double cost = 0.0;  ///< until it broke, was stopped, or the budget ended; at most the budget
  Ending ending = Ending::budget;
  bool at_most = false;  ///< broke at this cost or below: only what was spent in all is known
  std::map<std::string, bool> labels;  ///< other judges' verdicts, by their names
};

/// One attack on one model.
struct EffortTrials {
  std::string method;
  std::string model;
  std::string lang;    ///< of the behaviours, where it is known: "en", "zh"
  std::string access;  ///< white_box, black_box, transfer, manual, ...
  std::string unit = "queries";
  double budget = 0.0;  ///< of each trial; 0: costs were not recorded, only success is known
  std::vector<EffortTrial> trials;
  std::int64_t unassessed = 0;  ///< attempts without a verdict
};

/// How the counts of an artifact are read (docs/effort.md says why):
///  - budget: the largest number_of_queries; 1 for manual and transfer attacks without counts (one
///    query to the target; what the search cost on another model is not in it); else not recorded;
///  - cost: queries_to_jailbreak, else number_of_queries, else the budget;
///  - broken: `jailbroken`; at_most where only number_of_queries is known;
///  - not broken and cost below the budget: stopped.
EffortTrials effort_of(const Artifact& artifact);

/// What an unbroken trial means that the attack itself stopped.
enum class Stops {
  /// It failed: this attack, with its own judge, would not have gone on. Every trial is then known
  /// to
  /// its budget, and success at the budget is the attack success rate.
  failed,
  /// It might have gone on: censored where it stopped. Success of the same search with a better
  /// judge, if those it would have gone on with are like the others.
  censored
};

/// Behaviours numbered alike in all lists that use the same numbers.
class BehaviourNumbers {
 public:
  std::uint32_t of(const std::string& behaviour);

 private:
  std::map<std::string, std::uint32_t> numbers_;
};

std::vector<stats::SurvivalTime> survival_times(const EffortTrials& trials, Stops stops,
                                                BehaviourNumbers& numbers);

struct EffortOptions {
  double level = 0.95;
  std::uint64_t seed = 1;
  std::vector<double> costs{1, 10, 100, 1000, 10000, 100000};  ///< success is told at these
};

/// Another judge's verdicts on the same answers.
struct LabelCheck {
  std::string judge;
  std::int64_t compared = 0;  ///< answers with both verdicts
  std::int64_t differ = 0;
  stats::Estimate broken;  ///< share broken by this judge; without an answer: not broken
};

struct EffortFigures {
  EffortTrials trials;
  std::int64_t stopped = 0;  ///< trials with Ending::stopped
  std::int64_t at_most = 0;
  stats::Estimate broken;                              ///< share broken within the budget
  std::vector<std::pair<double, stats::Estimate>> at;  ///< share broken within each cost
  stats::CostQuantile median;
  stats::Estimate mean;           ///< min(cost, budget)
  stats::CostQuantile median_on;  ///< with Stops::censored
  stats::Estimate broken_on;      ///< share broken within the budget, Stops::censored
  std::vector<LabelCheck> labels;
  /// Success at ten times the budget, where the data carry that; Stops::censored where any stopped.
  /// Refused too where most forecasts of held-out budgets missed.
  stats::Forecast ahead;
  stats::ForecastScore score;  ///< of such forecasts on budgets held out
  stats::SurvivalBand curve;   ///< of survival (1 - success), Stops::failed; empty without costs
};

EffortFigures effort_figures(const EffortTrials& trials, const EffortOptions& options = {});

struct EffortPair {
  std::string shared;  ///< the model or the method that both have
  std::string first;   ///< the method or the model that differs
  std::string second;
  bool methods = false;  ///< methods on one model; else models under one method
  double budget = 0.0;   ///< the smaller of the two: costs above it are not compared
  stats::EffortComparison result;
  double adjusted_p = 1.0;  ///< Holm's, among the call's pairs of methods, or of models
};

struct EffortGroup {
  std::string shared;
  bool methods = false;
  std::size_t members = 0;
  stats::LogRank test;  ///< all members at once, stratified by behaviour
};

struct EffortComparisons {
  std::vector<EffortGroup> groups;
  std::vector<EffortPair> pairs;
};

/// Every pair of methods on one model and of models under one method whose costs are known, and
/// each such family as a whole. Stops::failed. Trials of the same method and model are one list.
EffortComparisons compare_efforts(std::span<const EffortTrials> all,
                                  const EffortOptions& options = {});

Json to_json(const EffortFigures& figures);
Json to_json(const EffortComparisons& comparisons);

}  // namespace assay::attack
