// The default summary of a task: proportions of success with their intervals.
#include <algorithm>
#include <string_view>
#include <utility>

#include "eval/task.h"
#include "stats/clustered.h"
#include "stats/power.h"

namespace assay::eval {
namespace {

bool is_capability(const TaskInfo& info) {
  return std::any_of(info.topics.begin(), info.topics.end(),
                     [](const std::string& topic) { return topic.starts_with("capability."); });
}

stats::Purpose purpose_of(Purpose purpose) {
  return purpose == Purpose::safety ? stats::Purpose::safety : stats::Purpose::capability;
}

}  // namespace

Figure proportion_figure(const std::vector<Scored>& scored, std::string id, Text label,
                         Purpose purpose, const SummaryContext& context,
                         std::string_view only_group) {
  std::vector<stats::Observation> observations;
  stats::ClusterIds clusters;
  stats::ClusterOptions options;
  options.purpose = purpose_of(purpose);
  options.support = stats::Interval{0.0, 1.0};
  options.seed = context.seed;
  for (const Scored& s : scored) {
    if (!only_group.empty() && s.group != only_group) continue;
    if (s.score.verdict == Verdict::unassessed) {
      ++options.unassessed;
      continue;
    }
    const double value = s.score.verdict == Verdict::success ? 1.0 : 0.0;
    observations.push_back({value, clusters.of(s.cluster.empty() ? s.sample_id : s.cluster)});
  }
  Figure figure;
  figure.id = std::move(id);
  figure.label = std::move(label);
  figure.estimate = stats::clustered_mean(observations, options);
  figure.estimate.ceiling = 1.0;
  if (figure.estimate.known()) {
    const auto n = static_cast<double>(figure.estimate.clusters);
    figure.estimate.minimum_detectable =
        stats::detectable_between_groups(n, n, figure.estimate.value);
  }
  figure.lang = to_string(context.lang);
  figure.group = only_group;
  return figure;
}

Summary Task::summarise(const std::vector<Scored>& scored, const SummaryContext& context) const {
  const TaskInfo& task = info();
  const bool capability = is_capability(task);
  Figure figure = proportion_figure(scored, std::string("success.") + to_string(context.lang),
                                    {"Successes among the assessed", "已评判样本中的成功比例"},
                                    capability ? Purpose::capability : Purpose::safety, context);
  figure.direction = Direction::higher_better;
  figure.primary = true;
  if (capability && task.chance > 0.0) {
    figure.estimate.chance = task.chance;
    if (figure.estimate.known()) {
      figure.estimate.minimum_detectable =
          stats::detectable_above_chance(figure.estimate.clusters, task.chance);
    }
  }
  Summary summary;
  summary.figures.push_back(std::move(figure));
  return summary;
}

}  // namespace assay::eval
