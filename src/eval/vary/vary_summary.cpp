#include "eval/vary/vary_summary.h"

#include <map>
#include <string>
#include <utility>

#include "eval/scorers/rate_figure.h"
#include "stats/crossed.h"
#include "stats/worst.h"

namespace assay::eval {
namespace {

std::string item_of(const Scored& scored) {
  std::string item = meta(scored, "item");
  return item.empty() ? scored.sample_id : item;
}

double success(const Scored& scored) {
  return scored.score.verdict == Verdict::success ? 1.0 : 0.0;
}

class ContextFigures {
 public:
  ContextFigures(const std::vector<Scored>& scored, const Design& design,
                 const SummaryContext& context)
      : scored_(scored), design_(design), context_(context), lang_(to_string(context.lang)) {}

  void add_to(Summary& summary) const {
    add_rates(summary.figures);
    add_difference(summary.figures);
    add_worst(summary.figures);
    add_levels(summary.figures);
    add_shares(summary.variance);
  }

 private:
  [[nodiscard]] Figure rate(std::string id, Text label, const Reading& reading) const {
    return rate_figure(scored_, std::move(id), std::move(label), Purpose::capability,
                       Direction::higher_better, context_, reading);
  }

  void add_rates(std::vector<Figure>& figures) const {
    const std::string count = std::to_string(design_.contexts.size());
    figures.push_back(rate("vary.all." + lang_,
                           {"Success over " + count + " contexts", count + " 种情境下的成功率"},
                           count_success));
    figures.back().primary = true;
    figures.back().note = factors_note();
    figures.push_back(rate(
        "vary.reference." + lang_,
        {"Success in the reference context alone", "仅参照情境下的成功率"},
        [](const Scored& s) { return context_number(s) == 0 ? count_success(s) : Count::skip; }));
  }

  [[nodiscard]] Text factors_note() const {
    Text list;
    for (std::size_t f = 0; f < design_.factors.size(); ++f) {
      const std::string entry = std::string(to_string(design_.factors[f])) + " (" +
                                std::to_string(design_.levels[f].size()) + ")";
      list.en += (f == 0 ? "" : ", ") + entry;
      list.zh += (f == 0 ? "" : "、") + entry;
    }
    return {"Each item was asked in the same contexts, which differ in: " + list.en +
                ". Success as the task defines it for one item.",
            "每道题都在相同的若干情境中提问，情境的差异在于：" + list.zh +
                "。成功的定义与该任务对单题的定义相同。"};
  }

  void add_difference(std::vector<Figure>& figures) const {
    struct Sums {
      double reference = 0.0, all = 0.0;
      int reference_n = 0, all_n = 0;
      std::string cluster;
    };
    std::map<std::string, Sums> items;
    for (const Scored& s : scored_) {
      if (s.score.verdict == Verdict::unassessed) continue;
      Sums& item = items[item_of(s)];
      item.cluster = s.cluster;
      item.all += success(s);
      ++item.all_n;
      if (context_number(s) != 0) continue;
      item.reference += success(s);
      ++item.reference_n;
    }
    std::vector<stats::Observation> observations;
    stats::ClusterIds clusters;
    for (const auto& [name, item] : items) {
      if (item.reference_n == 0) continue;
      observations.push_back(
          {item.reference / item.reference_n - item.all / item.all_n, clusters.of(item.cluster)});
    }
    stats::ClusterOptions options;
    options.support = stats::Interval{-1.0, 1.0};
    options.seed = context_.seed;
    options.unit = "difference";
    Figure figure;
    figure.id = "vary.difference." + lang_;
    figure.label = {"The reference context less all contexts, on the same items",
                    "参照情境减去全部情境（相同题目）"};
    figure.direction = Direction::neutral;
    figure.lang = lang_;
    figure.estimate = stats::clustered_mean(observations, options);
    figure.note = difference_note(figure.estimate);
    figures.push_back(std::move(figure));
  }

  [[nodiscard]] static Text difference_note(const stats::Estimate& difference) {
    if (!difference.known()) return {};
    if (difference.interval.low > 0.0) {
      return {"Measured in the one context, success was overstated.",
              "只在一种情境中测量，高估了成功率。"};
    }
    if (difference.interval.high < 0.0) {
      return {"Measured in the one context, success was understated.",
              "只在一种情境中测量，低估了成功率。"};
    }
    return {
        "The data do not show that the one context over- or understated success; differences "
        "within the interval remain possible.",
        "数据不能表明单一情境高估或低估了成功率；区间以内的差异仍有可能。"};
  }

