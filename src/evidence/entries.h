// What an evidence log says (docs/evidence.md): entries, each one line of JSON with its "type".
//
// Two kinds of log lie in an evidence folder:
//  - log/: the evidence log. A few entries a run: "plan" (committed before a run), "begin", "state"
//    (the size and root of the run's own log, when it stops or ends), "report", "bundle". It is
//    given to an auditor whole, so that a run that was begun and not reported is seen.
//  - runs/ID/log/: the run log. "begin" (plan, model, task versions), "sample" (the digest of each
//    record, and its verdict), "outcome" and "estimate" (with the function and inputs that gave
//    it), "report" and "claim", "end".
//
// A record's digest is SHA-256(salt || record); the salt of each record is HMAC-SHA-256 of its name
// under the run's secret salt, so that a digest tells nothing of a record that is withheld.
//
// Thread-safety: pure functions.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "audit/checkpoint.h"
#include "base/json.h"
#include "eval/figure.h"
#include "eval/task.h"
#include "store/store.h"

namespace assay::evidence {

inline constexpr const char* kEntrySchema = "assay.evidence/1";

/// Which sample of a run.
struct SampleName {
  std::string task;
  std::string lang;
  std::string sample;
  int epoch = 0;
  auto operator<=>(const SampleName&) const = default;
  /// "task/lang/sample/epoch".
  [[nodiscard]] std::string text() const;
};

/// 32 bytes: HMAC-SHA-256 of "assay.salt/1\n" + name under the run's salt of 32 bytes.
std::string salt_of(std::string_view run_salt, const SampleName& name);
/// "sha256:" and 64 hex digits of SHA-256(salt || record).
std::string record_digest(std::string_view salt, std::string_view record);
/// "sha256:" and 64 hex digits.
std::string digest_of(std::string_view bytes);

/// What the run log's "begin" commits to beside what it holds: the plan and the header, as stored.
Json run_json(const store::RunRow& run);

// Entries of the run log.
Json begin_entry(const store::RunRow& run, const std::string& plan);
Json sample_entry(const SampleName& name, const store::NewSample& sample, std::string_view salt);
/// An outcome as it is logged and bundled: without the examples that a report shows, which are
/// samples and may be sealed.
Json outcome_json(const eval::TaskOutcome& outcome);
Result<eval::TaskOutcome> outcome_from_json(Json json);
Json outcome_entry(const eval::TaskOutcome& outcome);
/// Where a figure is a rate of verdicts, which ones: {"verdict": "success", "group": ...}; else
/// null. `scored`: of the task in that language.
Json basis_of(const eval::Figure& figure, const std::vector<eval::Scored>& scored);
Json estimate_entry(const eval::TaskOutcome& outcome, const eval::Figure& figure, Json basis,
                    const std::string& inputs);
Json claim_entry(const Json& claim);
Json report_entry(const Json& report, const std::string& document);
Json end_entry(const store::RunRow& run);

// Entries of the evidence log.
Json run_begun_entry(const store::RunRow& run, const std::string& plan, const std::string& origin);
/// `state`: "stopped", "ended" or "reported" (after its end).
Json run_state_entry(const std::string& run, const std::string& state,
                     const audit::Checkpoint& checkpoint);
Json plan_entry(const Json& plan, const std::string& created);
Json bundle_entry(const std::string& run, const std::string& created);

/// An entry's JSON and type. Error: format.
struct Entry {
  std::string type;
  Json json;
};
Result<Entry> parse_entry(std::string_view bytes, std::uint64_t index);

}  // namespace assay::evidence
