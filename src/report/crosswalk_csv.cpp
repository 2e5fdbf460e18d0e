// The crosswalk of a report as a table (RFC 4180).
#include "report/crosswalk.h"
#include "report/render.h"

namespace assay::report {
namespace {

/// Quoted where it has to be. A cell that a spreadsheet would take for a formula gets an
/// apostrophe before it.
std::string cell(const std::string& raw) {
  std::string text = raw;
  if (!text.empty() && std::string("=+-@\t\r").find(text.front()) != std::string::npos) {
    text.insert(text.begin(), '\'');
  }
  if (text.find_first_of(",\"\r\n") == std::string::npos) return text;
  std::string out(1, '"');
  for (const char c : text) {
    if (c == '"') out += '"';
    out += c;
  }
  return out + '"';
}

std::string line(const std::vector<std::string>& cells) {
  std::string out;
  for (const std::string& each : cells) {
    if (!out.empty() || &each != &cells.front()) out += ',';
    out += cell(each);
  }
  return out + "\r\n";
}

std::string joined(const std::vector<std::string>& parts) {
  std::string out;
  for (const std::string& part : parts) out += (out.empty() ? "" : " ") + part;
  return out;
}

}  // namespace

std::string crosswalk_csv(const Json& report) {
  std::string out = line({"standard", "version", "clause", "title_en", "title_zh", "clause_status",
                          "evidence_kind", "evidence", "strength", "evidence_status", "figures",
                          "reason_en", "reason_zh", "gap_en", "gap_zh", "source", "checked"});
  const Json& crosswalk = doc::object(report, "crosswalk");
  for (const Json& standard : doc::list(crosswalk, "standards")) {
    const auto row = [&](const Json& clause, const Json& link) {
      out +=
          line({doc::str(standard, "id"), doc::str(standard, "version"), doc::str(clause, "id"),
                doc::text(clause, "title", Lang::en), doc::text(clause, "title", Lang::zh),
                doc::str(clause, "status"), doc::str(link, "kind"),
                joined(doc::strings(link, "names")), doc::str(link, "strength"),
                doc::str(link, "status"), joined(doc::strings(link, "figures")),
                doc::text(link, "reason", Lang::en), doc::text(link, "reason", Lang::zh),
                doc::text(clause, "gap", Lang::en), doc::text(clause, "gap", Lang::zh),
                doc::str(standard, "source"), doc::str(doc::object(standard, "checked"), "date")});
    };
    for (const Json& clause : doc::list(standard, "clauses")) {
      for (const Json& link : doc::list(clause, "links")) row(clause, link);
      if (doc::list(clause, "links").empty()) row(clause, Json::object());
    }
  }
  return out;
}

}  // namespace assay::report
