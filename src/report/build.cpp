#include "report/chapters.h"
#include "report/crosswalk.h"
#include "report/methods.h"
#include "report/report.h"
#include "report/safety_case.h"
#include "report/summary.h"
#include "report/wording.h"

namespace assay::report {
namespace {

Json run_json(const eval::RunOutcome& outcome) {
  Json langs = Json::array();
  for (const Lang lang : outcome.langs) langs.push_back(to_string(lang));
  return Json{{"id", outcome.run_id},
              {"created", outcome.created},
              {"finished", outcome.finished},
              {"profile", outcome.profile},
              {"seed", outcome.seed},
              {"langs", std::move(langs)},
              {"config_digest", outcome.config_digest}};
}

Json ledger_json(const eval::RunOutcome& outcome, const std::vector<Entry>& entries) {
  Json tasks = Json::array();
  for (const Entry& entry : entries) {
    Json line{{"key", entry.key}};
    line.update(model::to_json(entry.outcome->ledger));
    tasks.push_back(std::move(line));
  }
  return Json{{"total", model::to_json(outcome.ledger)}, {"tasks", std::move(tasks)}};
}

Json object_or_empty(const Json& json) { return json.is_object() ? json : Json::object(); }

Text title(const eval::RunOutcome& outcome) {
  const Text name = same(outcome.model.name.empty() ? outcome.model.id : outcome.model.name);
  return fill({"Safety report: {0}", "安全评估报告：{0}"}, {name});
}

/// Invalid UTF-8 becomes U+FFFD and NaN null, so that what is shown is what would be written.
Json as_written(const Json& json) { return Json::parse(dump_json(json)); }

}  // namespace

Json addition_json(const Addition& addition) {
  return Json{{"id", addition.id},
              {"title", text_json(addition.title)},
              {"text", text_json(addition.text)}};
}

Json build(const eval::RunOutcome& outcome, const eval::Registry& registry,
           const std::vector<Addition>& additions) {
  Json methods = Json::array();
  for (const Addition& addition : additions) methods.push_back(addition_json(addition));
  for (Json& method : methods_json(outcome)) methods.push_back(std::move(method));
  const std::vector<Entry> entries = results_of(outcome, registry);
  const std::vector<Chapter> all = chapters(entries, registry);
  Json topic_list = Json::array();
  for (const Chapter& chapter : all) topic_list.push_back(chapter_json(chapter));
  Json area_list = Json::array();
  for (const Area& area : areas()) {
    area_list.push_back(Json{{"id", std::string(area.id)}, {"title", text_json(area.title)}});
  }
  Json results = Json::array();
  for (const Entry& entry : entries) results.push_back(result_json(entry));
  // A test reads the embedded crosswalk: an empty one stands here only in a broken build.
  const std::vector<Standard> standards =
      parse_crosswalk(crosswalk_data()).value_or(std::vector<Standard>{});
  return as_written(Json{{"schema", "assay.report/1"},
                         {"title", text_json(title(outcome))},
                         {"run", run_json(outcome)},
                         {"model", model::to_json(outcome.model)},
                         {"machine", object_or_empty(outcome.machine)},
                         {"versions", object_or_empty(outcome.versions)},
                         {"summary", summary_json(outcome, entries, all)},
                         {"areas", std::move(area_list)},
                         {"topics", std::move(topic_list)},
                         {"results", std::move(results)},
                         {"methods", std::move(methods)},
                         {"ledger", ledger_json(outcome, entries)},
                         {"safety_case", safety_case_json(outcome, all)},
                         {"crosswalk", crosswalk_json(standards, outcome, entries, all)}});
}

}  // namespace assay::report
