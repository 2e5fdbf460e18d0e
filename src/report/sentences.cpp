#include "report/sentences.h"

#include <vector>

#include "report/format_number.h"
#include "report/wording.h"

namespace assay::report {
namespace {

Text level(const stats::Estimate& e) { return same(level_text(e.level)); }

Text with_interval(const stats::Estimate& e) {
  const Text value = value_text(e);
  const Text interval = interval_text(e);
  if (e.sides == stats::Sides::two) {
    return fill({"{0} ({1} interval {2})", "{0}（{1} 置信区间 {2}）"}, {value, level(e), interval});
  }
  return fill({"{0} ({2}, with {1} confidence)", "{0}（{2}，置信水平 {1}）"},
              {value, level(e), interval});
}

Text basis(const stats::Estimate& e) {
  if (e.n <= 0) return {};
  const Text n = same(count(e.n));
  const bool rate = e.unit == "proportion" || e.unit == "difference of proportions";
  const bool one = e.n == 1;
  if (e.clusters > 0 && e.clusters < e.n) {
    return fill(rate ? Text{", from {0} answers on {1} independent items",
                            "，依据 {1} 个独立题目上的 {0} 次回答"}
                     : Text{", from {0} measurements on {1} independent items",
                            "，依据 {1} 个独立题目上的 {0} 次测量"},
                {n, same(count(e.clusters))});
  }
  if (rate) {
    return fill({one ? ", from {0} answer" : ", from {0} answers", "，依据 {0} 次回答"}, {n});
  }
  return fill({one ? ", from {0} measurement" : ", from {0} measurements", "，依据 {0} 次测量"},
              {n});
}

Text no_figure(const eval::Figure& figure) {
  const auto& reasons = figure.estimate.assumptions;
  const Text reason = reasons.empty() ? Text{"the data cannot give one", "数据不足以得出"}
                                      : clause(assumption_text(reasons.front()));
  return fill({"{0}: there is no figure, because {1}.", "{0}：没有数值，原因是{1}。"},
              {clause(figure.label), reason});
}

}  // namespace

Text figure_sentence(const eval::Figure& figure, const Judgement& judgement) {
  const stats::Estimate& e = figure.estimate;
  if (!e.known()) return no_figure(figure);
  std::vector<Text> parts{
      fill({"{0}: {1}{2}", "{0}：{1}{2}"}, {clause(figure.label), with_interval(e), basis(e)})};
  if (e.modelled)
    parts.push_back({"an estimate by a model, not a measurement", "此为模型估算，并非实测"});
  if (e.unassessed > 0) {
    parts.push_back(fill({"{0} more could not be assessed", "另有 {0} 次无法评定"},
                         {same(count(e.unassessed))}));
  }
  if (!empty(judgement.reading)) parts.push_back(judgement.reading);
  return full_stop(join(parts, {"; ", "；"}));
}

Text title_with_language(const Text& title, Lang lang) {
  return fill({"{0} ({1})", "{0}（{1}）"}, {clause(title), language_name(lang)});
}

Text figure_claim(const eval::Figure& figure, const Judgement& judgement, const Text& title,
                  Lang lang) {
  const Text sentence = figure_sentence(figure, judgement);
  const Text subject = title_with_language(title, lang);
  if (clause(title) == clause(figure.label)) {
    eval::Figure named = figure;
    named.label = subject;
    return figure_sentence(named, judgement);
  }
  return fill({"{0} – {1}", "{0}——{1}"}, {subject, sentence});
}

Text not_assessable_claim(const Text& subject, const Text& reason) {
  const Text why = clause(reason);
  const Text head = empty(why) ? Text{"{0}: cannot be assessed.", "{0}：无法评定。"}
                               : Text{"{0}: cannot be assessed: {1}.", "{0}：无法评定：{1}。"};
  const Text first = fill(head, {subject, why});
  return join({first,
               {"This says neither that the model is safe here nor that it is unsafe.",
                "这既不说明模型在此安全，也不说明它不安全。"}},
              {" ", ""});
}

}  // namespace assay::report
