// Import: a log of another tool (or of Assay itself) becomes a run of the store, which `assay
// runs`, show, report and compare treat like any other. Its origin is written into its header: tool
// and version, files with their SHA-256, what the reader had to put up with. What the log does not
// say stays "unknown".
//
// The log is read twice: first for scorers, scales and the language (from its summaries where it
// has them), then sample by sample into the store, in constant memory.
// Legal call order: import_log() on a store opened for writing. Thread-safety: one thread per
// store. An import that fails leaves an unfinished run behind, which says so.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "base/cancel.h"
#include "logs/log.h"
#include "logs/recorded_task.h"
#include "store/store.h"

namespace assay::logs {

struct ImportOptions {
  std::string scorer;               ///< gives the verdict; "" = the first of each task
  std::optional<Lang> lang;         ///< of the items; unset = by their script
  std::optional<double> threshold;  ///< least value that is a success; unset = 1, on a 0-1 scale
  std::string topic;                ///< of all tasks; "" = by their names
  std::string group;                ///< a key of the samples' metadata to split figures by
  std::uint64_t seed = 1;           ///< of the bootstrap
  const CancelToken* cancel = nullptr;
  std::function<void(std::int64_t samples)> on_progress;
};

struct Imported {
  std::string run;
  std::int64_t samples = 0;
  std::vector<std::string> notes;
};

/// Errors: those of open_log() and of the store; usage (no such scorer, topic); cancelled.
Result<Imported> import_log(store::Store& store, const eval::Registry& registry,
                            const std::filesystem::path& path, const ImportOptions& options = {});

/// What is in a log, without a store: header, tasks, and the figures of each scorer. From the
/// summaries where the log has them: quick also for large logs, but answers that were cut off are
/// then not known as such.
Result<Json> log_summary(const std::filesystem::path& path, const ImportOptions& options = {});

/// What the first pass finds out about a task.
struct Survey {
  std::vector<std::string> scorers;
  std::map<std::string, Scale> scales;
  std::int64_t samples = 0;
  std::int64_t looked_at = 0;  ///< samples whose language was looked at
  std::int64_t chinese = 0;
  void add(const LogSample& sample);
};

}  // namespace assay::logs
