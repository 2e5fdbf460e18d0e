// Pre-registration: what is going to be measured, in the evidence log before it is measured; what a
// run did otherwise; and which runs were begun and not reported. Thread-safety: pure functions of
// the file system.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "audit/keys.h"
#include "base/json.h"
#include "base/lang.h"
#include "evidence/folder.h"
#include "store/store.h"

namespace assay::evidence {

/// {"model": digest or null, "config": eval::RunPlan, "tasks": {name: version}, "gate": text or
/// null, "note": text}.
struct Plan {
  std::string id;  ///< 16 hex digits of its content's SHA-256
  std::string created;
  std::uint64_t index = 0;  ///< of its entry in the evidence log
  Json content;
};

/// Puts the plan into the evidence log, and has it committed. Errors: io, busy.
Result<Plan> commit_plan(const Folder& folder, const audit::SigningKey& key, const Json& content,
                         const std::string& created);
/// By its id or a beginning that only one has. Errors: not_found, usage, format.
Result<Plan> find_plan(const Folder& folder, const audit::Verifier& key, const std::string& id);

/// What the run did otherwise than its plan said; empty: nothing. `run`: what its log's "begin"
/// commits to (run_json()).
std::vector<Text> deviations(const Json& plan, const Json& run);

/// A run as the evidence log tells of it.
struct LoggedRun {
  std::string id, created, model, model_digest, profile, plan;
  std::string state;  ///< "begun", "stopped", "ended"; of the last entry
  bool bundled = false;
  std::uint64_t index = 0;  ///< of its "begin"
};
struct History {
  std::vector<LoggedRun> runs;
  std::vector<Plan> plans;
};
/// From the evidence log's entries in order. Entries of other types are left aside. Error: format.
Result<History> history_of(const std::vector<std::string>& entries);

}  // namespace assay::evidence
