// The chapters: each topic with its claims, and each task with its figures and examples.
#include <algorithm>

#include "report/format_number.h"
#include "report/render.h"
#include "report/wording.h"

namespace assay::report {
namespace {

constexpr std::size_t kLongest = 1500;  ///< bytes of one message of an example

const Json* result_of(const Json& report, const std::string& key) {
  for (const Json& result : doc::list(report, "results")) {
    if (doc::str(result, "key") == key) return &result;
  }
  return nullptr;
}

std::string result_title(const Json& result, Lang lang) {
  const std::string title = doc::text(result, "title", lang);
  const std::string language = language_name(doc::str(result, "lang")).in(lang);
  return lang == Lang::en ? title + " (" + language + ")" : title + "（" + language + "）";
}

std::string worst_case(const stats::Estimate& e, Lang lang) {
  if (!e.worst_case) return "–";
  return on_scale_of(e, e.worst_case->low, lang) + pick(lang, " to ", " 至 ") +
         on_scale_of(e, e.worst_case->high, lang);
}

std::string figure_name(const Json& figure, const stats::Estimate& e, Lang lang) {
  std::string name = doc::text(figure, "label", lang);
  if (e.modelled) name += pick(lang, " (estimated by a model)", "（模型估算）");
  return name;
}

std::vector<std::string> figure_row(const Json& figure, const stats::Estimate& e, Lang lang) {
  std::string answers = count(e.n);
  if (e.clusters > 0 && e.clusters < e.n) {
    answers += pick(lang, " on ", "（题目 ") + count(e.clusters) + pick(lang, " items", "）");
  }
  const std::string level = level_text(e.level) + (lang == Lang::en ? ": " : "：");
  return {figure_name(figure, e, lang),
          value_text(e, lang),
          e.known() ? level + interval_text(e, lang) : "–",
          answers,
          e.unassessed > 0 ? count(e.unassessed) : "0",
          e.chance ? on_scale_of(e, *e.chance, lang) : "–",
          worst_case(e, lang),
          e.method};
}

void figures(const Json& result, Lang lang, Writer& writer) {
  std::vector<std::vector<std::string>> rows;
  std::vector<Item> notes;
  for (const Json& figure : doc::list(result, "figures")) {
    const auto e = doc::estimate(figure, "estimate");
    if (!e) continue;
    rows.push_back(figure_row(figure, *e, lang));
    std::string note = doc::text(figure, "note", lang);
    for (const std::string& assumption : e->assumptions) {
      if (e->known()) continue;  // what an interval assumes is in the methods
      note += (note.empty() ? "" : " ") + assumption_text(assumption).in(lang);
    }
    if (!note.empty()) notes.push_back({doc::text(figure, "label", lang), note, {}});
  }
  if (rows.empty()) return;
  writer.table({pick(lang, "Figure", "指标"), pick(lang, "Value", "数值"),
                pick(lang, "Interval", "置信区间"), pick(lang, "Answers", "回答数"),
                pick(lang, "Not assessed", "未评定"), pick(lang, "Chance", "随机水平"),
                pick(lang, "If all of these failed or succeeded", "未评定者全失败或全成功时"),
                pick(lang, "Method", "方法")},
               rows);
  writer.list(notes);
}

void variance(const Json& result, Lang lang, Writer& writer) {
  std::vector<std::vector<std::string>> rows;
  for (const Json& share : doc::list(result, "variance")) {
    const auto e = doc::estimate(share, "share");
    if (!e) continue;
    rows.push_back({doc::text(share, "label", lang), value_text(*e, lang),
                    e->known() ? interval_text(*e, lang) : "–"});
  }
  if (rows.empty()) return;
  writer.paragraph(pick(lang, "Where the scores' variation comes from:", "得分的波动来自何处："));
  writer.table({pick(lang, "Source", "来源"), pick(lang, "Share", "占比"),
                pick(lang, "Interval", "置信区间")},
               rows);
}

void counts(const Json& result, Lang lang, Writer& writer) {
  const auto number = [&](const char* key) { return count(doc::integer(result, key)); };
  if (lang == Lang::en) {
    writer.paragraph("Answers: " + number("done") + " of " + number("planned") +
                     " planned; success: " + number("success") + ", failure: " + number("failure") +
                     ", not assessed: " + number("unassessed") + ".");
  } else {
    writer.paragraph("回答：计划 " + number("planned") + " 次，完成 " + number("done") +
                     " 次；成功 " + number("success") + "，失败 " + number("failure") +
                     "，未评定 " + number("unassessed") + "。");
  }
  std::vector<Item> reasons;
  for (const Json& reason : doc::list(result, "unassessed_reasons")) {
    reasons.push_back(
        {count(doc::integer(reason, "count")), doc::text(reason, "reason", lang), {}});
  }
  if (reasons.empty()) return;
  writer.paragraph(pick(lang, "Why answers could not be assessed:", "无法评定的原因："));
  writer.list(reasons);
}

std::string verdict_text(const std::string& verdict, Lang lang) {
  if (verdict == "success") return pick(lang, "Success", "成功");
  if (verdict == "failure") return pick(lang, "Failure", "失败");
  return pick(lang, "Not assessed", "未评定");
}

std::string role_text(const std::string& role, Lang lang) {
  if (role == "system") return pick(lang, "System", "系统提示");
  if (role == "user") return pick(lang, "User", "用户");
  if (role == "assistant") return pick(lang, "Model", "模型");
  if (role == "tool") return pick(lang, "Tool", "工具");
  if (role == "context") return pick(lang, "Text before the choices", "选项之前的文本");
  if (role == "choices") return pick(lang, "Choices", "选项");
  return role;
}

void example(const Json& example, Lang lang, Writer& writer) {
  const bool sensitive = doc::flag(example, "sensitive");
  const std::string title =
      verdict_text(doc::str(example, "verdict"), lang) + " · " + doc::str(example, "sample_id");
  if (sensitive && !writer.folds()) {
    writer.note(title +
                pick(lang,
                     ": sensitive output, left out here; it is in report.html and report.json.",
                     "：敏感输出，此处从略；见 report.html 和 report.json。"));
    return;
  }
  writer.begin_fold(sensitive ? title + pick(lang, " (sensitive)", "（敏感内容）") : title);
  for (const Json& message : doc::list(example, "transcript")) {
    writer.verbatim(role_text(doc::str(message, "role"), lang),
                    shortened(doc::str(message, "content"), kLongest, lang));
  }
  const Json& transcript = doc::list(example, "transcript");
  const std::string last = transcript.empty() ? "" : doc::str(transcript.back(), "content");
  const std::string answer = doc::str(example, "answer");
  if (!answer.empty() && answer != last) {
    writer.verbatim(pick(lang, "Taken as the answer", "认定的答案"),
                    shortened(answer, kLongest, lang));
  }
  const std::string why = doc::str(example, "explanation");
  if (!why.empty()) {
    writer.note(pick(lang, "Why: ", "理由：") + shortened(why, kLongest, lang));
  }
  writer.end_fold();
}

void sentences(const std::vector<Item>& items, const std::string& title, Writer& writer) {
  if (items.empty()) return;
  writer.paragraph(title);
  writer.list(items);
}

void result_section(const Json& result, Lang lang, Writer& writer) {
  writer.heading(4, result_title(result, lang), "result-" + doc::str(result, "key"));
  const std::string status = doc::str(result, "status");
  const std::string reason = doc::text(result, "reason", lang);
  if (status != "measured") {
    writer.paragraph(
        pick(lang, "State: ", "状态：") + state_text(status, lang) +
        (reason.empty() ? ""
                        : pick(lang, ". ", "。") + capitalised(full_stop(same(reason))).in(lang)));
  }
  writer.paragraph(doc::text(result, "description", lang));
  if (doc::integer(result, "done") > 0) counts(result, lang, writer);
  figures(result, lang, writer);
  std::vector<Item> evidence;
  for (const Json& bound : doc::list(result, "bounds")) {
    evidence.push_back({{}, doc::str(bound, to_string(lang)), {}});
  }
  const std::string power = doc::text(result, "power", lang);
  if (!power.empty()) evidence.push_back({{}, power, {}});
  const std::string limits = doc::text(result, "limits", lang);
  if (!limits.empty()) evidence.push_back({{}, limits, {}});
  sentences(evidence, pick(lang, "Limits of this evidence:", "证据的局限："), writer);
  variance(result, lang, writer);
  const Json& examples = doc::list(result, "examples");
  if (!examples.empty()) writer.heading(5, pick(lang, "Examples", "示例"), "");
  for (const Json& each : examples) example(each, lang, writer);
  const std::string citation = doc::str(result, "citation");
  if (!citation.empty()) writer.note(pick(lang, "Method after: ", "方法出处：") + citation);
}

void topic_section(const Json& report, const Json& topic, Lang lang, Writer& writer) {
  writer.heading(3, doc::text(topic, "title", lang), doc::str(topic, "id"));
  writer.note(doc::text(topic, "about", lang));
  const std::string status = doc::str(topic, "status");
  const std::string reason = doc::text(topic, "reason", lang);
  writer.paragraph(pick(lang, "State: ", "状态：") + state_text(status, lang) +
                   (reason.empty() ? "" : pick(lang, ". ", "。") + reason));
  if (status != "not_measured") writer.list(claim_items(doc::list(topic, "claims"), lang));
  std::string elsewhere;
  for (const std::string& key : doc::strings(topic, "see_also")) {
    const Json* result = result_of(report, key);
    if (!result) continue;
    elsewhere += (elsewhere.empty() ? "" : pick(lang, ", ", "、")) + result_title(*result, lang);
  }
  if (!elsewhere.empty()) writer.note(pick(lang, "See also: ", "另见：") + elsewhere);
  for (const std::string& key : doc::strings(topic, "tasks")) {
    if (const Json* result = result_of(report, key)) result_section(*result, lang, writer);
  }
}

/// Results of tasks that belong to no topic of this version.
std::vector<const Json*> homeless(const Json& report) {
  std::vector<std::string> shown;
  for (const Json& topic : doc::list(report, "topics")) {
    for (std::string& key : doc::strings(topic, "tasks")) shown.push_back(std::move(key));
  }
  std::vector<const Json*> out;
  for (const Json& result : doc::list(report, "results")) {
    if (std::find(shown.begin(), shown.end(), doc::str(result, "key")) == shown.end()) {
      out.push_back(&result);
    }
  }
  return out;
}

}  // namespace

void render_chapters(const Json& report, Lang lang, Writer& writer) {
  for (const Json& area : doc::list(report, "areas")) {
    const std::string id = doc::str(area, "id");
    writer.heading(2, doc::text(area, "title", lang), id);
    for (const Json& topic : doc::list(report, "topics")) {
      if (doc::str(topic, "area") == id) topic_section(report, topic, lang, writer);
    }
  }
  const std::vector<const Json*> rest = homeless(report);
  if (rest.empty()) return;
  writer.heading(2, pick(lang, "Other tasks", "其他任务"), "other");
  for (const Json* result : rest) result_section(*result, lang, writer);
}

}  // namespace assay::report
