#include "store/store.h"

#include <algorithm>
#include <cmath>
#include <gtest/gtest.h>
#include <rapidcheck.h>

#include "unit/store/store_fixture.h"

namespace assay::store {
namespace {

class StoreTest : public BothStores {};
ASSAY_BOTH_STORES(StoreTest);

TEST_P(StoreTest, WhatWasWrittenIsRead) {
  std::string run;
  {
    Store store = open(Mode::write);
    run = *store.create_run(a_run());
    ASSERT_TRUE(store.begin_task(run, "arithmetic", "en"));
    NewSample sample = a_sample("en-1", 0, 1);
    sample.scored.value = 0.25;
    sample.scored.cluster = "c";
    sample.scored.group = "g";
    sample.scored.answer = std::string("nul\0byte", 8);
    sample.scored.score_metadata = R"({"k":1})";
    ASSERT_TRUE(store.append(run, "arithmetic", "en", {&sample, 1}, Json{{"requests", 1}}));
    ASSERT_TRUE(store.put_outcome(run, "arithmetic", "en", Json{{"status", "measured"}}));
    ASSERT_TRUE(store.finish_run(run, "2024-01-02T00:00:00Z"));
  }
  Store store = open(Mode::read);
  const auto row = store.find_run(run);
  ASSERT_TRUE(row) << row.error().message();
  EXPECT_EQ(row->finished, "2024-01-02T00:00:00Z");
  EXPECT_EQ(row->begun.config, a_run().config);
  EXPECT_EQ(row->begun.header, a_run().header);
  EXPECT_EQ(row->samples, 1);
  const auto tasks = store.tasks(run);
  ASSERT_EQ(tasks->size(), 1U);
  EXPECT_EQ((*tasks)[0].outcome["status"], "measured");
  EXPECT_EQ((*tasks)[0].ledger["requests"], 1);
  const auto records = store.records(run);
  ASSERT_EQ(records->size(), 1U);
  const SampleRecord& record = records->front();
  EXPECT_EQ(record.task, "arithmetic");
  EXPECT_EQ(record.scored.verdict, 1);
  EXPECT_EQ(record.scored.value, 0.25);
  EXPECT_EQ(record.scored.cluster, "c");
  EXPECT_EQ(record.scored.group, "g");
  // A server holds no NUL.
  EXPECT_EQ(record.scored.answer, on_server() ? "nul\xEF\xBF\xBD"
                                                "byte"
                                              : std::string("nul\0byte", 8));
  EXPECT_EQ(record.scored.score_metadata, R"({"k":1})");
  EXPECT_EQ(record.scored.sample_metadata, "");
  EXPECT_EQ(record.record["sample"]["id"], "en-1");
}

TEST_P(StoreTest, RunsAreFoundByIdBeginningAndLatest) {
  Store store = open(Mode::write);
  std::vector<std::string> ids;
  for (int i = 0; i < 40; ++i) ids.push_back(*store.create_run(a_run()));
  EXPECT_EQ(store.find_run("latest")->id, ids.back());
  for (const std::string& id : ids) {
    EXPECT_EQ(id.size(), 10U);
    EXPECT_EQ(store.find_run(id)->id, id);
    const auto same = [&](const std::string& other) { return other[0] == id[0]; };
    const auto by_digit = store.find_run(id.substr(0, 1));
    if (std::count_if(ids.begin(), ids.end(), same) == 1) {
      EXPECT_EQ(by_digit->id, id);
    } else {
      EXPECT_EQ(by_digit.error().kind, ErrorKind::usage);
    }
  }
  for (const char* unknown : {"", "zz", "%", "'; DROP TABLE runs"}) {
    EXPECT_EQ(store.find_run(unknown).error().kind, ErrorKind::not_found) << unknown;
  }
  const auto listed = store.list_runs();
  ASSERT_EQ(listed->size(), ids.size());
  EXPECT_EQ(listed->front().id, ids.back());
}

TEST_P(StoreTest, AnEmptyStoreHasNoLatestRun) {
  Store store = open(Mode::write);
  EXPECT_EQ(store.find_run("latest").error().kind, ErrorKind::not_found);
  EXPECT_TRUE(store.list_runs()->empty());
}

TEST_P(StoreTest, ASampleIsNeverCountedTwice) {
  Store store = open(Mode::write);
  const std::string run = begin(store);
  const std::vector<NewSample> first{a_sample("a", 0, 0)};
  const std::vector<NewSample> second{a_sample("b", 0, 0), a_sample("a", 0, 1)};
  ASSERT_TRUE(store.append(run, "t", "en", first, nullptr));
  const auto refused = store.append(run, "t", "en", second, nullptr);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().kind, ErrorKind::internal);
  EXPECT_EQ(keys(store, run), (std::vector<std::string>{"a/0"}));
  EXPECT_EQ(store.tasks(run)->front().samples, 1);
}

TEST_P(StoreTest, FiltersSelectRecords) {
  Store store = open(Mode::write);
  const std::string run = begin(store);
  ASSERT_TRUE(store.begin_task(run, "u", "zh"));
  const std::vector<NewSample> samples{a_sample("a", 0, 0), a_sample("a", 1, 1),
                                       a_sample("b", 0, 2)};
  ASSERT_TRUE(store.append(run, "t", "en", samples, nullptr));
  ASSERT_TRUE(store.append(run, "u", "zh", samples, nullptr));
  const auto count = [&](RecordFilter filter) { return store.records(run, filter)->size(); };
  RecordFilter filter;
  EXPECT_EQ(count(filter), 6U);
  filter.task = "u";
  EXPECT_EQ(count(filter), 3U);
  filter.lang = "en";
  EXPECT_EQ(count(filter), 0U);
  filter = {};
  filter.verdict = 2;
  EXPECT_EQ(count(filter), 2U);
  filter.sample = "a";
  EXPECT_EQ(count(filter), 0U);
  filter.verdict.reset();
  filter.epoch = 1;
  EXPECT_EQ(count(filter), 2U);
  filter.limit = 1;
  EXPECT_EQ(count(filter), 1U);
  EXPECT_EQ(store.records("no such run")->size(), 0U);
}

TEST_P(StoreTest, AReaderMayNotWrite) {
  { Store store = open(Mode::write); }
  Store store = open(Mode::read);
  EXPECT_EQ(store.create_run(a_run()).error().kind, ErrorKind::usage);
  EXPECT_EQ(store.finish_run("x", "y").error().kind, ErrorKind::usage);
}

TEST_P(StoreTest, AReaderSeesWhatIsWrittenMeanwhile) {
  Store writer = open(Mode::write);
  const std::string run = begin(writer);
  Store reader = open(Mode::read);
  for (int i = 0; i < 3; ++i) {
    const NewSample sample = a_sample(name(i), 0, 0);
    ASSERT_TRUE(writer.append(run, "t", "en", {&sample, 1}, nullptr));
    EXPECT_EQ(keys(reader, run).size(), static_cast<std::size_t>(i + 1));
  }
}

TEST_P(StoreTest, AMissingTaskIsNamed) {
  Store store = open(Mode::write);
  const std::string run = begin(store);
  const NewSample sample = a_sample("a", 0, 0);
  const auto refused = store.append(run, "other", "en", {&sample, 1}, nullptr);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().kind, ErrorKind::not_found);
  EXPECT_NE(refused.error().what.find("other"), std::string::npos);
  EXPECT_EQ(store.begin_task("nope", "t", "en").error().kind, ErrorKind::not_found);
}

