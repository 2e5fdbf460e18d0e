// A stored run as a document of a standard that auditors' tools read: an in-toto statement, a
// CycloneDX bill of materials, OSCAL assessment results. Thread-safety: one thread.
#pragma once

#include <filesystem>
#include <optional>
#include <string_view>
#include <vector>

#include "base/lang.h"
#include "eval/figure.h"
#include "eval/registry.h"

namespace assay::cli {

enum class Standard { in_toto, cyclonedx, oscal };
/// "in-toto", "cyclonedx", "oscal"; nothing for any other name.
std::optional<Standard> parse_standard(std::string_view name);

/// Writes the report's four files and, beside them, the document that names them by digest, into
/// `folder` (made if missing). The documents of the standards, not the report, are in `lang` only.
/// Returns the files, the document first. Errors: those of the report and of the export; io.
Result<std::vector<std::filesystem::path>> export_standard(const eval::RunOutcome& outcome,
                                                           const eval::Registry& registry,
                                                           Standard standard, Lang lang,
                                                           const std::filesystem::path& folder);

}  // namespace assay::cli
