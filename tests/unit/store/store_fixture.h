// A store that goes with the test: in a folder of its own, or in a database of a server of our own.
#pragma once

#include <cstdlib>
#include <filesystem>
#include <gtest/gtest.h>
#include <string>
#include <vector>

#include "store/store.h"
#include "support/postgres_server.h"

namespace assay::store {

class StoreFixture : public ::testing::Test {
 protected:
  StoreFixture() {
    std::string pattern = (std::filesystem::temp_directory_path() / "assay-store-XXXXXX").string();
    folder_ = mkdtemp(pattern.data());
    file_ = folder_ / "runs.db";
  }
  ~StoreFixture() override {
    std::error_code ignored;
    std::filesystem::remove_all(folder_, ignored);
  }

  Store open(Mode mode) const {
    Result<Store> store = Store::open(file_, mode);
    if (!store) throw std::runtime_error(store.error().message());
    return std::move(*store);
  }

  static NewRun a_run() {
    return {"2024-01-01T00:00:00Z", "quick", "m", "d1", "d2", "d3", Json{{"seed", 1}},
            Json{{"machine", "x"}}};
  }

  /// A run with the task t in English.
  static std::string begin(Store& store) {
    std::string run = *store.create_run(a_run());
    EXPECT_TRUE(store.begin_task(run, "t", "en"));
    return run;
  }

  static std::string name(int number) { return std::string("s").append(std::to_string(number)); }

  static NewSample a_sample(const std::string& id, int epoch, int verdict) {
    NewSample out;
    out.scored.sample = id;
    out.scored.epoch = epoch;
    out.scored.verdict = verdict;
    out.record = dump_json(Json{{"sample", {{"id", id}}}});
    return out;
  }

  /// "sample/epoch" of everything that task t holds.
  static std::vector<std::string> keys(Store& store, const std::string& run) {
    std::vector<std::string> out;
    EXPECT_TRUE(store.for_each_scored(run, "t", "en", [&](ScoredRow&& row) {
      out.push_back(row.sample + "/" + std::to_string(row.epoch));
    }));
    return out;
  }

  std::filesystem::path folder_;
  std::filesystem::path file_;
};

/// For tests of what holds of both kinds of store.
class BothStores : public StoreFixture, public ::testing::WithParamInterface<const char*> {
 protected:
  void SetUp() override {
    place_ = file_.string();
    if (!on_server()) return;
    test::PostgresServer* const server = test::PostgresServer::shared();
    if (server == nullptr) GTEST_SKIP() << test::PostgresServer::why();
    place_ = server->new_database();
  }
  static bool on_server() { return std::string(GetParam()) == "postgres"; }
  Store open(Mode mode) const {
    Result<Store> store = Store::open(place_, mode);
    if (!store) throw std::runtime_error(store.error().message());
    return std::move(*store);
  }

  std::string place_;
};
#define ASSAY_BOTH_STORES(suite)                                                  \
  INSTANTIATE_TEST_SUITE_P(Kinds, suite, ::testing::Values("sqlite", "postgres"), \
                           [](const auto& kind) { return std::string(kind.param); })

}  // namespace assay::store