TEST_P(StoreTest, ValuesThatAreNoNumbersComeBackAsNaN) {
  Store store = open(Mode::write);
  const std::string run = begin(store);
  NewSample sample = a_sample("a", 0, 0);
  sample.scored.value = std::nan("");
  ASSERT_TRUE(store.append(run, "t", "en", {&sample, 1}, nullptr));
  EXPECT_TRUE(std::isnan(store.records(run)->front().scored.value));
}

TEST_P(StoreTest, SamplesComeInTheOrderOfTheirBytes) {
  Store store = open(Mode::write);
  const std::string run = begin(store);
  const std::vector<NewSample> samples{a_sample("é", 0, 0),   a_sample("b", 10, 0),
                                       a_sample("b", 9, 0),   a_sample("B", 0, 0),
                                       a_sample("a-b", 0, 0), a_sample("ab", 0, 0)};
  ASSERT_TRUE(store.append(run, "t", "en", samples, nullptr));
  EXPECT_EQ(keys(store, run),
            (std::vector<std::string>{"B/0", "a-b/0", "ab/0", "b/9", "b/10", "é/0"}));
}

TEST_P(StoreTest, OneMayWriteWhileOneReads) {
  Store store = open(Mode::write);
  const std::string from = begin(store);
  const std::string to = begin(store);
  std::vector<NewSample> samples;
  for (int i = 0; i < 700; ++i) samples.push_back(a_sample(name(i), 0, i % 3));
  samples[0].scored.value = 1.0 / 3.0;
  ASSERT_TRUE(store.append(from, "t", "en", samples, nullptr));
  int copied = 0;
  ASSERT_TRUE(store.for_each_record(from, {}, [&](SampleRecord&& record) {
    NewSample copy{std::move(record.scored), dump_json(record.record)};
    EXPECT_TRUE(store.append(to, "t", "en", {&copy, 1}, nullptr));
    EXPECT_EQ(store.tasks(to)->front().samples, ++copied);
    return true;
  }));
  EXPECT_EQ(keys(store, to), keys(store, from));
  RecordFilter first;
  first.sample = "s0";
  EXPECT_EQ(store.records(to, first)->front().scored.value, 1.0 / 3.0);
  int seen = 0;
  ASSERT_TRUE(store.for_each_record(to, {}, [&](SampleRecord&&) { return ++seen < 3; }));
  EXPECT_EQ(seen, 3);
}

