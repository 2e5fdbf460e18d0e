// What holds for every registered task, in both languages: complete description, enough items,
// each of them once and with one right answer, examples that give the verdicts that they declare.
#include <algorithm>
#include <gtest/gtest.h>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "base/random.h"
#include "base/text.h"
#include "eval/registry.h"
#include "eval/replay.h"
#include "eval/sandbox.h"
#include "eval/topics.h"

namespace assay::eval {
namespace {

constexpr std::uint64_t kSeed = 20240501;
constexpr int kFewestItems = 200;

const Registry& registry() {
  static const std::unique_ptr<Registry> all = [] {
    auto out = std::make_unique<Registry>();
    register_all_tasks(*out);
    return out;
  }();
  return *all;
}

/// Every task in every language in which it has items.
std::vector<std::tuple<std::string, Lang>> cases() {
  std::vector<std::tuple<std::string, Lang>> out;
  for (const auto& task : registry().tasks()) {
    for (const Lang lang : task->info().langs) out.emplace_back(task->info().name, lang);
  }
  return out;
}

/// A Han character (U+4E00..U+9FFF) as UTF-8 is E4 B8 80 .. E9 BF BF.
bool has_chinese(std::string_view text) {
  for (std::size_t i = 0; i + 2 < text.size(); ++i) {
    const auto lead = static_cast<unsigned char>(text[i]);
    const auto next = static_cast<unsigned char>(text[i + 1]);
    if (lead > 0xE4 && lead <= 0xE9) return true;
    if (lead == 0xE4 && next >= 0xB8) return true;
  }
  return false;
}

void expect_both(const Text& text, const char* what) {
  EXPECT_FALSE(trim(text.en).empty()) << what;
  EXPECT_FALSE(trim(text.zh).empty()) << what;
  EXPECT_TRUE(has_chinese(text.zh)) << what << ": " << text.zh;
  EXPECT_FALSE(has_chinese(text.en)) << what << ": " << text.en;
}

/// All that the model gets to see.
std::string question(const Sample& s) {
  std::string out;
  for (const model::Message& m : s.messages) out += m.role + ": " + m.content + "\n";
  for (const std::string& turn : s.turns) out += "turn: " + turn + "\n";
  for (const char* world : {"files", "facts"}) {  // what an agent sees with its tools
    if (s.metadata.contains(world)) {
      out += std::string(world) + ": " + dump_json(s.metadata[world]) + "\n";
    }
  }
  return out + "context: " + s.context + "\n";
}

std::string right_answer(const Sample& s) {
  std::string out;
  const bool chosen = s.target_index >= 0 && s.target_index < static_cast<int>(s.choices.size());
  if (chosen) out += s.choices[static_cast<std::size_t>(s.target_index)] + "\n";
  for (const std::string& target : s.targets) out += target + "\n";
  return out;
}

std::string choices_of(const Sample& s) {
  std::vector<std::string> choices = s.choices;
  std::sort(choices.begin(), choices.end());
  std::string out;
  for (const std::string& choice : choices) out += choice + "\n";
  return out;
}

bool sandbox_works() {
  static const bool works = [] {
    const std::vector<SandboxFile> nothing{SandboxFile{"main.py", "pass"}};
    return run_python(nothing).has_value();
  }();
  return works;
}

class TaskContract : public ::testing::TestWithParam<std::tuple<std::string, Lang>> {
 protected:
  [[nodiscard]] static const Task& task() { return **registry().find(std::get<0>(GetParam())); }
  [[nodiscard]] static Lang lang() { return std::get<1>(GetParam()); }
  [[nodiscard]] static std::vector<Sample> samples(int count, std::uint64_t seed = kSeed) {
    Result<std::vector<Sample>> out = task().samples({seed, lang(), count});
    EXPECT_TRUE(out) << out.error().message();
    return out.value_or(std::vector<Sample>{});
  }
  [[nodiscard]] static bool generates() {
    return task().info().needs.generate || task().info().needs.chat;
  }
};

TEST_P(TaskContract, IsDescribedCompletely) {
  const TaskInfo& info = task().info();
  expect_both(info.title, "title");
  expect_both(info.description, "description");
  expect_both(info.limits, "limits");
  EXPECT_FALSE(info.license.empty());
  EXPECT_FALSE(info.topics.empty());
  for (const std::string& topic : info.topics) {
    EXPECT_TRUE(std::count(topic_ids().begin(), topic_ids().end(), topic)) << topic;
  }
  EXPECT_EQ(std::set<std::string>(info.topics.begin(), info.topics.end()).size(),
            info.topics.size());
  EXPECT_GE(info.version, 1);
  EXPECT_GE(info.chance, 0.0);
  EXPECT_LT(info.chance, 1.0);
  EXPECT_GT(info.items.quick, 0);
  EXPECT_LE(info.items.quick, info.items.standard);
  EXPECT_LE(info.items.standard, info.items.full);
  EXPECT_GE(info.items.full, kFewestItems);
  for (const char c : info.name) {
    EXPECT_TRUE((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_') << info.name;
  }
}

TEST_P(TaskContract, HasAsManyItemsAsItSays) {
  const ItemCounts& items = task().info().items;
  for (const int count : {items.quick, items.standard, items.full}) {
    EXPECT_GE(samples(count).size(), static_cast<std::size_t>(count));
  }
}

TEST_P(TaskContract, ItemsAreValid) {
  std::set<std::string> ids;
  for (const Sample& s : samples(task().info().items.full)) {
    EXPECT_TRUE(ids.insert(s.id).second) << s.id;
    EXPECT_FALSE(s.cluster.empty()) << s.id;
    EXPECT_EQ(s.lang, lang()) << s.id;
    EXPECT_TRUE(is_utf8(question(s))) << s.id;
    EXPECT_EQ(has_chinese(question(s) + choices_of(s)), lang() == Lang::zh)
        << s.id << "\n"
        << question(s) << choices_of(s);
    EXPECT_TRUE(s.messages.empty() || s.messages.back().role == "user") << s.id;
    EXPECT_GT(s.max_tokens, 0) << s.id;
    const Result<Sample> read = sample_from_json(to_json(s));
    ASSERT_TRUE(read) << read.error().message();
    EXPECT_EQ(to_json(*read), to_json(s));
  }
}

TEST_P(TaskContract, NoItemIsThereTwice) {
  std::map<std::string, std::string> seen;
  for (const Sample& s : samples(task().info().items.full)) {
    const auto [place, fresh] = seen.emplace(question(s) + choices_of(s) + right_answer(s), s.id);
    EXPECT_TRUE(fresh) << s.id << " is " << place->second << ":\n" << place->first;
  }
}

TEST_P(TaskContract, NoItemIsAmbiguous) {
  std::map<std::string, std::string> answers;
  for (const Sample& s : samples(task().info().items.full)) {
    const std::set<std::string> distinct(s.choices.begin(), s.choices.end());
    EXPECT_EQ(distinct.size(), s.choices.size()) << s.id;
    EXPECT_NE(s.choices.size(), 1U) << s.id;
    EXPECT_GE(s.target_index, -1) << s.id;
    EXPECT_LT(s.target_index, std::max<int>(static_cast<int>(s.choices.size()), 0)) << s.id;
    const auto [place, fresh] = answers.emplace(question(s) + choices_of(s), right_answer(s));
    EXPECT_EQ(place->second, right_answer(s)) << s.id << " has two right answers:\n"
                                              << place->first;
  }
}

TEST_P(TaskContract, ItemsFollowFromTheSeed) {
  const int count = task().info().items.quick;
  const auto texts = [&](std::uint64_t seed) {
    std::vector<std::string> out;
    for (const Sample& s : samples(count, seed)) out.push_back(dump_json(to_json(s)));
    return out;
  };
  EXPECT_EQ(texts(kSeed), texts(kSeed));
  EXPECT_NE(texts(kSeed), texts(kSeed + 1));
}

TEST_P(TaskContract, ExamplesGiveTheVerdictsTheyDeclare) {
  if (task().info().needs.sandbox && !sandbox_works()) {
    GTEST_SKIP() << "bubblewrap cannot run programs here";
  }
  std::map<Verdict, int> verdicts;
  int unassessed = 0;
  for (const Example& example : task().examples()) {
    if (example.verdict == Verdict::unassessed) ++unassessed;
    if (example.sample.lang != lang()) continue;
    const Result<Trace> trace = replay(task(), example);
    ASSERT_TRUE(trace) << trace.error().message();
    const Score score = score_trace(task(), example.sample, *trace);
    EXPECT_EQ(score.verdict, example.verdict)
        << example.sample.id << ": " << trace->answer() << "\n"
        << score.explanation;
    EXPECT_TRUE(score.verdict != Verdict::unassessed || !score.explanation.empty());
    ++verdicts[example.verdict];
  }
  EXPECT_GE(verdicts[Verdict::success], 1);
  EXPECT_GE(verdicts[Verdict::failure], 1);
  EXPECT_GE(unassessed, generates() ? 1 : 0);
}

/// What an imagined model does: a reply for every turn, and nats for every choice.
struct Habit {
  std::function<std::string(const Sample&)> reply;
  std::function<double(const Sample&, std::size_t choice)> nats;
};

/// The trace of a model with such a habit; false if the solver never ends.
bool drive(const Task& task, const Sample& s, const Habit& habit, Trace& trace) {
  trace.transcript = s.messages;
  for (int steps = 0; steps < 100; ++steps) {
    const Step step = task.solver().next(s, trace);
    if (step.done()) return true;
    if (step.generate) {
      trace.generations.emplace_back().text = habit.reply(s);
      trace.transcript.push_back({"assistant", trace.generations.back().text});
    }
    for (std::size_t i = 0; i < step.choices.size(); ++i) {
      const double nats = habit.nats(s, trace.scores.size());
      trace.scores.push_back({nats, {0}, {nats}, false});
    }
  }
  return false;
}

/// A model that answers nothing has no verdict to its credit, and the solver comes to an end.
TEST_P(TaskContract, AnEmptyAnswerIsNoSuccess) {
  if (!generates()) return;  // scored by log-likelihood: there is no empty answer
  const Habit silent{[](const Sample&) { return std::string(); },
                     [](const Sample&, std::size_t) { return -1.0; }};
  for (const Sample& s : samples(task().info().items.quick)) {
    Trace trace;
    ASSERT_TRUE(drive(task(), s, silent, trace)) << s.id;
    if (trace.generations.empty()) continue;
    const Score score = score_trace(task(), s, trace);
    EXPECT_NE(score.verdict, Verdict::success) << s.id << ": " << score.explanation;
  }
}

std::vector<Habit> habits() {
  const auto right = [](const Sample& s) {
    const std::string answer = right_answer(s);
    return answer.substr(0, answer.find('\n'));
  };
  const auto hash = [](const Sample& s, std::size_t i) {
    return static_cast<double>(stable_hash(s.id, i) % 1000) / -100.0;
  };
  return {
      {right, [](const Sample& s,
                 std::size_t i) { return static_cast<int>(i) == s.target_index ? -1.0 : -9.0; }},
      {[](const Sample&) { return std::string("Yes."); },
       [](const Sample&, std::size_t i) { return -1.0 - static_cast<double>(i); }},
      {[](const Sample&) { return std::string("qwrtz plmkn 0 1 2"); },
       [](const Sample&, std::size_t) { return -2.0; }},
      {[=](const Sample& s) { return stable_hash(s.id) % 2 == 0 ? right(s) : std::string("No."); },
       hash},
  };
}

void expect_whole(const Summary& summary) {
  std::set<std::string> ids;
  for (const Figure& figure : summary.figures) {
    EXPECT_TRUE(ids.insert(figure.id).second) << figure.id;
    expect_both(figure.label, figure.id.c_str());
    EXPECT_TRUE(figure.estimate.known() || !figure.estimate.assumptions.empty()) << figure.id;
    EXPECT_TRUE(figure_from_json(to_json(figure))) << figure.id;
  }
  if (summary.status != Status::measured) expect_both(summary.reason, "reason");
}

/// Summaries of what may be: no sample, no verdict, one sample, and models of several habits.
TEST_P(TaskContract, SummariesHoldAtTheEdges) {
  const model::ModelInfo model;
  const std::vector<TaskOutcome> earlier;
  SummaryContext context;
  context.lang = lang();
  context.model = &model;
  context.earlier = &earlier;
  expect_whole(task().summarise({}, context));
  const std::vector<Sample> all = samples(task().info().items.quick);
  const auto scored_as = [](const Sample& s, Score score) {
    return Scored{s.id, s.cluster, s.group, 0, std::move(score), s.metadata};
  };
  std::vector<Scored> none;
  for (const Sample& s : all) none.push_back(scored_as(s, Score::unassessed(kReasonCutOff)));
  expect_whole(task().summarise(none, context));
  for (const Habit& habit : habits()) {
    std::vector<Scored> scored;
    for (const Sample& s : all) {
      Trace trace;
      ASSERT_TRUE(drive(task(), s, habit, trace)) << s.id;
      scored.push_back(scored_as(s, score_trace(task(), s, trace)));
    }
    expect_whole(task().summarise(scored, context));
    scored.resize(1);
    expect_whole(task().summarise(scored, context));
  }
}

std::string test_name(const ::testing::TestParamInfo<std::tuple<std::string, Lang>>& test) {
  return std::get<0>(test.param) + "_" + to_string(std::get<1>(test.param));
}

INSTANTIATE_TEST_SUITE_P(All, TaskContract, ::testing::ValuesIn(cases()), test_name);

}  // namespace
}  // namespace assay::eval
