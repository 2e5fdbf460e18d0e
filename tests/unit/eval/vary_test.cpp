#include <algorithm>
#include <gtest/gtest.h>
#include <map>
#include <set>

#include "eval/vary/contexts.h"
#include "eval/vary/varied_task.h"
#include "unit/eval/runner_fixture.h"

namespace assay::eval {
namespace {

using VaryTest = RunnerFixture;

const Figure& figure_of(const TaskOutcome& outcome, const std::string& id) {
  const auto found = std::find_if(outcome.figures.begin(), outcome.figures.end(),
                                  [&](const Figure& figure) { return figure.id == id; });
  if (found == outcome.figures.end()) throw std::runtime_error("no figure " + id);
  return *found;
}

double share_of(const TaskOutcome& outcome, const std::string& source) {
  for (const VarianceShare& share : outcome.variance) {
    if (share.source == source) return share.share.value;
  }
  throw std::runtime_error("no share " + source);
}

TEST(Contexts, TheFirstIsTheReferenceAndLevelsAreEvenlyUsed) {
  const std::vector<std::size_t> levels{4, 5, 3};
  const auto contexts = choose_contexts(levels, 20, 7);
  ASSERT_EQ(contexts.size(), 20U);
  EXPECT_EQ(contexts.front(), (Context{0, 0, 0}));
  EXPECT_EQ(std::set<Context>(contexts.begin(), contexts.end()).size(), 20U);
  for (std::size_t f = 0; f < levels.size(); ++f) {
    std::map<std::uint32_t, int> used;
    for (const Context& context : contexts) ++used[context[f]];
    ASSERT_EQ(used.size(), levels[f]);
    for (const auto& [level, count] : used)
      EXPECT_NEAR(count, 20.0 / static_cast<double>(levels[f]), 1.0);
  }
  EXPECT_EQ(contexts, choose_contexts(levels, 20, 7));
  EXPECT_NE(contexts, choose_contexts(levels, 20, 8));
}

TEST(Contexts, ASmallCrossingIsTakenWhole) {
  EXPECT_EQ(choose_contexts({2, 3}, 12, 1).size(), 6U);
  EXPECT_EQ(choose_contexts({1}, 12, 1).size(), 1U);
}

TEST(Contexts, EachLevelKeepsTheWordsOfTheItemAndTheReferenceChangesNothing) {
  for (const Lang lang : {Lang::en, Lang::zh}) {
    Sample item;
    item.lang = lang;
    item.messages = {{"system", "Keep to it."}, {"user", "What is 2 + 2?"}};
    for (const Factor factor :
         {Factor::wording, Factor::persona, Factor::system, Factor::turns, Factor::format}) {
      const auto names = level_names(factor, {});
      std::set<std::string> seen;
      for (std::uint32_t level = 0; level < names.size(); ++level) {
        EXPECT_FALSE(names[level].en.empty());
        EXPECT_FALSE(names[level].zh.empty());
        Sample sample = item;
        apply(factor, level, sample);
        std::string text;
        for (const model::Message& message : sample.messages)
          text += message.role + ":" + message.content + "\n";
        EXPECT_NE(text.find("What is 2 + 2?"), std::string::npos) << text;
        EXPECT_NE(text.find("Keep to it."), std::string::npos) << text;
        EXPECT_EQ(sample.messages.front().role, "system");
        EXPECT_EQ(sample.messages.back().role, "user");
        EXPECT_TRUE(seen.insert(text).second) << to_string(factor) << level;
      }
      EXPECT_TRUE(seen.contains("system:Keep to it.\nuser:What is 2 + 2?\n"));
    }
  }
}

TEST(Contexts, ARawTextStaysAtTheEnd) {
  Sample item;
  item.context = "The capital of Australia is";
  for (const Factor factor : {Factor::wording, Factor::persona, Factor::system, Factor::turns}) {
    Sample sample = item;
    apply(factor, 1, sample);
    EXPECT_TRUE(sample.context.ends_with("\n\nThe capital of Australia is")) << to_string(factor);
    EXPECT_TRUE(sample.messages.empty());
  }
}

TEST(Contexts, UnknownFactorsAreRefusedAndKnownOnesPutInOrder) {
  const auto factors = parse_factors({"format", "persona", "format"});
  ASSERT_TRUE(factors);
  EXPECT_EQ(*factors, (std::vector<Factor>{Factor::persona, Factor::format}));
  const auto wrong = parse_factors({"mood"});
  ASSERT_FALSE(wrong);
  EXPECT_NE(wrong.error().next.find("quantisation"), std::string::npos);
}

TEST(Contexts, AVariationComesBackFromJsonAsItWas) {
  const Variation variation{{Factor::persona, Factor::quantisation}, 6, {"as-stored", "q8_0"}};
  const auto back = variation_from_json(to_json(variation));
  ASSERT_TRUE(back);
  EXPECT_EQ(back->factors, variation.factors);
  EXPECT_EQ(back->contexts, 6);
  EXPECT_EQ(back->forms, variation.forms);
  EXPECT_FALSE(variation_from_json(Json{{"factors", 3}}));
}

TEST_F(VaryTest, AFactorThatDecidesEverythingTakesTheVarianceAndIsTheWorstContext) {
  SmallTask& task = add_task(registry_, "a", 40);
  task.scorer = [](const Sample& sample, const Trace&) {
    for (const model::Message& message : sample.messages) {
      if (message.content.find("ten years old") != std::string::npos)
        return Score::miss("", "child");
    }
    return Score::pass("ok");
  };
  plan_.vary = Variation{{Factor::persona, Factor::format}, 20, {}};
  const RunOutcome outcome = run();
  ASSERT_EQ(outcome.tasks.size(), 1U);
  const TaskOutcome& out = outcome.tasks.front();
  EXPECT_EQ(out.done, 800);
  EXPECT_GT(share_of(out, "persona"), 0.95);
  EXPECT_LT(share_of(out, "format"), 0.02);
  EXPECT_DOUBLE_EQ(figure_of(out, "vary.reference.en").estimate.value, 1.0);
  EXPECT_NEAR(figure_of(out, "vary.all.en").estimate.value, 0.8, 1e-12);
  const Figure& worst = figure_of(out, "vary.worst.en");
  EXPECT_DOUBLE_EQ(worst.estimate.value, 0.0);
  EXPECT_NE(worst.label.en.find("a child"), std::string::npos) << worst.label.en;
  const Figure& difference = figure_of(out, "vary.difference.en");
  EXPECT_NEAR(difference.estimate.value, 0.2, 1e-12);
  EXPECT_GT(difference.estimate.interval.low, 0.0);
  EXPECT_NE(difference.note.en.find("overstated"), std::string::npos);
  EXPECT_DOUBLE_EQ(figure_of(out, "vary.persona.1.en").estimate.value, 0.0);
  EXPECT_DOUBLE_EQ(figure_of(out, "vary.persona.2.en").estimate.value, 1.0);
  EXPECT_EQ(figure_of(out, "vary.persona.2.en").group, "persona");
}

TEST_F(VaryTest, TheTaskOwnFiguresAreThoseOfTheReference) {
  add_task(registry_, "a", 40);
  const RunOutcome plain = run();
  plan_.vary = Variation{{Factor::format}, 4, {}};
  const RunOutcome varied = run({}, "varied.db");
  // The answers of the small task depend on the sample's id, so only the numbers are compared.
  EXPECT_EQ(varied.tasks.front().figures.front().id, plain.tasks.front().figures.front().id);
  EXPECT_EQ(varied.tasks.front().figures.front().estimate.n, 40);
  EXPECT_EQ(varied.tasks.front().done, 160);
}

TEST_F(VaryTest, TemperatureAndWeightsReachTheRequest) {
  add_task(registry_, "a", 10);
  plan_.vary = Variation{{Factor::temperature, Factor::quantisation}, 6, {"x", "y"}};
  run();
  std::map<std::pair<double, int>, int> seen;
  for (const model::GenerateRequest& request : model_.generated) {
    ++seen[{request.sampling.temperature, request.variant}];
  }
  EXPECT_EQ(seen.size(), 6U);
  for (const auto& [request, count] : seen) EXPECT_EQ(count, 10);
}

TEST_F(VaryTest, BothLanguagesStandInOneUnit) {
  add_task(registry_, "a", 30);
  plan_.langs = {Lang::en, Lang::zh};
  plan_.vary = Variation{{Factor::language, Factor::persona}, 10, {}};
  const RunOutcome outcome = run();
  ASSERT_EQ(outcome.tasks.size(), 1U);
  EXPECT_EQ(outcome.tasks.front().done, 300);
  EXPECT_GT(figure_of(outcome.tasks.front(), "vary.language.1.en").estimate.n, 100);
}

TEST_F(VaryTest, AKilledRunGoesOnInTheSameContexts) {
  add_task(registry_, "a", 30);
  plan_.vary = Variation{{Factor::persona, Factor::turns}, 8, {}};
  const std::string whole = comparable(run());
  CancelToken cancel;
  RunHooks hooks;
  hooks.cancel = &cancel;
  model_.on_request = [&, first = model_.ledger().requests](std::size_t count) {
    if (static_cast<std::int64_t>(count) - first == 100) cancel.request();
  };
  const RunOutcome stopped = run(hooks, "stopped.db");
  EXPECT_TRUE(stopped.finished.empty());
  model_.on_request = {};
  store::Store store = open("stopped.db");
  const auto resumed = resume(model_, registry_, store, stopped.run_id);
  ASSERT_TRUE(resumed) << resumed.error().message();
  EXPECT_EQ(comparable(*resumed), whole);
}

TEST_F(VaryTest, ATaskByNameThatCannotBeVariedIsRefused) {
  SmallTask& task = add_task(registry_, "a", 10);
  task.choices = {"x", "yy"};
  task.solver_ = std::make_shared<ChoiceSolver>(true);
  plan_.tasks = {"a"};
  plan_.vary = Variation{{Factor::temperature}, 3, {}};
  store::Store store = open();
  const auto outcome = eval::run(model_, registry_, store, plan_);
  ASSERT_FALSE(outcome);
  EXPECT_EQ(outcome.error().kind, ErrorKind::usage);
  EXPECT_NE(outcome.error().message().find("temperature"), std::string::npos);
}

}  // namespace
}  // namespace assay::eval
