// A store, a registry and a scripted model for tests of the runner.
#pragma once

#include <filesystem>
#include <gtest/gtest.h>
#include <stdexcept>
#include <string>

#include "eval/runner.h"
#include "unit/eval/scripted_model.h"
#include "unit/eval/small_tasks.h"

namespace assay::eval {

class RunnerFixture : public ::testing::Test {
 protected:
  RunnerFixture() {
    std::string pattern = (std::filesystem::temp_directory_path() / "assay-run-XXXXXX").string();
    folder_ = mkdtemp(pattern.data());
    plan_.profile = "quick";
    plan_.langs = {Lang::en};
  }
  ~RunnerFixture() override {
    std::error_code ignored;
    std::filesystem::remove_all(folder_, ignored);
  }

  store::Store open(const std::string& name = "runs.db") const {
    auto store = store::Store::open(folder_ / name, store::Mode::write);
    if (!store) throw std::runtime_error(store.error().message());
    return std::move(*store);
  }
  RunOutcome run(const RunHooks& hooks = {}, const std::string& store_name = "runs.db") {
    store::Store store = open(store_name);
    auto outcome = eval::run(model_, registry_, store, plan_, hooks);
    if (!outcome) throw std::runtime_error(outcome.error().message());
    return std::move(*outcome);
  }

  /// An outcome without what differs between two runs of one plan: ids, times, costs.
  static std::string comparable(RunOutcome outcome) {
    outcome.run_id = outcome.created = outcome.finished = "";
    outcome.ledger = {};
    for (TaskOutcome& task : outcome.tasks) task.ledger = {};
    return dump_json(to_json(outcome), 1);
  }

  std::filesystem::path folder_;
  Registry registry_;
  ScriptedModel model_;
  RunPlan plan_;
};

}  // namespace assay::eval
