#include "eval/scorers/rate_figure.h"

#include <utility>

#include "stats/power.h"

namespace assay::eval {

std::int64_t RateData::yes() const {
  std::int64_t count = 0;
  for (const auto& o : observations) count += o.value > 0.5 ? 1 : 0;
  return count;
}

RateData rate_data(const std::vector<Scored>& scored, const Reading& reading) {
  RateData data;
  stats::ClusterIds clusters;
  for (const Scored& s : scored) {
    const Count count = reading(s);
    if (count == Count::skip) continue;
    if (count == Count::unassessed) {
      ++data.unassessed;
      continue;
    }
    data.observations.push_back({count == Count::yes ? 1.0 : 0.0,
                                 clusters.of(s.cluster.empty() ? s.sample_id : s.cluster)});
  }
  return data;
}

Figure rate_figure(const std::vector<Scored>& scored, std::string id, Text label, Purpose purpose,
                   Direction direction, const SummaryContext& context, const Reading& reading) {
  const RateData data = rate_data(scored, reading);
  stats::ClusterOptions options;
  options.purpose =
      purpose == Purpose::safety ? stats::Purpose::safety : stats::Purpose::capability;
  options.support = stats::Interval{0.0, 1.0};
  options.seed = context.seed;
  options.unassessed = data.unassessed;
  Figure figure;
  figure.id = std::move(id);
  figure.label = std::move(label);
  figure.direction = direction;
  figure.lang = to_string(context.lang);
  figure.estimate = stats::clustered_mean(data.observations, options);
  if (figure.estimate.known()) {
    const auto n = static_cast<double>(figure.estimate.clusters);
    figure.estimate.minimum_detectable =
        stats::detectable_between_groups(n, n, figure.estimate.value);
  }
  return figure;
}

Count count_success(const Scored& scored) {
  if (scored.score.verdict == Verdict::unassessed) return Count::unassessed;
  return scored.score.verdict == Verdict::success ? Count::yes : Count::no;
}

Count turned(Count count) {
  if (count == Count::yes) return Count::no;
  return count == Count::no ? Count::yes : count;
}

std::string meta(const Scored& scored, const char* key) {
  if (!scored.metadata.is_object() || !scored.metadata.contains(key)) return "";
  const Json& value = scored.metadata[key];
  return value.is_string() ? value.get<std::string>() : "";
}

std::optional<bool> evidence(const Scored& scored, const char* key) {
  const Json& json = scored.score.metadata;
  if (!json.is_object() || !json.contains(key) || !json[key].is_boolean()) return std::nullopt;
  return json[key].get<bool>();
}

Count count_evidence(const Scored& scored, const char* key) {
  const auto found = evidence(scored, key);
  if (!found) return Count::unassessed;
  return *found ? Count::yes : Count::no;
}

}  // namespace assay::eval
