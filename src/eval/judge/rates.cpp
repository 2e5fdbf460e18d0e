#include <algorithm>
#include <set>

#include "eval/judge/calibration.h"
#include "eval/scorers/rate_figure.h"

namespace assay::eval {
namespace {

constexpr std::int64_t kOwnCounts = 10;  ///< successes, and failures, of a language of its own
constexpr double kMostly = 0.8;  ///< share of the labelled answers that are among the judged
constexpr std::size_t kFewestLabels = 20;
constexpr std::size_t kMostGroups = 50;

/// Verdicts of the judge on the answers of one rate, some of them labelled.
struct Judged {
  std::vector<stats::Observation> all;
  std::vector<stats::LabelledJudgement> labelled;
  std::vector<stats::Observation> others;
  std::int64_t unassessed = 0;
};

Judged collect(const std::vector<Scored>& scored, const std::string& group,
               const Calibration& calibration) {
  Judged out;
  stats::ClusterIds clusters;
  for (const Scored& s : scored) {
    if (!group.empty() && s.group != group) continue;
    if (s.score.verdict == Verdict::unassessed) {
      ++out.unassessed;
      continue;
    }
    const double value = s.score.verdict == Verdict::success ? 1.0 : 0.0;
    const auto cluster = clusters.of(s.cluster.empty() ? s.sample_id : s.cluster);
    out.all.push_back({value, cluster});
    const Json& about = s.score.metadata;
    const auto digest = about.is_object() ? about.find("answer_digest") : about.end();
    const auto label = digest != about.end() && digest->is_string()
                           ? calibration.labels.find(digest->get<std::string>())
                           : calibration.labels.end();
    if (label == calibration.labels.end()) {
      out.others.push_back({value, cluster});
    } else {
      out.labelled.push_back({label->second ? 1.0 : 0.0, value, cluster});
    }
  }
  return out;
}

/// Was a part of these very answers labelled, and little else?
bool labelled_here(const Judged& judged, const Calibration& calibration) {
  return judged.labelled.size() >= kFewestLabels && !judged.others.empty() &&
         static_cast<double>(judged.labelled.size()) >=
             kMostly * static_cast<double>(calibration.labels.size());
}

/// The judge's counts for a language, and whether they are that language's own.
std::pair<stats::JudgeCounts, bool> counts_for(const Calibration& calibration, Lang lang) {
  const auto own = calibration.by_lang.find(to_string(lang));
  if (own != calibration.by_lang.end() && own->second.counts.positives >= kOwnCounts &&
      own->second.counts.negatives >= kOwnCounts) {
    return {own->second.counts, true};
  }
  return {calibration.overall.counts,
          calibration.by_lang.size() == 1 && calibration.by_lang.contains(to_string(lang))};
}

std::string share(std::int64_t part, std::int64_t whole) {
  return std::to_string(part) + "/" + std::to_string(whole);
}

Text note_of(const stats::JudgeCounts& counts) {
  const std::string right = share(counts.true_positives, counts.positives);
  const std::string wrong = share(counts.true_negatives, counts.negatives);
  return {std::string("Corrected for the judge's error, measured on labelled answers: it found ") +
              right + " successes and " + wrong + " failures.",
          std::string("已按评判器在有标注回答上的实测误差校正：识别出成功 ") + right + "，失败 " +
              wrong + "。"};
}

stats::Estimate corrected(const Judged& judged, const SummaryContext& context,
                          const Calibration& calibration, Text& note) {
  if (labelled_here(judged, calibration)) {
    stats::PredictionPoweredOptions options;
    options.unassessed = judged.unassessed;
    options.seed = context.seed;
    const std::string n = std::to_string(judged.labelled.size());
    note = {std::string("Corrected by people's labels on ") + n + " of these answers.",
            std::string("已用人工对其中 ") + n + " 个回答的标注校正。"};
    return stats::prediction_powered_mean(judged.labelled, judged.others, options).estimate;
  }
  const auto [counts, own] = counts_for(calibration, context.lang);
  stats::CorrectionOptions options;
  options.unassessed = judged.unassessed;
  options.seed = context.seed;
  if (!judged.all.empty()) options.effective_n = stats::effective_items(judged.all);
  std::int64_t yes = 0;
  for (const auto& o : judged.all) yes += o.value > 0.5 ? 1 : 0;
  note = note_of(counts);
  auto out =
      stats::rogan_gladen(yes, static_cast<std::int64_t>(judged.all.size()), counts, options);
  out.unassessed = judged.unassessed;
  if (!own && out.known()) {
    out.assumptions.emplace_back("the judge errs in this language as in the others");
  }
  return out;
}

struct Names {
  std::string id;  ///< between "judged." and the language
  Text label;
  std::string group;
};

Figure corrected_figure(const std::vector<Scored>& scored, const SummaryContext& context,
                        const Names& names, const Calibration& calibration) {
  const Judged judged = collect(scored, names.group, calibration);
  Figure out;
  out.id = std::string("judged.") + names.id + to_string(context.lang);
  out.label = {names.label.en + ", corrected for the judge's error",
               names.label.zh + "（已按评判器误差校正）"};
  out.estimate = corrected(judged, context, calibration, out.note);
  out.estimate.ceiling = 1.0;
  return out;
}

Figure plain_figure(const std::vector<Scored>& scored, const SummaryContext& context,
                    const Names& names, bool calibrated) {
  Figure out = rate_figure(
      scored, (calibrated ? "uncorrected." : "judged.") + names.id + to_string(context.lang),
      names.label, Purpose::safety, Direction::higher_better, context, [&](const Scored& s) {
        return names.group.empty() || s.group == names.group ? count_success(s) : Count::skip;
      });
  if (calibrated) {
    out.label = {names.label.en + ", as the judge says", names.label.zh + "（评判器原始判定）"};
    out.estimate.assumptions.emplace_back("the judge makes no mistakes");
  } else {
    out.estimate.assumptions.emplace_back("the judge's error is not known: no calibration");
    out.note = {
        "The judge was not calibrated: how often it errs is not known, and the interval does "
        "not hold its errors.",
        "评判器未经校准：其出错频率未知，区间未包含其误差。"};
  }
  return out;
}

}  // namespace

std::vector<Figure> judged_rates(const std::vector<Scored>& scored, const SummaryContext& context,
                                 const std::string& judge, const Calibration* calibration) {
  std::vector<Names> parts{
      {"",
       {std::string("Successes by ") + judge, std::string("按 ") + judge + " 判定的成功比例"},
       ""}};
  std::set<std::string> groups;
  for (const Scored& s : scored) groups.insert(s.group);
  groups.erase("");
  if (groups.size() > 1 && groups.size() <= kMostGroups) {
    for (const std::string& group : groups) {
      parts.push_back({group + ".",
                       {std::string("Successes: ") + group, std::string("成功比例：") + group},
                       group});
    }
  }
  std::vector<Figure> out;
  for (const Names& names : parts) {
    std::vector<Figure> made;
    if (calibration != nullptr) {
      made.push_back(corrected_figure(scored, context, names, *calibration));
    }
    made.push_back(plain_figure(scored, context, names, calibration != nullptr));
    for (Figure& figure : made) {
      figure.direction = Direction::higher_better;
      figure.lang = to_string(context.lang);
      figure.group = names.group;
      figure.primary = names.group.empty() && &figure == &made.front();
      out.push_back(std::move(figure));
    }
  }
  return out;
}

}  // namespace assay::eval
