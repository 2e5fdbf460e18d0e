// Party: the processes that share one run, each a rank of it (docs/machines.md). They meet in the
// store: no other connection is needed, so that any launcher will do.
//
// Legal call order, rank 0: Store::open(Mode::write) -> open_party() -> run() or resume()
// (runner.h) with RunHooks::party. The others: await_party() -> open the model as model_of_run()
// says -> join() (runner.h). Thread-safety: pure functions but for the store they are given.
#pragma once

#include <chrono>
#include <string>

#include "base/cancel.h"
#include "base/json.h"
#include "base/result.h"
#include "model/model.h"
#include "store/store.h"

namespace assay::eval {

struct Party {
  std::string job;  ///< the same for all processes that were started together
  int rank = 0;     ///< 0 begins the run, and makes figures of what all have measured
  int size = 1;
  std::chrono::seconds patience{60};  ///< for a process that has not come yet
  [[nodiscard]] bool alone() const { return size <= 1; }
};

/// Rank 0, before the model is opened: the others see that it is there. Error: busy.
assay::Status open_party(store::Store& store, const Party& party);

/// A run that rank 0 has announced, and the store to write beside it.
struct Joined {
  store::Store store;
  store::RunRow run;
};
/// Waits for rank 0 while it is there, and for its coming as long as the party's patience.
/// Errors: not_found (rank 0 did not come, or ended), usage (another machine that cannot write to
/// this store), busy (the rank is taken), cancelled, and those of the store.
Result<Joined> await_party(const std::string& store, const Party& party, const CancelToken* cancel);

/// The model that a run was begun with.
Result<model::ModelInfo> model_of_run(const store::RunRow& run);

/// Which machine this is, however it is named: the same for all processes on it.
std::string machine_id();
/// Host and process number, for people.
std::string process_name();

}  // namespace assay::eval
