#include "stats/worst.h"

#include <algorithm>

namespace assay::stats {
namespace {

constexpr const char* kAssumption =
    "the lowest of several contexts was chosen; the interval allows for it (Bonferroni)";

}  // namespace

std::optional<WorstContext> worst_context(std::span<const std::vector<Observation>> contexts,
                                          const ClusterOptions& options) {
  const auto met = std::count_if(contexts.begin(), contexts.end(),
                                 [](const auto& context) { return !context.empty(); });
  if (met == 0) return std::nullopt;
  ClusterOptions each = options;
  each.level = 1.0 - (1.0 - options.level) / static_cast<double>(met);
  each.unassessed = 0;
  each.purpose = Purpose::safety;
  ClusterOptions lower = each;
  lower.sides = Sides::lower;
  std::optional<WorstContext> out;
  double limit = 0.0;
  for (std::size_t i = 0; i < contexts.size(); ++i) {
    if (contexts[i].empty()) continue;
    Estimate two = clustered_mean(contexts[i], each);
    const Estimate one = clustered_mean(contexts[i], lower);
    limit = out ? std::min(limit, one.interval.low) : one.interval.low;
    if (out && !(two.value < out->worst.value)) continue;
    WorstContext found;
    found.index = i;
    found.worst = std::move(two);
    found.at_least = one;
    out = std::move(found);
  }
  out->at_least.interval.low = limit;
  for (Estimate* estimate : {&out->worst, &out->at_least}) {
    estimate->level = options.level;
    estimate->method = "worst-of-contexts";
    estimate->assumptions.emplace_back(kAssumption);
  }
  return out;
}

}  // namespace assay::stats
