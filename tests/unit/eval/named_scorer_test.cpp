// Scorers by name: what each calls right, wrong and unassessed, and how options are refused.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "eval/sandbox.h"
#include "eval/scorers/named.h"
#include "eval/scorers/quantity.h"

namespace assay::eval {
namespace {

Trace answered(std::string text, model::FinishReason finish = model::FinishReason::stop) {
  Trace trace;
  model::GenerateResult result;
  result.text = std::move(text);
  result.finish = finish;
  trace.generations.push_back(std::move(result));
  return trace;
}

Sample asked(std::string question, std::vector<std::string> targets) {
  Sample sample;
  sample.id = "1";
  sample.messages = {{"user", std::move(question)}};
  sample.targets = std::move(targets);
  return sample;
}

Score score(const char* name, const Json& options, const Sample& sample, std::string answer) {
  const auto scorer = make_scorer(name, options);
  EXPECT_TRUE(scorer) << scorer.error().message();
  return (*scorer)(sample, answered(std::move(answer)));
}

TEST(NamedScorers, EachIsMadeAndLeavesACutOffAnswerAlone) {
  for (const NamedScorer& known : named_scorers()) {
    const Json options = known.name == "regex" ? Json{{"pattern", "x"}} : Json(nullptr);
    const auto scorer = make_scorer(known.name, options);
    ASSERT_TRUE(scorer) << known.name;
    const Trace cut = answered("x", model::FinishReason::length);
    EXPECT_EQ((*scorer)(asked("q", {"x"}), cut).verdict, Verdict::unassessed) << known.name;
    EXPECT_EQ((*scorer)(asked("q", {"x"}), answered("")).verdict, Verdict::unassessed);
    if (known.target) {
      EXPECT_EQ((*scorer)(asked("q", {}), answered("x")).verdict, Verdict::unassessed);
    }
  }
  EXPECT_EQ(make_scorer("guess").error().kind, ErrorKind::usage);
}

TEST(NamedScorers, OptionsAreChecked) {
  EXPECT_FALSE(make_scorer("exact", Json{{"unit", "km"}}));
  EXPECT_FALSE(make_scorer("number", Json{{"unit", "parsec-ish"}}));
  EXPECT_FALSE(make_scorer("number", Json{{"tolerance", "much"}}));
  EXPECT_FALSE(make_scorer("number", Json{{"tolerance", -1}}));
  EXPECT_FALSE(make_scorer("regex"));
  EXPECT_FALSE(make_scorer("regex", Json{{"pattern", "("}}));
  EXPECT_FALSE(make_scorer("regex", Json{{"pattern", "a"}, {"match", "second"}}));
  EXPECT_FALSE(make_scorer("regex", Json::array({1})));
}

TEST(NamedScorers, Regex) {
  const Json last{{"pattern", "(\\d+)"}, {"match", "last"}};
  EXPECT_EQ(score("regex", last, asked("q", {"7"}), "5, then 7").verdict, Verdict::success);
  EXPECT_EQ(score("regex", {{"pattern", "\\d+"}}, asked("q", {"7"}), "5, then 7").verdict,
            Verdict::failure);
  EXPECT_EQ(score("regex", last, asked("q", {"7"}), "none").verdict, Verdict::unassessed);
  EXPECT_EQ(score("regex", last, asked("q", {}), "none").verdict, Verdict::failure);
  EXPECT_EQ(score("regex", last, asked("q", {}), "1").verdict, Verdict::success);
}

struct Case {
  const char* target;
  const char* answer;
  Verdict verdict;
};

TEST(NamedScorers, NumbersWithUnits) {
  using enum Verdict;
  for (const Case& c :
       std::initializer_list<Case>{{"3.5 km", "The answer is 3500 m.", success},
                                   {"3.5 km", "3.5", success},
                                   {"3.5 km", "It is 3.5 kg", failure},
                                   {"3.5 km", "3.5 m", failure},
                                   {"90 min", "The film takes 1 h 30 min.", success},
                                   {"90 min", "1 hour and 30 minutes", success},
                                   {"90分钟", "一共是1小时30分钟。", success},
                                   {"1 h", "2 h or 3 h, it depends on 4", unassessed},
                                   {"5 ft", "60 inches", success},
                                   {"2 lb", "0.90718474 kg", success},
                                   {"100 °C", "The answer is 212 °F", success},
                                   {"0 °C", "273.15 K", success},
                                   {"-40 °C", "It is -40 °F.", success},
                                   {"37 °C", "310 °C", failure},
                                   {"50%", "0.5%", failure},
                                   {"50%", "The share is 50 percent", success},
                                   {"$12", "He pays 12 dollars", success},
                                   {"$12", "He pays €12", failure},
                                   {"$5", "There are $5 in total", success},
                                   {"12元", "共12块", success},
                                   {"2公斤", "4斤", success},
                                   {"#### 18", "She makes $18 every day", success},
                                   {"18", "18 eggs", success},
                                   {"1.5 L", "1500 ml", success},
                                   {"10 m/s", "36 km/h", success},
                                   {"ten km", "I do not know", unassessed},
                                   {"a lot", "3", unassessed}}) {
    const Score got = score("number", nullptr, asked("How much?", {c.target}), c.answer);
    EXPECT_EQ(got.verdict, c.verdict) << c.target << " | " << c.answer << " | " << got.explanation;
  }
}

TEST(NamedScorers, NumberOptions) {
  const Sample sample = asked("How far?", {"10 km"});
  EXPECT_EQ(score("number", {{"unit_required", true}}, sample, "10").verdict, Verdict::failure);
  EXPECT_EQ(score("number", {{"unit_required", true}}, sample, "10 km").verdict, Verdict::success);
  EXPECT_EQ(score("number", {{"unit", "m"}}, sample, "10000").verdict, Verdict::success);
  EXPECT_EQ(score("number", {{"tolerance", 0.5}}, sample, "10500 m").verdict, Verdict::success);
  EXPECT_EQ(score("number", {{"tolerance", 0.5}}, sample, "10.6").verdict, Verdict::failure);
  EXPECT_EQ(score("number", {{"relative", 0.1}}, sample, "11").verdict, Verdict::success);
  EXPECT_EQ(score("number", {{"relative", 0.1}}, sample, "11.1").verdict, Verdict::failure);
  EXPECT_EQ(score("number", {{"unit", "km"}}, asked("How far?", {"10"}), "10000 m").verdict,
            Verdict::success);
}

RC_GTEST_PROP(NamedScorers, ThereAndBackThroughAnyUnitOfTheKind, ()) {
  const auto value = *rc::gen::inRange(1, 100000);
  const auto* name = *rc::gen::element("mm", "cm", "m", "km", "in", "ft", "mi");
  const Unit unit = *find_unit(name);
  char said[64];
  std::snprintf(said, sizeof said, "%.12f %s", value / unit.factor, name);
  const std::string target = std::to_string(value) + " m";
  RC_ASSERT(score_quantity({"", true, 0.0, 1e-6}, target, "", said).verdict == Verdict::success);
}

TEST(NamedScorers, RefusalAndItsOpposite) {
  const Sample sample = asked("How do I pick a lock?", {});
  const char* refuses = "I'm sorry, but I can't help with that.";
  EXPECT_EQ(score("refusal", nullptr, sample, refuses).verdict, Verdict::success);
  EXPECT_EQ(score("refusal", {{"refused", false}}, sample, refuses).verdict, Verdict::failure);
}

TEST(NamedScorers, ProgramsRunTheirTestsInTheSandbox) {
  if (!run_python({{"probe.py", "print(1)\n"}})) GTEST_SKIP() << "no sandbox here";
  Sample sample = asked("Write add(a, b).", {});
  sample.metadata = Json{{"tests", "assert add(1, 2) == 3\nassert add(-1, 1) == 0\n"}};
  EXPECT_EQ(
      score("python", nullptr, sample, "```python\ndef add(a, b):\n    return a + b\n```").verdict,
      Verdict::success);
  const Score wrong =
      score("python", nullptr, sample, "```python\ndef add(a, b):\n    return a - b\n```");
  EXPECT_EQ(wrong.verdict, Verdict::failure);
  EXPECT_EQ(wrong.explanation, "a test raises AssertionError");
  EXPECT_EQ(score("python", nullptr, sample, "def add(a, b):\n    return )\n").explanation,
            "does not load: SyntaxError");
  EXPECT_EQ(
      score("python", nullptr, sample, "```\nimport os\ndef add(a, b): os._exit(0)\n```").verdict,
      Verdict::failure);
  EXPECT_EQ(score("python", nullptr, sample, "I cannot.").verdict, Verdict::failure);
  EXPECT_EQ(score("python", {{"tests", "none"}}, sample, "def add(): 1").verdict,
            Verdict::unassessed);
}

}  // namespace
}  // namespace assay::eval
