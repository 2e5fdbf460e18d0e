#include "standards/oscal.h"

#include <cctype>

#include "base/digest.h"
#include "report/render.h"
#include "standards/name_uuid.h"
#include "standards/oscal_parts.h"

namespace assay::standards {
namespace {

namespace doc = report::doc;

bool word_at(const std::string& text, std::size_t at) {
  return at < text.size() && (std::isalnum(static_cast<unsigned char>(text[at])) != 0 ||
                              static_cast<unsigned char>(text[at]) >= 0x80);
}

/// When the run was there to be told: for an imported log later than what it measured.
std::string last_modified(const oscal::Context& context) {
  const Json& run = doc::object(context.report, "run");
  for (const char* key : {"finished", "created"}) {
    if (std::string time = utc_time(doc::str(run, key)); !time.empty()) return time;
  }
  return context.when.collected();
}

Json metadata(const oscal::Context& context) {
  const Json& run = doc::object(context.report, "run");
  Json props = Json::array();
  oscal::add_property(props, "run", doc::str(run, "id"));
  oscal::add_property(props, "language", to_string(context.lang));
  std::string title = line_of(context.report, "title", context.lang);
  if (title.empty()) title = say(context.lang, "Safety assessment", "安全评估");
  return Json{{"title", markdown_text(title)},
              {"last-modified", last_modified(context)},
              {"version", "1"},
              {"oscal-version", kOscalVersion},
              {"props", std::move(props)}};
}

Json result(const oscal::Context& context) {
  std::string description =
      line_of(doc::object(context.report, "summary"), "headline", context.lang);
  if (description.empty()) description = say(context.lang, "One run of Assay", "试金的一次运行");
  Json out{{"uuid", context.uuid("result")},
           {"title", markdown_text(say(context.lang, "Run ", "运行 ") +
                                   doc::str(doc::object(context.report, "run"), "id"))},
           {"description", markdown_text(description)},
           {"start", context.when.start}};
  if (!context.when.end.empty()) out["end"] = context.when.end;
  out["local-definitions"] = oscal::local_definitions(context);
  out["reviewed-controls"] = oscal::reviewed_controls(context);
  oscal::add_unless_empty(out, "observations", oscal::observations(context));
  oscal::add_unless_empty(out, "findings", oscal::findings(context));
  return out;
}

}  // namespace

std::string markdown_text(const std::string& text) {
  const std::string line = one_line(text);
  std::string out;
  for (std::size_t i = 0; i < line.size(); ++i) {
    const char c = line[i];
    const bool inside = i > 0 && word_at(line, i - 1) && word_at(line, i + 1);
    const bool opens = std::string_view("\\`*[]<>|~^{}$&").find(c) != std::string_view::npos ||
                       (c == '_' && !inside) ||
                       (i == 0 && std::string_view("#+-=").find(c) != std::string_view::npos);
    if (opens) out += '\\';
    out += c;
  }
  // "12." at the beginning would start a numbered list.
  std::size_t at = 0;
  while (at < out.size() && std::isdigit(static_cast<unsigned char>(out[at])) != 0) ++at;
  if (at > 0 && at < out.size() && (out[at] == '.' || out[at] == ')') &&
      (at + 1 == out.size() || out[at + 1] == ' ')) {
    out.insert(at, 1, '\\');
  }
  return out;
}

Result<Json> oscal_results(const Json& report, std::span<const FileDigest> files, Lang lang) {
  ASSAY_CHECK(check_report(report));
  ASSAY_CHECK(check_files(files));
  const Json& run = doc::object(report, "run");
  const std::string where = "run " + one_line(doc::str(run, "id"));
  Period when = measured_when(report);
  if (when.start.empty()) {
    return fail(ErrorKind::unsupported, "the run has no time of its begin, which OSCAL needs",
                where, "Choose a run of `assay assess`, or another form with --to");
  }
  if (oscal::reviewed_topics(report).empty()) {
    return fail(ErrorKind::unsupported, "nothing was measured, so there are no results for OSCAL",
                where, "Finish the run with `assay assess --resume`, or choose another one");
  }
  const oscal::Context context{report, files, lang, std::move(when), run_key(report)};
  // The document's own UUID has to change with its content; those of its parts must not.
  const std::string content = sha256_hex(dump_json(report)) + to_string(lang);
  Json results{{"uuid", context.uuid("document/" + content)},
               {"metadata", metadata(context)},
               {"import-ap",
                {{"href", "#" + context.uuid("plan")},
                 {"remarks", say(lang, "No OSCAL assessment plan: the resource describes the run.",
                                 "并非 OSCAL 评估计划：该资源说明本次运行。")}}},
               {"local-definitions", {{"objectives-and-methods", oscal::objectives(context)}}},
               {"results", Json::array({result(context)})},
               {"back-matter", {{"resources", oscal::resources(context)}}}};
  return Json{{"assessment-results", std::move(results)}};
}

}  // namespace assay::standards