TEST_P(StoreTest, ARunIsResumedByItsOneWriter) {
  std::string run;
  {
    Store store = open(Mode::write);
    run = begin(store);
    EXPECT_EQ(store.resume_run("latest")->id, run);
    EXPECT_EQ(store.resume_run("nope").error().kind, ErrorKind::not_found);
  }
  Store store = open(Mode::write);
  EXPECT_EQ(store.resume_run("latest")->id, run);
  EXPECT_EQ(open(Mode::read).resume_run("latest").error().kind, ErrorKind::usage);
  ASSERT_TRUE(store.finish_run(run, "2024-01-02T00:00:00Z"));
  EXPECT_EQ(open(Mode::read).resume_run("latest")->finished, "2024-01-02T00:00:00Z");
}

TEST_P(StoreTest, BatchesOfAnyShapeKeepEverySampleOnce) {
  Store store = open(Mode::write);
  const bool holds = rc::check([&] {
    const std::string run = begin(store);
    const auto ids = *rc::gen::unique<std::vector<int>>(rc::gen::inRange(0, 1000));
    std::vector<std::string> wanted;
    for (std::size_t at = 0; at < ids.size();) {
      const auto most = *rc::gen::inRange<std::size_t>(1, 8);
      const std::size_t end = std::min(at + most, ids.size());
      std::vector<NewSample> batch;
      for (; at < end; ++at) {
        batch.push_back(a_sample(name(ids[at]), ids[at] % 3, ids[at] % 3));
        wanted.push_back(name(ids[at]) + "/" + std::to_string(ids[at] % 3));
      }
      RC_ASSERT(store.append(run, "t", "en", batch, Json{{"n", at}}).has_value());
    }
    std::sort(wanted.begin(), wanted.end());
    auto found = keys(store, run);
    std::sort(found.begin(), found.end());
    RC_ASSERT(found == wanted);
  });
  EXPECT_TRUE(holds);
}

}  // namespace
}  // namespace assay::store
