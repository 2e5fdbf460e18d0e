// Runs that were stopped: by the person, by SIGKILL at any moment, by a full disk. What was
// finished is kept, nothing is asked twice or lost, and the outcome is that of an unbroken run.
#include <algorithm>
#include <csignal>
#include <gtest/gtest.h>
#include <map>
#include <set>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "unit/eval/runner_fixture.h"

namespace assay::eval {
namespace {

class RunnerResume : public RunnerFixture {
 protected:
  RunnerResume() {
    SmallTask& dialogue = add_task(registry_, "dialogue", 60);
    dialogue.solver_ = std::make_shared<DialogueSolver>();
    dialogue.turns = 1;
    dialogue.cluster_size = 3;
    SmallTask& choice = add_task(registry_, "choice", 60);
    choice.solver_ = std::make_shared<ChoiceSolver>();
    choice.info_.needs = {};
    choice.choices = {" a", " bb"};
    choice.scorer = [](const Sample& sample, const Trace&) {
      return stable_hash(sample.id) % 2 == 0 ? Score::pass("a") : Score::miss("bb");
    };
    plan_.langs = {Lang::en, Lang::zh};
    plan_.epochs = 2;
  }

  Result<RunOutcome> resume(const std::string& id, const RunHooks& hooks = {}) {
    store::Store store = open();
    return eval::resume(model_, registry_, store, id, hooks);
  }
  std::string newest() {
    store::Store store = open();
    return store.find_run("latest")->id;
  }
  /// Every sample of every task, as often as it is stored.
  std::map<std::string, int> stored(const std::string& id) {
    store::Store store = open();
    std::map<std::string, int> out;
    EXPECT_TRUE(store.for_each_record(id, {}, [&](store::SampleRecord&& r) {
      ++out[r.task + "/" + r.lang + "/" + r.scored.sample + "/" + std::to_string(r.scored.epoch)];
      return true;
    }));
    return out;
  }
};

TEST_F(RunnerResume, AKilledRunGoesOnWithoutLosingOrRepeatingASample) {
  const RunOutcome unbroken = run({}, "unbroken.db");
  std::size_t kills = 0;
  std::size_t most = 0;
  for (int round = 0; round < 25; ++round) {
    const pid_t child = fork();
    if (child == 0) {
      // Dies after some requests of its own, anywhere: in a wave, in a write, between tasks.
      model_.pause = std::chrono::microseconds(100);
      const std::size_t last = 15 + static_cast<std::size_t>(round * 37 % 290);
      model_.on_request = [&](std::size_t n) {
        if (n >= last) kill(getpid(), SIGKILL);
      };
      store::Store store = open();
      const auto outcome = round == 0 ? eval::run(model_, registry_, store, plan_)
                                      : eval::resume(model_, registry_, store, "latest");
      _exit(outcome ? 0 : 1);
    }
    int status = 0;
    waitpid(child, &status, 0);
    if (WIFEXITED(status)) {
      EXPECT_EQ(WEXITSTATUS(status), 0);
      break;
    }
    ++kills;
    const std::size_t now = stored(newest()).size();
    EXPECT_GE(now, most) << "a finished sample was lost";
    most = now;
  }
  EXPECT_GT(kills, 5U);
  const auto outcome = resume("latest");
  ASSERT_TRUE(outcome) << outcome.error().message();
  EXPECT_EQ(comparable(*outcome), comparable(unbroken));
  const auto samples = stored(outcome->run_id);
  EXPECT_EQ(samples.size(), 360U);  // (60 x 2 epochs + 60) x 2 languages
  for (const auto& [sample, times] : samples) EXPECT_EQ(times, 1) << sample;
}

/// As above, but killed from outside at random times, so also in the middle of SQLite's writes.
TEST_F(RunnerResume, KillsAtRandomTimesLoseNothing) {
  const RunOutcome unbroken = run({}, "unbroken.db");
  Rng rng(7);
  bool ended = false;
  for (int round = 0; round < 12 && !ended; ++round) {
    const pid_t child = fork();
    if (child == 0) {
      model_.pause = std::chrono::microseconds(200);
      store::Store store = open();
      const auto latest = store.find_run("latest");
      const auto outcome = latest ? eval::resume(model_, registry_, store, "latest")
                                  : eval::run(model_, registry_, store, plan_);
      _exit(outcome ? 0 : 1);
    }
    usleep(static_cast<useconds_t>(rng.between(5000, 80000)));
    kill(child, SIGKILL);
    int status = 0;
    waitpid(child, &status, 0);
    ended = WIFEXITED(status);
  }
  auto outcome = resume("latest");
  ASSERT_TRUE(outcome) << outcome.error().message();
  EXPECT_EQ(comparable(*outcome), comparable(unbroken));
  for (const auto& [sample, times] : stored(outcome->run_id)) EXPECT_EQ(times, 1) << sample;
}

TEST_F(RunnerResume, CancelKeepsWhatIsFinishedAndResumeAsksTheRest) {
  const RunOutcome unbroken = run({}, "unbroken.db");
  model_.generated.clear();
  model_.scored.clear();
  CancelToken cancel;
  RunHooks hooks;
  hooks.cancel = &cancel;
  model_.pause = std::chrono::microseconds(500);
  std::size_t before = static_cast<std::size_t>(model_.ledger().requests);
  model_.on_request = [&](std::size_t n) {
    if (n == before + 150) cancel.request();
  };
  const RunOutcome stopped = run(hooks);
  EXPECT_TRUE(stopped.finished.empty());
  EXPECT_FALSE(stopped.tasks.empty());
  const std::size_t kept = stored(stopped.run_id).size();
  EXPECT_GT(kept, 50U);
  EXPECT_LT(kept, 360U);
  model_.on_request = {};
  model_.pause = std::chrono::microseconds(0);
  const auto outcome = resume(stopped.run_id);
  ASSERT_TRUE(outcome) << outcome.error().message();
  EXPECT_FALSE(outcome->finished.empty());
  EXPECT_EQ(comparable(*outcome), comparable(unbroken));
  // A finished run is not asked again.
  const std::int64_t asked = model_.ledger().requests;
  ASSERT_TRUE(resume(stopped.run_id));
  EXPECT_EQ(model_.ledger().requests, asked);
}

TEST_F(RunnerResume, AnotherModelOrTaskVersionIsRefused) {
  CancelToken cancel;
  cancel.request();
  RunHooks hooks;
  hooks.cancel = &cancel;
  const std::string id = run(hooks).run_id;
  model_.info_.digest = "another";
  EXPECT_EQ(resume(id).error().kind, ErrorKind::usage);
  model_.info_.digest = "d";
  model_.info_.scored_dtype = "BF16";
  EXPECT_NE(resume(id).error().message().find("--dtype"), std::string::npos);
  model_.info_.scored_dtype = "";
  auto& task = dynamic_cast<SmallTask&>(*registry_.tasks()[0]);
  task.info_.version = 2;
  EXPECT_EQ(resume(id).error().kind, ErrorKind::usage);
  task.info_.version = 1;
  EXPECT_TRUE(resume(id));
  EXPECT_EQ(resume("nope").error().kind, ErrorKind::not_found);
}

TEST_F(RunnerResume, AFullDiskStopsTheRunAndKeepsFinishedWork) {
  const RunOutcome unbroken = run({}, "unbroken.db");
  const pid_t child = fork();
  if (child == 0) {
    signal(SIGXFSZ, SIG_IGN);
    const rlimit limit{120000, 120000};
    setrlimit(RLIMIT_FSIZE, &limit);
    store::Store store = open();
    const auto outcome = eval::run(model_, registry_, store, plan_);
    _exit(!outcome && outcome.error().kind == ErrorKind::io && !outcome.error().next.empty() ? 0
                                                                                             : 1);
  }
  int status = 0;
  waitpid(child, &status, 0);
  EXPECT_TRUE(WIFEXITED(status));
  EXPECT_EQ(WEXITSTATUS(status), 0);
  EXPECT_GT(stored(newest()).size(), 0U);
  const auto outcome = resume("latest");
  ASSERT_TRUE(outcome) << outcome.error().message();
  EXPECT_EQ(comparable(*outcome), comparable(unbroken));
}

TEST_F(RunnerResume, TwoRunsOnOneStoreAtOnce) {
  store::Store store = open();
  const auto second = store::Store::open(folder_ / "runs.db", store::Mode::write);
  ASSERT_FALSE(second);
  EXPECT_EQ(second.error().kind, ErrorKind::busy);
}

}  // namespace
}  // namespace assay::eval
