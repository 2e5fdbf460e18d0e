// The claims of a report as observations and findings of an OSCAL document.
#include <algorithm>

#include "base/digest.h"
#include "report/format_number.h"
#include "report/render.h"
#include "standards/href.h"
#include "standards/oscal.h"
#include "standards/oscal_parts.h"

namespace assay::standards::oscal {
namespace {

namespace doc = report::doc;

/// The name of report.json among the files; empty if it is not there.
std::string document_name(const Context& context) {
  for (const FileDigest& file : context.files) {
    if (file.name == "report.json" || file.name.ends_with("/report.json")) return file.name;
  }
  return {};
}

void add_figure(Json& props, const KnownFigure& figure, const std::string& group) {
  const stats::Estimate& e = figure.estimate;
  add_property(props, "figure", figure.id, group);
  add_property(props, "value", digits(e.value), group);
  if (const auto low = lower_bound(e)) add_property(props, "lower-bound", digits(*low), group);
  if (const auto high = upper_bound(e)) add_property(props, "upper-bound", digits(*high), group);
  add_property(props, "level", digits(e.level), group);
  add_property(props, "method", e.method, group);
  add_property(props, "unit", e.unit, group);
  add_property(props, "n", std::to_string(e.n), group);
  add_property(props, "clusters", std::to_string(e.clusters), group);
  add_property(props, "unassessed", std::to_string(e.unassessed), group);
}

Json figure_evidence(const Context& context, const KnownFigure& figure) {
  Json out = Json::object();
  if (const std::string file = document_name(context); !file.empty()) {
    out["href"] = href(file, figure.pointer);
  }
  out["description"] = markdown_text(
      say(context.lang, "Figure ", "数值 ") + figure.id + say(context.lang, ": ", "：") +
      report::value_text(figure.estimate, context.lang) + say(context.lang, " (", "（") +
      report::interval_text(figure.estimate, context.lang) + say(context.lang, ")", "）"));
  return out;
}

/// A sample that the report shows: where, and the SHA-256 of the example as one line of JSON.
Json sample_evidence(const Context& context, const std::string& id) {
  const auto found = find_example(context.report, id);
  Json out = Json::object();
  const std::string file = document_name(context);
  if (found && !file.empty()) out["href"] = href(file, found->pointer);
  std::string text = say(context.lang, "Sample ", "样本 ") + id;
  Json props = Json::array();
  add_property(props, "sample", id);
  if (found) {
    const std::string verdict = doc::str(*found->example, "verdict");
    add_property(props, "verdict", verdict);
    add_property(props, "sha256", sha256_hex(dump_json(*found->example)));
    if (verdict == "success") text += say(context.lang, ": success", "：成功");
    if (verdict == "failure") text += say(context.lang, ": failure", "：失败");
    if (verdict == "unassessed") text += say(context.lang, ": not assessed", "：未能评定");
  }
  out["description"] = markdown_text(text);
  add_unless_empty(out, "props", std::move(props));
  return out;
}

Json origins(const Context& context) {
  return Json::array(
      {{{"actors", Json::array({{{"type", "tool"}, {"actor-uuid", context.uuid("assay")}}})}}});
}

Json observation(const Context& context, const Json& topic, const Json& claim,
                 const std::vector<KnownFigure>& figures) {
  const std::string tone = doc::str(claim, "tone");
  Json props = Json::array();
  add_property(props, "claim", doc::str(claim, "id"));
  add_property(props, "topic", doc::str(topic, "id"));
  add_property(props, "tone", tone);
  Json evidence = Json::array();
  std::size_t number = 0;
  for (const std::string& id : doc::strings(claim, "figures")) {
    const auto place = std::find_if(figures.begin(), figures.end(),
                                    [&](const KnownFigure& each) { return each.id == id; });
    if (place == figures.end()) continue;
    add_figure(props, *place, "figure-" + std::to_string(++number));
    evidence.push_back(figure_evidence(context, *place));
  }
  for (const std::string& id : doc::strings(claim, "evidence")) {
    evidence.push_back(sample_evidence(context, id));
  }
  Json out{{"uuid", context.uuid("observation/" + doc::str(claim, "id"))},
           {"title", markdown_text(line_of(topic, "title", context.lang))},
           {"description", markdown_text(line_of(claim, "text", context.lang))}};
  add_unless_empty(out, "props", std::move(props));
  out["methods"] = {"TEST"};
  out["types"] = {tone == "concern" ? "finding" : "control-objective"};
  out["origins"] = origins(context);
  out["subjects"] = Json::array({{{"subject-uuid", context.uuid("model")}, {"type", "component"}}});
  add_unless_empty(out, "relevant-evidence", std::move(evidence));
  out["collected"] = context.when.collected();
  const std::string refuted = line_of(claim, "falsified_by", context.lang);
  if (!refuted.empty()) out["remarks"] = markdown_text(refuted);
  return out;
}

}  // namespace

Json observations(const Context& context) {
  const std::vector<KnownFigure> figures = known_figures(context.report);
  Json out = Json::array();
  for (const Json* topic : reviewed_topics(context.report)) {
    for (const Json& claim : doc::list(*topic, "claims")) {
      out.push_back(observation(context, *topic, claim, figures));
    }
  }
  return out;
}

Json findings(const Context& context) {
  Json out = Json::array();
  for (const Json* topic : reviewed_topics(context.report)) {
    const std::string id = doc::str(*topic, "id");
    const std::string title = markdown_text(line_of(*topic, "title", context.lang));
    for (const Json& claim : doc::list(*topic, "claims")) {
      if (doc::str(claim, "tone") != "concern") continue;
      const std::string claim_id = doc::str(claim, "id");
      Json target{{"type", "objective-id"},
                  {"target-id", objective_id(id)},
                  {"title", title},
                  {"status", {{"state", "not-satisfied"}, {"reason", "fail"}}}};
      Json related = Json::array({{{"observation-uuid", context.uuid("observation/" + claim_id)}}});
      out.push_back({{"uuid", context.uuid("finding/" + claim_id)},
                     {"title", title},
                     {"description", markdown_text(line_of(claim, "text", context.lang))},
                     {"origins", origins(context)},
                     {"target", std::move(target)},
                     {"related-observations", std::move(related)}});
    }
  }
  return out;
}

}  // namespace assay::standards::oscal
