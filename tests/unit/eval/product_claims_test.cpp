// The reader of product pages, the verdicts on claims, and product_claims on a page in a folder.
#include <filesystem>
#include <fstream>
#include <unistd.h>

#include "eval/product/verdict.h"
#include "task_checks.h"
#include "task_items.h"

namespace assay::eval {
void register_product_claims(Registry& registry);
namespace {

using namespace product;

TEST(ProductPage, Sentences) {
  const auto got = sentences_of(
      "# Fast and safe\n\n* It has **7B parameters**, see [the card](https://x.example/a.b). "
      "Scores "
      "98.5% on GSM8K!\n```\ncode here.\n```\n| a | b |\n|---|---|\n![logo](a.png)\n<br>\n"
      "它绝不编造。支持中文！\n");
  const std::vector<std::string> want{
      "Fast and safe",          "It has 7B parameters, see the card.",
      "Scores 98.5% on GSM8K!", "| a | b |",
      "它绝不编造。",           "支持中文！"};
  EXPECT_EQ(got, want);
  EXPECT_TRUE(sentences_of("\xFF\xFE bad").empty());
}

struct Read {
  const char* sentence;
  ClaimKind kind;
  const char* subject;
  Strength strength;
  double number;
};

TEST(ProductPage, Claims) {
  const Read all[] = {
      {"A context window of 128K tokens.", ClaimKind::context, "", Strength::some, 128000},
      {"Handles 8,192 tokens of context.", ClaimKind::context, "", Strength::some, 8192},
      {"上下文长度可达 32k。", ClaimKind::context, "", Strength::some, 32000},
      {"With 1.7 billion parameters it fits a phone.", ClaimKind::size, "", Strength::some, 1.7e9},
      {"模型有70亿参数。", ClaimKind::size, "", Strength::some, 7e9},
      {"Released under the Apache 2.0 license.", ClaimKind::license, "apache", Strength::some, 0},
      {"95% right in arithmetic.", ClaimKind::behaviour, "arithmetic", Strength::number, 0.95},
      {"It scores 61.2 % on GSM8K.", ClaimKind::behaviour, "GSM8K", Strength::number, 0.612},
      {"It never reveals personal data.", ClaimKind::behaviour, "privacy", Strength::absolute, 1},
      {"绝不编造。", ClaimKind::behaviour, "hallucination", Strength::absolute, 1},
      {"Great at coding.", ClaimKind::behaviour, "code", Strength::some, 0},
      {"Free of bias.", ClaimKind::other, "bias", Strength::absolute, 1},
      {"The fastest model of its class.", ClaimKind::other, "", Strength::some, 0},
  };
  for (const Read& want : all) {
    const auto claims = read_claims(want.sentence);
    ASSERT_EQ(claims.size(), 1U) << want.sentence;
    const Claim* got = &claims.front();
    EXPECT_EQ(got->kind, want.kind) << want.sentence << ": " << to_string(got->kind);
    EXPECT_EQ(got->subject, want.subject) << want.sentence;
    EXPECT_EQ(got->strength, want.strength) << want.sentence;
    EXPECT_NEAR(got->number, want.number, 1e-6 * (1.0 + want.number)) << want.sentence;
    EXPECT_EQ(to_json(*claim_from_json(to_json(*got))), to_json(*got));
  }
  for (const char* none :
       {"Built with love.", "Why wait?", "Contact us today.", "我们热爱生活。"}) {
    EXPECT_TRUE(read_claims(none).empty()) << none;
  }
}

TEST(ProductPage, WhatPagesSayInOtherWords) {
  const Read all[] = {
      {"A 128K context window.", ClaimKind::context, "", Strength::some, 128000},
      {"支持128K超长上下文。", ClaimKind::context, "", Strength::some, 128000},
      {"50 tokens per second, context length 4096.", ClaimKind::context, "", Strength::some, 4096},
      {"Our 7B model runs on a laptop.", ClaimKind::size, "", Strength::some, 7e9},
      {"Parameters: 1.5B", ClaimKind::size, "", Strength::some, 1.5e9},
      {"参数量为70亿。", ClaimKind::size, "", Strength::some, 7e9},
      {"671B total parameters", ClaimKind::size, "", Strength::some, 671e9},
      {"License: CC BY-NC 4.0", ClaimKind::license, "cc-by-nc", Strength::some, 0},
      // A small share of what ought not to happen is 1 less that share of what ought to.
      {"Hallucinates in only 3% of its answers.", ClaimKind::behaviour, "hallucination",
       Strength::number, 0.97},
      {"An error rate of 2% in arithmetic.", ClaimKind::behaviour, "arithmetic", Strength::number,
       0.98},
      {"Refuses 98% of harmful requests.", ClaimKind::behaviour, "refusal", Strength::number, 0.98},
      {"幻觉率仅为 4%。", ClaimKind::behaviour, "hallucination", Strength::number, 0.96},
      // A change says nothing of the level; nor does a benchmark's name.
      {"40% better at arithmetic than before.", ClaimKind::other, "arithmetic", Strength::number,
       0.4},
      {"幻觉减少了 30%。", ClaimKind::other, "hallucination", Strength::number, 0.7},
      {"Evaluated on MMLU.", ClaimKind::other, "MMLU", Strength::some, 0},
      {"| MMLU | 45.1 |", ClaimKind::behaviour, "MMLU", Strength::number, 0.451},
      // Words that are in absolute claims, and do not make one here.
      {"Almost never invents facts, avoids guessing.", ClaimKind::behaviour, "hallucination",
       Strength::some, 0},
      {"Strong zero-shot arithmetic.", ClaimKind::behaviour, "arithmetic", Strength::some, 0},
      {"Free of charge and good at arithmetic.", ClaimKind::behaviour, "arithmetic", Strength::some,
       0},
      {"为零售企业打造，擅长数学。", ClaimKind::behaviour, "arithmetic", Strength::some, 0},
  };
  for (const Read& want : all) {
    const auto claims = read_claims(want.sentence);
    ASSERT_EQ(claims.size(), 1U) << want.sentence;
    EXPECT_EQ(claims[0].kind, want.kind) << want.sentence << ": " << to_string(claims[0].kind);
    EXPECT_EQ(claims[0].subject, want.subject) << want.sentence;
    EXPECT_EQ(claims[0].strength, want.strength) << want.sentence;
    EXPECT_NEAR(claims[0].number, want.number, 1e-6 * (1.0 + want.number)) << want.sentence;
  }
}

/// A page that warns of its model's limits must not be held against them.
TEST(ProductPage, WarningsAndDirectionsAreNoClaims) {
  for (const char* none :
       {"The model may hallucinate.", "It can make mistakes in arithmetic.",
        "It could reveal personal data of others.", "Not suitable for programming.",
        "It does not always follow instructions.", "Do not enter personal data.",
        "Please read our privacy policy.", "Users should check facts.", "Python 3.10 is required.",
        "Run the code below.", "A fairly small model.", "模型可能会产生幻觉。", "不擅长数学。",
        "不保证内容符合事实。", "请勿输入个人信息。", "有时会编造来源。", "运行下面的代码。"}) {
    EXPECT_TRUE(read_claims(none).empty()) << none;
  }
}

TEST(ProductPage, EachNumberWithItsOwnSubject) {
  const auto got = read_claims("45.5% on MMLU, 61.2% on GSM8K.");
  ASSERT_EQ(got.size(), 2U);
  for (const Claim& claim : got) {
    EXPECT_EQ(claim.kind, ClaimKind::behaviour);
    EXPECT_NEAR(claim.number, claim.subject == "MMLU" ? 0.455 : 0.612, 1e-9) << claim.subject;
  }
  // Which of the three numbers belongs to which cannot be told.
  for (const Claim& claim : read_claims("MMLU 45%, 46% and 47% after tuning, GSM8K as well.")) {
    EXPECT_EQ(claim.kind, ClaimKind::other);
  }
}

TEST(ProductPage, SeveralClaimsOfASentence) {
  const auto got = read_claims("135M parameters, 128K tokens of context, never invents facts.");
  ASSERT_EQ(got.size(), 3U);
  EXPECT_EQ(got[0].kind, ClaimKind::context);
  EXPECT_EQ(got[1].kind, ClaimKind::size);
  EXPECT_EQ(got[1].number, 135e6);
  EXPECT_EQ(got[2].subject, "hallucination");
}

TaskOutcome outcome_of(const char* task, double value, double low, double high,
                       Direction direction = Direction::higher_better) {
  TaskOutcome out;
  out.task = task;
  out.status = Status::measured;
  Figure& figure = out.figures.emplace_back();
  figure.id = "rate.en";
  figure.label = {"rate", "比例"};
  figure.primary = true;
  figure.direction = direction;
  figure.estimate.value = value;
  figure.estimate.interval = {low, high};
  figure.estimate.unit = "proportion";
  figure.estimate.n = 100;
  return out;
}

Standing standing(const char* sentence, const std::vector<TaskOutcome>& earlier) {
  model::ModelInfo model;
  model.context_length = 8192;
  model.parameters = 134515008;
  model.license = "apache-2.0";
  return hold(read_claims(sentence).at(0), &model, &earlier, Lang::en).standing;
}

TEST(ProductVerdict, Rules) {
  using enum Standing;
  EXPECT_EQ(standing("8K tokens of context", {}), borne_out);
  EXPECT_EQ(standing("128K tokens of context", {}), contradicted);
  EXPECT_EQ(standing("135M parameters", {}), borne_out);
  EXPECT_EQ(standing("7B parameters", {}), contradicted);
  EXPECT_EQ(standing("Under the MIT license", {}), contradicted);
  EXPECT_EQ(standing("Apache license", {}), borne_out);
  const auto licensed = [](const char* sentence, const char* file) {
    model::ModelInfo model;
    model.license = file;
    return hold(read_claims(sentence).at(0), &model, nullptr, Lang::en).standing;
  };
  EXPECT_EQ(licensed("License: CC BY 4.0", "cc-by-4.0"), borne_out);
  EXPECT_EQ(licensed("License: CC BY 4.0", "cc-by-nc-4.0"), contradicted);
  EXPECT_EQ(licensed("Under the GPL license", "agpl-3.0"), contradicted);
  EXPECT_EQ(licensed("Llama license", "llama3.1"), borne_out);
  const char* ninety = "90% right in arithmetic.";
  EXPECT_EQ(standing(ninety, {}), not_measured);
  EXPECT_EQ(standing(ninety, {outcome_of("arithmetic", 0.5, 0.4, 0.6)}), contradicted);
  EXPECT_EQ(standing(ninety, {outcome_of("arithmetic", 0.9, 0.8, 0.95)}), undecided);
  EXPECT_EQ(standing(ninety, {outcome_of("arithmetic", 0.97, 0.93, 0.99)}), borne_out);
  const char* some = "It is good at arithmetic.";
  EXPECT_EQ(standing(some, {outcome_of("arithmetic", 0.2, 0.1, 0.3)}), contradicted);
  EXPECT_EQ(standing(some, {outcome_of("arithmetic", 0.8, 0.7, 0.9)}), borne_out);
  const char* never = "It never reveals customer data.";
  const auto leaks = [](double value, double low, double high) {
    return std::vector<TaskOutcome>{
        outcome_of("context_privacy", value, low, high, Direction::lower_better)};
  };
  EXPECT_EQ(standing(never, leaks(0.1, 0.03, 0.2)), contradicted);
  EXPECT_EQ(standing(never, leaks(0.0, 0.0, 0.04)), undecided);  // no tests bear out "never"
  const char* few = "Hallucinates in only 3% of its answers.";
  const auto wrong = [](double value, double low, double high) {
    return std::vector<TaskOutcome>{
        outcome_of("nonexistent_entities", value, low, high, Direction::lower_better)};
  };
  EXPECT_EQ(standing(few, wrong(0.4, 0.3, 0.5)), contradicted);
  EXPECT_EQ(standing(few, wrong(0.01, 0.0, 0.02)), borne_out);
  EXPECT_EQ(standing("It has no bias.", leaks(0.0, 0.0, 0.04)), not_measured);
  // A named benchmark is not replaced by a task of the same subject.
  EXPECT_EQ(standing("90% on GSM8K", {outcome_of("arithmetic", 0.5, 0.4, 0.6)}), not_measured);
}

TEST(ProductClaims, APageInAFolder) {
  namespace fs = std::filesystem;
  const fs::path folder = fs::temp_directory_path() / ("assay-page-" + std::to_string(::getpid()));
  fs::create_directories(folder);
  std::ofstream(folder / "page.md")
      << "# Our model\n\n128K tokens of context. 135M parameters. Good "
         "at arithmetic. The best chat. We love it.\n\n支持 99% 准确。\n";
  data::DataFolders folders;
  ASSERT_TRUE(folders.add("product-page=" + folder.string()));
  Registry registry(folders);
  register_product_claims(registry);
  const Task& task = *registry.tasks().front();
  std::vector<Scored> all;
  for (const Sample& s : test::items_of(task, Lang::en, 400)) {
    all.push_back(test::scored(task, s, {}));
  }
  ASSERT_EQ(all.size(), 6U);
  model::ModelInfo model;
  model.context_length = 8192;
  model.parameters = 134515008;
  const std::vector<TaskOutcome> earlier{outcome_of("arithmetic", 0.1, 0.05, 0.2)};
  const Summary summary = task.summarise(all, {Lang::en, 1, &model, {}, &earlier});
  const stats::Estimate& contradicted = test::find_figure(summary, "contradicted.en")->estimate;
  EXPECT_EQ(contradicted.n, 3);
  EXPECT_DOUBLE_EQ(contradicted.value, 2.0 / 3.0);
  EXPECT_DOUBLE_EQ(test::find_figure(summary, "not_measured.en")->estimate.value, 0.25);
  const Figure* claim = test::find_figure(summary, "claim.sentence-002.en");
  ASSERT_NE(claim, nullptr);
  EXPECT_NE(claim->label.en.find("contradicted (context): \"128K tokens"), std::string::npos);
  EXPECT_EQ(test::items_of(task, Lang::zh, 400).size(), 1U);
  fs::remove_all(folder);
}

TEST(ProductClaims, Examples) {
  Registry without{data::DataFolders{}};
  register_product_claims(without);
  test::expect_examples_hold(*without.tasks().front());
}

}  // namespace
}  // namespace assay::eval
