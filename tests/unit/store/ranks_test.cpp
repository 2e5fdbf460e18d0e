// Several processes that share one run in the store: places, shares of costs, what is announced;
// and stores of the version before there were ranks.
#include <csignal>
#include <gtest/gtest.h>
#include <sqlite3.h>
#include <sys/wait.h>
#include <unistd.h>

#include "unit/store/store_fixture.h"

namespace assay::store {
namespace {

class RanksTest : public StoreFixture {
 protected:
  void sql(const char* statements) const {
    sqlite3* db = nullptr;
    ASSERT_EQ(sqlite3_open(file_.c_str(), &db), SQLITE_OK);
    EXPECT_EQ(sqlite3_exec(db, statements, nullptr, nullptr, nullptr), SQLITE_OK);
    sqlite3_close(db);
  }
};

TEST_F(RanksTest, OthersMayWriteOnlyWhenTheRunWasAnnounced) {
  Store zero = open(Mode::write);
  const std::string run = begin(zero);
  ASSERT_TRUE(zero.withdraw("job"));
  ASSERT_TRUE(zero.take_place("job", 0));
  EXPECT_EQ(Store::open(file_, Mode::join).error().kind, ErrorKind::busy);
  EXPECT_FALSE(open(Mode::read).announcement("job")->has_value());

  ASSERT_TRUE(zero.announce("job", {run, Json{{"x", 1}}}));
  EXPECT_FALSE(open(Mode::read).announcement("another")->has_value());
  const auto heard = open(Mode::read).announcement("job");
  ASSERT_TRUE(heard && heard->has_value());
  EXPECT_EQ((*heard)->run, run);
  EXPECT_EQ((*heard)->shares, (Json{{"x", 1}}));
  Store one = open(Mode::join);
  EXPECT_EQ(Store::open(file_, Mode::write).error().kind, ErrorKind::busy);

  const NewSample a = a_sample("a", 0, 0);
  const NewSample b = a_sample("b", 0, 0);
  ASSERT_TRUE(zero.append(run, "t", "en", {&a, 1}, Json{{"cost", 1}}));
  ASSERT_TRUE(one.append(run, "t", "en", {&b, 1}, Json{{"cost", 2}}, 1));
  EXPECT_EQ(one.append(run, "t", "en", {&a, 1}, nullptr, 1).error().kind, ErrorKind::internal);
  ASSERT_TRUE(one.end_share(run, "t", "en", 1));
  const auto tasks = open(Mode::read).tasks(run);
  ASSERT_EQ(tasks->size(), 1U);
  EXPECT_EQ(tasks->front().samples, 2);
  EXPECT_EQ(tasks->front().ledger, (Json{{"cost", 1}}));
  ASSERT_EQ(tasks->front().shares.size(), 1U);
  EXPECT_EQ(tasks->front().shares[0].rank, 1);
  EXPECT_EQ(tasks->front().shares[0].ledger, (Json{{"cost", 2}}));
  EXPECT_TRUE(tasks->front().shares[0].ended);
}

TEST_F(RanksTest, WhatRanksSaidIsVoidAfterTheNextAnnouncement) {
  Store zero = open(Mode::write);
  const std::string run = begin(zero);
  ASSERT_TRUE(zero.announce("job", {run, Json::object()}));
  Store one = open(Mode::join);
  ASSERT_TRUE(one.enter_rank(run, 1, "process 7"));
  ASSERT_TRUE(one.end_share(run, "t", "en", 1));
  ASSERT_TRUE(one.end_rank(run, 1, "no memory"));
  auto ranks = zero.ranks(run);
  ASSERT_EQ(ranks->size(), 1U);
  EXPECT_EQ((*ranks)[0].process, "process 7");
  EXPECT_EQ((*ranks)[0].error, "no memory");
  EXPECT_TRUE((*ranks)[0].ended);

  ASSERT_TRUE(zero.announce("job", {run, Json::object()}));
  EXPECT_TRUE(zero.ranks(run)->empty());
  EXPECT_FALSE(zero.tasks(run)->front().shares[0].ended);
}

TEST_F(RanksTest, APlaceIsHeldByOneAndFreeWhenItsProcessDies) {
  Store zero = open(Mode::write);
  const std::string run = begin(zero);
  ASSERT_TRUE(zero.announce("job", {run, Json::object()}));
  EXPECT_FALSE(*zero.place_taken("job", 1));
  int word[2];
  ASSERT_EQ(pipe(word), 0);
  const pid_t child = fork();
  if (child == 0) {
    Store one = open(Mode::join);
    const bool taken = one.take_place("job", 1).has_value();
    if (write(word[1], taken ? "y" : "n", 1) != 1) _exit(1);
    pause();
  }
  char answer = 0;
  ASSERT_EQ(read(word[0], &answer, 1), 1);
  EXPECT_EQ(answer, 'y');
  EXPECT_TRUE(*zero.place_taken("job", 1));
  EXPECT_FALSE(*zero.place_taken("job", 2));
  Store again = open(Mode::join);
  EXPECT_EQ(again.take_place("job", 1).error().kind, ErrorKind::busy);
  EXPECT_TRUE(again.take_place("job", 2));
  kill(child, SIGKILL);
  waitpid(child, nullptr, 0);
  EXPECT_FALSE(*zero.place_taken("job", 1));
  EXPECT_TRUE(again.take_place("job", 1));
  close(word[0]);
  close(word[1]);
}

TEST_F(RanksTest, AStoreFromBeforeThereWereRanksIsReadAndBroughtForward) {
  std::string run;
  {
    Store store = open(Mode::write);
    run = begin(store);
    const NewSample sample = a_sample("a", 0, 0);
    ASSERT_TRUE(store.append(run, "t", "en", {&sample, 1}, Json{{"cost", 1}}));
  }
  sql("DROP TABLE parties; DROP TABLE ranks; DROP TABLE shares; PRAGMA user_version=1");
  Store reader = open(Mode::read);
  EXPECT_EQ(reader.tasks(run)->front().ledger, (Json{{"cost", 1}}));
  EXPECT_TRUE(reader.ranks(run)->empty());
  EXPECT_FALSE(reader.announcement("job")->has_value());
  {
    Store writer = open(Mode::write);
    const NewSample sample = a_sample("b", 0, 0);
    ASSERT_TRUE(writer.append(run, "t", "en", {&sample, 1}, Json{{"cost", 2}}, 1));
    EXPECT_TRUE(writer.announce("job", {run, Json::object()}));
  }
  EXPECT_EQ(open(Mode::read).tasks(run)->front().shares.size(), 1U);
}

}  // namespace
}  // namespace assay::store
