// Store: runs, their samples and their outcomes, in one SQLite file or on a PostgreSQL server
// (docs/store.md). Samples are written as they end, a batch in one transaction, so a killed run
// loses at most the batch that was being written and goes on where it stopped. Nothing is ever
// deleted.
//
// Legal call order: Store::open() -> with Mode::write: create_run() or resume_run() -> begin_task()
// -> append() any number of times -> put_outcome() per task -> finish_run(). With either mode: the
// reading functions, also while another process writes. A file has one writer at a time, a server
// one writer for each run: a second one gets ErrorKind::busy with the process that holds it.
// Several processes may share one run as its ranks (eval/party.h): rank 0 opens with Mode::write,
// take_place(), create_run(), announce(); the others take_place(), read announcement(), and open
// with Mode::join to write. Thread-safety: one thread per Store.
//
// Errors of all functions: io (unreadable, unwritable, full disk, lost connection), format (not a
// store, damaged, written by a newer Assay), busy, not_found, usage (no address of a server); each
// with the next step. No error and no name() holds the password of a server. A failed append()
// leaves the store as it was before it.
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

/// join: to write beside the other ranks of a run that was announced in the store.
enum class Mode { read, write, join };

/// user_data_dir()/runs.db: where runs are kept unless the user names another place.
std::filesystem::path default_path();

/// Is this a PostgreSQL server's address (postgresql://… or postgres://…), and no file's path?
bool is_server(std::string_view place);
/// Can the server be reached, and a store on it written? Tried really, and undone.
/// "PostgreSQL 15.4".
Result<std::string> try_server(const std::string& address);

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

/// What a rank other than 0 did for a task.
struct ShareRow {
  int rank = 1;
  Json ledger;         ///< its cost so far, or null
  bool ended = false;  ///< since the last announce(): it does no more for this task
};

/// One task in one language of a run.
struct TaskRow {
  std::string task;
  std::string lang;  ///< "en" | "zh"
  std::int64_t samples = 0;
  Json ledger;                   ///< cost so far (model::Ledger), without that of the shares
  Json outcome;                  ///< eval::TaskOutcome, or null while unfinished
  std::vector<ShareRow> shares;  ///< by rank; only of unfinished tasks
};

/// That the ranks of a job work on a run, and who does what.
struct Announcement {
  std::string run;
  Json shares;
};

/// A process that works, or worked, on a run as one of its ranks.
struct RankRow {
  int rank = 0;
  std::string process;  ///< for people
  bool ended = false;   ///< it did all that it had to do, or told why not
  std::string error;    ///< why it did not; else empty
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
  /// `place`: a file's path or a server's address. Mode::write makes the file and its folder, or
  /// the server's tables, where they are missing; Mode::read needs them.
  static Result<Store> open(const std::string& place, Mode mode);
  Store(Store&& other) noexcept;
  Store& operator=(Store&& other) noexcept;
  ~Store();

  /// For people: the file, or the server's address without password.
  [[nodiscard]] const std::string& name() const;

  // Writing (Mode::write only; otherwise `usage`).
  /// The id of the new run.
  Result<std::string> create_run(const NewRun& run);
  /// Finds a run to go on with, so that no other process does the same until this Store closes.
  /// With Mode::join, or if the run is finished: finds it only. Error: busy with the process that
  /// has it.
  Result<RunRow> resume_run(std::string_view name);
  /// Makes the row of a task; no effect if it is there (resumed run).
  Status begin_task(const std::string& run, const std::string& task, const std::string& lang);
  /// One transaction. A sample and epoch that is stored already is refused (`internal`): none may
  /// be counted twice. `ledger` replaces the cost so far of the task and rank unless it is null.
  Status append(const std::string& run, const std::string& task, const std::string& lang,
                std::span<const NewSample> samples, const Json& ledger, int rank = 0);
  Status put_outcome(const std::string& run, const std::string& task, const std::string& lang,
                     const Json& outcome);
  Status finish_run(const std::string& run, const std::string& finished);

  // Ranks of one run. A place is held until the Store closes or its process ends, however it ends.
  /// Takes the place of a rank of a job, in any mode. Error: busy, if another process has it.
  Status take_place(const std::string& job, int rank);
  /// Does a process have the place?
  Result<bool> place_taken(const std::string& job, int rank);
  /// Rank 0: tells the others of the job what to do, and lets them write. What ranks of this run
  /// said before is void.
  Status announce(const std::string& job, const Announcement& announcement);
  /// Rank 0, before it takes its place: what was announced to a job of this name is void. Error:
  /// busy, if ranks of that name are at work.
  Status withdraw(const std::string& job);
  Result<std::optional<Announcement>> announcement(const std::string& job);
  Status enter_rank(const std::string& run, int rank, const std::string& process);
  Status end_share(const std::string& run, const std::string& task, const std::string& lang,
                   int rank);
  /// `error`: why it could not do its part; empty if it did.
  Status end_rank(const std::string& run, int rank, const std::string& error);
  /// By rank.
  Result<std::vector<RankRow>> ranks(const std::string& run);

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
