#include "eval/scorers/paired_rate.h"

#include <map>
#include <utility>

namespace assay::eval {

PairedRate paired_rate(const std::vector<Scored>& scored, const Reading& without,
                       const Reading& with, std::uint64_t seed, const ClusterName& cluster) {
  std::map<std::pair<std::string, int>, Count> twins;
  for (const Scored& s : scored) {
    const Count count = without(s);
    if (count != Count::skip) twins[{s.cluster, s.epoch}] = count;
  }
  PairedRate out;
  out.options.seed = seed;
  stats::ClusterIds clusters;
  for (const Scored& s : scored) {
    const Count count = with(s);
    const auto twin = twins.find({s.cluster, s.epoch});
    if (count == Count::skip || twin == twins.end()) continue;
    if (count == Count::unassessed || twin->second == Count::unassessed) {
      ++out.options.unassessed;
      continue;
    }
    out.rows.push_back({twin->second == Count::yes ? 1.0 : 0.0, count == Count::yes ? 1.0 : 0.0,
                        clusters.of(cluster ? cluster(s) : s.cluster)});
  }
  return out;
}

Figure paired_rate_figure(const std::vector<Scored>& scored, std::string id, Text label,
                          Direction direction, const SummaryContext& context,
                          const Reading& without, const Reading& with, const ClusterName& cluster) {
  Figure figure;
  figure.id = std::move(id);
  figure.label = std::move(label);
  figure.direction = direction;
  figure.lang = to_string(context.lang);
  figure.estimate = paired_rate(scored, without, with, context.seed, cluster).compare().difference;
  return figure;
}

}  // namespace assay::eval
