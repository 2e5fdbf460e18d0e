// Recorder: writes what a run does into its log, as it happens, and ties it to the evidence log.
// What another process stored (a rank, or one that was killed before its log was written) is taken
// from the store.
//
// Legal call order: open() -> hand it to the runner as RunHooks::observer -> end(), also after a
// run that was stopped. Thread-safety: one thread.
//
// Errors of all functions: io (full disk), busy (another process writes this run's log), format (a
// damaged log); each stops the run, which can be gone on with.
#pragma once

#include <chrono>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>

#include "audit/log_writer.h"
#include "eval/runner.h"
#include "evidence/entries.h"
#include "evidence/folder.h"
#include "report/report.h"

namespace assay::evidence {

class Recorder final : public eval::RunObserver {
 public:
  /// `plan`: id of the plan that the run carries out, or "". Errors: also not_found, if no such
  /// plan was committed.
  static Result<std::unique_ptr<Recorder>> open(Folder folder, audit::SigningKey key,
                                                std::string plan);

  assay::Status begun(const store::RunRow& run) override;
  assay::Status stored(const std::string& task, Lang lang,
                       std::span<const store::NewSample> samples) override;
  assay::Status concluded(const eval::TaskOutcome& outcome) override;

  /// Takes from the store what is missing, writes estimates, the report's digest and claims, and
  /// commits both logs, and lets go of the run's.
  assay::Status end(store::Store& store, const eval::RunOutcome& outcome, const Json& report);

  /// What the run's report says of the evidence log; nothing before the run has begun.
  Result<std::vector<report::Addition>> additions(store::Store& store, const std::string& run);

  [[nodiscard]] const std::string& origin() const { return key_.name(); }

 private:
  Recorder(Folder folder, audit::SigningKey key, std::string plan)
      : folder_(std::move(folder)), key_(std::move(key)), plan_(std::move(plan)) {}

  assay::Status add(const Json& entry);
  assay::Status add_sample(const SampleName& name, const store::NewSample& sample);
  assay::Status commit();
  assay::Status read_back();
  assay::Status catch_up(store::Store& store);
  assay::Status add_estimates(store::Store& store, const eval::TaskOutcome& outcome);
  assay::Status tell_state(const std::string& state);
  assay::Status tell(const Json& entry);

  Folder folder_;
  audit::SigningKey key_;
  std::string plan_;
  std::string run_;
  std::string salt_;
  std::optional<audit::LogWriter> log_;
  std::set<SampleName> samples_;                  ///< in the log
  std::map<std::string, std::string> outcomes_;   ///< "task/lang" -> digest, in the log
  std::map<std::string, std::string> estimates_;  ///< "task/lang" -> inputs they were made of
  std::string report_;                            ///< digest of the last one in the log
  bool ended_ = false;
  std::chrono::steady_clock::time_point committed_;
};

}  // namespace assay::evidence
