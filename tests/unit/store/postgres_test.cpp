// Stores on a real PostgreSQL server that the test starts: what is other than with a file. Several
// runs at once, locks that end with their session, and what a server may refuse.
#include <csignal>
#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

#include "store/postgres_address.h"
#include "unit/store/store_fixture.h"

namespace assay::store {
namespace {

class PostgresTest : public StoreFixture {
 protected:
  void SetUp() override {
    server_ = test::PostgresServer::shared();
    if (server_ == nullptr) GTEST_SKIP() << test::PostgresServer::why();
    place_ = server_->new_database();
    database_ = place_.substr(place_.rfind('/') + 1);
  }
  [[nodiscard]] Store open(Mode mode, const std::string& place = "") const {
    Result<Store> store = Store::open(place.empty() ? place_ : place, mode);
    if (!store) throw std::runtime_error(store.error().message());
    return std::move(*store);
  }
  static void expect(const Error& error, ErrorKind kind, const std::string& part) {
    EXPECT_EQ(error.kind, kind) << error.message();
    EXPECT_NE(error.what.find(part), std::string::npos) << error.message();
    EXPECT_FALSE(error.next.empty());
    EXPECT_EQ(error.message().find("secret"), std::string::npos);
  }
  static void expect_error(const std::string& place, Mode mode, ErrorKind kind,
                           const std::string& part) {
    const Result<Store> store = Store::open(place, mode);
    ASSERT_FALSE(store) << part;
    expect(store.error(), kind, part);
  }
  std::string sql(const std::string& statements) const {
    return server_->sql(database_, statements);
  }
  /// Runs `work` in a process of its own that then waits, until it is killed by finish().
  template <class Work>
  pid_t at_work(Work work) {
    int word[2];
    EXPECT_EQ(pipe(word), 0);
    const pid_t child = fork();
    if (child == 0) {
      const auto kept = work();
      if (write(word[1], "y", 1) != 1) _exit(1);
      pause();
    }
    char answer = 0;
    EXPECT_EQ(read(word[0], &answer, 1), 1);
    close(word[0]);
    close(word[1]);
    return child;
  }
  static void finish(pid_t child) {
    kill(child, SIGKILL);
    waitpid(child, nullptr, 0);
    std::this_thread::sleep_for(std::chrono::milliseconds(200));  // until the server sees it
  }

