// What the unit tests of a built-in task check: enough items, no duplicates, the seed decides, each
// language is itself, and the declared examples give their verdicts.
#pragma once

#include <gtest/gtest.h>
#include <memory>
#include <set>
#include <string>

#include "eval/registry.h"
#include "eval/replay.h"
#include "eval/scorers/reply.h"

namespace assay::eval {

inline std::string text_of(const Sample& sample) {
  std::string text;
  for (const auto& message : sample.messages) text += message.role + ": " + message.content + "\n";
  for (const auto& turn : sample.turns) text += "then: " + turn + "\n";
  text += sample.context;
  for (const auto& choice : sample.choices) text += " | " + choice;
  return text;
}

inline void check_samples(const Task& task, Lang lang, bool generated) {
  const int full = task.info().items.full;
  const auto first = task.samples({1, lang, full});
  const auto again = task.samples({1, lang, full});
  const auto other = task.samples({2, lang, full});
  ASSERT_TRUE(first && again && other);
  EXPECT_GE(static_cast<int>(first->size()), full);
  EXPECT_GE(full, 200);
  std::set<std::string> ids;
  std::set<std::string> texts;
  std::size_t shared = 0;
  for (std::size_t i = 0; i < first->size(); ++i) {
    const Sample& sample = (*first)[i];
    EXPECT_EQ(dump_json(to_json(sample)), dump_json(to_json((*again)[i])));
    EXPECT_TRUE(ids.insert(sample.id).second) << sample.id;
    EXPECT_TRUE(texts.insert(text_of(sample)).second) << text_of(sample);
    EXPECT_FALSE(sample.cluster.empty());
    const double chinese = chinese_share(text_of(sample));
    ASSERT_TRUE(lang == Lang::en ? chinese == 0.0 : chinese > 0.1) << text_of(sample);
    EXPECT_TRUE(!task.info().needs.generate || sample.max_tokens <= 96);
  }
  for (const Sample& sample : *other) shared += texts.count(text_of(sample));
  EXPECT_TRUE(!generated || shared < first->size()) << "the seed changes nothing";
}

inline void check_examples(const Task& task) {
  std::set<Verdict> seen;
  for (const Example& example : task.examples()) {
    const auto trace = replay(task, example);
    ASSERT_TRUE(trace) << trace.error().message();
    const Score score = score_trace(task, example.sample, *trace);
    EXPECT_EQ(score.verdict, example.verdict)
        << text_of(example.sample) << "\n-> " << trace->answer() << "\n"
        << score.explanation;
    seen.insert(score.verdict);
  }
  EXPECT_TRUE(seen.count(Verdict::success) && seen.count(Verdict::failure));
  EXPECT_TRUE(!task.info().needs.generate || seen.count(Verdict::unassessed));
}

inline std::unique_ptr<Registry> registry_of(void (*add)(Registry&)) {
  auto registry = std::make_unique<Registry>();
  add(*registry);
  return registry;
}

/// The score of a reply (or of several, one a turn) to a sample.
inline Score score_reply(const Task& task, const Sample& sample, std::vector<std::string> replies,
                         model::FinishReason finish = model::FinishReason::stop) {
  Example example;
  example.sample = sample;
  example.replies = std::move(replies);
  example.finish = finish;
  const auto trace = replay(task, example);
  if (!trace) return Score::unassessed("replay: " + trace.error().message());
  return score_trace(task, sample, *trace);
}

}  // namespace assay::eval
