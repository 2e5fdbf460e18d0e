#include "stats/compare_effort.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <map>
#include <set>

#include "stats/intervals.h"
#include "stats/paired.h"

namespace assay::stats {
namespace {

using Times = std::vector<SurvivalTime>;
using ByBehaviour = std::map<std::uint32_t, Times>;

ByBehaviour by_behaviour(std::span<const SurvivalTime> times) {
  ByBehaviour out;
  for (const SurvivalTime& t : times) out[t.cluster].push_back(t);
  return out;
}

enum class Overlap { same, none, partial };

Overlap overlap_of(const ByBehaviour& first, const ByBehaviour& second) {
  std::size_t shared = 0;
  for (const auto& [behaviour, its] : first) shared += second.count(behaviour);
  if (shared == 0) return Overlap::none;
  return shared == first.size() && shared == second.size() ? Overlap::same : Overlap::partial;
}

LogRank test(std::span<const SurvivalTime> first, std::span<const SurvivalTime> second, bool paired,
             const SurvivalOptions& options) {
  const auto largest = [](std::span<const SurvivalTime> times) {
    double most = 0.0;
    for (const SurvivalTime& t : times) most = std::max(most, t.time);
    return most;
  };
  const double common = std::min(largest(first), largest(second));
  std::vector<GroupedTime> all;
  std::set<std::uint32_t> clusters;
  const auto add = [&](std::span<const SurvivalTime> times, std::uint32_t group) {
    for (SurvivalTime t : times) {
      if (t.time > common) t = {common, 0, t.cluster};
      all.push_back({t, group, t.cluster});
      clusters.insert(t.cluster);
    }
  };
  add(first, 0);
  add(second, 1);
  if (!paired) return clusters.size() < all.size() ? log_rank_clustered(all) : log_rank(all);
  LogRank flips = log_rank_paired(all, options.seed, options.draws);
  return flips.refused.empty() ? flips : log_rank(all, true);
}

/// A figure of a list of trials, e.g. the area under its curve up to a horizon.
using Figure = std::function<double(std::span<const SurvivalTime>)>;
/// The same of one trial, where nobody was censored.
using Value = std::function<double(const SurvivalTime&)>;

Estimate bootstrap_difference(const ByBehaviour& first, const ByBehaviour& second,
                              const Figure& figure, Interval widest,
                              const SurvivalOptions& options) {
  std::vector<std::pair<const Times*, const Times*>> behaviours;
  for (const auto& [behaviour, its] : first) behaviours.emplace_back(&its, &second.at(behaviour));
  Times drawn_first;
  Times drawn_second;
  const auto statistic = [&](std::span<const std::uint32_t> indices) {
    drawn_first.clear();
    drawn_second.clear();
    const auto take = [](const Times& its, Times& out) {  // what is drawn twice is two behaviours
      for (SurvivalTime t : its) {
        t.cluster = static_cast<std::uint32_t>(out.size());
        out.push_back(t);
      }
    };
    for (const std::uint32_t i : indices) {
      take(*behaviours[i].first, drawn_first);
      take(*behaviours[i].second, drawn_second);
    }
    return figure(drawn_second) - figure(drawn_first);
  };
  std::vector<std::uint32_t> everyone(behaviours.size());
  for (std::size_t i = 0; i < everyone.size(); ++i) everyone[i] = static_cast<std::uint32_t>(i);
  Rng rng = Rng::named(options.seed, "stats/compare-effort");
  Estimate out;
  out.value = statistic(everyone);
  const auto limits =
      bca_interval(statistic_draws(behaviours.size(), statistic, options.draws, rng), out.value,
                   statistic_jackknife(behaviours.size(), statistic), options.level, options.sides);
  out.interval =
      limits ? Interval{std::max(widest.low, limits->low), std::min(widest.high, limits->high)}
             : widest;
  out.method = limits ? "cluster-bca" : "none";
  if (!limits) out.assumptions = {"too few behaviours differ for an interval"};
  out.assumptions.emplace_back("behaviours are independent draws from the population of such");
  out.clusters = static_cast<std::int64_t>(behaviours.size());
  return out;
}

Estimate paired_difference(const ByBehaviour& first, const ByBehaviour& second, const Value& value,
                           Interval scores, const std::string& unit,
                           const SurvivalOptions& options) {
  std::vector<PairedScore> pairs;
  const auto mean = [&](const Times& times) {
    double sum = 0.0;
    for (const SurvivalTime& t : times) sum += value(t);
    return sum / static_cast<double>(times.size());
  };
  for (const auto& [behaviour, its] : first) {
    pairs.push_back({mean(its), mean(second.at(behaviour)), behaviour});
  }
  PairedOptions paired;
  paired.level = options.level;
  paired.support = scores;
  paired.unassessed = options.unassessed;
  paired.seed = options.seed;
  paired.draws = options.draws;
  paired.unit = unit;
  return compare_paired(pairs, paired).difference;
}

Estimate unpaired_difference(const Estimate& first, const Estimate& second, Interval widest) {
  if (!first.known() || !second.known()) {
    return no_estimate(
        "one side has no figure: " + (first.known() ? second : first).assumptions.front(), widest);
  }
  Estimate out = second;
  out.value = second.value - first.value;
  out.interval = square_and_add(second.value, second.interval, first.value, first.interval);
  out.method = "square-and-add";
  out.n = first.n + second.n;
  out.clusters = first.clusters + second.clusters;
  out.unassessed = first.unassessed + second.unassessed;
  out.worst_case.reset();
  out.assumptions = {"the two groups are independent"};
  return out;
}

struct Side {
  std::span<const SurvivalTime> times;
  ByBehaviour behaviours;
};

Estimate difference(const Side& first, const Side& second, bool paired, double at,
                    const Figure& figure, const Value& value, double scale,
                    const SurvivalOptions& options, const std::string& unit) {
  const Interval widest{-scale, scale};
  for (const Side* side : {&first, &second}) {
    const SurvivalCurve curve = kaplan_meier(side->times);
    if (!curve.refused.empty()) return no_estimate(curve.refused, widest);
    if (!curve.reaches(at)) return no_estimate("one side was not followed that far", widest);
  }
  Estimate out;
  if (!paired) {
    const bool mean = unit == options.unit;
    const auto of = [&](const Side& side) {
      return mean ? restricted_mean(side.times, at, options) : success_at(side.times, at, options);
    };
    out = unpaired_difference(of(first), of(second), widest);
  } else if (complete_up_to(first.times, at) && complete_up_to(second.times, at)) {
    out =
        paired_difference(first.behaviours, second.behaviours, value, {0.0, scale}, unit, options);
  } else {
    out = bootstrap_difference(first.behaviours, second.behaviours, figure, widest, options);
    out.n = static_cast<std::int64_t>(first.times.size() + second.times.size());
  }
  out.level = options.level;
  out.sides = options.sides;
  out.unit = unit;
  out.unassessed = options.unassessed;
  return out;
}

}  // namespace

EffortComparison compare_effort(std::span<const SurvivalTime> first,
                                std::span<const SurvivalTime> second, double horizon, double cost,
                                const SurvivalOptions& options) {
  EffortComparison out;
  const Side before{first, by_behaviour(first)};
  const Side after{second, by_behaviour(second)};
  const Overlap overlap = overlap_of(before.behaviours, after.behaviours);
  if (first.empty() || second.empty() || overlap == Overlap::partial) {
    const std::string why = first.empty() || second.empty()
                                ? "a side has no trials"
                                : "the sides share some behaviours and not others: compare those "
                                  "that both have";
    out.test.refused = why;
    out.mean_difference = no_estimate(why, {-horizon, horizon});
    out.success_difference = no_estimate(why, {-1.0, 1.0});
    return out;
  }
  out.paired = overlap == Overlap::same;
  out.test = test(first, second, out.paired, options);
  out.mean_difference = difference(
      before, after, out.paired, horizon,
      [horizon](std::span<const SurvivalTime> t) { return area_only(t, horizon); },
      [horizon](const SurvivalTime& t) {
        return t.cause == 0 ? horizon : std::min(t.time, horizon);
      },
      horizon, options, options.unit);
  out.success_difference = difference(
      before, after, out.paired, cost,
      [cost](std::span<const SurvivalTime> t) { return 1.0 - kaplan_meier(t).survival(cost); },
      [cost](const SurvivalTime& t) { return t.cause != 0 && t.time <= cost ? 1.0 : 0.0; }, 1.0,
      options, "difference of proportions");
  return out;
}

}  // namespace assay::stats