  test::PostgresServer* server_ = nullptr;
  std::string place_, database_;
};

TEST_F(PostgresTest, AnEmptyDatabaseIsNoStoreToReadAndANewOneToWrite) {
  expect_error(place_, Mode::read, ErrorKind::not_found, "no store");
  expect_error(place_, Mode::join, ErrorKind::not_found, "no store");
  const auto tried = try_server(place_);
  ASSERT_TRUE(tried) << tried.error().message();
  EXPECT_NE(tried->find("PostgreSQL 1"), std::string::npos);
  expect_error(place_, Mode::read, ErrorKind::not_found, "no store");  // it was undone
  { Store store = open(Mode::write); }
  EXPECT_TRUE(open(Mode::read).list_runs()->empty());
  EXPECT_TRUE(try_server(place_));
  EXPECT_EQ(sql("SELECT count(*) FROM assay.records"), "0\n");
}

TEST_F(PostgresTest, FirstUsersDoNotGetInEachOthersWay) {
  std::vector<pid_t> children;
  for (int i = 0; i < 6; ++i) {
    children.push_back(fork());
    if (children.back() == 0) {
      auto store = Store::open(place_, Mode::write);
      _exit(store && store->create_run(a_run()) ? 0 : 1);
    }
  }
  for (const pid_t child : children) {
    int status = 0;
    waitpid(child, &status, 0);
    EXPECT_EQ(status, 0);
  }
  EXPECT_EQ(open(Mode::read).list_runs()->size(), 6U);
}

TEST_F(PostgresTest, SeveralWriteRunsOfTheirOwnAndNoneThatOfAnother) {
  Store mine = open(Mode::write);
  const std::string run = begin(mine);
  const NewSample a = a_sample("a", 0, 0);
  const NewSample b = a_sample("b", 0, 0);
  const pid_t child = at_work([&] {
    auto other = std::make_unique<Store>(open(Mode::write));
    const std::string its = begin(*other);
    EXPECT_TRUE(other->append(its, "t", "en", {&a, 1}, nullptr));
    return other;
  });
  Store third = open(Mode::write);
  const std::string its = third.find_run("latest")->id;
  EXPECT_NE(its, run);
  const auto refused = third.resume_run(its);
  ASSERT_FALSE(refused);
  expect(refused.error(), ErrorKind::busy, "process " + std::to_string(child) + " on ");
  expect(third.append(its, "t", "en", {&b, 1}, nullptr).error(), ErrorKind::busy, its);
  expect(third.append(run, "t", "en", {&b, 1}, nullptr).error(), ErrorKind::busy, run);
  ASSERT_TRUE(mine.append(run, "t", "en", {&a, 1}, nullptr));
  finish(child);
  EXPECT_EQ(third.resume_run(its)->samples, 1);
  EXPECT_TRUE(third.append(its, "t", "en", {&b, 1}, nullptr));
  EXPECT_EQ(keys(third, its), (std::vector<std::string>{"a/0", "b/0"}));
}

TEST_F(PostgresTest, ManyRunsOfOneProcessTakeNoLocksWithThem) {
  Store store = open(Mode::write);
  for (int i = 0; i < 3; ++i) {
    const std::string run = begin(store);
    EXPECT_EQ(sql("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory'"), "1\n");
    ASSERT_TRUE(store.finish_run(run, "2024-01-02T00:00:00Z"));
    EXPECT_EQ(sql("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory'"), "0\n");
  }
}

TEST_F(PostgresTest, RanksMeetThereAndOtherJobsGoOn) {
  Store zero = open(Mode::write);
  const std::string run = begin(zero);
  ASSERT_TRUE(zero.withdraw("job"));
  ASSERT_TRUE(zero.take_place("job", 0));
  Store other = open(Mode::write);
  const std::string its = begin(other);
  expect(other.withdraw("job").error(), ErrorKind::busy, "job");
  ASSERT_TRUE(other.withdraw("another"));
  ASSERT_TRUE(other.take_place("another", 0));
  ASSERT_TRUE(zero.announce("job", {run, Json{{"x", 1}}}));
  ASSERT_TRUE(other.announce("another", {its, Json{{"x", 2}}}));

  Store reader = open(Mode::read);
  EXPECT_EQ((*reader.announcement("job"))->run, run);
  EXPECT_EQ((*reader.announcement("another"))->run, its);
  EXPECT_TRUE(*reader.place_taken("job", 0));
  EXPECT_FALSE(*reader.place_taken("job", 1));
  const NewSample a = a_sample("a", 0, 0);
  const pid_t child = at_work([&] {
    auto one = std::make_unique<Store>(open(Mode::join));
    EXPECT_TRUE(one->take_place("job", 1));
    EXPECT_TRUE(one->enter_rank(run, 1, "process 7"));
    EXPECT_TRUE(one->append(run, "t", "en", {&a, 1}, Json{{"cost", 2}}, 1));
    return one;
  });
  EXPECT_TRUE(*reader.place_taken("job", 1));
  EXPECT_FALSE(*reader.place_taken("another", 1));
  Store again = open(Mode::join);
  expect(again.take_place("job", 1).error(), ErrorKind::busy, "rank 1");
  EXPECT_EQ(zero.append(run, "t", "en", {&a, 1}, nullptr).error().kind, ErrorKind::internal);
  finish(child);
  EXPECT_FALSE(*reader.place_taken("job", 1));
  EXPECT_TRUE(again.take_place("job", 1));
  EXPECT_EQ(reader.ranks(run)->front().process, "process 7");
  EXPECT_EQ(reader.tasks(run)->front().shares[0].ledger, (Json{{"cost", 2}}));
  ASSERT_TRUE(zero.announce("job", {run, Json::object()}));
  EXPECT_TRUE(zero.ranks(run)->empty());
  ASSERT_TRUE(zero.withdraw("job"));
  EXPECT_FALSE(zero.announcement("job")->has_value());
  EXPECT_TRUE(zero.announcement("another")->has_value());
}

TEST_F(PostgresTest, TextThatTheServerCannotHoldNeverFailsARun) {
  Store store = open(Mode::write);
  const std::string run = begin(store);
  NewSample sample = a_sample("a", 0, 0);
  sample.scored.answer = "\xff\xfe half \xe8\xaf";
  sample.scored.explanation = std::string("\0", 1) + "试金 \xf0\x9f\x98\x80";
  ASSERT_TRUE(store.append(run, "t", "en", {&sample, 1}, nullptr));
  const auto records = store.records(run);
  EXPECT_EQ(records->front().scored.answer, "\uFFFD\uFFFD half \uFFFD");
  EXPECT_EQ(records->front().scored.explanation, "\uFFFD试金 \xf0\x9f\x98\x80");
}

TEST_F(PostgresTest, WhatIsNoStoreOfOursIsLeftAlone) {
  sql("CREATE SCHEMA assay; CREATE TABLE assay.runs(x int)");
  const Result<Store> refused = Store::open(place_, Mode::write);
  ASSERT_FALSE(refused);
  expect(refused.error(), ErrorKind::io, "already exists");
  EXPECT_EQ(sql("SELECT count(*) FROM pg_tables WHERE schemaname = 'assay'"), "1\n");
  sql("DROP SCHEMA assay CASCADE");
  { Store store = open(Mode::write); }
  sql("DROP TABLE assay.ranks");
  expect_error(place_, Mode::read, ErrorKind::format, "no table ranks");
  sql("UPDATE assay.format SET version = 3");
  expect_error(place_, Mode::write, ErrorKind::format, "newer assay (format 3");
  expect_error(server_->new_database("ENCODING 'SQL_ASCII' LOCALE 'C' TEMPLATE template0"),
               Mode::write, ErrorKind::unsupported, "SQL_ASCII");
}

TEST_F(PostgresTest, WhoMayNotConnectIsToldWhy) {
  const std::string there = "@127.0.0.1:" + std::to_string(server_->port()) + "/" + database_;
  expect_error("postgresql://guarded:secret" + there, Mode::read, ErrorKind::usage, "password");
  expect_error("postgresql://guarded" + there, Mode::read, ErrorKind::usage, "wants a password");
  expect_error("postgresql://postgres" + there + "x", Mode::read, ErrorKind::not_found,
               "no such database");
  expect_error("postgresql://nobody_of_that_name" + there, Mode::read, ErrorKind::usage, "role");
  expect_error("postgresql://u:secret@127.0.0.1:1/d", Mode::write, ErrorKind::io,
               "cannot be reached");
  sql("CREATE ROLE small LOGIN CONNECTION LIMIT 0");
  expect_error("postgresql://small" + there, Mode::read, ErrorKind::io, "no connection left");
  expect_error("postgresql://guarded:p%3Aw%2Fd%401%25" + there, Mode::write, ErrorKind::io,
               "permission denied");
  { Store store = open(Mode::write); }
  expect_error("postgresql://guarded:p%3Aw%2Fd%401%25" + there, Mode::read, ErrorKind::io,
               "permission denied");
  sql("GRANT USAGE ON SCHEMA assay TO guarded; "
      "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA assay TO guarded");
  Store guarded = open(Mode::write, "postgresql://guarded:p%3Aw%2Fd%401%25" + there);
  EXPECT_EQ(guarded.name(), "postgresql://guarded" + there);
  const std::string run = begin(guarded);
  const NewSample sample = a_sample("a", 0, 0);
  EXPECT_TRUE(guarded.append(run, "t", "en", {&sample, 1}, nullptr));
  setenv("PGPASSWORD", "p:w/d@1%", 1);
  EXPECT_TRUE(Store::open("postgres://guarded" + there, Mode::read));
  unsetenv("PGPASSWORD");
}

TEST_F(PostgresTest, ASocketsFolderAndAStandbysRefusalAreUnderstood) {
  const std::string place = server_->socket_address(database_);
  Store store = open(Mode::write, place);
  EXPECT_NE(store.name().find("?host=/tmp/"), std::string::npos) << store.name();
  sql("ALTER DATABASE " + database_ + " SET default_transaction_read_only = on");
  expect(open(Mode::write).create_run(a_run()).error(), ErrorKind::io, "only be read");
}

/// An address whose password was not escaped is refused before any of it could be shown as a host.
TEST_F(PostgresTest, NothingOfAnUnreadableAddressIsShown) {
  for (const std::string place :
       {"postgresql://u:p@secret@h/d", "postgresql://u:p/secret@h/d", "postgresql://u:secret/x@h/d",
        "postgresql://u:secret?x/y@h/d", "postgresql://u:p?secret@x@h/d",
        "postgresql://u:%zzsecret@h", "postgresql://u:1/x?user=secret@h/d", "postgres://h/d?secret",
        "postgresql://h:secret/d", "mysql://u:secret@h/d"}) {
    expect_error(place, Mode::write, ErrorKind::usage, "");
  }
  EXPECT_TRUE(std::filesystem::is_empty(folder_));
}

TEST(PostgresAddressTest, NoPasswordIsInANameHoweverItIsWritten) {
  const bool holds = rc::check([] {
    const auto written = *rc::gen::container<std::string>(
        rc::gen::elementOf(std::string("ab1/@:?#%&=[],.+ 40host=user=dbname=port=options=")));
    const std::string url = "postgresql://u:" + written + "@h:5/d?application_name=x";
    const auto address = read_address(url);
    if (address) {
      RC_ASSERT(address->name == "postgresql://u@h:5/d");
      RC_ASSERT(address->password.size() <= written.size());
    } else {
      RC_ASSERT(address.error().where == "--store" && !address.error().next.empty());
      RC_ASSERT(written.size() < 6 || address.error().message().find(written) == std::string::npos);
    }
  });
  EXPECT_TRUE(holds);
  const auto plain = read_address("postgresql://u:p%40%2f@[::1]:5/d%20e");
  ASSERT_TRUE(plain);
  EXPECT_EQ(plain->password, "p@/");
  EXPECT_EQ(plain->name, "postgresql://u@[::1]:5/d e");
  EXPECT_EQ(plain->safe("no p@/ for p@/"), "no *** for ***");
}

TEST_F(PostgresTest, AServerThatStopsIsAnErrorAndKeepsFinishedWork) {
  Store store = open(Mode::write);
  const std::string run = begin(store);
  const NewSample a = a_sample("a", 0, 0);
  const NewSample b = a_sample("b", 0, 0);
  ASSERT_TRUE(store.append(run, "t", "en", {&a, 1}, nullptr));
  server_->stop();
  expect(store.append(run, "t", "en", {&b, 1}, nullptr).error(), ErrorKind::io, "connection");
  expect(store.list_runs().error(), ErrorKind::io, "connection");
  expect_error(place_, Mode::write, ErrorKind::io, "cannot be reached");
  server_->start();
  EXPECT_FALSE(store.append(run, "t", "en", {&b, 1}, nullptr)) << "it has lost its lock";
  Store again = open(Mode::write);
  EXPECT_EQ(again.resume_run("latest")->samples, 1);
  EXPECT_TRUE(again.append(run, "t", "en", {&b, 1}, nullptr));
  EXPECT_EQ(keys(again, run), (std::vector<std::string>{"a/0", "b/0"}));
}

/// The server's own report of a full disk, raised where it would come from.
TEST_F(PostgresTest, AFullDiskOfTheServerIsNamed) {
  Store store = open(Mode::write);
  const std::string run = begin(store);
  sql("CREATE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS "
      "$$BEGIN RAISE EXCEPTION 'could not extend file' USING ERRCODE = '53100'; END$$; "
      "CREATE TRIGGER full_disk BEFORE INSERT ON assay.samples FOR EACH ROW "
      "EXECUTE FUNCTION full_disk()");
  const NewSample a = a_sample("a", 0, 0);
  expect(store.append(run, "t", "en", {&a, 1}, nullptr).error(), ErrorKind::io, "disk");
  sql("DROP TRIGGER full_disk ON assay.samples");
  EXPECT_EQ(sql("SELECT count(*) FROM assay.records"), "0\n");
  EXPECT_TRUE(store.append(run, "t", "en", {&a, 1}, nullptr));
}

}  // namespace
}  // namespace assay::store
