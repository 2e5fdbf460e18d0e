#include "eval/gate.h"

#include <gtest/gtest.h>
#include <limits>
#include <rapidcheck/gtest.h>

#include "stats/proportion.h"

namespace assay::eval {
namespace {

/// A task that is only a name and a topic; it is never run.
class NamedTask : public Task {
 public:
  NamedTask(std::string name, std::string topic) {
    info_.name = std::move(name);
    info_.topics = {std::move(topic)};
  }
  [[nodiscard]] const TaskInfo& info() const override { return info_; }
  [[nodiscard]] Result<std::vector<Sample>> samples(const TaskContext&) const override {
    return std::vector<Sample>{};
  }
  [[nodiscard]] const Solver& solver() const override { return solver_; }
  [[nodiscard]] Score score(const Sample&, const Trace&) const override { return {}; }
  [[nodiscard]] std::vector<Example> examples() const override { return {}; }

 private:
  TaskInfo info_;
  ChoiceSolver solver_;
};

const Registry& registry() {
  static const Registry all = [] {
    Registry out;
    out.add(std::make_unique<NamedTask>("refusal_pairs", "misuse.cyber"));
    out.add(std::make_unique<NamedTask>("arithmetic", "capability.reasoning"));
    return out;
  }();
  return all;
}

RunOutcome outcome() {
  TaskOutcome refusal;
  refusal.task = "refusal_pairs";
  refusal.status = Status::measured;
  refusal.success = 95;
  refusal.failure = 5;
  refusal.unassessed = 10;
  Figure figure;
  figure.id = "refusal.unsafe.en";
  figure.estimate = stats::proportion(95, 100, 10, {.purpose = stats::Purpose::safety});
  refusal.figures = {figure};
  TaskOutcome chinese = refusal;
  chinese.lang = Lang::zh;
  chinese.status = Status::not_assessable;
  chinese.figures[0].id = "refusal.unsafe.zh";
  TaskOutcome arithmetic;
  arithmetic.task = "arithmetic";
  arithmetic.status = Status::partly;
  RunOutcome out;
  out.tasks = {refusal, chinese, arithmetic};
  return out;
}

GateRuleResult one(const std::string& rule) {
  const auto gate = parse_gate("{\"rules\": [" + rule + "]}", "gate.json");
  EXPECT_TRUE(gate) << (gate ? "" : gate.error().message());
  if (!gate) return {};
  const GateResult result = evaluate(outcome(), *gate, registry());
  EXPECT_EQ(result.passed(), result.rules.at(0).kept);
  return result.rules.at(0);
}

// 95 of 100: Clopper-Pearson 0.8872 to 0.9836.
TEST(Gate, BoundsHoldTheWholeIntervalUnlessToldOtherwise) {
  const std::string figure = R"("figure": "refusal_pairs/en/refusal.unsafe")";
  EXPECT_EQ(one("{" + figure + R"(, "min": 0.88})").verdict, GateVerdict::pass);
  EXPECT_EQ(one("{" + figure + R"(, "min": 0.9})").verdict, GateVerdict::fail);
  EXPECT_EQ(one("{" + figure + R"(, "min": 0.9, "use": "value"})").verdict, GateVerdict::pass);
  EXPECT_EQ(one("{" + figure + R"(, "max": 0.98})").verdict, GateVerdict::fail);
  EXPECT_EQ(one("{" + figure + R"(, "max": 0.99})").verdict, GateVerdict::pass);
  EXPECT_EQ(one("{" + figure + R"(, "min": 0.98, "use": "high"})").verdict, GateVerdict::pass);
  EXPECT_EQ(one("{" + figure + R"(, "max_unassessed_share": 0.1})").verdict, GateVerdict::pass);
  EXPECT_EQ(one("{" + figure + R"(, "max_unassessed_share": 0.09})").verdict, GateVerdict::fail);
  const GateRuleResult told = one("{" + figure + R"(, "min": 0.9})");
  EXPECT_EQ(told.sentence.en,
            "refusal_pairs/en/refusal.unsafe: lower limit 0.8872, at least 0.9 demanded: failed");
  EXPECT_EQ(told.sentence.zh,
            "refusal_pairs/en/refusal.unsafe：区间下限 0.8872，要求不低于 0.9：未通过");
}

TEST(Gate, WhatWasNotShownIsNotPassed) {
  const GateRuleResult missing = one(R"({"figure": "refusal_pairs/en/refusal.unsaf", "min": 0})");
  EXPECT_EQ(missing.verdict, GateVerdict::unknown);
  EXPECT_FALSE(missing.kept);
  EXPECT_NE(missing.sentence.en.find("near: refusal.unsafe.en"), std::string::npos);
  const std::string zh = R"("figure": "refusal_pairs/zh/refusal.unsafe", "min": 0)";
  EXPECT_EQ(one("{" + zh + "}").verdict, GateVerdict::unknown);
  EXPECT_TRUE(one("{" + zh + R"(, "if_missing": "pass"})").kept);
  EXPECT_EQ(one(R"({"figure": "arithmetic/zh/accuracy", "min": 0})").verdict, GateVerdict::unknown);
  EXPECT_EQ(one(R"({"topic": "misuse.biology", "status": "measured"})").verdict,
            GateVerdict::unknown);
}

TEST(Gate, StatusAndUnassessedOfTopicsTasksAndRuns) {
  EXPECT_EQ(one(R"({"topic": "misuse.cyber", "lang": "en", "status": "measured"})").verdict,
            GateVerdict::pass);
  EXPECT_EQ(one(R"({"topic": "misuse", "status": "measured"})").verdict, GateVerdict::unknown);
  EXPECT_EQ(one(R"({"task": "arithmetic", "status": "measured"})").verdict, GateVerdict::fail);
  EXPECT_EQ(one(R"({"task": "arithmetic", "status": ["measured", "partly"]})").verdict,
            GateVerdict::pass);
  EXPECT_EQ(one(R"({"max_unassessed_share": 0.1})").verdict, GateVerdict::pass);
  EXPECT_EQ(one(R"({"max_unassessed_share": 0.05})").verdict, GateVerdict::fail);
  EXPECT_EQ(one(R"({"task": "arithmetic", "max_unassessed_share": 0.5})").verdict,
            GateVerdict::unknown);
}

TEST(Gate, AFigureWithoutAValueIsNotPassed) {
  RunOutcome run = outcome();
  run.tasks[0].figures[0].estimate = stats::no_estimate("no observations");
  const Gate gate = *parse_gate(
      R"({"rules": [{"figure": "refusal_pairs/en/refusal.unsafe", "min": 0}]})", "gate.json");
  EXPECT_EQ(evaluate(run, gate, registry()).rules[0].verdict, GateVerdict::unknown);
  EXPECT_FALSE(evaluate(run, gate, registry()).passed());
  EXPECT_FALSE(evaluate({}, gate, registry()).passed());
}

TEST(Gate, RejectsWhatItDoesNotUnderstand) {
  const auto error = [](const std::string& text) {
    const auto gate = parse_gate(text, "gate.json");
    EXPECT_FALSE(gate) << text;
    return gate ? std::string() : gate.error().message();
  };
  const std::string near = error(R"({"rules": [{"figur": "a/en/b", "min": 1}]})");
  EXPECT_NE(near.find("unknown key 'figur'"), std::string::npos) << near;
  EXPECT_NE(near.find("gate.json, rule 1"), std::string::npos) << near;
  EXPECT_NE(near.find("Did you mean figure"), std::string::npos) << near;
  for (const char* rule :
       {R"({"figure": "a/en/b"})", R"({"figure": "accuracy", "min": 1})", R"({"min": 1})",
        R"({"figure": "a/en/b", "min": "0.9"})", R"({"figure": "a/en/b", "min": 2, "max": 1})",
        R"({"figure": "a/en/b", "min": 1, "use": "lower"})", R"({"topic": "misuse", "min": 1})",
        R"({"figure": "a/en/b", "task": "a", "min": 1})", R"({"task": "a", "status": "good"})",
        R"({"task": "a", "status": []})", R"({"status": "measured"})", R"({"task": 3})",
        R"({"max_unassessed_share": 1.5})", R"({"max_unassessed_share": 0.1, "lang": "fr"})",
        R"({"max_unassessed_share": 0.1, "if_missing": "ignore"})", "7", "[]", "{}"}) {
    error("{\"rules\": [" + std::string(rule) + "]}");
  }
  error("");
  error("{");
  error("[]");
  error(R"({"rules": []})");
  error(R"({"rules": {}})");
  error(R"({"rule": [{"max_unassessed_share": 0.1}]})");
  error(R"({"schema": "assay.gate/2", "rules": [{"max_unassessed_share": 0.1}]})");
}

TEST(Gate, NamesAreCheckedBeforeTheRun) {
  const auto check = [](const std::string& rule) {
    return check_names(*parse_gate("{\"rules\": [" + rule + "]}", "gate.json"), registry());
  };
  EXPECT_TRUE(check(R"({"figure": "refusal_pairs/en/refusal.unsafe", "min": 0.9})"));
  EXPECT_TRUE(check(R"({"topic": "misuse", "status": "measured"})"));
  const auto task = check(R"({"figure": "refusal_pair/en/refusal.unsafe", "min": 0.9})");
  ASSERT_FALSE(task);
  EXPECT_NE(task.error().next.find("refusal_pairs"), std::string::npos);
  const auto topic = check(R"({"topic": "misuse.cyb", "status": "measured"})");
  ASSERT_FALSE(topic);
  EXPECT_NE(topic.error().next.find("misuse.cyber"), std::string::npos);
  EXPECT_FALSE(check(R"({"figure": "refusal_pairs/fr/refusal.unsafe", "min": 0.9})"));
}

RC_GTEST_PROP(Gate, WrittenAndReadBackTheSame, ()) {
  Gate gate;
  const auto count = *rc::gen::inRange(1, 5);
  for (int i = 0; i < count; ++i) {
    GateRule rule;
    rule.figure = "task/en/id" + std::to_string(i);
    if (*rc::gen::arbitrary<bool>()) rule.min = *rc::gen::inRange(-100, 100) / 7.0;
    rule.max_unassessed_share = *rc::gen::inRange(0, 100) / 100.0;
    rule.pass_if_missing = *rc::gen::arbitrary<bool>();
    if (rule.min && *rc::gen::arbitrary<bool>()) rule.use = GateUse::high;
    gate.rules.push_back(rule);
  }
  const auto again = parse_gate(dump_json(to_json(gate)), "gate.json");
  RC_ASSERT(again.has_value());
  RC_ASSERT(dump_json(to_json(*again)) == dump_json(to_json(gate)));
}

}  // namespace
}  // namespace assay::eval
