// The end of a report: how its figures were made, and what they cost.
#include "report/format_number.h"
#include "report/render.h"

namespace assay::report {
namespace {

std::vector<std::string> ledger_row(const std::string& name, const Json& ledger, Lang lang) {
  const auto number = [&](const char* key) { return count(doc::integer(ledger, key)); };
  return {name,
          number("requests"),
          number("prompt_tokens"),
          number("computed_tokens"),
          number("completion_tokens"),
          short_number(doc::number(ledger, "flops")),
          duration_text(doc::number(ledger, "seconds"), lang),
          joules_text(doc::number(ledger, "joules"), lang) +
              (doc::flag(ledger, "joules_modelled") ? pick(lang, " (estimated)", "（估算）") : "")};
}

void ledger(const Json& report, Lang lang, Writer& writer) {
  writer.heading(2, pick(lang, "What this run cost", "本次运行的开销"), "ledger");
  const Json& costs = doc::object(report, "ledger");
  std::vector<std::vector<std::string>> rows;
  for (const Json& task : doc::list(costs, "tasks")) {
    rows.push_back(ledger_row(doc::str(task, "key"), task, lang));
  }
  rows.push_back(
      ledger_row(pick(lang, "Whole run", "整个运行"), doc::object(costs, "total"), lang));
  writer.table(
      {pick(lang, "Task", "任务"), pick(lang, "Requests", "请求"),
       pick(lang, "Prompt tokens", "输入词元"), pick(lang, "Computed tokens", "实际计算词元"),
       pick(lang, "Generated tokens", "生成词元"), pick(lang, "FLOPs", "浮点运算"),
       pick(lang, "Time in the engine", "引擎用时"), pick(lang, "Energy", "能耗")},
      rows);
  writer.note(
      pick(lang,
           "Computed tokens are fewer than prompt tokens where requests share a beginning. "
           "FLOPs are estimated as 2 × parameters × computed tokens.",
           "请求开头相同的部分只计算一次，因此实际计算词元少于输入词元。浮点运算按 2 × 参数量 × "
           "实际计算词元估算。"));
}

}  // namespace

void render_back(const Json& report, Lang lang, Writer& writer) {
  writer.heading(2, pick(lang, "Methods", "方法"), "methods");
  for (const Json& method : doc::list(report, "methods")) {
    const std::string id = doc::str(method, "id");
    writer.heading(3, doc::text(method, "title", lang), "method-" + id);
    if (id == "reproduce") {
      writer.verbatim("", doc::text(method, "text", lang));
    } else {
      writer.paragraph(doc::text(method, "text", lang));
    }
  }
  ledger(report, lang, writer);
}

void render(const Json& report, Lang lang, Writer& writer) {
  render_front(report, lang, writer);
  render_chapters(report, lang, writer);
  render_case(report, lang, writer);
  render_back(report, lang, writer);
}

}  // namespace assay::report
