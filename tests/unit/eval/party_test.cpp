// A run that several processes share: the outcome is that of one process alone, a rank that dies or
// fails is told, and what it left is done on resumption, once.
#include "eval/party.h"

#include <csignal>
#include <cstdio>
#include <gtest/gtest.h>
#include <map>
#include <mutex>
#include <set>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

#include "unit/eval/runner_fixture.h"

namespace assay::eval {
namespace {

class PartyTest : public RunnerFixture {
 protected:
  PartyTest() {
    SmallTask& floor = add_task(registry_, "floor", 30);
    floor.info_.run_first = 1;
    add_task(registry_, "dialogue", 60).cluster_size = 3;
    SmallTask& choice = add_task(registry_, "choice", 60);
    choice.solver_ = std::make_shared<ChoiceSolver>();
    choice.info_.needs = {};
    choice.choices = {" a", " bb"};
    choice.scorer = [](const Sample& sample, const Trace&) {
      return stable_hash(sample.id) % 2 == 0 ? Score::pass("a") : Score::miss("bb");
    };
    for (const char* const name : {"dialogue", "choice"}) {
      const_cast<TaskInfo&>((*registry_.find(name))->info()).needs.language = true;
    }
    // Sees what was concluded before it: that must not depend on who was ready first.
    add_task(registry_, "late", 10).summary = [](const std::vector<Scored>& scored,
                                                 const SummaryContext& context) {
      Summary out;
      out.status = Status::measured;
      for (const TaskOutcome& earlier : *context.earlier) {
        out.reason.en += earlier.task + "/" + to_string(earlier.lang) + " ";
      }
      out.reason.zh = std::to_string(scored.size());
      return out;
    };
    plan_.langs = {Lang::en, Lang::zh};
    plan_.epochs = 2;
    model_.info_.served_at = "http://somewhere";  // fine blocks
  }

  Party party(int rank, int size) const {
    Party out;
    out.job = "job";
    out.rank = rank;
    out.size = size;
    out.patience = std::chrono::seconds(20);
    return out;
  }

  /// A process that is rank `rank`; `prepare` may change its model.
  pid_t start(int rank, int size, const std::function<void()>& prepare = {},
              const std::string& resume = "") {
    const pid_t child = fork();
    if (child != 0) return child;
    if (prepare) prepare();
    _exit(work(rank, size, resume));
  }
  int work(int rank, int size, const std::string& resume) {
    RunHooks hooks;
    hooks.party = party(rank, size);
    hooks.on_note = [this](const std::string& note) { notes_ += note + "\n"; };
    if (rank > 0) {
      auto joined = await_party(folder_ / "runs.db", hooks.party, nullptr);
      if (!joined) return 10;
      const auto done = eval::join(model_, registry_, joined->store, joined->run.id, hooks);
      if (!done) (void)joined->store.end_rank(joined->run.id, rank, done.error().message());
      if (!done) std::fprintf(stderr, "rank %d: %s\n", rank, done.error().message().c_str());
      return done ? 0 : 11;
    }
    store::Store store = open();
    if (!open_party(store, hooks.party)) return 12;
    const auto outcome = resume.empty() ? eval::run(model_, registry_, store, plan_, hooks)
                                        : eval::resume(model_, registry_, store, resume, hooks);
    if (!outcome) std::fprintf(stderr, "rank 0: %s\n", outcome.error().message().c_str());
    if (!outcome) return 13;
    return outcome->finished.empty() ? 14 : 0;
  }
  void die_after(std::int64_t requests) {
    const auto last = static_cast<std::size_t>(model_.ledger().requests + requests);
    model_.on_request = [last](std::size_t n) {
      if (n >= last) raise(SIGKILL);
    };
  }
  static int end_of(pid_t child) {
    int status = 0;
    waitpid(child, &status, 0);
    return WIFSIGNALED(status) ? -WTERMSIG(status) : WEXITSTATUS(status);
  }
  RunOutcome stored_outcome() {
    auto store = store::Store::open(folder_ / "runs.db", store::Mode::read);
    auto outcome = load_outcome(*store, "latest");
    EXPECT_TRUE(outcome);
    return *outcome;
  }
  void expect_each_once(std::size_t count) {
    auto store = store::Store::open(folder_ / "runs.db", store::Mode::read);
    std::map<std::string, int> found;
    EXPECT_TRUE(store->for_each_record(store->find_run("latest")->id, {}, [&](auto&& r) {
      ++found[r.task + "/" + r.lang + "/" + r.scored.sample + "/" + std::to_string(r.scored.epoch)];
      return true;
    }));
    EXPECT_EQ(found.size(), count);
    for (const auto& [sample, times] : found) EXPECT_EQ(times, 1) << sample;
  }

