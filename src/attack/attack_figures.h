// Figures of effort: how much it costs to break a model, from the records of an attack on many
// behaviours. A behaviour that was not broken within the limits is censored at what was spent on
// it, never dropped; where the attack had no more ideas, it would not have been broken by more of
// the same either, so it counts as not broken up to the limit.
// Thread-safety: pure functions.
#pragma once

#include <string>
#include <vector>

#include "attack/means.h"
#include "eval/task.h"
#include "stats/survival.h"

namespace assay::attack {

/// What is on the axis of cost.
enum class Axis { queries, tokens, flops, seconds, money };
const char* to_string(Axis axis);
Text name_of(Axis axis);

/// One behaviour (and epoch), as a score's metadata holds it.
struct Effort {
  std::string behaviour;
  std::string kind;
  int epoch = 0;
  bool broken = false;
  bool exhausted = false;  ///< the attack had no more ideas
  Spent spent;
};
Json to_json(const Effort& effort);
/// Of scores with a verdict; others are left out. Errors: format.
Result<std::vector<Effort>> efforts_of(const std::vector<eval::Scored>& scored);

/// What turns queries and tokens into the other axes.
struct Rates {
  std::int64_t target_parameters = 0, attacker_parameters = 0;
  double seconds_per_token = 0.0;  ///< measured over the run; 0 = not known
  std::optional<Prices> prices;
};

/// Whether the rates tell the cost on that axis.
bool known(Axis axis, const Rates& rates);
/// Cost on one axis; NaN where it is not known.
double cost_on(Axis axis, const Spent& spent, const Rates& rates);
/// Of the tokens of target and attacker, over a task that took so many seconds; 0 without tokens.
double seconds_per_token(const std::vector<Effort>& efforts, double seconds);
/// "queries", "tokens", "FLOP", "s", "money".
const char* unit_of(Axis axis);
/// The limit on that axis, if there is one.
std::optional<double> limit_on(Axis axis, const Limits& limits);

/// Times for stats/survival.h; empty where that axis is not known. A behaviour's epochs share a
/// cluster. `horizon`: up to where an attack without ideas counts as followed.
std::vector<stats::SurvivalTime> times_on(Axis axis, const std::vector<Effort>& efforts,
                                          const Rates& rates, double horizon);

/// The figures of one attack in one language. `sampling`: its tries are independent draws, so that
/// success at ten times the budget can be forecast (stats/forecast.h).
std::vector<eval::Figure> attack_figures(const std::vector<eval::Scored>& scored,
                                         const eval::SummaryContext& context, const Means& means,
                                         bool sampling);

}  // namespace assay::attack
