// What the evidence log says about a run and about what was not reported: a part of the report's
// methods, so that a reader sees it without verifying anything. Thread-safety: pure functions.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "audit/note.h"
#include "evidence/folder.h"
#include "evidence/plans.h"
#include "report/report.h"
#include "store/store.h"

namespace assay::evidence {

/// From the first entries of the evidence log, up to the last one that is about another run, a
/// plan, or this run's begin: what comes after changes nothing here. `run`: run_json().
Result<report::Addition> completeness(const std::vector<std::string>& entries, const Json& run,
                                      const audit::Verifier& key);

/// The same for the numbers of entries at which it may have been written, the latest first: later
/// runs change what it says.
Result<std::vector<report::Addition>> completeness_at_any_time(
    const std::vector<std::string>& entries, const Json& run, const audit::Verifier& key);

/// All entries of the evidence log in a folder. Errors: those of LogReader.
Result<std::vector<std::string>> evidence_entries(const Folder& folder, const audit::Verifier& key);

/// What a report of the run says of it; nothing where there is no evidence of it, or the log's key
/// is not among `keys`.
std::vector<report::Addition> additions(const Folder& folder, const std::filesystem::path& keys,
                                        const store::RunRow& run);

}  // namespace assay::evidence
