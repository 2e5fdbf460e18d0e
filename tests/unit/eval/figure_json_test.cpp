// Samples, traces, scores and outcomes are read back as they were written, and a damaged document
// is an error, never a crash.
#include <gtest/gtest.h>
#include <limits>
#include <rapidcheck/gtest.h>

#include "eval/figure.h"
#include "eval/json_fields.h"
#include "eval/replay.h"
#include "eval/sample.h"
#include "eval/score.h"
#include "eval/topics.h"
#include "stats/proportion.h"

namespace assay::eval {
namespace {

std::string any_text() {
  static const std::vector<std::string> texts{"",     "a",   "line\nline", "问题：什么？",
                                              "\"\\", "\x01"};
  return *rc::gen::elementOf(texts);
}

std::vector<model::Message> any_messages() {
  std::vector<model::Message> out(*rc::gen::inRange<std::size_t>(0, 3));
  for (auto& m : out) m = {*rc::gen::element<std::string>("system", "user"), any_text()};
  return out;
}

Sample any_sample() {
  Sample s;
  s.id = any_text();
  s.cluster = any_text();
  s.lang = *rc::gen::element(Lang::en, Lang::zh);
  s.group = any_text();
  s.messages = any_messages();
  s.context = any_text();
  s.turns.assign(*rc::gen::inRange<std::size_t>(0, 3), any_text());
  s.choices.assign(*rc::gen::inRange<std::size_t>(0, 3), any_text());
  s.target_index = *rc::gen::inRange(-1, 3);
  s.targets.assign(*rc::gen::inRange<std::size_t>(0, 3), any_text());
  s.max_tokens = *rc::gen::arbitrary<int>();
  if (*rc::gen::arbitrary<bool>()) s.metadata = Json{{"kind", any_text()}, {"n", 3}};
  return s;
}

Trace any_trace() {
  Trace t;
  t.transcript = any_messages();
  t.generations.resize(*rc::gen::inRange<std::size_t>(0, 3));
  for (auto& g : t.generations) {
    g.text = any_text();
    g.finish = *rc::gen::element(model::FinishReason::stop, model::FinishReason::length,
                                 model::FinishReason::cancelled);
    g.prompt_tokens = *rc::gen::arbitrary<int>();
    g.tokens = *rc::gen::arbitrary<std::vector<std::int32_t>>();
  }
  t.scores.resize(*rc::gen::inRange<std::size_t>(0, 3));
  for (auto& s : t.scores) {
    s.total = *rc::gen::element(-1.5, -0.0, -std::numeric_limits<double>::infinity());
    s.token_logprobs = {s.total};
    s.tokens = {7};
    s.greedy = *rc::gen::arbitrary<bool>();
  }
  if (*rc::gen::arbitrary<bool>()) t.error = Error{ErrorKind::limit, any_text(), any_text(), ""};
  return t;
}

RC_GTEST_PROP(EvalJson, SamplesAreReadBackAsWritten, ()) {
  const Json json = to_json(any_sample());
  const auto text = dump_json(json);
  const auto read = sample_from_json(*parse_json(text, "test"));
  RC_ASSERT(read.has_value());
  RC_ASSERT(dump_json(to_json(*read)) == text);
}

RC_GTEST_PROP(EvalJson, TracesAreReadBackAsWritten, ()) {
  const Json json = to_json(any_trace());
  const auto text = dump_json(json);
  const auto read = trace_from_json(*parse_json(text, "test"));
  RC_ASSERT(read.has_value());
  RC_ASSERT(dump_json(to_json(*read)) == text);
}

TaskOutcome an_outcome() {
  TaskOutcome outcome;
  outcome.task = "arithmetic";
  outcome.lang = Lang::zh;
  outcome.status = Status::partly;
  outcome.reason = {"cut short", "提前结束"};
  outcome.planned = 10;
  outcome.done = 4;
  outcome.success = 1;
  outcome.failure = 2;
  outcome.unassessed = 1;
  outcome.unassessed_reasons[kReasonCutOff] = 1;
  Figure figure;
  figure.id = "accuracy.zh";
  figure.label = {"Accuracy", "准确率"};
  figure.estimate = stats::proportion(1, 3, 1);
  figure.direction = Direction::higher_better;
  figure.lang = "zh";
  figure.primary = true;
  outcome.figures.push_back(figure);
  outcome.variance.push_back({"item", stats::no_estimate("one item")});
  outcome.examples.push_back(
      {"zh-1", Lang::zh, Verdict::failure, {{"user", "1+1=?"}}, "3", "wanted 2", true});
  outcome.ledger.requests = 4;
  return outcome;
}

RunOutcome a_run() {
  RunOutcome run;
  run.run_id = "0123456789";
  run.created = "2024-05-01T00:00:00Z";
  run.profile = "quick";
  run.seed = std::numeric_limits<std::uint64_t>::max();
  run.langs = {Lang::en, Lang::zh};
  run.model.name = "m";
  run.model.dtype_max_logprob_delta = 0.25;
  run.machine = Json{{"cores", 2}};
  run.tasks.push_back(an_outcome());
  run.ledger = run.tasks[0].ledger;
  return run;
}

TEST(EvalJson, ARunIsReadBackAsWritten) {
  const std::string text = dump_json(to_json(a_run()));
  const auto read = run_outcome_from_json(*parse_json(text, "test"));
  ASSERT_TRUE(read) << read.error().message();
  EXPECT_EQ(dump_json(to_json(*read)), text);
  EXPECT_EQ(read->tasks[0].status, Status::partly);
  EXPECT_FALSE(read->tasks[0].variance[0].share.known());
}

/// Every field of the document, one after the other, replaced by values of other types.
void damage_each_field(Json& at, const std::function<void()>& check) {
  if (!at.is_structured()) return;
  for (auto& [key, child] : at.items()) {
    const Json kept = child;
    for (const Json& other : {Json(nullptr), Json(-1.5), Json("x"), Json::array({1}), Json(true)}) {
      child = other;
      check();
    }
    child = kept;
    damage_each_field(child, check);
  }
}

TEST(EvalJson, ADamagedDocumentIsAnErrorThatNamesTheField) {
  Json json = to_json(a_run());
  int refused = 0;
  damage_each_field(json, [&] {
    const auto read = run_outcome_from_json(json);
    if (read) return;
    ++refused;
    EXPECT_EQ(read.error().kind, ErrorKind::format);
    EXPECT_FALSE(read.error().where.empty());
  });
  EXPECT_GT(refused, 200);
  json.erase("seed");
  const auto read = run_outcome_from_json(json);
  ASSERT_FALSE(read);
  EXPECT_NE(read.error().what.find("\"seed\""), std::string::npos);
}

TEST(EvalJson, EveryEnumHasANameThatIsReadBack) {
  for (const auto v : {Verdict::success, Verdict::failure, Verdict::unassessed}) {
    EXPECT_EQ(*parse_verdict(to_string(v)), v);
  }
  for (const auto s :
       {Status::measured, Status::partly, Status::not_assessable, Status::not_measured}) {
    EXPECT_EQ(*parse_status(to_string(s)), s);
  }
  EXPECT_FALSE(parse_status("fine"));
  EXPECT_FALSE(parse_verdict(""));
  EXPECT_FALSE(parse_lang("fr"));
}

TEST(EvalJson, ScoresAreReadBackAsWritten) {
  Score score = Score::miss("3", "wanted 2");
  score.metadata = Json{{"seen", 3}};
  const auto read = score_from_json(to_json(score));
  ASSERT_TRUE(read);
  EXPECT_EQ(to_json(*read), to_json(score));
  EXPECT_FALSE(score_from_json(Json{{"verdict", "maybe"}}));
}

TEST(Topics, AnAreaNamesAllOfItsTopics) {
  EXPECT_TRUE(is_topic_or_area("misuse"));
  EXPECT_TRUE(is_topic_or_area("misuse.cyber"));
  EXPECT_FALSE(is_topic_or_area("mis"));
  EXPECT_FALSE(is_topic_or_area(""));
  EXPECT_TRUE(topic_matches("misuse.cyber", "misuse"));
  EXPECT_FALSE(topic_matches("misuse.cyber", "misuse.scam"));
}

}  // namespace
}  // namespace assay::eval
