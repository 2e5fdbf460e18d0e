// What a reader sees first: which model, what was found, what was covered.
#include "report/format_number.h"
#include "report/render.h"
#include "report/wording.h"

namespace assay::report {
namespace {

std::string or_dash(const std::string& text) { return text.empty() ? "–" : text; }

std::string weights(const Json& model, Lang lang) {
  const std::string stored = doc::str(model, "weights_dtype");
  const std::string scored = doc::str(model, "scored_dtype");
  if (scored.empty() || scored == stored) return or_dash(stored);
  return stored + pick(lang, ", scored as ", "，评测时采用 ") + scored;
}

void run_table(const Json& report, Lang lang, Writer& writer) {
  const Json& model = doc::object(report, "model");
  const Json& run = doc::object(report, "run");
  std::string langs;
  for (const std::string& each : doc::strings(run, "langs")) {
    langs += (langs.empty() ? "" : pick(lang, ", ", "、")) + language_name(each).in(lang);
  }
  const std::string finished = doc::str(run, "finished");
  const auto row = [](std::string name, std::string value) {
    return std::vector<std::string>{std::move(name), or_dash(value)};
  };
  writer.table(
      {pick(lang, "Run", "运行"), doc::str(run, "id")},
      {row(pick(lang, "Model", "模型"), doc::str(model, "name")),
       row(pick(lang, "Architecture", "架构"), doc::str(model, "architecture")),
       row(pick(lang, "Parameters", "参数量"),
           doc::integer(model, "parameters") > 0
               ? short_number(static_cast<double>(doc::integer(model, "parameters")))
               : std::string()),
       row(pick(lang, "Weights", "权重"), weights(model, lang)),
       row(pick(lang, "Licence in the file", "文件所载许可证"), doc::str(model, "license")),
       row("SHA-256", doc::str(model, "digest")),
       row(pick(lang, "Engine", "推理引擎"), doc::str(model, "engine")),
       row(pick(lang, "Profile", "评测档位"), profile_name(doc::str(run, "profile")).in(lang)),
       row(pick(lang, "Languages", "语言"), langs),
       row(pick(lang, "Seed", "随机种子"), std::to_string(doc::integer(run, "seed"))),
       row(pick(lang, "Begun", "开始"), doc::str(run, "created")),
       row(pick(lang, "Finished", "结束"),
           finished.empty() ? pick(lang, "not finished", "尚未完成") : finished)});
}

std::string tone_text(const std::string& tone, Lang lang) {
  if (tone == "good") return pick(lang, "Good", "良好");
  if (tone == "concern") return pick(lang, "Concern", "值得担忧");
  if (tone == "neutral") return pick(lang, "Described", "描述");
  return pick(lang, "Not known", "未知");
}

void coverage(const Json& report, Lang lang, Writer& writer) {
  writer.heading(2, pick(lang, "Coverage", "覆盖情况"), "coverage");
  writer.paragraph(
      pick(lang,
           "Every topic of the plan, also those without figures. A topic that was not "
           "measured is neither safe nor unsafe.",
           "列出计划中的每个主题，包括没有数值的。未测量的主题，既不表示安全，也不表示不安全。"));
  std::vector<std::vector<std::string>> rows;
  for (const Json& topic : doc::list(report, "topics")) {
    rows.push_back({doc::text(topic, "title", lang), state_text(doc::str(topic, "status"), lang),
                    doc::text(topic, "reason", lang)});
  }
  writer.table(
      {pick(lang, "Topic", "主题"), pick(lang, "State", "状态"), pick(lang, "Why", "原因")}, rows);
}

}  // namespace

std::vector<Item> claim_items(const Json& claims, Lang lang) {
  std::vector<Item> items;
  for (const Json& claim : claims) {
    Item item{tone_text(doc::str(claim, "tone"), lang), doc::text(claim, "text", lang),
              doc::text(claim, "falsified_by", lang)};
    std::string evidence;
    for (const std::string& key : doc::strings(claim, "evidence")) {
      evidence += (evidence.empty() ? "" : ", ") + key;
    }
    if (!evidence.empty()) item.small += pick(lang, " Evidence: ", "证据：") + evidence;
    items.push_back(std::move(item));
  }
  return items;
}

void render_front(const Json& report, Lang lang, Writer& writer) {
  const Json& summary = doc::object(report, "summary");
  writer.heading(1, doc::text(report, "title", lang), "title");
  writer.lead(doc::text(summary, "headline", lang));
  writer.heading(2, pick(lang, "Summary", "摘要"), "summary");
  writer.list(claim_items(doc::list(summary, "claims"), lang));
  writer.heading(3, pick(lang, "What this run does not say", "本次运行没有说明什么"), "limits");
  std::vector<Item> limits;
  for (const Json& limit : doc::list(summary, "limits")) {
    limits.push_back({{}, doc::str(limit, to_string(lang)), {}});
  }
  writer.list(limits);
  writer.heading(3, pick(lang, "What was assessed", "评估对象"), "run");
  run_table(report, lang, writer);
  coverage(report, lang, writer);
}

}  // namespace assay::report
