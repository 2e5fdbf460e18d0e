#include "attack/effort.h"

#include <algorithm>
#include <set>

#include "stats/clustered.h"

namespace assay::attack {
namespace {

double budget_of(const Artifact& artifact) {
  std::int64_t most = 0;
  for (const ArtifactAttempt& a : artifact.attempts) {
    most = std::max({most, a.number_of_queries.value_or(0), a.queries_to_jailbreak.value_or(0)});
  }
  if (most > 0) return static_cast<double>(most);
  const bool once = artifact.attack_type == "manual" || artifact.attack_type == "transfer";
  return once ? 1.0 : 0.0;
}

stats::SurvivalOptions survival_options(const EffortTrials& trials, const EffortOptions& options) {
  stats::SurvivalOptions out;
  out.level = options.level;
  out.unassessed = trials.unassessed;
  out.seed = options.seed;
  out.unit = trials.unit;
  return out;
}

template <class Verdict>
stats::Estimate share(const EffortTrials& trials, const EffortOptions& options, Verdict verdict) {
  BehaviourNumbers numbers;
  std::vector<stats::Observation> observations;
  for (const EffortTrial& t : trials.trials) {
    observations.push_back({verdict(t) ? 1.0 : 0.0, numbers.of(t.behaviour)});
  }
  stats::ClusterOptions cluster;
  cluster.level = options.level;
  cluster.purpose = stats::Purpose::safety;
  cluster.unassessed = trials.unassessed;
  cluster.seed = options.seed;
  return clustered_mean(observations, cluster);
}

std::vector<LabelCheck> label_checks(const EffortTrials& trials, const EffortOptions& options) {
  std::set<std::string> judges;
  for (const EffortTrial& t : trials.trials) {
    for (const auto& [judge, verdict] : t.labels) judges.insert(judge);
  }
  std::vector<LabelCheck> out;
  for (const std::string& judge : judges) {
    LabelCheck check;
    check.judge = judge;
    for (const EffortTrial& t : trials.trials) {
      const auto found = t.labels.find(judge);
      if (found == t.labels.end()) continue;
      ++check.compared;
      check.differ += found->second != (t.ending == Ending::broken) ? 1 : 0;
    }
    check.broken = share(trials, options, [&](const EffortTrial& t) {
      const auto found = t.labels.find(judge);
      return found != t.labels.end() && found->second;
    });
    out.push_back(std::move(check));
  }
  return out;
}

/// Success at ten times the budget. Trials that the attack's own judge stopped were never asked
/// again, which no law of repeated attempts knows: there the forecast is of the search going on.
void look_ahead(std::span<const stats::SurvivalTime> times, const EffortOptions& options,
                EffortFigures& out) {
  stats::ForecastOptions how;
  how.level = options.level;
  how.seed = options.seed;
  how.unassessed = out.trials.unassessed;
  constexpr double multiple = 10.0;
  out.ahead = forecast_success(times, multiple * out.trials.budget, how);
  out.score = score_forecasts(times, multiple, how);
  stats::Estimate& estimate = out.ahead.estimate;
  if (!estimate.known()) return;
  if (!out.score.held_out.empty() && out.score.coverage < 0.5) {
    estimate = stats::no_estimate("forecasts of budgets held out missed what was then seen",
                                  {out.broken.value, 1.0});
    estimate.modelled = true;
  } else if (out.stopped > 0) {
    estimate.assumptions.emplace_back(
        "trials that the attack's own judge stopped would have gone on like the others");
  }
}

}  // namespace

std::string attack_name(const EffortTrials& trials) {
  return trials.access == "transfer" ? trials.method + " (transfer)" : trials.method;
}

EffortTrials effort_of(const Artifact& artifact) {
  EffortTrials out;
  out.method = artifact.method;
  out.model = artifact.model;
  out.access = artifact.attack_type;
  out.budget = budget_of(artifact);
  for (const ArtifactAttempt& a : artifact.attempts) {
    if (!a.jailbroken) {
      ++out.unassessed;
      continue;
    }
    EffortTrial trial;
    trial.behaviour = a.behavior;
    const auto spent = a.queries_to_jailbreak ? a.queries_to_jailbreak : a.number_of_queries;
    trial.cost = spent ? static_cast<double>(*spent) : out.budget;
    if (*a.jailbroken) {
      trial.ending = Ending::broken;
      trial.at_most = !a.queries_to_jailbreak && a.number_of_queries.has_value();
    } else {
      trial.ending = trial.cost < out.budget ? Ending::stopped : Ending::budget;
    }
    if (a.response) trial.labels = a.labels;  // a label without an answer says nothing
    out.trials.push_back(std::move(trial));
  }
  return out;
}

std::uint32_t BehaviourNumbers::of(const std::string& behaviour) {
  return numbers_.try_emplace(behaviour, static_cast<std::uint32_t>(numbers_.size())).first->second;
}

std::vector<stats::SurvivalTime> survival_times(const EffortTrials& trials, Stops stops,
                                                BehaviourNumbers& numbers) {
  std::vector<stats::SurvivalTime> out;
  for (const EffortTrial& t : trials.trials) {
    const bool to_budget = t.ending == Ending::stopped && stops == Stops::failed;
    out.push_back({to_budget ? trials.budget : t.cost, t.ending == Ending::broken ? 1 : 0,
                   numbers.of(t.behaviour)});
  }
  return out;
}

EffortFigures effort_figures(const EffortTrials& trials, const EffortOptions& options) {
  EffortFigures out;
  out.trials = trials;
  for (const EffortTrial& t : trials.trials) {
    out.stopped += t.ending == Ending::stopped ? 1 : 0;
    out.at_most += t.at_most ? 1 : 0;
  }
  out.broken =
      share(trials, options, [](const EffortTrial& t) { return t.ending == Ending::broken; });
  out.labels = label_checks(trials, options);
  if (trials.budget <= 0.0) {
    const double infinity = std::numeric_limits<double>::infinity();
    out.median.estimate = stats::no_estimate("costs were not recorded", {0.0, infinity});
    out.median_on = out.median;
    out.mean = stats::no_estimate("costs were not recorded", {0.0, infinity});
    out.broken_on = stats::no_estimate("costs were not recorded");
    out.ahead.estimate = out.broken_on;
    return out;
  }
  BehaviourNumbers numbers;
  const auto failed = survival_times(trials, Stops::failed, numbers);
  const auto censored = survival_times(trials, Stops::censored, numbers);
  const stats::SurvivalOptions how = survival_options(trials, options);
  for (const double cost : options.costs) {
    if (cost <= trials.budget) out.at.emplace_back(cost, success_at(failed, cost, how));
  }
  out.median = cost_quantile(failed, 0.5, how);
  out.mean = restricted_mean(failed, trials.budget, how);
  out.median_on = cost_quantile(censored, 0.5, how);
  out.broken_on = success_at(censored, trials.budget, how);
  look_ahead(out.stopped > 0 ? censored : failed, options, out);
  out.curve = survival_band(stats::kaplan_meier(failed), options.level);
  return out;
}

}  // namespace assay::attack
