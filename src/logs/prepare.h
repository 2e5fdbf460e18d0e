// Parts that import and rescoring share. Thread-safety: pure functions, but for the reader.
#pragma once

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "logs/import.h"

namespace assay::logs {

/// The first pass: what each task's scores look like.
Result<std::map<std::string, Survey>> survey(LogReader& reader, const CancelToken* cancel);

/// A task of the log as one that is kept. Errors: usage (no such scorer or topic).
Result<Recorded> recorded_of(const LogInfo& info, const LogTask& task, const Survey& found,
                             const ImportOptions& options);

/// Does the runner ask such a task several times (epochs)?
inline bool repeats(const eval::TaskInfo& info) { return info.needs.generate || info.needs.chat; }

/// A sample for the store. `extra` is kept in the record beside "sample", "trace" and "score".
store::NewSample stored(const eval::Sample& sample, int epoch, const eval::Trace& trace,
                        const eval::Score& score, const Json& extra);

/// Collects samples of several tasks and writes them in transactions of some size.
class Batches {
 public:
  Batches(store::Store& store, std::string run) : store_(&store), run_(std::move(run)) {}
  Status add(const std::string& task, Lang lang, store::NewSample sample,
             const model::Ledger& cost);
  /// Writes what is left. Call it before anything is read back.
  Status flush();
  [[nodiscard]] const model::Ledger& ledger(const std::string& task, Lang lang) {
    return batches_[{task, lang}].ledger;
  }

 private:
  using Key = std::pair<std::string, Lang>;
  struct Batch {
    std::vector<store::NewSample> samples;
    model::Ledger ledger;
  };
  Status write(const Key& key, Batch& batch);

  store::Store* store_;
  std::string run_;
  std::map<Key, Batch> batches_;
  std::size_t bytes_ = 0;
};

}  // namespace assay::logs
