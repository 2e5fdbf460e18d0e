// A report as OSCAL 1.1.3 assessment results (NIST, JSON): an observation for each claim of a
// chapter that was measured, with its figures and where its evidence stands, and a finding for each
// that is a concern. Assay's chapters stand in the place of control objectives and are defined in
// the document; they are no published catalogue. docs/standards.md says which field comes from
// where, and what is left out.
//
// Thread-safety: pure function.
#pragma once

#include <span>

#include "standards/report_facts.h"

namespace assay::standards {

inline constexpr const char* kOscalVersion = "1.1.3";

/// `files`: the report's forms, with their digests; a file named report.json (in any folder) is
/// what evidence refers to. `lang`: of the texts. All UUIDs are made of the run's id, its time and
/// a key. Errors: those of check_report() and check_files(); unsupported (a run without the time of
/// its begin, or without a chapter that was measured: OSCAL has no place for such results).
Result<Json> oscal_results(const Json& report, std::span<const FileDigest> files, Lang lang);

/// Text as Markdown that shows just this text (OSCAL's fields for people are Markdown).
std::string markdown_text(const std::string& text);

}  // namespace assay::standards
