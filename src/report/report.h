// The report document: everything that the three forms (JSON, Markdown, HTML) show, made from a
// RunOutcome. web/src/types.ts describes the JSON for the page, docs/schema/report-1.schema.json
// for others; a test keeps them together. Figures are Estimates: no bare number gets in.
//
// Legal call order: build() -> to_json() -> write_json/markdown/html. Thread-safety: pure
// functions.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "base/json.h"
#include "base/lang.h"
#include "base/result.h"
#include "eval/figure.h"
#include "eval/registry.h"

namespace assay::report {

/// Something to say beside how figures were made; it comes first among the methods.
struct Addition {
  std::string id;
  Text title, text;
};

/// The document as JSON ("assay.report/1"). Deterministic in the outcome. `registry` gives titles,
/// descriptions and limits of tasks, also of those that did not run.
Json build(const eval::RunOutcome& outcome, const eval::Registry& registry,
           const std::vector<Addition>& additions = {});
/// An addition as it stands in the document's methods.
Json addition_json(const Addition& addition);

/// The bytes of report.json.
std::string document(const Json& report);
/// Markdown in one language.
std::string markdown(const Json& report, Lang lang);
/// One self-contained page (script, styles, data inside), both languages by a switch.
Result<std::string> html(const Json& report);

struct Files {
  std::filesystem::path json, markdown_en, markdown_zh, html;
};
/// Writes report.json, report.md, report.zh.md and report.html into `folder` (made if missing),
/// each by a temporary file and rename. Errors: io with the folder and what to do.
Result<Files> write(const Json& report, const std::filesystem::path& folder);

}  // namespace assay::report
