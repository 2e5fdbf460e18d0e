// `assay export RUN --to crosswalk | gsn`: parts of a run's report for other programs, made from
// the store without the model. Thread-safety: for the main thread only.
#pragma once

#include <string>

namespace assay::cli {

/// Is this a form that is made from the report, not from the logs?
bool is_report_form(const std::string& form);

/// Writes crosswalk.csv (crosswalk), or safety-case.dot and safety-case.zh.dot (gsn), into the
/// folder `out`, or for a single file with its ending (.csv, .dot) to `out` itself. Prints the
/// files, with `json` as JSON. Returns an exit code.
int export_report_form(const std::string& form, const std::string& run, const std::string& out,
                       const std::string& store, bool json);

}  // namespace assay::cli
