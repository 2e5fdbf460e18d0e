// Store: runs, their samples and their outcomes in one SQLite file (docs/store.md). Samples are
// written as they end, a batch in one transaction, so a killed run loses at most the batch that was
// being written and goes on where it stopped. Nothing is ever deleted.
//
// Legal call order: Store::open() -> with Mode::write: create_run() -> begin_task() -> append() any
// number of times -> put_outcome() per task -> finish_run(). With either mode: the reading
// functions, also while another process writes. One writer at a time: a second one gets
// ErrorKind::busy with the process that holds the store. Thread-safety: one thread per Store.
//
// Errors of all functions: io (unreadable, unwritable, full disk), format (not a store, damaged,
// written by a newer Assay), busy, not_found; each with the next step. A failed append() leaves the
// store as it was before it.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"
#include "base/result.h"

namespace assay::store {

enum class Mode { read, write };

/// user_data_dir()/runs.db: where runs are kept unless the user names another place.
std::filesystem::path default_path();

/// What is known when a run begins.
struct NewRun {
  std::string created;  ///< ISO 8601 UTC
  std::string profile;  ///< quick | standard | full
  std::string model;    ///< name for people
  std::string model_digest;
  std::string template_digest;
  std::string config_digest;
  Json config;  ///< the plan
  Json header;  ///< model info, machine, versions
};

struct RunRow {
  std::string id;        ///< 10 hex digits
  std::string finished;  ///< ISO 8601 UTC, or "" while unfinished
  NewRun begun;
  std::int64_t samples = 0;  ///< finished samples x epochs
};

/// One task in one language of a run.
struct TaskRow {
  std::string task;
  std::string lang;  ///< "en" | "zh"
  std::int64_t samples = 0;
  Json ledger;   ///< cost so far (model::Ledger)
  Json outcome;  ///< eval::TaskOutcome, or null while unfinished
};

/// All that summaries need of one epoch of one sample: read fast, without the transcript.
struct ScoredRow {
  std::string sample;
  int epoch = 0;
  int verdict = 2;  ///< eval::Verdict: 0 success, 1 failure, 2 unassessed
  double value = 0.0;
  std::string cluster;
  std::string group;
  std::string answer;
  std::string explanation;
  std::string score_metadata;     ///< JSON, or "" for null
  std::string sample_metadata;    ///< JSON, or "" for null
  std::int64_t record_bytes = 0;  ///< size of the record; set by the store
};

/// A sample on its way into the store.
struct NewSample {
  ScoredRow scored;
  std::string record;  ///< JSON {"sample", "trace", "score"}: everything, to show or score again
};

/// A sample with everything.
struct SampleRecord {
  std::string task;
  std::string lang;
  ScoredRow scored;
  Json record;
};

/// Which records to read; unset = all.
struct RecordFilter {
  std::optional<std::string> task;
  std::optional<std::string> lang;
  std::optional<std::string> sample;
  std::optional<int> epoch;
  std::optional<int> verdict;
  std::optional<std::int64_t> limit;
};

class Store {
 public:
  /// Mode::write makes the file and its folder where they are missing; Mode::read needs them.
  static Result<Store> open(const std::filesystem::path& file, Mode mode);
  Store(Store&& other) noexcept;
  Store& operator=(Store&& other) noexcept;
  ~Store();

  [[nodiscard]] const std::filesystem::path& file() const;

  // Writing (Mode::write only; otherwise `usage`).
  /// The id of the new run.
  Result<std::string> create_run(const NewRun& run);
  /// Makes the row of a task; no effect if it is there (resumed run).
  Status begin_task(const std::string& run, const std::string& task, const std::string& lang);
  /// One transaction. A sample and epoch that is stored already is refused (`internal`): none may
  /// be counted twice. `ledger` replaces the task's cost so far unless it is null.
  Status append(const std::string& run, const std::string& task, const std::string& lang,
                std::span<const NewSample> samples, const Json& ledger);
  Status put_outcome(const std::string& run, const std::string& task, const std::string& lang,
                     const Json& outcome);
  Status finish_run(const std::string& run, const std::string& finished);

  // Reading.
  /// Newest first.
  Result<std::vector<RunRow>> list_runs();
  /// By id, by a beginning of an id that only one run has, or "latest".
  Result<RunRow> find_run(std::string_view name);
  /// In the order in which they began.
  Result<std::vector<TaskRow>> tasks(const std::string& run);
  /// Every scored sample of a task, in a fixed order (sample, epoch).
  Status for_each_scored(const std::string& run, const std::string& task, const std::string& lang,
                         const std::function<void(ScoredRow&&)>& use);
  /// Calls `use` for each record, in the order (task begun, sample, epoch); false stops.
  Status for_each_record(const std::string& run, const RecordFilter& filter,
                         const std::function<bool(SampleRecord&&)>& use);
  Result<std::vector<SampleRecord>> records(const std::string& run,
                                            const RecordFilter& filter = {});

 private:
  struct Impl;
  explicit Store(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace assay::store
