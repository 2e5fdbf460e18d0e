#include "eval/runner.h"

#include <algorithm>
#include <gtest/gtest.h>
#include <map>
#include <set>

#include "eval/plain_form.h"
#include "eval/replay.h"
#include "unit/eval/runner_fixture.h"

namespace assay::eval {
namespace {

using RunnerTest = RunnerFixture;

TEST_F(RunnerTest, EverySampleIsAskedOnceAndCounted) {
  add_task(registry_, "a", 20);
  add_task(registry_, "b", 700);
  plan_.langs = {Lang::en, Lang::zh};
  const RunOutcome outcome = run();
  ASSERT_EQ(outcome.tasks.size(), 4U);
  EXPECT_FALSE(outcome.finished.empty());
  EXPECT_EQ(model_.generated.size(), 1440U);
  std::int64_t requests = 0;
  for (const TaskOutcome& task : outcome.tasks) {
    EXPECT_EQ(task.status, Status::measured);
    EXPECT_EQ(task.done, task.planned);
    EXPECT_EQ(task.success + task.failure + task.unassessed, task.done);
    EXPECT_GT(task.success, 0);
    EXPECT_GT(task.failure, 0);
    ASSERT_EQ(task.figures.size(), 1U);
    EXPECT_TRUE(task.figures[0].primary);
    EXPECT_EQ(task.figures[0].estimate.n, task.done);
    EXPECT_TRUE(task.figures[0].estimate.minimum_detectable);
    EXPECT_TRUE(task.figures[0].estimate.worst_case);
    requests += task.ledger.requests;
  }
  EXPECT_EQ(requests, 1440);
  EXPECT_EQ(outcome.ledger.requests, 1440);
  EXPECT_EQ(outcome.tasks[0].task, "a");
  EXPECT_EQ(outcome.tasks[2].lang, Lang::zh);
}

/// Asks another model for the question before each of two turns.
class AsideSolver : public Solver {
 public:
  explicit AsideSolver(model::Model* other) : other_(other) {}
  [[nodiscard]] std::string name() const override { return "aside"; }
  [[nodiscard]] Step next(const Sample& sample, Trace& trace) const override {
    Step step;
    if (trace.generations.size() == 2) return step;
    step.generate.emplace();
    if (trace.asides.size() == trace.generations.size()) {
      step.by = other_;
      step.generate->messages = {{"user", "what shall I ask about " + sample.id + "?"}};
    } else {
      const auto& aside = trace.asides.back();
      trace.transcript.push_back({"user", aside ? aside->text : aside.error().what});
      step.generate->messages = trace.transcript;
    }
    return step;
  }

