// The report of a bundle in the forms of other standards (docs/standards.md): an in-toto statement
// in a DSSE envelope, signed by the log's key; a CycloneDX bill of materials; OSCAL assessment
// results. Thread-safety: pure functions.
#pragma once

#include <string>

#include "audit/keys.h"
#include "base/json.h"
#include "evidence/zip.h"

namespace assay::evidence {

inline constexpr const char* kAttestationFile = "attestation.dsse.json";
inline constexpr const char* kBomFile = "mlbom.cdx.json";
inline constexpr const char* kOscalFile = "assessment.oscal.json";

/// `files` holds the report's files, which the documents name by their digests. Errors: those of
/// the standards' writers.
Result<Files> standard_documents(const Json& report, const Files& files,
                                 const audit::SigningKey& key);

/// Are those documents that are in the bundle so? Error: format, with the file. They follow from
/// the report, so one that is missing hides nothing.
Status check_standard_documents(const Json& report, const Files& files, const audit::Verifier& key);

}  // namespace assay::evidence
