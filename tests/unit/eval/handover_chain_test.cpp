// The story against an independent reader of it, and careless readers as baselines.
#include <functional>
#include <gtest/gtest.h>
#include <map>
#include <sstream>

#include "eval/items/handovers.h"
#include "eval/registry.h"
#include "eval/replay.h"

namespace assay::eval {
namespace {

/// Who has what at the end, read from the English sentences.
std::string read_story(const Handovers& story) {
  std::map<std::string, std::string> has;
  std::istringstream text(story.story);
  std::string sentence;
  while (std::getline(text, sentence, '.')) {
    std::istringstream words(sentence);
    std::vector<std::string> w;
    for (std::string word; words >> word;) w.push_back(word);
    if (w.size() == 4 && w[1] == "has") has[w[3]] = w[0];
    if (w.size() == 6 && w[1] == "gives") {
      EXPECT_EQ(has[w[3]], w[0]) << sentence << ": only who has it can give it";
      EXPECT_NE(w[0], w[5]);
      has[w[3]] = w[5];
    }
  }
  std::istringstream question(story.question);
  std::string thing;
  for (std::string word; question >> word;) {
    if (has.contains(word)) thing = word;
  }
  return has[thing];
}

TEST(Handovers, TheHolderIsWhoTheStorySays) {
  Rng rng(1);
  for (const int steps : {1, 2, 4, 8, 16, 32}) {
    for (int i = 0; i < 50; ++i) {
      const Handovers story = handovers(steps, Lang::en, rng);
      EXPECT_EQ(story.people.at(story.holder), read_story(story)) << story.story << story.question;
    }
  }
}

using Reader = std::function<std::size_t(const Sample&)>;

std::map<std::string, double> figures(const Reader& reader) {
  Registry registry;
  register_all_tasks(registry);
  const Task& task = **registry.find("handover_chain");
  std::map<std::string, double> out;
  for (const Lang lang : {Lang::en, Lang::zh}) {
    const auto samples = task.samples({4, lang, 1200});
    std::vector<Scored> scored;
    for (const Sample& sample : *samples) {
      Trace trace;
      const std::size_t said = reader(sample);
      for (std::size_t i = 0; i < sample.choices.size(); ++i) {
        model::LoglikelihoodResult result;
        result.total = i == said ? -1.0 : -9.0;
        trace.scores.push_back(result);
      }
      scored.push_back({sample.id, sample.cluster, sample.group, 0,
                        score_trace(task, sample, trace), sample.metadata});
    }
    SummaryContext about;
    about.lang = lang;
    for (const Figure& f : task.summarise(scored, about).figures) out[f.id] = f.estimate.value;
  }
  return out;
}

TEST(HandoverChain, CarelessReadersFallToChance) {
  const auto last =
      figures([](const Sample& s) { return s.metadata["last_receiver"].get<std::size_t>(); });
  const auto first =
      figures([](const Sample& s) { return s.metadata["first_holder"].get<std::size_t>(); });
  const auto fixed = figures([](const Sample&) { return std::size_t{0}; });
  for (const std::string lang : {"en", "zh"}) {
    EXPECT_LT(last.at("right.32." + lang), 0.5)
        << "the last receiver: a third and a sixth of the rest";
    EXPECT_LT(first.at("right.32." + lang), 0.25);
    EXPECT_NEAR(fixed.at("right." + lang), 1.0 / 6.0, 0.05);
  }
  const auto perfect =
      figures([](const Sample& s) { return static_cast<std::size_t>(s.target_index); });
  EXPECT_EQ(perfect.at("right.en"), 1.0);
}

TEST(HandoverChain, TheHorizonIsWhereAReaderGivesUp) {
  // Right up to 8 steps (24 seconds), then always wrong: the horizon lies between 8 and 16 steps.
  const auto f = figures([](const Sample& s) {
    const auto right = static_cast<std::size_t>(s.target_index);
    return std::stoi(s.group) <= 8 ? right : (right + 1) % 6;
  });
  EXPECT_GT(f.at("horizon.50.en"), (4 + 2.5 * 8) / 60.0);
  EXPECT_LT(f.at("horizon.50.en"), (4 + 2.5 * 16) / 60.0);
}

}  // namespace
}  // namespace assay::eval
