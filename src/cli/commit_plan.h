// `assay plan --commit`: what is going to be measured, in the evidence log before it is.
// Thread-safety: one thread.
#pragma once

#include <string>
#include <vector>

#include "cli/evidence_options.h"
#include "cli/plan_options.h"

namespace assay::cli {

struct CommitOptions : PlanOptions {
  std::string model;  ///< "" = any
  std::string gate;   ///< a file of thresholds
  std::string note;
  std::vector<std::string> data;
  EvidenceOptions evidence;
};
void add_commit_options(CLI::App& app, CommitOptions& options);
/// Prints the plan's id. Errors: usage, io, busy.
Result<int> commit_plan(const CommitOptions& options, const std::string& store, bool json);

}  // namespace assay::cli
