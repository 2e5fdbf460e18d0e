// A comparison as JSON and as the rows of a plain table.
#include <cmath>
#include <cstdio>

#include "eval/compare.h"
#include "eval/contrast.h"
#include "eval/json_fields.h"

namespace assay::eval {
namespace {

Json pairing_json(const TaskPairing& pairing) {
  return {{"task", pairing.task},
          {"lang", to_string(pairing.lang)},
          {"shared", pairing.shared},
          {"changed", pairing.changed},
          {"only_first", pairing.only_first},
          {"only_second", pairing.only_second}};
}

Json comparison_json(const GroupComparison& one) {
  return {{"task", one.task},
          {"lang", to_string(one.lang)},
          {"group", one.group},
          {"first", stats::to_json(one.first)},
          {"second", stats::to_json(one.second)},
          {"difference", stats::to_json(one.paired.difference)},
          {"test", one.paired.test},
          {"p", number_json(one.paired.p_value)},
          {"p_holm", number_json(one.holm)},
          {"p_benjamini_hochberg", number_json(one.benjamini_hochberg)}};
}

Json figure_json(const FigurePair& pair) {
  return {{"task", pair.task},
          {"lang", to_string(pair.lang)},
          {"first", pair.first ? to_json(*pair.first) : Json()},
          {"second", pair.second ? to_json(*pair.second) : Json()}};
}

template <class T, class Write>
Json list_json(const std::vector<T>& values, Write write) {
  Json out = Json::array();
  for (const T& value : values) out.push_back(write(value));
  return out;
}

std::string percent(double share, bool sign = false) {
  if (!std::isfinite(share)) return "-";
  char text[32];
  std::snprintf(text, sizeof text, sign ? "%+.1f%%" : "%.1f%%", 100.0 * share);
  return text;
}

std::vector<std::string> row(const GroupComparison& one, Lang lang) {
  const stats::Estimate& difference = one.paired.difference;
  std::string change = percent(difference.value, true);
  if (difference.known()) {
    change += " [" + percent(difference.interval.low, true) + ", " +
              percent(difference.interval.high, true) + "]";
  }
  std::string p = "-";
  if (std::isfinite(one.holm)) p = one.holm < 0.001 ? "<0.001" : short_number(one.holm);
  const Text all{"all", "全部"};
  return {one.task,
          to_string(one.lang),
          one.group.empty() ? all.in(lang) : one.group,
          std::to_string(difference.n),
          std::to_string(difference.unassessed),
          percent(one.first.value),
          percent(one.second.value),
          change,
          p,
          difference.minimum_detectable ? percent(*difference.minimum_detectable) : "-"};
}

}  // namespace

Json to_json(const RunComparison& comparison) {
  return {{"schema", "assay.comparison/1"},
          {"first", {{"run", comparison.first}, {"model", comparison.first_model}}},
          {"second", {{"run", comparison.second}, {"model", comparison.second_model}}},
          {"notes", list_json(comparison.notes, [](const Text& note) { return to_json(note); })},
          {"pairings", list_json(comparison.pairings, pairing_json)},
          {"comparisons", list_json(comparison.comparisons, comparison_json)},
          {"figures", list_json(comparison.figures, figure_json)}};
}

std::vector<std::vector<std::string>> comparison_table(const RunComparison& comparison, Lang lang) {
  std::vector<std::vector<std::string>> out;
  out.push_back(lang == Lang::en
                    ? std::vector<std::string>{"task", "language", "group", "pairs", "unassessed",
                                               "first", "second", "difference", "p (Holm)",
                                               "detectable"}
                    : std::vector<std::string>{"任务", "语言", "群体", "配对数", "未评定", "第一次",
                                               "第二次", "差值", "p（Holm）", "可检出差值"});
  for (const GroupComparison& one : comparison.comparisons) out.push_back(row(one, lang));
  return out;
}

}  // namespace assay::eval
