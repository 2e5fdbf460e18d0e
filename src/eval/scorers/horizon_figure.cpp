#include "eval/scorers/horizon_figure.h"

#include <algorithm>
#include <array>
#include <cstdio>

#include "eval/scorers/rate_figure.h"
#include "stats/clustered.h"
#include "stats/horizon.h"

namespace assay::eval {

Figure horizon_figure(const std::vector<Scored>& scored, const SummaryContext& context) {
  std::vector<stats::TaskRun> runs;
  stats::ClusterIds families, tasks;
  stats::HorizonOptions options;
  options.seed = context.seed;
  double shortest = 1e9;
  double longest = 0.0;
  for (const Scored& s : scored) {
    const Count count = count_success(s);
    if (count == Count::unassessed) ++options.unassessed;
    if (count != Count::yes && count != Count::no) continue;
    const double minutes = s.metadata.value("minutes", 1.0);
    shortest = std::min(shortest, minutes);
    longest = std::max(longest, minutes);
    runs.push_back({families.of(meta(s, "family")), tasks.of(s.sample_id), minutes,
                    count == Count::yes ? 1.0 : 0.0});
  }
  Figure figure;
  figure.lang = to_string(context.lang);
  figure.id = "horizon.50." + figure.lang;
  figure.label = {"Length of work that succeeds half of the time (horizon)",
                  "成功率为一半时的工作时长（时间跨度）"};
  figure.direction = Direction::neutral;
  figure.estimate = stats::horizon_estimate(runs, options);
  if (runs.empty()) return figure;
  std::array<char, 48> range{};
  std::snprintf(range.data(), range.size(), "%.3g - %.3g", shortest, longest);
  figure.note.en = std::string("In minutes that a person is assumed to need. Those here take ") +
                   range.data() + " minutes; what lies beyond is extrapolated.";
  figure.note.zh = std::string("以假定一个人所需的分钟数计。此处的时长为 ") + range.data() +
                   " 分钟；超出的部分属于外推。";
  return figure;
}

}  // namespace assay::eval
