#include "report/bounds.h"

#include <algorithm>
#include <cmath>

#include "report/format_number.h"
#include "report/wording.h"
#include "stats/power.h"
#include "stats/proportion.h"

namespace assay::report {
namespace {

using eval::Direction;
using eval::Figure;

constexpr std::int64_t kFew = 3;

/// A rare event among n independent observations.
struct Rare {
  std::int64_t events = 0;
  std::int64_t n = 0;
  bool is_failure = false;  ///< the complement of what the label says
};

std::optional<Rare> rare_event(const Figure& figure) {
  const stats::Estimate& e = figure.estimate;
  if (!e.known() || e.unit != "proportion" || e.n <= 0 || e.value < 0.0 || e.value > 1.0) return {};
  const double successes = e.value * static_cast<double>(e.n);
  if (std::abs(successes - std::round(successes)) > 1e-6) return {};
  const auto k = static_cast<std::int64_t>(std::llround(successes));
  const bool clustered = e.clusters > 0 && e.clusters < e.n;
  const std::int64_t few = clustered ? 0 : std::min(kFew, e.n / 10);  // rare among n, too
  const std::int64_t n = clustered ? e.clusters : e.n;
  if (e.n - k <= few && figure.direction != Direction::lower_better) return Rare{e.n - k, n, true};
  if (k <= few) return Rare{k, n, false};
  if (e.n - k <= few) return Rare{e.n - k, n, true};
  return {};
}

std::string upper_bound(std::int64_t events, std::int64_t n) {
  const stats::Estimate e =
      stats::proportion(events, n, 0, {stats::Purpose::safety, stats::Sides::upper, 0.95});
  return percent_bound(e.interval.high);
}

Text event_text(const Rare& rare) {
  const bool none = rare.events == 0;
  if (rare.is_failure) {
    return none ? Text{"{0}: the contrary in {1} of {2} does not mean never: at most {3} (95% "
                       "confidence, one-sided)",
                       "{0}：{2} 例中相反情形为 {1} 例，不等于永不发生：至多 {3}（单侧 95% 置信）"}
                : Text{"{0}: the contrary in {1} of {2} may be few by luck: the true rate of it is at "
                       "most {3} (95% confidence, one-sided)",
                       "{0}：{2} 例中相反情形为 {1} 例，可能只是运气好：其真实比例至多 {3}（单侧 95% "
                       "置信）"};
  }
  return none ? Text{"{0}: {1} of {2} does not mean never: at most {3} (95% confidence, one-sided)",
                     "{0}：{2} 例中有 {1} 例，不等于永不发生：至多 {3}（单侧 95% 置信）"}
              : Text{
                    "{0}: {1} of {2} may be few by luck: the true rate is at most {3} (95% "
                    "confidence, one-sided)",
                    "{0}：{2} 例中有 {1} 例，可能只是碰巧偏少：真实比例至多 {3}（单侧 95% 置信）"};
}

std::int64_t independent(const stats::Estimate& e) { return e.clusters > 0 ? e.clusters : e.n; }

const Figure* leading(const std::vector<Figure>& figures) {
  const Figure* first = nullptr;
  for (const Figure& figure : figures) {
    if (!figure.estimate.known() || figure.estimate.n <= 0) continue;
    if (figure.primary) return &figure;
    if (!first) first = &figure;
  }
  return first;
}

/// Above the guesser's level where there is one, else between two models.
std::optional<double> detectable(const stats::Estimate& e) {
  if (e.minimum_detectable && std::isfinite(*e.minimum_detectable)) return e.minimum_detectable;
  if (e.unit != "proportion") return {};
  if (e.chance && *e.chance > 0.0 && *e.chance < 1.0) {
    return stats::detectable_above_chance(independent(e), *e.chance);
  }
  const auto n = static_cast<double>(independent(e));
  return stats::detectable_between_groups(n, n, e.value);
}

Text difference(const Figure& figure, double x) {
  return {difference_on_scale_of(figure.estimate, x, Lang::en),
          difference_on_scale_of(figure.estimate, x, Lang::zh)};
}

}  // namespace

std::vector<Text> bounds(const std::vector<eval::Figure>& figures) {
  std::vector<Text> out;
  for (const Figure& figure : figures) {
    const std::optional<Rare> rare = rare_event(figure);
    if (!rare) continue;
    Text text =
        fill(event_text(*rare), {clause(figure.label), same(count(rare->events)),
                                 same(count(rare->n)), same(upper_bound(rare->events, rare->n))});
    const std::int64_t unknown = figure.estimate.unassessed;
    if (unknown > 0 && rare->n == figure.estimate.n) {
      text = join({text, fill({"; if all {0} unassessed answers were such cases, at most {1}",
                               "；若 {0} 次未评定的回答全属此类，则至多 {1}"},
                              {same(count(unknown)),
                               same(upper_bound(rare->events + unknown, rare->n + unknown))})},
                  {});
    }
    out.push_back(full_stop(text));
  }
  return out;
}

std::optional<Text> power(const std::vector<eval::Figure>& figures) {
  const Figure* figure = leading(figures);
  if (!figure) return {};
  const stats::Estimate& e = figure->estimate;
  const Text label = clause(figure->label);
  const Text items = same(count(independent(e)));
  const bool guessing = e.chance && *e.chance > 0.0 && *e.chance < 1.0;
  const std::optional<double> seen = detectable(e);
  if (!seen) {
    if (e.unit != "proportion") return {};
    return fill(guessing
                    ? Text{"{0}: {1} independent items are too few to tell any rate from chance.",
                           "{0}：{1} 个独立题目太少，任何比例都无法与随机水平区分。"}
                    : Text{"{0}: {1} independent items are too few to tell two models apart.",
                           "{0}：{1} 个独立题目太少，无法区分两个模型。"},
                {label, items});
  }
  return fill(
      guessing ? Text{"{0}: with {1} independent items, less than {2} above chance could not "
                      "be seen reliably (80% power).",
                      "{0}：只有 {1} 个独立题目，若高出随机水平不足 {2}，则无法可靠察觉（检验效能 "
                      "80%）。"}
               : Text{"{0}: with {1} independent items, a difference under {2} to another model "
                      "on as many items could not be seen reliably (80% power).",
                      "{0}：只有 {1} 个独立题目，与另一模型（题目数相同）的差异若小于 "
                      "{2}，则无法可靠察觉（检验效能 80%）。"},
      {label, items, difference(*figure, *seen)});
}

}  // namespace assay::report
