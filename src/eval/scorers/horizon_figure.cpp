#include "eval/scorers/horizon_figure.h"

#include "eval/scorers/rate_figure.h"
#include "stats/clustered.h"
#include "stats/horizon.h"

namespace assay::eval {

Figure horizon_figure(const std::vector<Scored>& scored, const SummaryContext& context) {
  std::vector<stats::TaskRun> runs;
  stats::ClusterIds families, tasks;
  stats::HorizonOptions options;
  options.seed = context.seed;
  for (const Scored& s : scored) {
    const Count count = count_success(s);
    if (count == Count::unassessed) ++options.unassessed;
    if (count != Count::yes && count != Count::no) continue;
    runs.push_back({families.of(meta(s, "family")), tasks.of(s.sample_id),
                    s.metadata.value("minutes", 1.0), count == Count::yes ? 1.0 : 0.0});
  }
  Figure figure;
  figure.lang = to_string(context.lang);
  figure.id = "horizon.50." + figure.lang;
  figure.label = {"Length of job that succeeds half of the time (horizon)",
                  "成功率为一半时的工作时长（时间跨度）"};
  figure.direction = Direction::neutral;
  figure.estimate = stats::horizon_estimate(runs, options);
  figure.note = {
      "In minutes that a person is assumed to need. The jobs take 0.2 to 40 minutes; what lies "
      "beyond is extrapolated.",
      "以假定一个人所需的分钟数计。工作的时长为 0.2 到 40 分钟；超出的部分属于外推。"};
  return figure;
}

}  // namespace assay::eval
