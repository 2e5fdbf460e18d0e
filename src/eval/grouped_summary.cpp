#include "eval/grouped_summary.h"

#include <algorithm>

namespace assay::eval {

Summary grouped_summary(const std::vector<Scored>& scored, const SummaryContext& context,
                        const Text& label, std::span<const GroupLabel> groups, double chance) {
  const std::string lang = to_string(context.lang);
  Summary summary;
  Figure all = proportion_figure(scored, "accuracy." + lang, label, Purpose::capability, context);
  all.primary = true;
  all.direction = Direction::higher_better;
  all.estimate.chance = chance;
  all.estimate.ceiling = 1.0;
  summary.figures.push_back(std::move(all));
  for (const GroupLabel& group : groups) {
    const bool present = std::any_of(scored.begin(), scored.end(),
                                     [&](const Scored& s) { return s.group == group.group; });
    if (!present) continue;
    Figure figure = proportion_figure(scored, "accuracy." + group.group + "." + lang, group.label,
                                      Purpose::capability, context, group.group);
    figure.group = group.group;
    figure.direction = Direction::higher_better;
    figure.estimate.chance = chance;
    figure.estimate.ceiling = 1.0;
    summary.figures.push_back(std::move(figure));
  }
  return summary;
}

Figure chance_corrected(const Figure& accuracy, double chance, std::string id, Text label) {
  const auto map = [chance](double rate) { return (rate - chance) / (1.0 - chance); };
  Figure figure = accuracy;
  figure.id = std::move(id);
  figure.label = std::move(label);
  figure.primary = false;
  stats::Estimate& e = figure.estimate;
  e.value = map(e.value);
  e.interval = {map(e.interval.low), map(e.interval.high)};
  if (e.worst_case) e.worst_case = stats::Interval{map(e.worst_case->low), map(e.worst_case->high)};
  if (e.minimum_detectable) *e.minimum_detectable /= 1.0 - chance;
  e.chance = 0.0;
  e.ceiling = 1.0;
  e.unit = "corrected proportion";
  e.method += ", corrected for guessing";
  e.assumptions.emplace_back("who does not know an answer guesses evenly among the choices");
  return figure;
}

}  // namespace assay::eval
