// What holds for every registered task, in both languages: complete description, enough items,
// each of them once and with one right answer, examples that give the verdicts that they declare.
#include <algorithm>
#include <gtest/gtest.h>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "base/text.h"
#include "eval/registry.h"
#include "eval/replay.h"
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

std::vector<std::string> task_names() {
  std::vector<std::string> out;
  for (const auto& task : registry().tasks()) out.push_back(task->info().name);
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

/// A model that answers nothing has no verdict to its credit, and the solver comes to an end.
TEST_P(TaskContract, AnEmptyAnswerIsNoSuccess) {
  if (!generates()) return;  // scored by log-likelihood: there is no empty answer
  for (const Sample& s : samples(task().info().items.quick)) {
    Trace trace;
    trace.transcript = s.messages;
    int steps = 0;
    for (; steps < 100; ++steps) {
      const Step step = task().solver().next(s, trace);
      if (step.done()) break;
      if (step.generate) trace.generations.emplace_back();
      if (step.generate) trace.transcript.push_back({"assistant", ""});
      for (std::size_t i = 0; i < step.choices.size(); ++i) {
        trace.scores.push_back({-1.0, {0}, {-1.0}, false});
      }
    }
    EXPECT_LT(steps, 100);
    if (trace.generations.empty()) continue;
    const Score score = score_trace(task(), s, trace);
    EXPECT_NE(score.verdict, Verdict::success) << s.id << ": " << score.explanation;
  }
}

/// Summaries of what may be: nothing, all right, all wrong, nothing assessed, and a mixture.
TEST_P(TaskContract, SummariesHoldAtTheEdges) {
  const std::vector<Sample> all = samples(task().info().items.quick);
  const model::ModelInfo model;
  const std::vector<TaskOutcome> earlier;
  SummaryContext context;
  context.lang = lang();
  context.model = &model;
  context.earlier = &earlier;
  for (int kind = 0; kind < 5; ++kind) {
    std::vector<Scored> scored;
    for (std::size_t i = 0; kind > 0 && i < all.size(); ++i) {
      const Score score = kind == 1 || (kind == 4 && i % 2 == 0) ? Score::pass("a")
                          : kind == 2 || kind == 4               ? Score::miss("b")
                                                                 : Score::unassessed("c");
      scored.push_back({all[i].id, all[i].cluster, all[i].group, 0, score, all[i].metadata});
    }
    const Summary summary = task().summarise(scored, context);
    std::set<std::string> ids;
    for (const Figure& figure : summary.figures) {
      EXPECT_TRUE(ids.insert(figure.id).second) << figure.id;
      expect_both(figure.label, figure.id.c_str());
      EXPECT_TRUE(figure.estimate.known() || !figure.estimate.assumptions.empty()) << figure.id;
      EXPECT_TRUE(figure_from_json(to_json(figure))) << figure.id;
    }
    if (summary.status != Status::measured) expect_both(summary.reason, "reason");
  }
}

std::string test_name(const ::testing::TestParamInfo<std::tuple<std::string, Lang>>& test) {
  return std::get<0>(test.param) + "_" + to_string(std::get<1>(test.param));
}

INSTANTIATE_TEST_SUITE_P(All, TaskContract,
                         ::testing::Combine(::testing::ValuesIn(task_names()),
                                            ::testing::Values(Lang::en, Lang::zh)),
                         test_name);

}  // namespace
}  // namespace assay::eval
