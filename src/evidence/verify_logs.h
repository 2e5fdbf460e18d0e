// The part of verify.h that needs no task: files, signatures, logs, digests. It gives the content
// of the bundle, taken apart, to what comes after. Thread-safety: one thread.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "evidence/entries.h"
#include "evidence/verify.h"

namespace assay::evidence {

/// A sample's record and its entry in the log.
struct BundledSample {
  SampleName name;
  Json entry;
  std::string record;  ///< empty where it is sealed and no key opens it
};

struct Opened {
  Json run;  ///< run.json
  Json report;
  std::vector<std::string> log;  ///< entries of the evidence log
  std::optional<audit::Verifier> log_key;
  std::vector<BundledSample> samples;                  ///< in the order of the log
  std::vector<Json> outcomes;                          ///< as in outcomes.jsonl
  std::vector<std::string> order;                      ///< of outcomes in the log, "task/lang"
  std::map<std::string, std::vector<Json>> estimates;  ///< by "task/lang", of the last outcome
  std::vector<Json> claims;                            ///< of the last report
};

/// Fills `out` with findings; nothing if so much is missing that nothing else can be looked at.
std::optional<Opened> open_evidence(const Files& files, const VerifyOptions& options,
                                    Verification& out);

}  // namespace assay::evidence
