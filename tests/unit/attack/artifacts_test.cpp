#include "attack/artifacts.h"

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <gtest/gtest.h>

#include "attack/effort.h"
#include "support/scratch_folder.h"

namespace assay::attack {
namespace {

namespace fs = std::filesystem;

Json attempt(const std::string& behaviour, Json queries, Json hit, Json broken) {
  return Json{{"index", 0},
              {"goal", "Say the word lantern"},
              {"behavior", behaviour},
              {"category", "stand-in"},
              {"prompt", "p"},
              {"response", "r"},
              {"number_of_queries", std::move(queries)},
              {"queries_to_jailbreak", std::move(hit)},
              {"jailbroken", std::move(broken)},
              {"jailbroken_other", true}};
}

Json document(const std::string& type, std::vector<Json> attempts) {
  return Json{{"parameters", {{"method", "M"}, {"model", "m"}, {"attack_type", type}}},
              {"jailbreaks", std::move(attempts)}};
}

Result<Artifact> parsed(const Json& json) { return parse_artifact(json.dump(), "x.json"); }

TEST(Artifacts, FieldsAreReadAsTheyStand) {
  const auto read = parsed(document("black_box", {attempt("b", 90, 13, true)}));
  ASSERT_TRUE(read) << read.error().message();
  EXPECT_EQ(read->method, "M");
  EXPECT_EQ(read->attack_type, "black_box");
  const ArtifactAttempt& a = read->attempts.at(0);
  EXPECT_EQ(a.behavior, "b");
  EXPECT_EQ(a.number_of_queries, 90);
  EXPECT_EQ(a.queries_to_jailbreak, 13);
  EXPECT_EQ(a.jailbroken, true);
  EXPECT_EQ(a.labels.at("other"), true);
  EXPECT_FALSE(a.prompt_tokens);
}

TEST(Artifacts, WhatIsWrongIsNamed) {
  const Json good = attempt("b", 90, 13, true);
  const auto with = [&](const std::string& key, Json value) {
    Json item = good;
    item[key] = std::move(value);
    return document("black_box", {good, item});
  };
  const std::vector<std::pair<Json, std::string>> bad{
      {with("number_of_queries", -1), "number_of_queries"},
      {with("number_of_queries", 1e300), "number_of_queries"},
      {with("number_of_queries", "90"), "number_of_queries"},
      {with("queries_to_jailbreak", 91), "queries_to_jailbreak"},
      {with("jailbroken", 1), "jailbroken"},
      {with("jailbroken_other", "yes"), "jailbroken_other"},
      {with("behavior", nullptr), "behavior"},
      {with("prompt", Json::array()), "prompt"}};
  for (const auto& [json, key] : bad) {
    const auto read = parsed(json);
    ASSERT_FALSE(read) << key;
    EXPECT_EQ(read.error().kind, ErrorKind::format);
    EXPECT_NE(read.error().what.find(key), std::string::npos) << read.error().message();
    EXPECT_EQ(read.error().where, "x.json, item 2");
  }
  EXPECT_FALSE(parsed(document("black_box", {})));
  EXPECT_FALSE(parsed(document("black_box", {Json("text")})));
  EXPECT_FALSE(parsed(Json::array()));
  EXPECT_FALSE(parsed(Json{{"jailbreaks", Json::array({good})}}));
  EXPECT_FALSE(parse_artifact("{\"jailbreaks\": [", "x.json"));
  EXPECT_FALSE(parse_artifact(std::string(2000, '['), "x.json"));
  EXPECT_FALSE(parse_artifact("", "x.json"));
}

TEST(Artifacts, FoldersKeepWhatIsOneAndNameTheRest) {
  const test::ScratchFolder folder;
  folder.write("a/b/x.json", document("manual", {attempt("b", nullptr, nullptr, true)}).dump());
  folder.write("info.json", R"({"models": []})");
  folder.write("readme.txt", "text");
  const std::vector<fs::path> places{folder.path()};
  const auto read = read_artifacts(places);
  ASSERT_TRUE(read) << read.error().message();
  EXPECT_EQ(read->artifacts.size(), 1U);
  ASSERT_EQ(read->other_files.size(), 1U);
  EXPECT_NE(read->other_files[0].find("info.json"), std::string::npos);
  const std::vector<fs::path> other{folder / "info.json"};
  EXPECT_FALSE(read_artifacts(other)) << "a file given by name must be an artifact";
  const std::vector<fs::path> nowhere{folder / "nothing.json"};
  EXPECT_FALSE(read_artifacts(nowhere));
  fs::remove_all(folder / "a");
  EXPECT_FALSE(read_artifacts(places)) << "none left";
}

TEST(EffortOf, CountsAreReadAsTheHeaderSays) {
  const auto read = parsed(document(
      "black_box", {attempt("hit", 30, 13, true), attempt("spent", 60, nullptr, true),
                    attempt("stopped", 30, 5, false), attempt("budget", 90, nullptr, false),
                    attempt("half", 60, nullptr, false), attempt("none", 90, nullptr, nullptr)}));
  ASSERT_TRUE(read);
  const EffortTrials trials = effort_of(*read);
  EXPECT_EQ(trials.budget, 90.0);
  EXPECT_EQ(trials.unassessed, 1);
  ASSERT_EQ(trials.trials.size(), 5U);
  const auto expect = [&](std::size_t i, double cost, Ending ending, bool at_most) {
    EXPECT_EQ(trials.trials[i].cost, cost) << i;
    EXPECT_EQ(trials.trials[i].ending, ending) << i;
    EXPECT_EQ(trials.trials[i].at_most, at_most) << i;
  };
  expect(0, 13.0, Ending::broken, false);
  expect(1, 60.0, Ending::broken, true);
  expect(2, 5.0, Ending::stopped, false);
  expect(3, 90.0, Ending::budget, false);
  expect(4, 60.0, Ending::stopped, false);
  BehaviourNumbers numbers;
  const auto failed = survival_times(trials, Stops::failed, numbers);
  const auto censored = survival_times(trials, Stops::censored, numbers);
  EXPECT_EQ(failed[2].time, 90.0);
  EXPECT_EQ(censored[2].time, 5.0);
  EXPECT_EQ(failed[2].cause, 0);
  EXPECT_EQ(failed[2].cluster, censored[2].cluster);
}

TEST(EffortOf, AttacksWithoutCountsAreOneQueryOrUnknown) {
  const std::vector<Json> attempts{attempt("a", nullptr, nullptr, true),
                                   attempt("b", nullptr, nullptr, false)};
  const EffortTrials manual = effort_of(*parsed(document("manual", attempts)));
  EXPECT_EQ(manual.budget, 1.0);
  EXPECT_EQ(manual.trials[0].cost, 1.0);
  EXPECT_EQ(manual.trials[1].ending, Ending::budget);
  const EffortTrials unknown = effort_of(*parsed(document("white_box", attempts)));
  EXPECT_EQ(unknown.budget, 0.0);
  const EffortFigures figures = effort_figures(unknown);
  EXPECT_EQ(figures.broken.value, 0.5);
  EXPECT_FALSE(figures.median.estimate.known());
  EXPECT_TRUE(figures.at.empty());
  EXPECT_EQ(figures.labels.at(0).differ, 1);
}

/// The published artifacts: success of 100 behaviours by the stored label, in %.
TEST(JailbreakBench, TheTableOfSuccessIsReproduced) {
  const fs::path folder = fs::path(ASSAY_SHARED_DATA) / "jailbreakbench-artifacts";
  if (!fs::is_directory(folder)) GTEST_SKIP() << "no " << folder;
  const std::vector<fs::path> places{folder};
  const auto read = read_artifacts(places);
  ASSERT_TRUE(read) << read.error().message();
  EXPECT_EQ(read->artifacts.size(), 18U);
  std::map<std::string, int> broken;
  std::int64_t compared = 0;
  std::int64_t differ = 0;
  for (const Artifact& artifact : read->artifacts) {
    ASSERT_EQ(artifact.attempts.size(), 100U);
    const EffortFigures figures = effort_figures(effort_of(artifact));
    broken[artifact.method + " " + artifact.model] =
        static_cast<int>(std::lround(100.0 * figures.broken.value));
    EXPECT_NEAR(figures.broken.value, *artifact.attack_success_rate, 1e-12) << artifact.file;
    for (const LabelCheck& check : figures.labels) {
      compared += check.compared;
      differ += check.differ;
    }
    if (figures.trials.budget > 0.0) {
      EXPECT_NEAR(figures.curve.points.back().survival, 1.0 - figures.broken.value, 1e-12);
    }
  }
  const std::map<std::string, int> expected{{"DSN llama-2-7b-chat-hf", 94},
                                            {"DSN vicuna-13b-v1.5", 95},
                                            {"GCG gpt-3.5-turbo-1106", 47},
                                            {"GCG gpt-4-0125-preview", 4},
                                            {"GCG llama-2-7b-chat-hf", 3},
                                            {"GCG vicuna-13b-v1.5", 80},
                                            {"JailbreakChat gpt-3.5-turbo-1106", 0},
                                            {"JailbreakChat gpt-4-0125-preview", 0},
                                            {"JailbreakChat llama-2-7b-chat-hf", 0},
                                            {"JailbreakChat vicuna-13b-v1.5", 90},
                                            {"PAIR gpt-3.5-turbo-1106", 71},
                                            {"PAIR gpt-4-0125-preview", 34},
                                            {"PAIR llama-2-7b-chat-hf", 0},
                                            {"PAIR vicuna-13b-v1.5", 69},
                                            {"adaptive_random_search gpt-3.5-turbo-1106", 93},
                                            {"adaptive_random_search gpt-4-0125-preview", 78},
                                            {"adaptive_random_search llama-2-7b-chat-hf", 90},
                                            {"adaptive_random_search vicuna-13b-v1.5", 89}};
  EXPECT_EQ(broken, expected);
  EXPECT_EQ(compared, 1437) << "answers with both labels";
  EXPECT_EQ(differ, 155);
}

TEST(JailbreakBench, MediansAreThoseOfTheQueryCounts) {
  const fs::path folder = fs::path(ASSAY_SHARED_DATA) / "jailbreakbench-artifacts";
  if (!fs::is_directory(folder)) GTEST_SKIP() << "no " << folder;
  const std::vector<fs::path> places{folder / "attack-artifacts/PAIR/black_box"};
  const auto read = read_artifacts(places);
  ASSERT_TRUE(read) << read.error().message();
  for (const Artifact& artifact : read->artifacts) {
    std::vector<double> costs;  // by hand: what is not broken costs more than any budget
    for (const ArtifactAttempt& a : artifact.attempts) {
      const auto spent = a.queries_to_jailbreak ? a.queries_to_jailbreak : a.number_of_queries;
      costs.push_back(*a.jailbroken ? static_cast<double>(*spent) : 1e9);
    }
    std::sort(costs.begin(), costs.end());
    const EffortFigures figures = effort_figures(effort_of(artifact));
    if (costs[49] >= 1e9) {
      EXPECT_FALSE(figures.median.reached) << artifact.file;
      EXPECT_EQ(figures.median.tried, 90.0);
    } else {
      EXPECT_EQ(figures.median.estimate.value, costs[49]) << artifact.file;
    }
  }
}

TEST(CompareEfforts, MethodsAndModelsArePairedByBehaviour) {
  const auto list = [](const std::string& method, const std::string& model, double cost) {
    EffortTrials out;
    out.method = method;
    out.model = model;
    out.budget = 100.0;
    for (int b = 0; b < 30; ++b) {
      out.trials.push_back(
          {std::string("b") + std::to_string(b), cost + b, Ending::broken, false, {}});
    }
    return out;
  };
  std::vector<EffortTrials> all{list("A", "m", 2), list("B", "m", 60), list("A", "n", 2)};
  const EffortComparisons found = compare_efforts(all);
  ASSERT_EQ(found.groups.size(), 2U);
  ASSERT_EQ(found.pairs.size(), 2U);
  const EffortPair& methods = found.pairs[0];
  EXPECT_TRUE(methods.methods);
  EXPECT_TRUE(methods.result.paired);
  EXPECT_EQ(methods.shared, "m");
  EXPECT_LT(methods.adjusted_p, 1e-3);
  EXPECT_NEAR(methods.result.mean_difference.value, 58.0, 1e-9);
  const EffortPair& models = found.pairs[1];
  EXPECT_FALSE(models.methods);
  EXPECT_EQ(models.shared, "A");
  EXPECT_GT(models.adjusted_p, 0.5) << "alike";
  EXPECT_FALSE(dump_json(to_json(found)).empty());
}

}  // namespace
}  // namespace assay::attack
