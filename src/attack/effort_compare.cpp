// Comparisons of effort.h, and its figures as JSON.
#include <algorithm>
#include <limits>

#include "attack/effort.h"
#include "stats/multiplicity.h"

namespace assay::attack {
namespace {

/// The lists of one model or one method, by what differs among them.
using Members = std::map<std::string, const EffortTrials*>;
using Families = std::map<std::string, Members>;

Families families(std::span<const EffortTrials> all, bool methods) {
  Families out;
  for (const EffortTrials& t : all) {
    if (t.budget <= 0.0 || t.trials.empty()) continue;
    const std::string name = attack_name(t);
    out[methods ? t.model : name].emplace(methods ? name : t.model, &t);
  }
  return out;
}

/// Only behaviours that both sides tried.
std::vector<stats::SurvivalTime> shared_times(const EffortTrials& of, const EffortTrials& with,
                                              BehaviourNumbers& numbers) {
  EffortTrials kept = of;
  std::erase_if(kept.trials, [&](const EffortTrial& t) {
    return std::none_of(with.trials.begin(), with.trials.end(),
                        [&](const EffortTrial& o) { return o.behaviour == t.behaviour; });
  });
  return survival_times(kept, Stops::failed, numbers);
}

EffortPair compared(const EffortTrials& first, const EffortTrials& second,
                    const EffortOptions& options) {
  EffortPair out;
  BehaviourNumbers numbers;
  auto one = shared_times(first, second, numbers);
  auto two = shared_times(second, first, numbers);
  if (one.empty()) {  // no behaviour in common: two independent groups
    one = survival_times(first, Stops::failed, numbers);
    two = survival_times(second, Stops::failed, numbers);
  }
  out.budget = std::min(first.budget, second.budget);
  stats::SurvivalOptions how;
  how.level = options.level;
  how.seed = options.seed;
  how.unit = first.unit;
  how.draws = 100000;  // sign flips: many pairs are adjusted for
  out.result = compare_effort(one, two, out.budget, out.budget, how);
  return out;
}

stats::LogRank test_of(const Members& members) {
  BehaviourNumbers numbers;
  std::vector<stats::GroupedTime> trials;
  std::uint32_t group = 0;
  for (const auto& [name, list] : members) {
    for (const stats::SurvivalTime& t : survival_times(*list, Stops::failed, numbers)) {
      trials.push_back({t, group, t.cluster});
    }
    ++group;
  }
  return log_rank(trials, true);
}

void add_family(const std::string& shared, const Members& members, bool methods,
                const EffortOptions& options, EffortComparisons& out) {
  if (members.size() < 2) return;
  out.groups.push_back({shared, methods, members.size(), test_of(members)});
  for (auto a = members.begin(); a != members.end(); ++a) {
    for (auto b = std::next(a); b != members.end(); ++b) {
      EffortPair pair = compared(*a->second, *b->second, options);
      pair.shared = shared;
      pair.first = a->first;
      pair.second = b->first;
      pair.methods = methods;
      out.pairs.push_back(std::move(pair));
    }
  }
}

Json json_of(const stats::LogRank& test) {
  Json out{{"test", test.test}};
  if (!test.refused.empty()) {
    out["refused"] = test.refused;
    return out;
  }
  out["statistic"] = test.statistic;
  out["df"] = test.df;
  out["p"] = test.p_value;
  return out;
}

Json json_of(const stats::CostQuantile& quantile) {
  Json out = to_json(quantile.estimate);
  out["reached"] = quantile.reached;
  if (!quantile.reached) out["above"] = quantile.tried;
  return out;
}

Json json_of(const stats::Interval& interval) {
  return Json{{"low", interval.low}, {"high", interval.high}};
}

Json score_json(const stats::ForecastScore& score) {
  Json rows = Json::array();
  for (const stats::HeldOut& one : score.held_out) {
    rows.push_back({{"seen_to", one.seen},
                    {"target", one.target},
                    {"forecast", to_json(one.forecast.estimate)},
                    {"observed", one.observed},
                    {"inside", one.inside}});
  }
  Json out{{"held_out", rows}, {"refused", score.refused}};
  if (rows.empty()) return out;
  out["coverage"] = score.coverage;
  out["mean_error"] = score.mean_error;
  out["naive_error"] = score.naive_error;
  return out;
}

Json forecast_json(const EffortFigures& figures) {
  Json out{{"cost", 10.0 * figures.trials.budget},
           {"success", to_json(figures.ahead.estimate)},
           {"scored", score_json(figures.score)}};
  if (figures.ahead.law) {
    out["a"] = figures.ahead.law->a;
    out["b"] = figures.ahead.law->b;
    out["fit_p"] = figures.ahead.fit_p;
  }
  return out;
}

Json curve_json(const stats::SurvivalBand& curve) {
  Json points = Json::array();
  for (const stats::BandPoint& p : curve.points) {
    const stats::Interval within{1.0 - p.pointwise.high, 1.0 - p.pointwise.low};
    const stats::Interval band{1.0 - p.band.high, 1.0 - p.band.low};
    points.push_back({{"cost", p.time},
                      {"success", 1.0 - p.survival},
                      {"interval", json_of(within)},
                      {"band", json_of(band)}});
  }
  return Json{{"from", curve.from}, {"to", curve.to}, {"points", points}};
}

/// Two questions, each with its own family of tests: do the attacks differ, do the models.
void adjust(std::vector<EffortPair>& pairs, bool methods) {
  std::vector<EffortPair*> family;
  std::vector<double> p_values;
  for (EffortPair& pair : pairs) {
    if (pair.methods != methods) continue;
    family.push_back(&pair);
    p_values.push_back(pair.result.test.refused.empty() ? pair.result.test.p_value
                                                        : std::numeric_limits<double>::quiet_NaN());
  }
  const std::vector<double> adjusted = stats::holm(p_values);
  for (std::size_t i = 0; i < adjusted.size(); ++i) family[i]->adjusted_p = adjusted[i];
}

}  // namespace

EffortComparisons compare_efforts(std::span<const EffortTrials> all, const EffortOptions& options) {
  EffortComparisons out;
  for (const bool methods : {true, false}) {
    for (const auto& [shared, members] : families(all, methods)) {
      add_family(shared, members, methods, options, out);
    }
  }
  for (const bool methods : {true, false}) adjust(out.pairs, methods);
  return out;
}

Json to_json(const EffortFigures& figures) {
  const EffortTrials& t = figures.trials;
  Json out{{"attack", attack_name(t)},
           {"method", t.method},
           {"model", t.model},
           {"access", t.access},
           {"unit", t.unit}};
  out["budget"] = t.budget > 0.0 ? Json(t.budget) : Json(nullptr);
  out["trials"] = t.trials.size();
  out["unassessed"] = t.unassessed;
  out["stopped_unbroken"] = figures.stopped;
  out["cost_at_most"] = figures.at_most;
  out["broken"] = to_json(figures.broken);
  Json labels = Json::array();
  for (const LabelCheck& check : figures.labels) {
    labels.push_back({{"judge", check.judge},
                      {"compared", check.compared},
                      {"differ", check.differ},
                      {"broken", to_json(check.broken)}});
  }
  out["other_labels"] = labels;
  if (t.budget <= 0.0) return out;
  Json at = Json::array();
  for (const auto& [cost, estimate] : figures.at) {
    at.push_back({{"cost", cost}, {"success", to_json(estimate)}});
  }
  out["success_at"] = at;
  out["median"] = json_of(figures.median);
  out["mean_to_budget"] = to_json(figures.mean);
  out["searching_on"] = {{"median", json_of(figures.median_on)},
                         {"broken", to_json(figures.broken_on)}};
  out["forecast"] = forecast_json(figures);
  out["curve"] = curve_json(figures.curve);
  return out;
}

Json to_json(const EffortComparisons& comparisons) {
  Json groups = Json::array();
  for (const EffortGroup& group : comparisons.groups) {
    groups.push_back({{group.methods ? "model" : "method", group.shared},
                      {group.methods ? "methods" : "models", group.members},
                      {"test", json_of(group.test)}});
  }
  Json pairs = Json::array();
  for (const EffortPair& pair : comparisons.pairs) {
    Json row{{pair.methods ? "model" : "method", pair.shared},
             {"first", pair.first},
             {"second", pair.second},
             {"budget", pair.budget},
             {"paired", pair.result.paired},
             {"test", json_of(pair.result.test)},
             {"success_difference", to_json(pair.result.success_difference)},
             {"mean_difference", to_json(pair.result.mean_difference)}};
    if (pair.result.test.refused.empty()) row["adjusted_p"] = pair.adjusted_p;
    pairs.push_back(std::move(row));
  }
  return Json{{"groups", groups}, {"pairs", pairs}};
}

}  // namespace assay::attack
