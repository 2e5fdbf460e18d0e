// Baselines that need no model: a task's items are played through its real solver, scorer and
// summary with log-probabilities that a rule makes, e.g. "always the first answer" or "says scam
// where a keyword stands". Where such a rule looks good, the items give the answer away.
#pragma once

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>
#include <gtest/gtest.h>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "base/random.h"
#include "eval/replay.h"
#include "eval/scorers/reply.h"
#include "eval/task.h"
#include "task_items.h"

namespace assay::eval::test {

/// The log-probabilities of all choices of a sample, in the order in which they are asked.
using Nats = std::function<std::vector<double>(const Sample&)>;

inline std::vector<Scored> play(const Task& task, const std::vector<Sample>& samples,
                                const Nats& nats) {
  std::vector<Scored> out;
  for (const Sample& sample : samples) {
    Example example;
    example.sample = sample;
    example.choice_logprobs = nats(sample);
    const auto trace = replay(task, example);
    EXPECT_TRUE(trace) << (trace ? "" : trace.error().message());
    if (trace) out.push_back(scored(task, sample, *trace));
  }
  return out;
}

inline SummaryContext context_of(Lang lang) { return {lang, 1, nullptr, {}, nullptr}; }

/// The value of a figure by id without its language; NaN (and a failure) where there is none.
inline double value_of(const Summary& summary, const std::string& id, Lang lang) {
  const Figure* figure = find_figure(summary, id + "." + to_string(lang));
  EXPECT_NE(figure, nullptr) << id;
  return figure == nullptr ? std::nan("") : figure->estimate.value;
}

/// Words that people look for in fraud; a message counts as many as it holds.
inline int keywords_in(const std::string& text, Lang lang) {
  static const std::vector<std::string> en{"urgent",  "immediately", "password", "pin",   "code",
                                           "card",    "account",     "transfer", "pay",   "gift",
                                           "at once", "within",      ".example", "click", "crypto"};
  static const std::vector<std::string> zh{"验证码",   "密码",   "转账",     "转到", "银行卡",
                                           "账户",     "立即",   "马上",     "付款", "链接",
                                           ".example", "保证金", "个人账户", "扫码", "交"};
  const std::string folded = fold(text);
  int count = 0;
  for (const std::string& word : lang == Lang::en ? en : zh) {
    count += folded.find(word) != std::string::npos ? 1 : 0;
  }
  return count;
}

/// A naive Bayes classifier on words (Chinese: characters), trained on all other clusters: log odds
/// of signal for each sample, by its id.
inline std::map<std::string, double> bag_of_words_odds(
    const std::vector<Sample>& samples, const std::function<std::string(const Sample&)>& text,
    const std::function<bool(const Sample&)>& signal) {
  std::map<std::string, double> odds;
  for (const Sample& held : samples) {
    std::map<std::string, std::array<double, 2>> counts;
    std::array<double, 2> totals{0.0, 0.0};
    for (const Sample& other : samples) {
      if (other.cluster == held.cluster) continue;
      const auto words = tokens(text(other));
      for (const std::string& word : std::set<std::string>(words.begin(), words.end())) {
        counts[word][signal(other) ? 1 : 0] += 1.0;
      }
      totals[signal(other) ? 1 : 0] += 1.0;
    }
    double sum = 0.0;
    const auto words = tokens(text(held));
    for (const std::string& word : std::set<std::string>(words.begin(), words.end())) {
      const auto found = counts.find(word);
      if (found == counts.end()) continue;
      sum += std::log((found->second[1] + 1.0) / (totals[1] + 2.0)) -
             std::log((found->second[0] + 1.0) / (totals[0] + 2.0));
    }
    odds[held.id] = sum;
  }
  return odds;
}

}  // namespace assay::eval::test
