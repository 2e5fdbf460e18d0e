// A store that is damaged, of another kind, busy, on a full disk, or whose writer was killed:
// a clear error with the next step, and finished work is kept.
#include <csignal>
#include <fstream>
#include <functional>
#include <gtest/gtest.h>
#include <sqlite3.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

#include "unit/store/store_fixture.h"

namespace assay::store {
namespace {

class StoreTrouble : public StoreFixture {
 protected:
  void fill(const std::string& bytes) const { std::ofstream(file_, std::ios::binary) << bytes; }
  [[nodiscard]] std::string bytes() const {
    std::ifstream in(file_, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
  }
  void sql(const char* statements) const {
    sqlite3* db = nullptr;
    ASSERT_EQ(sqlite3_open(file_.c_str(), &db), SQLITE_OK);
    EXPECT_EQ(sqlite3_exec(db, statements, nullptr, nullptr, nullptr), SQLITE_OK);
    sqlite3_close(db);
  }
  void expect_error(Mode mode, ErrorKind kind, const std::string& part) const {
    const Result<Store> store = Store::open(file_, mode);
    ASSERT_FALSE(store);
    EXPECT_EQ(store.error().kind, kind) << store.error().message();
    EXPECT_NE(store.error().what.find(part), std::string::npos) << store.error().message();
    EXPECT_NE(store.error().where.find(folder_.string()), std::string::npos);
    EXPECT_FALSE(store.error().next.empty());
  }
  void write_some(int samples) const {
    Store store = open(Mode::write);
    const std::string run = begin(store);
    for (int i = 0; i < samples; ++i) {
      const NewSample sample = a_sample(name(i), 0, 0);
      ASSERT_TRUE(store.append(run, "t", "en", {&sample, 1}, nullptr));
    }
  }
  /// Runs `work` in a process of its own; its exit status, or minus the signal that ended it.
  static int in_child(const std::function<int()>& work) {
    const pid_t child = fork();
    if (child == 0) _exit(work());
    int status = 0;
    waitpid(child, &status, 0);
    return WIFSIGNALED(status) ? -WTERMSIG(status) : WEXITSTATUS(status);
  }
};

TEST_F(StoreTrouble, AMissingStoreSaysHowToGetOne) {
  expect_error(Mode::read, ErrorKind::not_found, "no store");
}

TEST_F(StoreTrouble, AnEmptyFileIsNoStoreToReadAndANewOneToWrite) {
  fill("");
  expect_error(Mode::read, ErrorKind::format, "empty");
  write_some(1);
  EXPECT_EQ(open(Mode::read).list_runs()->size(), 1U);
}

TEST_F(StoreTrouble, ATextFileIsNoStore) {
  fill(std::string(5000, 'x'));
  expect_error(Mode::read, ErrorKind::format, "not a database");
  expect_error(Mode::write, ErrorKind::format, "not a database");
  EXPECT_EQ(bytes(), std::string(5000, 'x'));
}

TEST_F(StoreTrouble, AnotherProgramsDatabaseIsLeftAlone) {
  sql("CREATE TABLE runs(x); PRAGMA application_id=7");
  const std::string before = bytes();
  expect_error(Mode::read, ErrorKind::format, "another program");
  expect_error(Mode::write, ErrorKind::format, "another program");
  EXPECT_EQ(bytes(), before);
}

TEST_F(StoreTrouble, ANewerStoreIsNotTouched) {
  write_some(1);
  sql("PRAGMA user_version=3");
  expect_error(Mode::read, ErrorKind::format, "newer assay (format 3");
  expect_error(Mode::write, ErrorKind::format, "newer");
}

TEST_F(StoreTrouble, AMissingTableIsNamed) {
  write_some(1);
  sql("DROP TABLE records");
  expect_error(Mode::read, ErrorKind::format, "no table records");
}

TEST_F(StoreTrouble, AFolderIsNoStore) {
  std::filesystem::create_directory(file_);
  expect_error(Mode::read, ErrorKind::io, "");
  expect_error(Mode::write, ErrorKind::io, "");
}

TEST_F(StoreTrouble, AFolderThatCannotBeMadeIsNamed) {
  fill("x");
  file_ /= "inside/runs.db";
  const Result<Store> store = Store::open(file_, Mode::write);
  ASSERT_FALSE(store);
  EXPECT_EQ(store.error().kind, ErrorKind::io);
  EXPECT_NE(store.error().where.find("inside"), std::string::npos);
}

TEST_F(StoreTrouble, ATruncatedOrScrambledStoreIsAnErrorNotACrash) {
  write_some(300);
  const std::string whole = bytes();
  for (std::size_t cut = 0; cut < 40; ++cut) {
    std::string broken = whole;
    if (cut % 2 == 0) {
      broken.resize(whole.size() * cut / 40);
    } else {
      for (std::size_t i = 100 + cut * 37; i < broken.size(); i += 211) broken[i] ^= '\x5a';
    }
    fill(broken);
    Result<Store> store = Store::open(file_, Mode::read);
    if (!store) {
      EXPECT_FALSE(store.error().next.empty());
      continue;
    }
    const auto runs = store->list_runs();
    if (!runs) {
      EXPECT_EQ(runs.error().kind, ErrorKind::format) << runs.error().message();
      continue;
    }
    for (const RunRow& run : *runs) (void)store->records(run.id);
  }
}

TEST_F(StoreTrouble, JsonThatWasDamagedInAStoreIsAnError) {
  write_some(1);
  sql("UPDATE records SET record='{\"a'; UPDATE runs SET config='['");
  Store store = open(Mode::read);
  EXPECT_EQ(store.find_run("latest").error().kind, ErrorKind::format);
}

TEST_F(StoreTrouble, ASecondWriterIsToldWhoHoldsTheStore) {
  Store first = open(Mode::write);
  expect_error(Mode::write, ErrorKind::busy, std::to_string(getpid()));
  EXPECT_EQ(in_child([&] {
              const auto second = Store::open(file_, Mode::write);
              const auto reader = Store::open(file_, Mode::read);
              return !second && second.error().kind == ErrorKind::busy && reader ? 0 : 1;
            }),
            0);
}

TEST_F(StoreTrouble, AWriterThatWasKilledHoldsNothing) {
  const int ended = in_child([&] {
    Store store = open(Mode::write);
    raise(SIGKILL);
    return 0;
  });
  EXPECT_EQ(ended, -SIGKILL);
  EXPECT_TRUE(Store::open(file_, Mode::write));
}

TEST_F(StoreTrouble, WhatWasAppendedBeforeAKillIsThere) {
  for (int round = 0; round < 5; ++round) {
    int report[2];
    ASSERT_EQ(pipe(report), 0);
    const pid_t child = fork();
    if (child == 0) {
      Store store = open(Mode::write);
      const std::string run = begin(store);
      for (int i = 0;; ++i) {
        const NewSample sample = a_sample(name(i), 0, 0);
        if (!store.append(run, "t", "en", {&sample, 1}, nullptr)) _exit(1);
        if (write(report[1], "x", 1) != 1) _exit(1);
      }
    }
    close(report[1]);
    std::size_t reported = 0;
    char byte = 0;
    if (read(report[0], &byte, 1) == 1) ++reported;  // it is at work
    std::this_thread::sleep_for(std::chrono::milliseconds(20 + 15 * round));
    kill(child, SIGKILL);
    waitpid(child, nullptr, 0);
    while (read(report[0], &byte, 1) == 1) ++reported;
    close(report[0]);
    Store store = open(Mode::read);
    const auto run = store.find_run("latest");
    const std::size_t kept = run && run->samples > 0 ? keys(store, run->id).size() : 0;
    EXPECT_TRUE(kept == reported || kept == reported + 1) << kept << " of " << reported;
  }
}

TEST_F(StoreTrouble, AKillWhileTheStoreIsMadeDoesNoHarm) {
  for (int round = 0; round < 12; ++round) {
    const pid_t child = fork();
    if (child == 0) {
      Store store = open(Mode::write);
      _exit(0);
    }
    usleep(static_cast<useconds_t>(200 * round * round));
    kill(child, SIGKILL);
    waitpid(child, nullptr, 0);
    const Result<Store> reader = Store::open(file_, Mode::read);
    EXPECT_TRUE(reader || reader.error().kind != ErrorKind::io) << reader.error().message();
    EXPECT_TRUE(Store::open(file_, Mode::write));
    std::filesystem::remove_all(folder_);
    std::filesystem::create_directory(folder_);
  }
}

/// A journal of a transaction that was never finished, as a kill leaves it behind.
TEST_F(StoreTrouble, AHalfWrittenStoreIsPutRightByAReader) {
  const int ended = in_child([&] {
    sqlite3* db = nullptr;
    sqlite3_open(file_.c_str(), &db);
    sqlite3_exec(db, "PRAGMA cache_size=1; CREATE TABLE a(x); BEGIN", nullptr, nullptr, nullptr);
    for (int i = 0; i < 200; ++i) {
      sqlite3_exec(db, "INSERT INTO a VALUES(randomblob(3000))", nullptr, nullptr, nullptr);
    }
    raise(SIGKILL);
    return 0;
  });
  EXPECT_EQ(ended, -SIGKILL);
  ASSERT_TRUE(std::filesystem::exists(file_.string() + "-journal"));
  expect_error(Mode::read, ErrorKind::format, "another program");
}

/// SQLite reports a limit on file sizes as an I/O error, a full disk as SQLITE_FULL: both ways.
TEST_F(StoreTrouble, AFullDiskIsAnErrorAndKeepsFinishedWork) {
  write_some(1);
  const int ended = in_child([&] {
    signal(SIGXFSZ, SIG_IGN);
    const rlimit limit{200000, 200000};
    setrlimit(RLIMIT_FSIZE, &limit);
    Store store = open(Mode::write);
    const std::string run = begin(store);
    for (int i = 0; i < 1000; ++i) {
      NewSample sample = a_sample(name(i), 0, 0);
      sample.record = dump_json(Json{{"text", std::string(4000, 'x')}});
      const auto stored = store.append(run, "t", "en", {&sample, 1}, nullptr);
      if (stored) continue;
      const bool clear = stored.error().kind == ErrorKind::io && !stored.error().next.empty();
      return clear && keys(store, run).size() == static_cast<std::size_t>(i) ? 0 : 1;
    }
    return 2;
  });
  EXPECT_EQ(ended, 0);
  Store store = open(Mode::write);
  EXPECT_GT(store.find_run("latest")->samples, 5);
  begin(store);
}

TEST_F(StoreTrouble, AStoreOnAReadOnlyMediumCanBeRead) {
  using std::filesystem::perms;
  write_some(3);
  const perms look = perms::owner_exec | perms::group_exec | perms::others_exec;
  const perms read = perms::owner_read | perms::group_read | perms::others_read;
  std::filesystem::permissions(file_, read);
  std::filesystem::permissions(file_.string() + ".lock", read);
  std::filesystem::permissions(folder_, look | read);
  const int ended = in_child([&] {
    if (geteuid() == 0 && setuid(65534) != 0) return 3;  // root may write everywhere
    const auto reader = Store::open(file_, Mode::read);
    if (!reader) return 1;
    const auto writer = Store::open(file_, Mode::write);
    return !writer && writer.error().kind == ErrorKind::io && !writer.error().next.empty() ? 0 : 2;
  });
  EXPECT_EQ(ended, 0);
  std::filesystem::permissions(folder_, perms::owner_all);
}

}  // namespace
}  // namespace assay::store
