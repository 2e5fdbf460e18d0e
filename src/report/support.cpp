#include "report/support.h"

#include <algorithm>

#include "report/format_number.h"
#include "report/judgement.h"
#include "report/wording.h"

namespace assay::report {
namespace {

using eval::Direction;
using eval::Figure;

bool has_line(const Figure& figure, std::string_view area) {
  if (area == "capability" || figure.direction == Direction::neutral) return false;
  const stats::Estimate& e = figure.estimate;
  return e.unit == "proportion" || e.unit == "difference of proportions" || e.chance.has_value();
}

/// The same figure if every unassessed answer had gone wrong.
Figure against_the_model(const Figure& figure) {
  Figure out = figure;
  stats::Estimate& e = out.estimate;
  if (e.unassessed <= 0 || !e.worst_case) return out;
  double& end = figure.direction == Direction::higher_better ? e.interval.low : e.interval.high;
  const double worst =
      figure.direction == Direction::higher_better ? e.worst_case->low : e.worst_case->high;
  end += worst - e.value;
  if (e.unit == "proportion") end = std::clamp(end, 0.0, 1.0);
  return out;
}

/// From the line to the unfavourable end.
double margin_of(const Figure& figure) {
  const stats::Estimate& e = figure.estimate;
  const bool higher = figure.direction == Direction::higher_better;
  const bool by_share = e.unit == "proportion" && (!e.chance || higher);
  if (by_share) return kTolerated - (higher ? 1.0 - e.interval.low : e.interval.high);
  const double line = e.chance.value_or(0.0);
  return higher ? e.interval.low - line : line - e.interval.high;
}

Text end_of(const Figure& figure) {
  const double x = figure.direction == Direction::higher_better ? figure.estimate.interval.low
                                                                : figure.estimate.interval.high;
  return {on_scale_of(figure.estimate, x, Lang::en), on_scale_of(figure.estimate, x, Lang::zh)};
}

Text line_of(const Figure& figure) {
  const stats::Estimate& e = figure.estimate;
  const bool higher = figure.direction == Direction::higher_better;
  if (e.unit == "proportion" && (!e.chance || higher)) {
    return higher ? Text{"at least 90%", "至少 90%"} : Text{"at most 10%", "至多 10%"};
  }
  const double line = e.chance.value_or(0.0);
  return fill(higher ? Text{"above {0}", "高于 {0}"} : Text{"below {0}", "低于 {0}"},
              {{on_scale_of(e, line, Lang::en), on_scale_of(e, line, Lang::zh)}});
}

Text reason_of(SupportState state, const Figure& figure, const Figure& worst, bool unassessed) {
  const Text end = end_of(figure);
  const Text line = line_of(figure);
  switch (state) {
    case SupportState::supported:
      return fill({"the unfavourable end, {0}, keeps the line ({1})",
                   "不利一端为 {0}，仍在界线（{1}）之内"},
                  {end, line});
    case SupportState::rebutted:
      return fill(
          {"beyond the line ({0}) even at the favourable end", "即使取有利一端也超出界线（{0}）"},
          {line});
    default: break;
  }
  if (unassessed) {
    return fill({"the interval keeps the line ({1}), but if all {2} unassessed answers had gone "
                 "wrong, its unfavourable end would be {0}",
                 "区间在界线（{1}）之内；但若 {2} 次未评定的回答全部出错，其不利一端将为 {0}"},
                {end_of(worst), line, same(count(figure.estimate.unassessed))});
  }
  return fill({"the interval does not settle it: its unfavourable end is {0}, the line {1}",
               "区间不足以断定：不利一端为 {0}，界线为{1}"},
              {end, line});
}

}  // namespace

const char* to_string(SupportState state) {
  switch (state) {
    case SupportState::rebutted: return "rebutted";
    case SupportState::undeveloped: return "undeveloped";
    case SupportState::open: return "open";
    case SupportState::supported: return "supported";
  }
  return "undeveloped";
}

Text support_text(SupportState state) {
  switch (state) {
    case SupportState::rebutted: return {"Rebutted", "被推翻"};
    case SupportState::undeveloped: return {"Undeveloped", "未展开"};
    case SupportState::open: return {"Open", "未定"};
    case SupportState::supported: return {"Supported", "有支持"};
  }
  return {};
}

Support support(const Figure& figure, std::string_view area) {
  Support out;
  if (!figure.estimate.known()) {
    const auto& reasons = figure.estimate.assumptions;
    out.reason = reasons.empty() ? Text{"there is no figure", "没有数值"}
                                 : clause(assumption_text(reasons.front()));
    return out;
  }
  if (!has_line(figure, area)) {
    out.state = SupportState::supported;
    out.described = true;
    out.reason = {"described; there is no line to judge it by", "仅作描述，没有可据以判断的界线"};
    return out;
  }
  const Figure worst = against_the_model(figure);
  const Tone tone = judge(figure, area).tone;
  const Tone worst_tone = judge(worst, area).tone;
  const bool by_unassessed = tone == Tone::good && worst_tone != Tone::good;
  out.state = tone == Tone::concern                  ? SupportState::rebutted
              : tone == Tone::good && !by_unassessed ? SupportState::supported
                                                     : SupportState::open;
  out.margin = margin_of(worst);
  out.reason = reason_of(out.state, figure, worst, by_unassessed);
  return out;
}

bool weaker(const Support& a, const Support& b) {
  return a.state != b.state ? a.state < b.state : a.margin < b.margin;
}

}  // namespace assay::report
