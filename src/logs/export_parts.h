// What the writers of the three formats share. Thread-safety: one thread per object.
#pragma once

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <functional>
#include <string>
#include <vector>

#include "eval/runner.h"
#include "logs/export.h"

namespace assay::logs {

/// A task of the run in one language.
struct ExportTask {
  const eval::TaskOutcome* outcome = nullptr;
  const eval::TaskInfo* info = nullptr;     ///< nullptr: this version does not know the task
  std::string solver;                       ///< its name, or "unknown"
  [[nodiscard]] std::string label() const;  ///< "arithmetic_en"
  [[nodiscard]] const eval::Figure* primary() const;
  /// {"task", "lang", "version", "ledger"}
  [[nodiscard]] Json about() const;
};

struct ExportRun {
  store::RunRow row;
  eval::RunOutcome outcome;
  std::vector<ExportTask> tasks;
  /// {"assay", "run", "seed", "plan", "model"}
  [[nodiscard]] Json about() const;
};

/// One stored sample.
struct ExportSample {
  eval::Sample sample;
  eval::Trace trace;
  eval::Score score;
  int epoch = 0;
  Json record;  ///< {"sample", "trace", "score"} as it is in the store
};

/// Calls `use` for each sample of a task, ordered by sample and epoch.
Status for_each_sample(store::Store& store, const ExportRun& run, const ExportTask& task,
                       const ExportOptions& options,
                       const std::function<Status(ExportSample&&)>& use);

/// FILE.part, which becomes FILE in close().
class PartFile {
 public:
  static Result<PartFile> create(const std::filesystem::path& file);
  PartFile(PartFile&& other) = default;
  PartFile& operator=(PartFile&& other) = default;
  ~PartFile();
  void write(std::string_view text) { out_ << text; }
  /// Error: io.
  Status close();

 private:
  explicit PartFile(std::filesystem::path file);
  std::filesystem::path file_;
  std::filesystem::path part_;
  std::ofstream out_;
};

/// The text of a message list, the last user turn of a prompt, and the like.
std::string prompt_text(const eval::Sample& sample);
/// The answer as text: the last generation, or the choice with the highest log-likelihood.
std::string answer_text(const ExportSample& sample);
/// 32 hex digits of the parts' SHA-256 in the form of a UUID: the same parts, the same id.
std::string stable_uuid(const std::string& parts);
/// "2026-11-24T18:41:51Z" -> "2026-11-24T18:41:51+00:00"
std::string with_offset(std::string time);

// The formats; export_run() chooses among them.
Result<Exported> export_inspect(store::Store& store, const ExportRun& run,
                                const std::filesystem::path& out, const ExportOptions& options);
Result<Exported> export_lm_eval(store::Store& store, const ExportRun& run,
                                const std::filesystem::path& out, const ExportOptions& options);
Result<Exported> export_garak(store::Store& store, const ExportRun& run,
                              const std::filesystem::path& out, const ExportOptions& options);

}  // namespace assay::logs
