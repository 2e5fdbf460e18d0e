#include "attack/competing.h"

#include <algorithm>
#include <limits>
#include <map>
#include <set>
#include <utility>

namespace assay::attack {
namespace {

constexpr const char* kSeveral = "several";

/// One attack's trials by behaviour; of repeats the first.
struct Member {
  const EffortTrials* list = nullptr;
  std::map<std::string, const EffortTrial*> trials;
};

Member member_of(const EffortTrials& list) {
  Member out{&list, {}};
  for (const EffortTrial& trial : list.trials) out.trials.emplace(trial.behaviour, &trial);
  return out;
}

/// The attacks of one model and language whose costs are known, by name.
using Members = std::map<std::string, Member>;
using Model = std::pair<std::string, std::string>;

std::map<Model, Members> by_model(std::span<const EffortTrials> all) {
  std::map<Model, Members> out;
  for (const EffortTrials& trials : all) {
    if (trials.budget > 0.0 && !trials.trials.empty()) {
      out[{trials.model, trials.lang}].emplace(attack_name(trials), member_of(trials));
    }
  }
  return out;
}

/// Behaviours that every member tried, in the order of the first.
std::vector<std::string> shared_behaviours(const Members& members) {
  std::vector<std::string> out;
  std::set<std::string> seen;
  for (const EffortTrial& trial : members.begin()->second.list->trials) {
    const bool all = std::all_of(members.begin(), members.end(), [&](const auto& member) {
      return member.second.trials.contains(trial.behaviour);
    });
    if (all && seen.insert(trial.behaviour).second) out.push_back(trial.behaviour);
  }
  return out;
}

/// When the first of the attacks broke it, within `budget`: cause 1, 2, ... by name, the number
/// after the last where several did at once; censored at the budget else. An attack that stopped
/// failed for good.
stats::SurvivalTime first_break(const Members& members, const std::string& behaviour,
                                double budget) {
  stats::SurvivalTime out;
  out.time = budget;
  int cause = 0;
  for (const auto& [name, member] : members) {
    ++cause;
    const EffortTrial& trial = *member.trials.at(behaviour);
    if (trial.ending != Ending::broken || trial.cost > budget) continue;
    if (out.cause != 0 && trial.cost == out.time) {
      out.cause = static_cast<int>(members.size()) + 1;
    } else if (out.cause == 0 || trial.cost < out.time) {
      out.time = trial.cost;
      out.cause = cause;
    }
  }
  return out;
}

CompetingAttacks of_model(const Model& model, const Members& members,
                          const EffortOptions& options) {
  CompetingAttacks out;
  out.model = model.first;
  out.lang = model.second;
  out.unit = members.begin()->second.list->unit;
  out.budget = std::numeric_limits<double>::infinity();
  for (const auto& [name, member] : members) {
    out.budget = std::min(out.budget, member.list->budget);
  }
  std::vector<stats::SurvivalTime> times;
  std::vector<stats::SurvivalTime> any;
  for (const std::string& behaviour : shared_behaviours(members)) {
    stats::SurvivalTime time = first_break(members, behaviour, out.budget);
    time.cluster = static_cast<std::uint32_t>(times.size());
    times.push_back(time);
    time.cause = time.cause == 0 ? 0 : 1;
    any.push_back(time);
  }
  out.behaviours = static_cast<std::int64_t>(times.size());
  stats::SurvivalOptions how;
  how.level = options.level;
  how.seed = options.seed;
  how.unit = out.unit;
  if (times.empty()) return out;
  out.any = stats::incidence_at(any, 1, out.budget, how);
  out.curve = stats::aalen_johansen(any, 1);
  int cause = 0;
  for (const auto& [name, member] : members) {
    out.first.push_back({name, stats::incidence_at(times, ++cause, out.budget, how)});
  }
  const bool ties = std::any_of(times.begin(), times.end(),
                                [&](const stats::SurvivalTime& t) { return t.cause > cause; });
  if (ties) {
    out.first.push_back({kSeveral, stats::incidence_at(times, cause + 1, out.budget, how)});
  }
  return out;
}

}  // namespace

std::vector<CompetingAttacks> competing_attacks(std::span<const EffortTrials> all,
                                                const EffortOptions& options) {
  std::vector<CompetingAttacks> out;
  for (const auto& [model, members] : by_model(all)) {
    if (members.size() < 2) continue;
    CompetingAttacks one = of_model(model, members, options);
    if (one.behaviours > 0) out.push_back(std::move(one));
  }
  return out;
}

Json to_json(std::span<const CompetingAttacks> all) {
  Json out = Json::array();
  for (const CompetingAttacks& one : all) {
    Json first = Json::array();
    for (const FirstToBreak& each : one.first) {
      first.push_back({{"attack", each.method}, {"share", to_json(each.share)}});
    }
    Json curve = Json::array();
    for (const stats::IncidenceStep& step : one.curve) {
      curve.push_back({{"cost", step.time}, {"broken", step.incidence}});
    }
    out.push_back({{"model", one.model},
                   {"lang", one.lang},
                   {"unit", one.unit},
                   {"budget", one.budget},
                   {"behaviours", one.behaviours},
                   {"any", to_json(one.any)},
                   {"first", std::move(first)},
                   {"curve", std::move(curve)}});
  }
  return out;
}

}  // namespace assay::attack
