// From a run's outcome to what a person gets: the report's files, the summary on standard output,
// the gate's verdict. Thread-safety: one thread.
#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "eval/figure.h"
#include "eval/gate.h"
#include "eval/registry.h"

namespace assay::cli {

/// Makes the folder and tries to write in it: better before an hour of work than after it.
Status check_writable(const std::filesystem::path& folder);
/// The gate in a file, checked against the tasks; nothing if no file is given.
Result<std::optional<eval::Gate>> read_gate(const std::string& file,
                                            const eval::Registry& registry);

struct Output {
  std::filesystem::path folder;  ///< of the report's files
  const eval::Gate* gate = nullptr;
  bool json = false;  ///< the document on standard output instead of a summary
};
/// Writes the report's files, says where they are, and judges the gate. Returns the exit code.
int write_outcome(const eval::RunOutcome& outcome, const eval::Registry& registry,
                  const Output& output);
/// The same, where the document is made already.
int write_outcome(const eval::RunOutcome& outcome, const eval::Registry& registry,
                  const Output& output, const Json& document);

/// The figures of every task as a table on standard output.
void print_figures(const eval::RunOutcome& outcome, bool all);

}  // namespace assay::cli