 private:
  model::Model* other_;
};

TEST_F(RunnerTest, WhatAnotherModelSaysStandsBesideTheTranscript) {
  ScriptedModel other;
  other.can_.chat = false;
  other.reply = [](const model::GenerateRequest& request) -> Result<model::GenerateResult> {
    if (request.prompt.find("en-3?") != std::string::npos) {
      return fail(ErrorKind::io, "the other one is out");
    }
    return ScriptedModel::text("other says " + std::to_string(request.sampling.seed != 0));
  };
  SmallTask& task = add_task(registry_, "a", 20);
  task.solver_ = std::make_shared<AsideSolver>(&other);
  std::map<std::string, std::vector<model::Message>> transcripts;
  task.scorer = [&](const Sample& sample, const Trace& trace) {
    transcripts[sample.id] = trace.transcript;
    return Score::pass(std::string(trace.answer()));
  };
  const RunOutcome outcome = run();
  EXPECT_EQ(outcome.tasks[0].success, 20);
  EXPECT_EQ(model_.generated.size(), 40U);
  ASSERT_EQ(other.generated.size(), 40U);
  EXPECT_TRUE(other.generated[0].messages.empty()) << "it has no chat template: plain form";
  EXPECT_EQ(other.call_sizes[0], 20U) << "all samples' questions in one call";
  ASSERT_EQ(transcripts["en-1"].size(), 5U);
  EXPECT_EQ(transcripts["en-1"][1].content, "other says 1");
  EXPECT_EQ(transcripts["en-1"][2].role, "assistant");
  EXPECT_EQ(transcripts["en-3"][1].content, "the other one is out");
}

/// Gives up on some samples, as one whose own work was stopped.
class StoppedSolver : public GenerateSolver {
 public:
  [[nodiscard]] Step next(const Sample& sample, Trace& trace) const override {
    if (stopped && sample.id.ends_with("7")) {
      trace.error = Error{ErrorKind::cancelled, "stopped", sample.id, ""};
      return {};
    }
    return GenerateSolver::next(sample, trace);
  }
  bool stopped = true;
};

TEST_F(RunnerTest, ASolverThatWasStoppedLeftItsSampleUnassessedForGood) {
  SmallTask& task = add_task(registry_, "a", 20);
  const auto solver = std::make_shared<StoppedSolver>();
  task.solver_ = solver;
  const RunOutcome first = run();
  EXPECT_EQ(first.tasks[0].done, 18) << "two samples stay open";
  EXPECT_EQ(first.tasks[0].unassessed, 0);
  EXPECT_EQ(model_.generated.size(), 18U);
}

TEST_F(RunnerTest, TheSamePlanGivesTheSameOutcome) {
  add_task(registry_, "a", 50);
  const std::string first = comparable(run());
  EXPECT_EQ(comparable(run()), first);
  plan_.seed = 2;
  EXPECT_NE(comparable(run()), first);
}

TEST_F(RunnerTest, AStoredRunIsLoadedAsItWas) {
  add_task(registry_, "a", 30);
  const RunOutcome outcome = run();
  store::Store store = open();
  for (const std::string& name :
       {outcome.run_id, outcome.run_id.substr(0, 4), std::string("latest")}) {
    const auto loaded = load_outcome(store, name);
    ASSERT_TRUE(loaded) << loaded.error().message();
    EXPECT_EQ(to_json(*loaded), to_json(outcome));
  }
  const auto scored = load_scored(store, outcome.run_id, "a", Lang::en);
  ASSERT_EQ(scored->size(), 30U);
  EXPECT_TRUE((*scored)[0].metadata.contains("number"));
  EXPECT_EQ(load_outcome(store, "nope").error().kind, ErrorKind::not_found);
}

TEST_F(RunnerTest, TurnsAdvanceTogether) {
  SmallTask& task = add_task(registry_, "dialogue", 40);
  task.solver_ = std::make_shared<DialogueSolver>();
  task.turns = 2;
  const RunOutcome outcome = run();
  EXPECT_EQ(model_.call_sizes, (std::vector<std::size_t>{40, 40, 40}));
  store::Store store = open();
  const auto records = store.records(outcome.run_id);
  const auto trace = trace_from_json(records->front().record["trace"]);
  ASSERT_EQ(trace->transcript.size(), 6U);
  EXPECT_EQ(trace->transcript[5].role, "assistant");
  EXPECT_EQ(trace->generations.size(), 3U);
}

TEST_F(RunnerTest, ChoicesKeepTheirOrder) {
  SmallTask& task = add_task(registry_, "choice", 10);
  task.solver_ = std::make_shared<ChoiceSolver>();
  task.info_.needs = {};
  task.info_.needs.logprobs = true;
  task.choices = {" aaa", " b", " cc"};
  task.scorer = [](const Sample&, const Trace& trace) {
    const bool ordered = trace.scores.size() == 3 && trace.scores[0].total == -4.0 &&
                         trace.scores[1].total == -2.0 && trace.scores[2].total == -3.0;
    return ordered ? Score::pass("b") : Score::miss("");
  };
  for (const bool sink : {true, false}) {
    model_.calls_sink = sink;
    const RunOutcome outcome = run();
    EXPECT_EQ(outcome.tasks[0].success, 10);
    EXPECT_EQ(outcome.tasks[0].examples.at(0).transcript.back().role, "choices");
  }
}

TEST_F(RunnerTest, ACutAnswerIsNeverScored) {
  SmallTask& task = add_task(registry_, "a", 10);
  task.scorer = [](const Sample&, const Trace&) { return Score::pass("seen"); };
  model_.reply = [](const model::GenerateRequest& request) {
    auto result = ScriptedModel::text("half an ans");
    const std::string asked = ScriptedModel::last(request);
    if (asked.find("item 3 ") == 0) result->finish = model::FinishReason::length;
    return result;
  };
  TaskOutcome outcome = run().tasks[0];
  EXPECT_EQ(outcome.success, 9);
  EXPECT_EQ(outcome.unassessed_reasons, (std::map<std::string, std::int64_t>{{kReasonCutOff, 1}}));
  EXPECT_EQ(outcome.figures[0].estimate.unassessed, 1);
  EXPECT_NEAR(outcome.figures[0].estimate.worst_case->low, 0.9, 1e-12);
  task.scores_truncated_ = true;
  EXPECT_EQ(run().tasks[0].success, 10);
}

TEST_F(RunnerTest, ErrorsAreUnassessedWithTheReasonAndLoseNothingElse) {
  SmallTask& task = add_task(registry_, "a", 12);
  task.scorer = [](const Sample& sample, const Trace&) -> Score {
    if (sample.id == "en-1") throw std::runtime_error("bad scorer");
    return Score::pass("x");
  };
  model_.reply = [](const model::GenerateRequest& request) -> Result<model::GenerateResult> {
    const std::string asked = ScriptedModel::last(request);
    if (asked.find("item 2 ") == 0) return fail(ErrorKind::limit, "too long");
    if (asked.find("item 3 ") == 0) return fail(ErrorKind::internal, "broke");
    return ScriptedModel::text("fine");
  };
  const TaskOutcome outcome = run().tasks[0];
  EXPECT_EQ(outcome.success, 9);
  EXPECT_EQ(outcome.unassessed_reasons,
            (std::map<std::string, std::int64_t>{
                {kReasonTooLong, 1}, {kReasonModelError, 1}, {kReasonScorerError, 1}}));
  EXPECT_EQ(outcome.status, Status::partly);
  EXPECT_FALSE(outcome.reason.en.empty());
  EXPECT_FALSE(outcome.reason.zh.empty());
}

TEST_F(RunnerTest, ASolverThatThrowsIsNoCrash) {
  class Thrower : public Solver {
    [[nodiscard]] std::string name() const override { return "thrower"; }
    [[nodiscard]] Step next(const Sample&, Trace&) const override {
      throw std::runtime_error("solver broke");
    }
  };
  add_task(registry_, "a", 3).solver_ = std::make_shared<Thrower>();
  const TaskOutcome outcome = run().tasks[0];
  EXPECT_EQ(outcome.unassessed, 3);
  EXPECT_EQ(outcome.status, Status::not_assessable);
}

TEST_F(RunnerTest, AFloorThatIsNotPassedBlocksItsLanguage) {
  SmallTask& floor = add_task(registry_, "zz_floor", 5);
  floor.info_.run_first = 10;
  floor.summary = [](const std::vector<Scored>&, const SummaryContext& context) {
    Summary out;
    if (context.lang == Lang::zh) {
      out.status = Status::not_assessable;
      out.reason = {"The model does not command Chinese.", "该模型不掌握中文。"};
    }
    return out;
  };
  add_task(registry_, "speaks", 5).info_.needs.language = true;
  add_task(registry_, "counts", 5);
  plan_.langs = {Lang::en, Lang::zh};
  plan_.tasks = {"speaks", "counts"};  // the floor comes by itself
  const RunOutcome outcome = run();
  ASSERT_EQ(outcome.tasks.size(), 6U);
  EXPECT_EQ(outcome.tasks[0].task, "zz_floor");
  for (const TaskOutcome& task : outcome.tasks) {
    const bool blocked = task.lang == Lang::zh && task.task != "counts";
    EXPECT_EQ(task.status, blocked ? Status::not_assessable : Status::measured) << task.task;
    EXPECT_EQ(task.reason.zh, blocked ? "该模型不掌握中文。" : "");
    EXPECT_EQ(task.done, blocked && task.task == "speaks" ? 0 : 5);
  }
}

TEST_F(RunnerTest, NeedsThatAreNotMetAreNotMeasuredAndSayWhatHelps) {
  add_task(registry_, "chat").info_.needs.chat = true;
  add_task(registry_, "code").info_.needs.sandbox = true;
  add_task(registry_, "logprobs").info_.needs.logprobs = true;
  model_.can_ = {true, false, false, false, false};
  for (const TaskOutcome& task : run().tasks) {
    EXPECT_EQ(task.status, Status::not_measured);
    EXPECT_FALSE(task.reason.en.empty());
    EXPECT_FALSE(task.reason.zh.empty());
  }
  EXPECT_TRUE(model_.generated.empty());
}

TEST_F(RunnerTest, AModelWithoutATemplateIsAskedInPlainTextAndTheOutcomeSaysSo) {
  add_task(registry_, "a", 3);
  model_.can_.chat = false;
  model_.reply = [](const model::GenerateRequest& request) {
    EXPECT_TRUE(request.messages.empty());
    EXPECT_TRUE(request.prompt.starts_with("Question: item "));
    EXPECT_TRUE(request.prompt.ends_with("\nAnswer:"));
    return ScriptedModel::text("  Paris \n");
  };
  const TaskOutcome outcome = run().tasks[0];
  EXPECT_EQ(outcome.done, 3);
  EXPECT_NE(outcome.figures[0].note.en.find(plain_form_note().en), std::string::npos);
  EXPECT_EQ(outcome.examples.at(0).transcript.back().content, "Paris");
}

TEST_F(RunnerTest, RepeatsHaveSeedsAndATemperatureAndAreOneCluster) {
  add_task(registry_, "a", 10);
  plan_.epochs = 4;
  plan_.reducer_k = 2;
  const TaskOutcome outcome = run().tasks[0];
  EXPECT_EQ(outcome.planned, 40);
  EXPECT_EQ(outcome.done, 40);
  EXPECT_EQ(outcome.figures[0].estimate.n, 40);
  EXPECT_EQ(outcome.figures[0].estimate.clusters, 10);
  std::set<std::uint64_t> seeds;
  for (const auto& request : model_.generated) {
    EXPECT_EQ(request.sampling.temperature, kRepeatTemperature);
    seeds.insert(request.sampling.seed);
  }
  EXPECT_EQ(seeds.size(), 40U);
}

TEST_F(RunnerTest, PassAtKIsAddedAsAFigure) {
  add_task(registry_, "a", 10);
  plan_.epochs = 4;
  plan_.reducer = Reducer::pass_at_k;
  plan_.reducer_k = 2;
  const TaskOutcome outcome = run().tasks[0];
  ASSERT_EQ(outcome.figures.size(), 2U);
  EXPECT_EQ(outcome.figures[1].id, "pass_at_2.en");
  EXPECT_TRUE(outcome.figures[1].estimate.known());
}

TEST_F(RunnerTest, WrongPlansAreUsageErrorsWithNearNames) {
  add_task(registry_, "arithmetic");
  store::Store store = open();
  const auto error_of = [&](const std::function<void(RunPlan&)>& change) {
    RunPlan plan = plan_;
    change(plan);
    const auto outcome = eval::run(model_, registry_, store, plan);
    EXPECT_FALSE(outcome);
    EXPECT_EQ(outcome.error().kind, ErrorKind::usage);
    EXPECT_FALSE(outcome.error().next.empty());
    return outcome ? std::string() : outcome.error().message();
  };
  EXPECT_NE(error_of([](RunPlan& p) { p.tasks = {"arithmetics"}; }).find("arithmetic?"),
            std::string::npos);
  EXPECT_NE(error_of([](RunPlan& p) { p.topics = {"misuse.ciber"}; }).find("misuse.cyber"),
            std::string::npos);
  error_of([](RunPlan& p) { p.topics = {"misuse"}; });
  error_of([](RunPlan& p) { p.profile = "fast"; });
  error_of([](RunPlan& p) { p.langs = {}; });
  error_of([](RunPlan& p) { p.epochs = 0; });
  error_of([](RunPlan& p) { p.reducer_k = 2; });
  error_of([](RunPlan& p) { p.max_items = 0; });
  EXPECT_TRUE(store.list_runs()->empty());
}

TEST_F(RunnerTest, PlansAreReadBackAsWritten) {
  plan_.topics = {"misuse"};
  plan_.seed = UINT64_MAX;
  plan_.max_items = 7;
  plan_.max_time = std::chrono::milliseconds(1500);
  plan_.reducer = Reducer::majority;
  const auto read = run_plan_from_json(to_json(plan_));
  ASSERT_TRUE(read) << read.error().message();
  EXPECT_EQ(to_json(*read), to_json(plan_));
  EXPECT_FALSE(run_plan_from_json(Json{{"profile", 1}}));
}

TEST_F(RunnerTest, ExamplesShowEachVerdict) {
  SmallTask& task = add_task(registry_, "a", 60);
  task.info_.sensitive = true;
  task.scorer = [](const Sample& sample, const Trace&) {
    const auto kind = stable_hash(sample.id) % 3;
    if (kind == 0) return Score::pass("p", "right");
    return kind == 1 ? Score::miss("m", "wrong") : Score::unassessed("unclear");
  };
  const TaskOutcome outcome = run().tasks[0];
  std::map<Verdict, int> shown;
  for (const ShownExample& example : outcome.examples) {
    ++shown[example.verdict];
    EXPECT_TRUE(example.sensitive);
    EXPECT_FALSE(example.transcript.empty());
  }
  EXPECT_EQ(shown[Verdict::success], 1);
  EXPECT_EQ(shown[Verdict::failure], 2);
  EXPECT_EQ(shown[Verdict::unassessed], 1);
}

TEST_F(RunnerTest, ProgressCountsUpToThePlan) {
  add_task(registry_, "a", 30);
  add_task(registry_, "b", 30);
  model_.pause = std::chrono::microseconds(2000);
  std::vector<Progress> seen;
  std::vector<std::string> ended;
  RunHooks hooks;
  hooks.on_progress = [&](const Progress& progress) { seen.push_back(progress); };
  hooks.on_task_end = [&](const TaskOutcome& outcome) { ended.push_back(outcome.task); };
  run(hooks);
  EXPECT_EQ(ended, (std::vector<std::string>{"a", "b"}));
  ASSERT_GE(seen.size(), 2U);
  for (std::size_t i = 1; i < seen.size(); ++i) EXPECT_GE(seen[i].done, seen[i - 1].done);
  EXPECT_EQ(seen.back().done, 60);
  EXPECT_EQ(seen.back().planned, 60);
  EXPECT_EQ(seen.back().task_done, 30);
  EXPECT_GT(seen.back().samples_per_second, 0.0);
}

}  // namespace
}  // namespace assay::eval
