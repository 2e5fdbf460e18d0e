// A report as a CycloneDX 1.6 bill of materials with a model card (ML-BOM, ECMA-424 first edition):
// the model with the digest of its weights and its licence, every known figure as a performance
// metric with its interval, what limits model and evidence, and the engine that ran it.
// docs/standards.md says which field comes from where, and what is left empty.
//
// Thread-safety: pure function.
#pragma once

#include <span>

#include "standards/report_facts.h"

namespace assay::standards {

/// `files`: the report's forms, to which the model refers by digest; may be empty. `lang`: of the
/// texts. Deterministic in the report: the serial number is made of the run's id and time. Errors:
/// those of check_report() and check_files().
Result<Json> cyclonedx_bom(const Json& report, std::span<const FileDigest> files, Lang lang);

/// The SPDX licence identifier that a model's metadata means ("apache-2.0" -> "Apache-2.0"); empty
/// where it names none, or leaves open which ("gpl-3.0").
std::string spdx_id(std::string_view license);

}  // namespace assay::standards
