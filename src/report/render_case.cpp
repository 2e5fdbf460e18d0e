// What a report says to those who hold it against something: the safety case and the crosswalk.
#include <map>

#include "report/render.h"
#include "report/support.h"

namespace assay::report {
namespace {

std::string state_word(const std::string& state, Lang lang) {
  for (const SupportState each : {SupportState::supported, SupportState::open,
                                  SupportState::undeveloped, SupportState::rebutted}) {
    if (state == to_string(each)) return support_text(each).in(lang);
  }
  return state;
}

/// "supported 2, open 1" in the order of the document; zeros are left out.
std::string goal_counts(const Json& counts, Lang lang) {
  std::string out;
  if (!counts.is_object()) return out;
  for (const auto& [state, n] : counts.items()) {
    if (!n.is_number_integer() || n.get<std::int64_t>() == 0) continue;
    out += (out.empty() ? "" : pick(lang, ", ", "，")) + state_word(state, lang) + " " +
           std::to_string(n.get<std::int64_t>());
  }
  return out;
}

std::map<std::string, std::string> area_titles(const Json& report, Lang lang) {
  std::map<std::string, std::string> out;
  for (const Json& area : doc::list(report, "areas")) {
    out[doc::str(area, "id")] = doc::text(area, "title", lang);
  }
  return out;
}

void topic_table(const Json& nodes, const std::string& area, Lang lang, Writer& writer) {
  std::vector<std::vector<std::string>> rows;
  for (const Json& node : nodes) {
    if (doc::str(node, "kind") != "goal" || doc::str(node, "area") != area) continue;
    rows.push_back({doc::text(node, "text", lang), state_word(doc::str(node, "state"), lang),
                    doc::text(node, "reason", lang)});
  }
  writer.table({pick(lang, "Goal", "目标"), pick(lang, "Support", "支持程度"),
                pick(lang, "Because", "理由")},
               rows);
}

void safety_case(const Json& report, Lang lang, Writer& writer) {
  const Json& whole = doc::object(report, "safety_case");
  if (whole.empty()) return;
  const Json& nodes = doc::list(whole, "nodes");
  writer.heading(2, pick(lang, "Safety case", "安全论证"), "safety-case");
  writer.paragraph(doc::text(whole, "text", lang));
  std::vector<Item> premises;
  for (const Json& node : nodes) {
    const std::string kind = doc::str(node, "kind");
    if (!doc::str(node, "topic").empty()) continue;
    const std::string word = kind == "assumption"      ? pick(lang, "Assumption", "假设")
                             : kind == "justification" ? pick(lang, "Justification", "理由")
                             : kind == "context"       ? pick(lang, "Context", "背景")
                                                       : std::string();
    if (!word.empty()) premises.push_back({word, doc::text(node, "text", lang), {}});
  }
  writer.list(premises);
  const auto titles = area_titles(report, lang);
  std::vector<std::vector<std::string>> rows;
  for (const Json& area : doc::list(whole, "areas")) {
    const auto title = titles.find(doc::str(area, "area"));
    rows.push_back({title == titles.end() ? doc::str(area, "area") : title->second,
                    state_word(doc::str(area, "state"), lang),
                    goal_counts(doc::object(area, "counts"), lang), doc::text(area, "text", lang)});
  }
  writer.table({pick(lang, "Area", "领域"), pick(lang, "Support", "支持程度"),
                pick(lang, "Goals", "目标"), pick(lang, "Weakest link", "最弱环节")},
               rows);
  if (!writer.folds()) return;  // the chapters hold the figures
  for (const Json& area : doc::list(whole, "areas")) {
    const auto title = titles.find(doc::str(area, "area"));
    writer.begin_fold(title == titles.end() ? doc::str(area, "area") : title->second);
    topic_table(nodes, doc::str(area, "area"), lang, writer);
    writer.end_fold();
  }
}

std::string strength_word(const std::string& strength, Lang lang) {
  if (strength == "direct") return pick(lang, "direct", "直接");
  if (strength == "partial") return pick(lang, "partial", "部分");
  return pick(lang, "context", "背景");
}

std::string link_name(const Json& link, const std::map<std::string, std::string>& titles) {
  std::string out;
  for (const std::string& name : doc::strings(link, "names")) {
    const auto title = titles.find(name);
    out += (out.empty() ? "" : ", ") + (title == titles.end() ? name : title->second);
  }
  return out;
}

/// Topics by their titles, parts of the report by their names.
std::map<std::string, std::string> link_titles(const Json& report, Lang lang) {
  std::map<std::string, std::string> out{
      {"coverage", pick(lang, "Coverage", "覆盖情况")},
      {"examples", pick(lang, "Examples", "实例")},
      {"ledger", pick(lang, "What this run cost", "本次运行的开销")},
      {"licence", pick(lang, "Licence in the file", "文件所载许可证")},
      {"limits", pick(lang, "Limits", "局限")},
      {"methods", pick(lang, "Methods", "方法")},
      {"model", pick(lang, "What was assessed", "评估对象")},
      {"reproduce", pick(lang, "How to repeat the run", "如何重现本次运行")},
      {"summary", pick(lang, "Summary", "摘要")},
      {"safety_case", pick(lang, "Safety case", "安全论证")}};
  for (const Json& topic : doc::list(report, "topics")) {
    out[doc::str(topic, "id")] = doc::text(topic, "title", lang);
  }
  return out;
}

std::string link_text(const Json& clause, const std::map<std::string, std::string>& titles,
                      Lang lang) {
  std::string out;
  for (const Json& link : doc::list(clause, "links")) {
    if (!out.empty()) out += pick(lang, "; ", "；");
    out += link_name(link, titles) + pick(lang, " (", "（") +
           strength_word(doc::str(link, "strength"), lang) + pick(lang, "; ", "；") +
           state_text(doc::str(link, "status"), lang) + pick(lang, ")", "）");
  }
  return out.empty() ? "–" : out;
}

void standard(const Json& one, const std::map<std::string, std::string>& titles, Lang lang,
              Writer& writer) {
  std::string counts;
  for (const char* state : {"measured", "partly", "not_assessable", "not_measured"}) {
    const std::int64_t n = doc::integer(doc::object(one, "counts"), state);
    if (n == 0) continue;
    counts += (counts.empty() ? "" : pick(lang, ", ", "，")) + state_text(state, lang) + " " +
              std::to_string(n);
  }
  writer.begin_fold(doc::text(one, "title", lang) + pick(lang, ": ", "：") + counts);
  std::vector<std::vector<std::string>> rows;
  std::string nothing;
  for (const Json& clause : doc::list(one, "clauses")) {
    if (doc::list(clause, "links").empty()) {
      nothing += (nothing.empty() ? "" : pick(lang, ", ", "、")) + doc::str(clause, "id");
      continue;
    }
    rows.push_back({doc::str(clause, "id"), doc::text(clause, "title", lang),
                    state_text(doc::str(clause, "status"), lang), link_text(clause, titles, lang),
                    doc::text(clause, "gap", lang)});
  }
  writer.table({pick(lang, "Clause", "条款"), pick(lang, "In our words", "本项目的说法"),
                pick(lang, "In this run", "本次运行"), pick(lang, "What speaks to it", "相关内容"),
                pick(lang, "What is missing", "缺少什么")},
               rows);
  if (!nothing.empty()) {
    writer.paragraph(pick(lang, "Nothing in a report speaks to: ", "报告中没有涉及：") + nothing +
                     pick(lang, ".", "。"));
  }
  const Json& checked = doc::object(one, "checked");
  writer.note(doc::str(one, "version") + ", " + doc::str(one, "date") + ", " +
              doc::str(one, "source") + pick(lang, ". Checked ", "。核对日期 ") +
              doc::str(checked, "date") + pick(lang, ": ", "：") +
              doc::text(checked, "note", lang));
  writer.end_fold();
}

void crosswalk(const Json& report, Lang lang, Writer& writer) {
  const Json& whole = doc::object(report, "crosswalk");
  if (whole.empty()) return;
  writer.heading(2, pick(lang, "Crosswalk to standards", "标准对照"), "crosswalk");
  writer.paragraph(doc::text(whole, "note", lang));
  const auto titles = link_titles(report, lang);
  for (const Json& one : doc::list(whole, "standards")) standard(one, titles, lang, writer);
}

}  // namespace

void render_case(const Json& report, Lang lang, Writer& writer) {
  safety_case(report, lang, writer);
  crosswalk(report, lang, writer);
}

}  // namespace assay::report