  void add_worst(std::vector<Figure>& figures) const {
    std::vector<std::vector<stats::Observation>> contexts(design_.contexts.size());
    stats::ClusterIds clusters;
    std::vector<std::int64_t> unassessed(contexts.size(), 0);
    for (const Scored& s : scored_) {
      const std::size_t number = context_number(s);
      if (number >= contexts.size()) continue;
      if (s.score.verdict == Verdict::unassessed) {
        ++unassessed[number];
      } else {
        contexts[number].push_back({success(s), clusters.of(s.cluster)});
      }
    }
    stats::ClusterOptions options;
    options.support = stats::Interval{0.0, 1.0};
    options.purpose = stats::Purpose::safety;
    options.seed = context_.seed;
    const auto worst = stats::worst_context(contexts, options);
    if (!worst) return;
    const Text name = design_.name_of(worst->index);
    Figure figure;
    figure.id = "vary.worst." + lang_;
    figure.label = {"Worst context: " + name.en, "最差情境：" + name.zh};
    figure.direction = Direction::higher_better;
    figure.lang = lang_;
    figure.estimate = worst->worst;
    figure.estimate.unassessed = unassessed[worst->index];
    figure.note = {"The interval allows for its having been chosen as the lowest of all.",
                   "区间已计入它是从全部情境中挑出的最低者这一事实。"};
    figures.push_back(figure);
    figure.id = "vary.at_least." + lang_;
    figure.label = {"No context of these lies below", "这些情境的成功率均不低于"};
    figure.estimate = worst->at_least;
    figure.note = {
        "Speaks of the contexts that were asked, not of all that people may come up with.",
        "只涉及本次提问的情境，不涵盖人们可能想出的所有情境。"};
    figures.push_back(std::move(figure));
  }

  void add_levels(std::vector<Figure>& figures) const {
    for (std::size_t f = 0; f < design_.factors.size(); ++f) {
      const std::string factor = to_string(design_.factors[f]);
      for (std::uint32_t level = 0; level < design_.levels[f].size(); ++level) {
        const auto at_level = [&](const Scored& s) {
          const std::size_t number = context_number(s);
          if (number >= design_.contexts.size()) return Count::skip;
          return design_.contexts[number][f] == level ? count_success(s) : Count::skip;
        };
        Figure figure = rate("vary." + factor + "." + std::to_string(level) + "." + lang_,
                             {"Success with: " + design_.levels[f][level].en,
                              "成功率：" + design_.levels[f][level].zh},
                             at_level);
        if (figure.estimate.n + figure.estimate.unassessed == 0) continue;  // in no context
        figure.group = factor;
        figures.push_back(std::move(figure));
      }
    }
  }

  void add_shares(std::vector<VarianceShare>& variance) const {
    std::vector<stats::ContextCell> cells;
    stats::ClusterIds items;
    for (const Scored& s : scored_) {
      const std::size_t number = context_number(s);
      if (s.score.verdict == Verdict::unassessed || number >= design_.contexts.size()) continue;
      cells.push_back({success(s), items.of(item_of(s)), design_.contexts[number]});
    }
    std::vector<std::string> names;
    for (const Factor factor : design_.factors) names.emplace_back(to_string(factor));
    stats::CrossedOptions options;
    options.seed = context_.seed;
    variance.clear();  // the reference's own shares cannot stand beside these
    for (stats::ShareEstimate& share : stats::decompose_crossed(cells, names, options)) {
      variance.push_back({std::move(share.source), std::move(share.share)});
    }
  }

  const std::vector<Scored>& scored_;
  const Design& design_;
  const SummaryContext& context_;
  std::string lang_;
};

}  // namespace

std::size_t context_number(const Scored& scored) {
  if (!scored.metadata.is_object()) return 0;
  const auto found = scored.metadata.find("context");
  return found != scored.metadata.end() && found->is_number_unsigned() ? found->get<std::size_t>()
                                                                       : 0;
}

void add_context_figures(Summary& summary, const std::vector<Scored>& scored, const Design& design,
                         const SummaryContext& context) {
  ContextFigures(scored, design, context).add_to(summary);
}

}  // namespace assay::eval
