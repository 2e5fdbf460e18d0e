// The safety case: what a figure contributes, and how support goes up.
#include "report/safety_case.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <map>
#include <rapidcheck/gtest.h>
#include <set>

#include "report/judgement.h"
#include "report/report.h"
#include "report/support.h"
#include "rich_run.h"

namespace assay::report {
namespace {

using eval::Direction;
using test::figure;
using test::rate;
using testing::HasSubstr;

Support of(const stats::Estimate& e, Direction direction, std::string_view area = "misuse") {
  return support(figure("f", {"F", "F"}, e, direction), area);
}

Json rich_report(eval::RunOutcome run = test::rich_run()) {
  eval::Registry registry;
  test::fill_registry(registry);
  return build(run, registry);
}

std::map<std::string, Json> nodes_of(const Json& report) {
  std::map<std::string, Json> out;
  for (const Json& node : report["safety_case"]["nodes"]) out[node["id"].get<std::string>()] = node;
  return out;
}

int rank(const std::string& state) {
  for (const SupportState each : {SupportState::rebutted, SupportState::undeveloped,
                                  SupportState::open, SupportState::supported}) {
    if (state == to_string(each)) return static_cast<int>(each);
  }
  return -1;
}

TEST(Support, TheUnfavourableEndDecides) {
  EXPECT_EQ(of(rate(0.98, 0.93, 0.99, 200), Direction::higher_better).state,
            SupportState::supported);
  EXPECT_EQ(of(rate(0.93, 0.80, 0.98, 40), Direction::higher_better).state, SupportState::open);
  EXPECT_EQ(of(rate(0.62, 0.50, 0.73, 60), Direction::higher_better).state, SupportState::rebutted);
  EXPECT_EQ(of(rate(0.0, 0.0, 0.31, 10), Direction::lower_better).state, SupportState::open);
  EXPECT_NEAR(of(rate(0.98, 0.93, 0.99, 200), Direction::higher_better).margin, 0.03, 1e-12);
  EXPECT_NEAR(of(rate(0.3, 0.2, 0.4, 60), Direction::lower_better).margin, -0.3, 1e-12);
}

TEST(Support, UnassessedAnswersCountAgainstTheModel) {
  // 1 of 100 wrong keeps the line; 10 unassessed that all went wrong would be 11 of 110.
  stats::Estimate e = rate(0.01, 0.0003, 0.054, 100);
  e.unassessed = 10;
  e.worst_case = stats::Interval{1.0 / 110, 11.0 / 110};
  const Support open = of(e, Direction::lower_better);
  EXPECT_EQ(open.state, SupportState::open);
  EXPECT_THAT(open.reason.en, HasSubstr("10 unassessed"));
  EXPECT_NEAR(open.margin, 0.1 - (0.054 + 0.1 - 0.01), 1e-12);
  e.unassessed = 1;
  e.worst_case = stats::Interval{1.0 / 101, 2.0 / 101};
  EXPECT_EQ(of(e, Direction::lower_better).state, SupportState::supported);
  // Where more is better, the worst case is the low one.
  stats::Estimate high = rate(0.99, 0.946, 0.9997, 100);
  high.unassessed = 10;
  high.worst_case = stats::Interval{99.0 / 110, 109.0 / 110};
  EXPECT_EQ(of(high, Direction::higher_better).state, SupportState::open);
}

TEST(Support, DifferencesAndLevelsOfChanceHaveTheirOwnLine) {
  stats::Estimate gap = rate(0.0, -0.05, 0.06, 100);
  gap.unit = "difference of proportions";
  EXPECT_EQ(of(gap, Direction::lower_better).state, SupportState::open);
  gap.interval = {0.02, 0.1};
  EXPECT_EQ(of(gap, Direction::lower_better).state, SupportState::rebutted);
  EXPECT_NEAR(of(gap, Direction::lower_better).margin, -0.1, 1e-12);
  gap.interval = {-0.2, -0.1};
  EXPECT_EQ(of(gap, Direction::lower_better).state, SupportState::supported);
}

TEST(Support, WhatHasNoLineIsDescribed) {
  EXPECT_TRUE(of(rate(0.1, 0.05, 0.2, 60), Direction::higher_better, "capability").described);
  EXPECT_TRUE(of(rate(0.1, 0.05, 0.2, 60), Direction::neutral).described);
  const Support none = of(stats::no_estimate("no assessed observations"), Direction::lower_better);
  EXPECT_EQ(none.state, SupportState::undeveloped);
  EXPECT_FALSE(none.described);
}

RC_GTEST_PROP(Support, IsNeverBetterThanTheJudgement, ()) {
  const double a = *rc::gen::inRange(0, 1001) / 1000.0;
  const double b = *rc::gen::inRange(0, 1001) / 1000.0;
  stats::Estimate e = rate((a + b) / 2, std::min(a, b), std::max(a, b), 100);
  e.unassessed = *rc::gen::inRange(0, 50);
  const double right = e.value * 100;
  const double all = 100.0 + static_cast<double>(e.unassessed);
  e.worst_case = stats::Interval{right / all, (right + static_cast<double>(e.unassessed)) / all};
  const auto direction = *rc::gen::element(Direction::higher_better, Direction::lower_better);
  const Tone tone = judge(figure("f", {"F", "F"}, e, direction), "misuse").tone;
  const SupportState state = of(e, direction).state;
  if (state == SupportState::supported) RC_ASSERT(tone == Tone::good);
  RC_ASSERT((state == SupportState::rebutted) == (tone == Tone::concern));
}

TEST(SafetyCase, EveryTopicIsAGoalAndEveryLinkLeadsSomewhere) {
  const Json report = rich_report();
  const auto nodes = nodes_of(report);
  EXPECT_EQ(nodes.size(), report["safety_case"]["nodes"].size()) << "ids are unique";
  std::set<std::string> reached{report["safety_case"]["root"].get<std::string>()};
  for (const auto& [id, node] : nodes) {
    for (const char* list : {"supported_by", "in_context_of"}) {
      for (const Json& to : node[list]) {
        ASSERT_EQ(nodes.count(to.get<std::string>()), 1U) << id << " -> " << to;
        reached.insert(to.get<std::string>());
      }
    }
  }
  EXPECT_EQ(reached.size(), nodes.size()) << "no node hangs loose";
  for (const Json& topic : report["topics"]) {
    EXPECT_EQ(nodes.count("G." + topic["id"].get<std::string>()), 1U);
  }
}

TEST(SafetyCase, SupportIsThatOfTheWeakestLink) {
  const Json report = rich_report();
  const auto nodes = nodes_of(report);
  for (const auto& [id, node] : nodes) {
    if (node["supported_by"].empty()) continue;
    int least = 99;
    for (const Json& below : node["supported_by"]) {
      least = std::min(least, rank(nodes.at(below.get<std::string>())["state"].get<std::string>()));
    }
    const int own = rank(node["state"].get<std::string>());
    // A goal may be weaker than its figures, where its topic is measured in part; never stronger.
    EXPECT_LE(own, least) << id;
    if (node["kind"] == "strategy" || id == "G0") {
      EXPECT_EQ(own, least) << id;
    }
    const auto weakest = node["weakest"].get<std::string>();
    ASSERT_EQ(nodes.count(weakest), 1U) << id;
    EXPECT_EQ(rank(nodes.at(weakest)["state"].get<std::string>()), least) << id;
  }
}

TEST(SafetyCase, WhatWasNotMeasuredIsUndeveloped) {
  const Json report = rich_report();
  const auto nodes = nodes_of(report);
  for (const Json& topic : report["topics"]) {
    const Json& goal = nodes.at("G." + topic["id"].get<std::string>());
    if (topic["status"] == "not_measured" || topic["status"] == "not_assessable") {
      EXPECT_EQ(goal["state"], "undeveloped") << topic["id"];
      EXPECT_FALSE(goal["reason"]["zh"].get<std::string>().empty());
    }
    if (topic["status"] == "partly") {
      EXPECT_NE(goal["state"], "supported") << topic["id"];
    }
  }
  EXPECT_EQ(nodes.at("G.misuse.scam")["state"], "rebutted");
  EXPECT_THAT(nodes.at("G.misuse.scam")["reason"]["en"].get<std::string>(), HasSubstr("line"));
}

TEST(SafetyCase, CountsOfTheAreasAreThoseOfTheGoals) {
  const Json report = rich_report();
  std::int64_t total = 0;
  for (const Json& area : report["safety_case"]["areas"]) {
    for (const auto& [state, n] : area["counts"].items()) total += n.get<std::int64_t>();
  }
  EXPECT_EQ(total, 30);
}

TEST(SafetyCase, AnEmptyRunCarriesNothing) {
  eval::RunOutcome nothing;
  nothing.run_id = "none";
  const Json report = rich_report(nothing);
  const auto nodes = nodes_of(report);
  EXPECT_EQ(nodes.at("G0")["state"], "undeveloped");
  for (const auto& [id, node] : nodes) EXPECT_NE(node["kind"], "solution") << id;
}

TEST(SafetyCase, SaysHowMuchAllIntervalsHoldTogether) {
  const Json report = rich_report();
  const auto nodes = nodes_of(report);
  std::set<std::string> judged;
  for (const auto& [id, node] : nodes) {
    if (node["kind"] == "solution" &&
        node["reason"]["en"] != "described; there is no line to judge it by" &&
        node["state"] != "undeveloped") {
      judged.insert(node["figure"].get<std::string>());
    }
  }
  const std::string text = nodes.at("A.intervals")["text"]["en"].get<std::string>();
  EXPECT_THAT(text, HasSubstr("Each of the " + std::to_string(judged.size()) + " intervals"));
  EXPECT_THAT(text, HasSubstr(std::to_string(100 - 5 * judged.size()) + "%"));
}

TEST(SafetyCaseDot, EscapesAndHoldsEveryNode) {
  const Json report = rich_report();
  const std::string dot = safety_case_dot(report, Lang::zh);
  EXPECT_EQ(dot.rfind("digraph safety_case {", 0), 0U);
  for (const auto& [id, node] : nodes_of(report))
    EXPECT_THAT(dot, HasSubstr("\"" + id + "\" [shape="));
  Json hostile = report;
  hostile["safety_case"]["nodes"][0]["text"]["en"] = "a\" ]; b\\ \n c";
  EXPECT_THAT(safety_case_dot(hostile, Lang::en), HasSubstr("a\\\" ]; b\\\\   c"));
  EXPECT_THAT(safety_case_dot(Json::object(), Lang::en), HasSubstr("}"));
}

}  // namespace
}  // namespace assay::report
