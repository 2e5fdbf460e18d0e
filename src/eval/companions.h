// Companions: the other ranks of a run, as one of them sees them through the store: who is at work,
// who has ended, who died. Used by run_work_shared.cpp only.
//
// Legal call order: construct when the work is shared out -> look() now and then -> the questions.
// Thread-safety: one thread.
#pragma once

#include <chrono>
#include <functional>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "eval/runner.h"
#include "eval/share_out.h"

namespace assay::eval {

class Companions {
 public:
  /// `note` is told, once each, which ranks will not do their part, and why.
  Companions(store::Store& store, std::string run, const Party& party,
             std::vector<Portion> portions, std::function<void(const std::string&)> note);

  /// Reads the state of the run, at most twice a second unless `now`. Errors: those of the store.
  assay::Status look(bool now = false);
  [[nodiscard]] const std::vector<Portion>& portions() const { return portions_; }
  [[nodiscard]] const Portion* portion(const std::string& key) const;
  /// Blocks of a task that a rank does.
  [[nodiscard]] std::vector<std::size_t> blocks(const std::string& key, int rank) const;
  /// The task as it was last seen.
  [[nodiscard]] const store::TaskRow* row(const std::string& key) const;
  [[nodiscard]] const std::map<std::string, store::TaskRow>& rows() const { return rows_; }
  /// The others do no more for this task: they have ended, or all `planned` answers are there.
  [[nodiscard]] bool through(const std::string& key, std::int64_t planned) const;
  /// Some rank that it needs will not do its part.
  [[nodiscard]] bool lost(const std::string& key, std::int64_t planned) const;
  /// All have ended, in good order or not.
  [[nodiscard]] bool settled() const;
  /// Waits until settled, so that none finds rank 0 gone before it has come itself.
  assay::Status await_settled(const CancelToken* cancel);
  /// Is rank 0 there? For the others.
  Result<bool> leader_present();

 private:
  assay::Status look_at(int rank);
  void lose(int rank, const std::string& why);
  [[nodiscard]] bool ended(const std::string& key, int rank) const;

  store::Store& store_;
  std::string run_;
  Party party_;
  std::vector<Portion> portions_;
  std::function<void(const std::string&)> note_;
  std::map<std::string, store::TaskRow> rows_;
  std::set<int> gone_;  ///< ended in good order
  std::set<int> lost_;
  std::chrono::steady_clock::time_point began_;
  std::chrono::steady_clock::time_point looked_;
};

/// For a run that was finished already: its ranks have nothing to do, but must be told so.
assay::Status tell_finished(store::Store& store, const std::string& run, const RunHooks& hooks);

}  // namespace assay::eval
