// What the tests of single tasks share: a task out of its registration, its items, and verdicts as
// the runner would hand them to a summary.
#pragma once

#include <gtest/gtest.h>
#include <set>
#include <string>
#include <vector>

#include "eval/registry.h"
#include "eval/replay.h"

namespace assay::eval::test {

inline std::vector<Sample> items_of(const Task& task, Lang lang, int count,
                                    std::uint64_t seed = 7) {
  auto made = task.samples({seed, lang, count});
  EXPECT_TRUE(made) << (made ? "" : made.error().message());
  return made ? *made : std::vector<Sample>{};
}

/// Everything that the model sees of an item.
inline std::string shown(const Sample& sample) {
  std::string out = sample.context;
  for (const auto& message : sample.messages) out += "\n" + message.role + ": " + message.content;
  for (const auto& choice : sample.choices) out += "\n> " + choice;
  return out;
}

inline bool has_han(const std::string& text) {
  for (std::size_t i = 0; i + 2 < text.size(); ++i) {
    const auto lead = static_cast<unsigned char>(text[i]);
    if (lead >= 0xE4 && lead <= 0xE9) return true;  // U+4000 to U+9FFF
  }
  return false;
}

/// Unique ids and texts, the language that was asked for, the same items for the same seed and
/// others for another, a smaller profile within a larger one.
inline void expect_sound_items(const Task& task) {
  for (const Lang lang : {Lang::en, Lang::zh}) {
    const int full = task.info().items.full;
    const auto items = items_of(task, lang, full);
    ASSERT_EQ(items.size(), static_cast<std::size_t>(full)) << to_string(lang);
    std::set<std::string> ids;
    std::set<std::string> texts;
    std::string all;
    for (const Sample& item : items) {
      EXPECT_TRUE(ids.insert(item.id).second) << item.id;
      EXPECT_TRUE(texts.insert(shown(item)).second) << shown(item);
      EXPECT_EQ(has_han(shown(item)), lang == Lang::zh) << shown(item);
      EXPECT_FALSE(item.cluster.empty());
      EXPECT_EQ(item.lang, lang);
      all += shown(item);
    }
    std::string again;
    for (const Sample& item : items_of(task, lang, full)) again += shown(item);
    EXPECT_EQ(all, again);
    std::string other;
    for (const Sample& item : items_of(task, lang, full, 8)) other += shown(item);
    EXPECT_NE(all, other);
    const auto few = items_of(task, lang, task.info().items.quick);
    for (std::size_t i = 0; i < few.size(); ++i) EXPECT_EQ(few[i].id, items[i].id);
  }
}

inline void expect_examples_hold(const Task& task) {
  for (const Example& example : task.examples()) {
    const auto trace = replay(task, example);
    ASSERT_TRUE(trace) << trace.error().message();
    EXPECT_EQ(score_trace(task, example.sample, *trace).verdict, example.verdict)
        << shown(example.sample) << (example.replies.empty() ? "" : example.replies.front());
  }
}

inline Scored scored(const Task& task, const Sample& sample, const Trace& trace) {
  return {sample.id, sample.cluster, sample.group, 0, task.score(sample, trace), sample.metadata};
}

inline Trace with_logprobs(const std::vector<double>& totals) {
  Trace trace;
  for (const double total : totals) {
    model::LoglikelihoodResult result;
    result.total = total;
    trace.scores.push_back(result);
  }
  return trace;
}

inline Trace with_reply(std::string text, model::FinishReason finish = model::FinishReason::stop) {
  Trace trace;
  model::GenerateResult result;
  result.text = std::move(text);
  result.finish = finish;
  trace.generations.push_back(result);
  return trace;
}

inline const Figure* find_figure(const Summary& summary, std::string_view id) {
  for (const Figure& figure : summary.figures) {
    if (figure.id == id) return &figure;
  }
  return nullptr;
}

}  // namespace assay::eval::test
