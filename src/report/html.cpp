// The page with the document inside: the bundle of web/, or the plain page of a build without it.
#include "report/plain_html.h"
#include "report/report.h"
#include "report/web_bundle.h"

namespace assay::report {
namespace {

/// JSON that can stand in a script element: no '<', no U+2028 and U+2029.
std::string json_for_script(const Json& report) {
  const std::string json = dump_json(report);
  std::string out;
  out.reserve(json.size() + json.size() / 8);
  for (std::size_t i = 0; i < json.size(); ++i) {
    if (json[i] == '<') {
      out += "\\u003c";
    } else if (json.compare(i, 3, "\u2028") == 0 || json.compare(i, 3, "\u2029") == 0) {
      out += json[i + 2] == '\xA8' ? "\\u2028" : "\\u2029";
      i += 2;
    } else {
      out += json[i];
    }
  }
  return out;
}

}  // namespace

Result<std::string> html(const Json& report) {
  const std::string_view page = web_bundle();
  if (page.empty()) return plain_html(report);
  const std::size_t marker = page.find(kReportMarker);
  if (marker == std::string_view::npos ||
      page.find(kReportMarker, marker + 1) != std::string_view::npos) {
    return fail(ErrorKind::internal, "the embedded page has no place, or several, for the report",
                "", "Build Assay again; report.json and report.md hold the same content");
  }
  std::string out(page.substr(0, marker));
  out += json_for_script(report);
  out += page.substr(marker + kReportMarker.size());
  return out;
}

}  // namespace assay::report