  static constexpr std::size_t kAll = (30 * 2 + 60 * 2 + 60 + 10 * 2) * 2;
  std::string notes_;
};

TEST_F(PartyTest, TheOutcomeIsThatOfOneProcess) {
  const std::string alone = comparable(run({}, "alone.db"));
  for (const int size : {2, 3, 7}) {
    std::filesystem::remove_all(folder_ / "runs.db");
    std::vector<pid_t> children;
    for (int rank = size - 1; rank >= 0; --rank) children.push_back(start(rank, size));
    for (const pid_t child : children) EXPECT_EQ(end_of(child), 0);
    EXPECT_EQ(comparable(stored_outcome()), alone) << size << " ranks";
    expect_each_once(kAll);
  }
}

TEST_F(PartyTest, CostsOfAllRanksAreSummed) {
  const RunOutcome alone = run({}, "alone.db");
  std::vector<pid_t> children;
  for (int rank = 0; rank < 3; ++rank) children.push_back(start(rank, 3));
  for (const pid_t child : children) EXPECT_EQ(end_of(child), 0);
  const RunOutcome shared = stored_outcome();
  EXPECT_EQ(shared.ledger.requests, alone.ledger.requests);
  EXPECT_EQ(shared.ledger.computed_tokens, alone.ledger.computed_tokens);
}

TEST_F(PartyTest, ABlockOfALocalModelIsAWholeCall) {
  model_.info_.served_at.clear();
  const std::string alone = comparable(run({}, "alone.db"));
  std::vector<pid_t> children;
  for (int rank = 0; rank < 3; ++rank) children.push_back(start(rank, 3));
  for (const pid_t child : children) EXPECT_EQ(end_of(child), 0);
  EXPECT_EQ(comparable(stored_outcome()), alone);
}

TEST_F(PartyTest, AKilledRankIsToldAndItsShareIsDoneOnResumption) {
  const std::string alone = comparable(run({}, "alone.db"));
  const auto dies = [this] { die_after(50); };  // all ranks have passed the floors
  const pid_t one = start(1, 3);
  const pid_t two = start(2, 3, dies);
  EXPECT_EQ(work(0, 3, ""), 14);
  EXPECT_EQ(end_of(one), 0);
  EXPECT_EQ(end_of(two), -SIGKILL);
  EXPECT_NE(notes_.find("rank 2 of 3 (process " + std::to_string(two)), std::string::npos)
      << notes_;
  const RunOutcome before = stored_outcome();
  EXPECT_TRUE(before.finished.empty());
  for (const int size : {2, 1}) {  // by two ranks, of which one is killed, then by one
    if (size == 2) {
      const pid_t other = start(1, 2, dies);
      (void)work(0, 2, "latest");
      (void)end_of(other);
    } else {
      store::Store store = open();
      const auto outcome = eval::resume(model_, registry_, store, "latest");
      ASSERT_TRUE(outcome) << outcome.error().message();
      EXPECT_FALSE(outcome->finished.empty());
    }
  }
  EXPECT_EQ(comparable(stored_outcome()), alone);
  expect_each_once(kAll);
}

TEST_F(PartyTest, WhenRankZeroDiesTheOthersEndAndTheRunGoesOn) {
  const std::string alone = comparable(run({}, "alone.db"));
  const pid_t zero = start(0, 2, [this] {
    model_.pause = std::chrono::milliseconds(20);  // so that the other has come
    die_after(20);                                 // in a floor
  });
  EXPECT_EQ(work(1, 2, ""), 11);
  EXPECT_EQ(end_of(zero), -SIGKILL);
  const pid_t other = start(1, 2, {}, "latest");
  EXPECT_EQ(work(0, 2, "latest"), 0) << notes_;
  EXPECT_EQ(end_of(other), 0);
  EXPECT_EQ(comparable(stored_outcome()), alone);
  expect_each_once(kAll);
}

TEST_F(PartyTest, AFloorThatIsNotReachedClosesTheLanguageForAll) {
  auto& floor = const_cast<SmallTask&>(dynamic_cast<const SmallTask&>(**registry_.find("floor")));
  floor.summary = [](const std::vector<Scored>&, const SummaryContext&) {
    Summary out;
    out.status = Status::not_assessable;
    out.reason = {"not reached", "未达到"};
    return out;
  };
  const std::string alone = comparable(run({}, "alone.db"));
  const pid_t other = start(1, 2);
  EXPECT_EQ(work(0, 2, ""), 0);
  EXPECT_EQ(end_of(other), 0);
  EXPECT_EQ(comparable(stored_outcome()), alone);
  expect_each_once((30 * 2 + 10 * 2) * 2);
}

TEST_F(PartyTest, AnotherRunIsRefusedWhileTheRanksAreAtWork) {
  model_.pause = std::chrono::milliseconds(2);
  const pid_t zero = start(0, 2);
  const pid_t one = start(1, 2);
  bool began = false;
  for (int i = 0; i < 2000 && !began; ++i) {
    usleep(2000);
    const auto reader = store::Store::open(folder_ / "runs.db", store::Mode::read);
    if (!reader) continue;
    auto& store = const_cast<store::Store&>(*reader);
    began = store.find_run("latest").has_value() && store.find_run("latest")->samples > 0;
  }
  EXPECT_TRUE(began);
  const auto second = store::Store::open(folder_ / "runs.db", store::Mode::write);
  ASSERT_FALSE(second);
  EXPECT_EQ(second.error().kind, ErrorKind::busy);
  // Two processes want to be rank 1; whichever is later finds it taken.
  const int later = work(1, 2, "");
  EXPECT_EQ(end_of(zero), 0);
  EXPECT_EQ(std::multiset<int>({later, end_of(one)}), std::multiset<int>({0, 10}));
  expect_each_once(kAll);
}

TEST_F(PartyTest, RanksWithOtherItemsAreRefused) {
  const pid_t one = start(1, 2, [this] {
    plan_.seed = 1;
    add_task(registry_, "other");
  });
  EXPECT_EQ(work(0, 2, ""), 14);
  EXPECT_EQ(end_of(one), 11);
  EXPECT_NE(notes_.find("another version of other"), std::string::npos) << notes_;
}

TEST_F(PartyTest, ARankThatDoesNotComeIsNamed) {
  Party impatient = party(1, 2);
  impatient.patience = std::chrono::seconds(1);
  const auto nobody = await_party(folder_ / "runs.db", impatient, nullptr);
  ASSERT_FALSE(nobody);
  EXPECT_NE(nobody.error().what.find("rank 0 did not come"), std::string::npos);

  RunHooks hooks;
  hooks.party = party(0, 2);
  hooks.party.patience = std::chrono::seconds(1);
  hooks.on_note = [this](const std::string& note) { notes_ += note; };
  store::Store store = open();
  ASSERT_TRUE(open_party(store, hooks.party));
  const auto outcome = eval::run(model_, registry_, store, plan_, hooks);
  EXPECT_TRUE(!outcome || outcome->finished.empty());
  EXPECT_EQ(notes_, "rank 1 of 2 has not come");
}

TEST_F(PartyTest, AFinishedRunIsToldToAllRanks) {
  (void)run();
  const pid_t one = start(1, 3);
  const pid_t two = start(2, 3);
  EXPECT_EQ(work(0, 3, "latest"), 0);
  EXPECT_EQ(end_of(one), 0);
  EXPECT_EQ(end_of(two), 0);
  expect_each_once(kAll);
}

TEST_F(PartyTest, ProgressOfRankZeroCountsAll) {
  std::mutex mutex;
  Progress last;
  RunHooks hooks;
  hooks.party = party(0, 2);
  hooks.on_progress = [&](const Progress& p) {
    const std::scoped_lock lock(mutex);
    EXPECT_GE(p.done, last.done);
    last = p;
  };
  model_.pause = std::chrono::milliseconds(1);
  const pid_t other = start(1, 2);
  store::Store store = open();
  ASSERT_TRUE(open_party(store, hooks.party));
  ASSERT_TRUE(eval::run(model_, registry_, store, plan_, hooks));
  EXPECT_EQ(end_of(other), 0);
  EXPECT_EQ(last.planned, static_cast<std::int64_t>(kAll));
  EXPECT_EQ(last.done, last.planned);
}

}  // namespace
}  // namespace assay::eval
