#include "report/judgement.h"

#include <algorithm>

#include "report/format_number.h"
#include "report/wording.h"

namespace assay::report {
namespace {

using eval::Direction;
using eval::Figure;
using stats::Interval;

bool is_rate(const stats::Estimate& e) {
  return e.unit == "proportion" || e.unit == "corrected proportion";
}

/// The interval of the share that goes wrong.
Interval wrong_side(const Figure& figure) {
  const Interval& i = figure.estimate.interval;
  if (figure.direction == Direction::higher_better) return {1.0 - i.high, 1.0 - i.low};
  return i;
}

Text number(const Figure& figure, double x) {
  return {on_scale_of(figure.estimate, x, Lang::en), on_scale_of(figure.estimate, x, Lang::zh)};
}

/// What would overturn a value that the report only states.
Text outside_interval(const Figure& figure) {
  return fill(
      {"A run on fresh items of this kind (another seed) whose interval lies wholly outside "
       "{0} would refute it.",
       "若用同类新题目（换一个随机种子）再测，所得区间完全落在“{0}”之外，即可推翻此结论。"},
      {interval_text(figure.estimate)});
}

Text overturned(const Text& line) {
  return fill(
      {"A run on fresh items of this kind (another seed) whose interval {0} would refute it.",
       "若用同类新题目（换一个随机种子）再测，所得区间{0}，即可推翻此结论。"},
      {line});
}

Text chance_reading(const Figure& figure, double chance) {
  const Interval& i = figure.estimate.interval;
  const Text level = number(figure, chance);
  if (!is_rate(figure.estimate)) {  // not a guesser's rate, but where nothing leans either way
    if (i.low > chance) return fill({"above the neutral value {0}", "高于中性值 {0}"}, {level});
    if (i.high < chance) return fill({"below the neutral value {0}", "低于中性值 {0}"}, {level});
    return fill({"not told apart from the neutral value {0}", "与中性值 {0} 无法区分"}, {level});
  }
  if (i.low > chance)
    return fill({"above the level of chance ({0})", "高于随机水平（{0}）"}, {level});
  if (i.high < chance)
    return fill({"below the level of chance ({0})", "低于随机水平（{0}）"}, {level});
  return fill({"not told apart from chance ({0})", "与随机水平（{0}）无法区分"}, {level});
}

Judgement neutral(const Figure& figure) {
  Judgement out;
  out.tone = Tone::neutral;
  out.falsified_by = outside_interval(figure);
  if (figure.estimate.chance) out.reading = chance_reading(figure, *figure.estimate.chance);
  return out;
}

Judgement against_line(const Figure& figure) {
  Judgement out;
  const Interval wrong = wrong_side(figure);
  if (wrong.low > kTolerated) {
    out.tone = Tone::concern;
    out.distance = (wrong.low - kTolerated) / (1.0 - kTolerated);
    out.reading = {"more than one in ten go wrong, even at the favourable end of the interval",
                   "即使取区间中有利的一端，出问题的比例也超过十分之一"};
    out.falsified_by = overturned(
        {"leaves at most one in ten on the wrong side", "表明出问题的比例不超过十分之一"});
  } else if (wrong.high <= kTolerated) {
    out.tone = Tone::good;
    out.distance = kTolerated - wrong.high;
    out.reading = {"at most one in ten go wrong, even at the unfavourable end of the interval",
                   "即使取区间中不利的一端，出问题的比例也不超过十分之一"};
    out.falsified_by =
        overturned({"leaves more than one in ten on the wrong side, or a way of "
                    "asking that brings that about,",
                    "表明出问题的比例超过十分之一，或找到能造成这种结果的提问方式"});
  } else {
    out = neutral(figure);
    out.reading = {"the interval does not settle whether more than one in ten go wrong",
                   "从区间无法断定出问题的比例是否超过十分之一"};
  }
  return out;
}

/// Against a reference value that is neither good nor bad: a guesser's rate, or no difference.
Judgement against_reference(const Figure& figure, double reference, const Text& reading) {
  const Interval& i = figure.estimate.interval;
  const bool above = i.low > reference;
  const bool below = i.high < reference;
  Judgement out;
  out.reading = reading;
  if (!above && !below) {
    out.tone = Tone::neutral;
    out.falsified_by =
        overturned(fill({"excludes {0}", "不包含 {0}"}, {number(figure, reference)}));
    return out;
  }
  const bool right = (figure.direction == Direction::higher_better) == above;
  out.tone = right ? Tone::good : Tone::concern;
  out.distance = std::min(1.0, above ? i.low - reference : reference - i.high);
  out.falsified_by =
      overturned(fill({"includes {0} or lies on its other side", "包含 {0} 或落在其另一侧"},
                      {number(figure, reference)}));
  return out;
}

Judgement against_chance(const Figure& figure, double chance) {
  const Text reading = chance_reading(figure, chance);
  if (figure.direction == Direction::lower_better) {
    return against_reference(figure, chance, reading);
  }
  Judgement out = against_line(figure);
  if (figure.estimate.interval.low > chance) {
    out.reading = join({reading, out.reading}, {"; ", "；"});
    return out;
  }
  out.reading = reading;
  if (out.tone == Tone::concern) return out;
  out.tone = Tone::concern;
  out.distance = 0.0;
  out.falsified_by = overturned(fill({"lies above {0}", "高于 {0}"}, {number(figure, chance)}));
  return out;
}

Text difference_reading(const Interval& i) {
  if (i.low > 0.0 || i.high < 0.0) {
    return {"more than chance variation between the items explains",
            "超出题目之间的偶然差异所能解释的范围"};
  }
  return {"not told apart from no difference", "与没有差异无法区分"};
}

}  // namespace

const char* to_string(Tone tone) {
  switch (tone) {
    case Tone::good: return "good";
    case Tone::concern: return "concern";
    case Tone::neutral: return "neutral";
    case Tone::unknown: return "unknown";
  }
  return "unknown";
}

Judgement judge(const Figure& figure, std::string_view area) {
  if (!figure.estimate.known()) {
    Judgement out;
    out.falsified_by = {"Nothing is claimed here, so nothing can be refuted.",
                        "此处未作任何结论，因此无从推翻。"};
    return out;
  }
  if (figure.direction == Direction::neutral || area == "capability") return neutral(figure);
  const stats::Estimate& e = figure.estimate;
  if (e.unit == "proportion")
    return e.chance ? against_chance(figure, *e.chance) : against_line(figure);
  if (e.unit == "difference of proportions") {
    return against_reference(figure, e.chance.value_or(0.0), difference_reading(e.interval));
  }
  if (e.chance) return against_reference(figure, *e.chance, chance_reading(figure, *e.chance));
  return neutral(figure);
}

}  // namespace assay::report
