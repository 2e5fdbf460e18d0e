#include <cmath>
#include <gtest/gtest.h>
#include <map>
#include <numeric>
#include <rapidcheck/gtest.h>
#include <set>

#include "eval/budget.h"
#include "eval/information.h"
#include "eval/item_order.h"
#include "eval/progress_meter.h"
#include "eval/reducers.h"
#include "unit/eval/runner_fixture.h"

namespace assay::eval {
namespace {

using RunnerBudget = RunnerFixture;

TEST(Budget, FairPartsGoToThoseWhoNeedMore) {
  EXPECT_DOUBLE_EQ(Budget::fair_part(90, {}), 90);
  EXPECT_DOUBLE_EQ(Budget::fair_part(90, {1000, 1000}), 30);
  EXPECT_DOUBLE_EQ(Budget::fair_part(90, {10, 1000}), 40);
  EXPECT_DOUBLE_EQ(Budget::fair_part(90, {10, 20}), 60);
  EXPECT_DOUBLE_EQ(Budget::fair_part(0, {5}), 0);
}

RC_GTEST_PROP(Budget, APartIsNeverUnderAnEqualOneNorOverTheWhole, ()) {
  const auto wants = *rc::gen::container<std::vector<double>>(
      rc::gen::map(rc::gen::inRange(0, 1000), [](int x) { return static_cast<double>(x); }));
  const double total = *rc::gen::inRange(0, 1000);
  const double part = Budget::fair_part(total, wants);
  RC_ASSERT(part <= total + 1e-9);
  RC_ASSERT(part >= total / static_cast<double>(wants.size() + 1) - 1e-9);
  const double others = std::accumulate(wants.begin(), wants.end(), 0.0);
  RC_ASSERT(part >= total - others - 1e-9);
}

TEST(Budget, IsSpentOnlyOnceAndStopsAtItsEnd) {
  Budget budget(100.0);
  budget.begin_task({50.0});
  EXPECT_EQ(budget.affordable(8.0), 8.0);  // nothing known yet
  budget.spent(10.0, 10.0);
  EXPECT_NEAR(budget.affordable(8.0), 20.0, 1e-9);  // half of the 40 that are left of its part
  budget.spent(40.0, 40.0);
  EXPECT_EQ(budget.affordable(8.0), 0.0);
  EXPECT_FALSE(budget.exhausted());
  budget.begin_task({});
  budget.spent(10.0, 10.0);
  EXPECT_NEAR(budget.affordable(8.0), 20.0, 1e-9);
  budget.spent(40.0, 40.0);
  EXPECT_TRUE(budget.exhausted());
  EXPECT_TRUE(std::isinf(Budget(std::nullopt).affordable(1.0)));
}

TEST_F(RunnerBudget, ATokenLimitCutsEveryTaskFairlyAndSaysSo) {
  add_task(registry_, "a", 400);
  add_task(registry_, "b", 20);
  add_task(registry_, "c", 400);
  plan_.max_tokens = 3000;  // a request takes 10
  const RunOutcome outcome = run();
  EXPECT_FALSE(outcome.finished.empty());
  std::map<std::string, TaskOutcome> tasks;
  for (const TaskOutcome& task : outcome.tasks) tasks[task.task] = task;
  EXPECT_EQ(tasks["b"].status, Status::measured);
  for (const char* name : {"a", "c"}) {
    EXPECT_EQ(tasks[name].status, Status::partly);
    EXPECT_FALSE(tasks[name].reason.zh.empty());
    EXPECT_NEAR(static_cast<double>(tasks[name].done), 140.0, 40.0);
    EXPECT_EQ(tasks[name].figures.at(0).estimate.n, tasks[name].done);
  }
  EXPECT_LE(model_.ledger().computed_tokens, 3000);
}

TEST_F(RunnerBudget, ATimeLimitGivesEveryTaskItsPart) {
  for (const char* name : {"a", "b", "c"}) add_task(registry_, name, 500);
  model_.pause = std::chrono::milliseconds(1);
  plan_.max_time = std::chrono::milliseconds(300);
  const RunOutcome outcome = run();
  EXPECT_FALSE(outcome.finished.empty());
  for (const TaskOutcome& task : outcome.tasks) {
    EXPECT_EQ(task.status, Status::partly) << task.task;
    EXPECT_GT(task.done, 0) << task.task;
    EXPECT_LT(task.done, 500) << task.task;
  }
}

Figure figure_of(double value, double low, double high, bool primary,
                 stats::Sides sides = stats::Sides::two) {
  Figure out;
  out.primary = primary;
  out.estimate.value = value;
  out.estimate.interval = {low, high};
  out.estimate.sides = sides;
  out.estimate.method = "wilson";
  return out;
}

TEST(Information, TheWidestPrimaryFigureCountsOnAScaleForAllUnits) {
  TaskOutcome outcome;
  EXPECT_DOUBLE_EQ(uncertainty(outcome), 1.0);  // nothing known
  outcome.figures = {figure_of(0.5, 0.0, 1.0, false)};
  EXPECT_DOUBLE_EQ(uncertainty(outcome), 1.0);
  outcome.figures.push_back(figure_of(0.5, 0.4, 0.6, true));
  outcome.figures.push_back(figure_of(400.0, 320.0, 480.0, true));
  EXPECT_NEAR(uncertainty(outcome), 0.4, 1e-12);
  outcome.figures.push_back(figure_of(0.0, 0.0, 0.3, true, stats::Sides::upper));
  EXPECT_NEAR(uncertainty(outcome), 0.6, 1e-12);
  outcome.figures.back().estimate = stats::no_estimate("nothing");
  EXPECT_DOUBLE_EQ(uncertainty(outcome), 1.0);
}

RC_GTEST_PROP(Information, NarrowingIsWhatTheRootOfTheNumberGives, ()) {
  const auto n = static_cast<std::int64_t>(*rc::gen::inRange(1, 1000));
  const auto more = static_cast<std::int64_t>(*rc::gen::inRange(1, 1000));
  const double after = 0.3 - narrowing(0.3, n, more);
  RC_ASSERT(std::abs(after * std::sqrt(static_cast<double>(n + more)) -
                     0.3 * std::sqrt(static_cast<double>(n))) < 1e-9);
  RC_ASSERT(narrowing(0.3, 0, more) == 0.3);
  RC_ASSERT(narrowing(0.3, n, 0) == 0.0);
}

/// A task of the runner whose answers are right or wrong by turns, or all right.
SmallTask& add_answers(Registry& registry, const std::string& name, bool all_right) {
  SmallTask& task = add_task(registry, name, 400);
  task.scorer = [all_right](const Sample& sample, const Trace&) {
    const bool good = all_right || sample.metadata["number"].get<int>() % 4 < 2;
    return good ? Score::pass("yes") : Score::miss("no", "wrong");
  };
  return task;
}

TEST_F(RunnerBudget, WhatIsUnsureGetsMoreThanWhatIsSettled) {
  add_answers(registry_, "settled", true);
  add_answers(registry_, "unsure", false);
  plan_.max_tokens = 3000;  // 300 answers
  const RunOutcome outcome = run();
  std::map<std::string, TaskOutcome> tasks;
  for (const TaskOutcome& task : outcome.tasks) tasks[task.task] = task;
  EXPECT_GE(tasks["settled"].done, 16);
  EXPECT_GT(tasks["unsure"].done, tasks["settled"].done + 40);
  EXPECT_GE(tasks["unsure"].done + tasks["settled"].done, 280);
  EXPECT_FALSE(tasks["unsure"].examples.empty());
}

/// Two tasks as unsure, one of which costs five times as much an answer: by the square root law its
/// part of the answers is smaller, though not of the cost.
TEST_F(RunnerBudget, WhatCostsMoreGetsFewerAnswers) {
  add_answers(registry_, "cheap", false);
  SmallTask& dear = add_answers(registry_, "dear", false);
  dear.solver_ = std::make_shared<DialogueSolver>();
  dear.turns = 4;
  plan_.max_tokens = 4000;
  const RunOutcome outcome = run();
  std::map<std::string, TaskOutcome> tasks;
  for (const TaskOutcome& task : outcome.tasks) tasks[task.task] = task;
  EXPECT_GE(tasks["dear"].done, 16);
  EXPECT_GT(tasks["cheap"].done, 2 * tasks["dear"].done);
  EXPECT_LE(model_.ledger().computed_tokens, 4000);
}

/// The first look at a task of agents once took the time of all that came after it.
TEST_F(RunnerBudget, ATaskThatIsFarDearerTakesNoOthersPart) {
  SmallTask& dear = add_answers(registry_, "dear", false);
  dear.solver_ = std::make_shared<DialogueSolver>();
  dear.turns = 49;
  for (const char* name : {"a", "b", "c"}) add_answers(registry_, name, false);
  plan_.max_tokens = 3000;  // an answer of the dear one takes 500, of the others 10
  for (const TaskOutcome& task : run().tasks) {
    EXPECT_GE(task.done, task.task == "dear" ? 1 : 16) << task.task;
  }
  EXPECT_LE(model_.ledger().computed_tokens, 3500);
}

TEST_F(RunnerBudget, ABudgetThatIsEnoughCutsNothing) {
  add_answers(registry_, "a", true);
  add_answers(registry_, "b", false);
  plan_.max_tokens = 1000000;
  for (const TaskOutcome& task : run().tasks) {
    EXPECT_EQ(task.status, Status::measured) << task.task;
    EXPECT_EQ(task.done, 400);
  }
}

/// Costs of several visits add up, and a run that was stopped under a budget keeps to it.
TEST_F(RunnerBudget, ACancelledRunGoesOnWithinItsBudget) {
  add_answers(registry_, "a", true);
  add_answers(registry_, "b", false);
  plan_.max_tokens = 3000;
  CancelToken cancel;
  RunHooks hooks;
  hooks.cancel = &cancel;
  hooks.on_progress = [&](const Progress& progress) {
    if (progress.done >= 100) cancel.request();
  };
  model_.pause = std::chrono::milliseconds(2);
  const RunOutcome first = run(hooks);
  EXPECT_TRUE(first.finished.empty());
  const std::int64_t before = model_.ledger().computed_tokens;
  EXPECT_GT(before, 0);
  store::Store store = open();
  const auto outcome = eval::resume(model_, registry_, store, first.run_id);
  ASSERT_TRUE(outcome) << outcome.error().message();
  EXPECT_FALSE(outcome->finished.empty());
  std::int64_t done = 0;
  for (const TaskOutcome& task : outcome->tasks) {
    done += task.done;
    EXPECT_EQ(task.ledger.requests, task.done) << task.task;
  }
  EXPECT_GE(done, 270);
  EXPECT_LE(done, 300);
}

SmallTask& add_floor(Registry& registry, int items) {
  SmallTask& floor = add_task(registry, "floor", items);
  floor.info_.run_first = 10;
  floor.summary = [items](const std::vector<Scored>& scored, const SummaryContext&) {
    Summary out;
    if (static_cast<int>(scored.size()) < items) {
      out.status = Status::not_assessable;
      out.reason = {"too little evidence", "证据不足"};
    }
    return out;
  };
  return floor;
}

/// A small budget once made a floor of 9 items say that the model does not command English.
TEST_F(RunnerBudget, AFloorIsNotCutForTheTasksThatStandOnIt) {
  add_floor(registry_, 100);
  for (const char* name : {"a", "b", "c"}) {
    add_task(registry_, name, 400).info_.needs.language = true;
  }
  plan_.max_tokens = 1600;
  const RunOutcome outcome = run();
  EXPECT_EQ(outcome.tasks[0].status, Status::measured);
  EXPECT_EQ(outcome.tasks[0].done, 100);
  for (std::size_t i = 1; i < 4; ++i) {
    EXPECT_EQ(outcome.tasks[i].status, Status::partly);
    EXPECT_GT(outcome.tasks[i].done, 0);
  }
}

TEST_F(RunnerBudget, AFloorThatCouldNotBeFinishedSaysNothingAboutTheModel) {
  add_floor(registry_, 100);
  add_task(registry_, "a", 100).info_.needs.language = true;
  plan_.max_tokens = 300;
  const RunOutcome outcome = run();
  for (const TaskOutcome& task : outcome.tasks) {
    EXPECT_EQ(task.status, Status::not_measured) << task.task;
    EXPECT_FALSE(task.reason.zh.empty());
  }
  EXPECT_GT(outcome.tasks[0].done, 0);
  EXPECT_EQ(outcome.tasks[1].done, 0);
}

TEST_F(RunnerBudget, AnItemLimitIsPerTaskAndLanguage) {
  add_task(registry_, "a", 100);
  add_task(registry_, "b", 5);
  plan_.langs = {Lang::en, Lang::zh};
  plan_.max_items = 10;
  for (const TaskOutcome& task : run().tasks) EXPECT_EQ(task.done, task.task == "a" ? 10 : 5);
}

/// `--limit 10` once cut the floor to 10 items, too, which no model passes.
TEST_F(RunnerBudget, AnItemLimitDoesNotMakeAFloorUnreachable) {
  add_floor(registry_, 30);
  add_task(registry_, "a", 100).info_.needs.language = true;
  plan_.max_items = 5;
  const RunOutcome outcome = run();
  EXPECT_EQ(outcome.tasks[0].done, 30);
  EXPECT_EQ(outcome.tasks[1].status, Status::measured);
  EXPECT_EQ(outcome.tasks[1].done, 5);
}

std::vector<Sample> some_samples(int clusters, int cluster_size, int groups) {
  std::vector<Sample> out;
  for (int i = 0; i < clusters * cluster_size; ++i) {
    Sample& s = out.emplace_back();
    s.id = std::to_string(i);
    s.cluster = std::to_string(i / cluster_size);
    s.group = std::to_string(i / cluster_size % groups);
  }
  return out;
}

RC_GTEST_PROP(ItemOrder, BeginningsHoldEveryGroupAndWholeClusters, ()) {
  const int clusters = *rc::gen::inRange(1, 40);
  const int size = *rc::gen::inRange(1, 4);
  const int groups = *rc::gen::inRange(1, 5);
  const auto seed = *rc::gen::arbitrary<std::uint64_t>();
  const auto ordered = balanced_order(some_samples(clusters, size, groups), seed);
  std::set<std::string> ids;
  for (const Sample& s : ordered) ids.insert(s.id);
  RC_ASSERT(ids.size() == static_cast<std::size_t>(clusters * size));
  std::map<std::string, int> of_group;
  std::map<std::string, int> total;
  for (const Sample& s : ordered) ++total[s.group];
  for (std::size_t i = 0; i < ordered.size(); ++i) {
    ++of_group[ordered[i].group];
    const bool cluster_ends =
        i + 1 == ordered.size() || ordered[i + 1].cluster != ordered[i].cluster;
    RC_ASSERT((i + 1) % static_cast<std::size_t>(size) != 0 || cluster_ends);
    if (!cluster_ends) continue;
    const double share = static_cast<double>(i + 1) / static_cast<double>(ordered.size());
    for (const auto& [group, all] : total) {
      RC_ASSERT(std::abs(of_group[group] - share * all) <= 1.5 * size + 1e-9);
    }
  }
}

TEST(ItemOrder, FollowsTheSeedAndIsCutAtTheEndOfACluster) {
  const auto order = [](std::uint64_t seed) {
    std::string out;
    for (const Sample& s : balanced_order(some_samples(20, 2, 2), seed)) out += s.id + " ";
    return out;
  };
  EXPECT_EQ(order(1), order(1));
  EXPECT_NE(order(1), order(2));
  auto samples = balanced_order(some_samples(10, 3, 1), 1);
  keep_first(samples, 4);
  EXPECT_EQ(samples.size(), 6U);
  keep_first(samples, 100);
  EXPECT_EQ(samples.size(), 6U);
}

std::vector<Scored> epochs(const std::vector<std::string>& verdicts) {
  std::vector<Scored> out;
  for (std::size_t item = 0; item < verdicts.size(); ++item) {
    for (std::size_t e = 0; e < verdicts[item].size(); ++e) {
      Scored& s = out.emplace_back();
      s.sample_id = s.cluster = std::to_string(item);
      s.epoch = static_cast<int>(e);
      s.score = verdicts[item][e] == 's'   ? Score::pass("yes")
                : verdicts[item][e] == 'f' ? Score::miss("no")
                                           : Score::unassessed("unclear");
    }
  }
  return out;
}

std::string reduced(const std::vector<std::string>& verdicts, Reducer reducer, int k) {
  std::string out;
  for (const Scored& s : reduce(epochs(verdicts), reducer, k)) out += to_string(s.score.verdict)[0];
  return out;
}

TEST(Reducers, DecideOnlyWhatTheAnswersDecide) {
  EXPECT_EQ(reduced({"ssf", "sff", "suu", "sfu", "sf"}, Reducer::majority, 1), "sfuuu");
  EXPECT_EQ(reduced({"ssf", "sff", "suf", "uuu"}, Reducer::at_least_k, 2), "sfuu");
  EXPECT_EQ(reduced({"sf", "fs"}, Reducer::mean, 1), "sffs");
  EXPECT_EQ(reduced({"sf", "fs"}, Reducer::pass_at_k, 2), "sffs");
  EXPECT_TRUE(reduce({}, Reducer::majority, 1).empty());
}

TEST(Reducers, PassAtKIsTheUnbiasedEstimate) {
  SummaryContext context;
  const Figure figure = pass_at_k_figure(epochs({"ssff", "ffff", "ssss"}), 2, context);
  EXPECT_NEAR(figure.estimate.value, (5.0 / 6.0 + 0.0 + 1.0) / 3.0, 1e-12);
}

TEST(Reducers, HaveNamesThatAreReadBack) {
  for (const Reducer r :
       {Reducer::mean, Reducer::majority, Reducer::at_least_k, Reducer::pass_at_k}) {
    EXPECT_EQ(*parse_reducer(to_string(r)), r);
  }
  EXPECT_FALSE(parse_reducer("best"));
}

TEST(ProgressMeter, RatesAreRecentAndTheTimeLeftFollowsTheWork) {
  Progress last;
  ProgressMeter meter([&](const Progress& progress) { last = progress; });
  meter.plan(100, 1000.0);
  meter.begin_task("a", Lang::en, 100);
  meter.show(0.0);
  EXPECT_LT(last.seconds_left, 0.0);
  for (int i = 1; i <= 50; ++i) meter.finished(10.0, 20, i * 0.5);
  EXPECT_EQ(last.done, 50);
  EXPECT_NEAR(last.samples_per_second, 2.0, 0.2);
  EXPECT_NEAR(last.tokens_per_second, 40.0, 4.0);
  EXPECT_NEAR(last.seconds_left, 25.0, 2.0);
}

}  // namespace
}  // namespace assay::eval
