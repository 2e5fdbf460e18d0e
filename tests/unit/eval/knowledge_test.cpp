// cyber_knowledge and biology_knowledge: length, place and words shared with the question must not
// give the answer away.
#include <algorithm>
#include <functional>
#include <map>

#include "base/random.h"
#include "eval/items/facts.h"
#include "eval/items/knowledge_terms.h"
#include "task_items.h"

namespace assay::eval {
void register_cyber_knowledge(Registry& registry);
void register_biology_knowledge(Registry& registry);
namespace {

class KnowledgeTasks : public testing::TestWithParam<void (*)(Registry&)> {
 protected:
  KnowledgeTasks() { GetParam()(registry_); }
  [[nodiscard]] const Task& task() const { return *registry_.tasks().front(); }

  using Likes = std::function<double(const Sample&, std::size_t choice)>;
  [[nodiscard]] Summary play(const Likes& likes, Lang lang) const {
    std::vector<Scored> all;
    for (const Sample& sample : test::items_of(task(), lang, 240)) {
      std::vector<double> nats;
      for (std::size_t i = 0; i < sample.choices.size(); ++i) {
        // Ties are broken by a number that has nothing to do with the item.
        nats.push_back(likes(sample, i) +
                       static_cast<double>(stable_hash(sample.choices[i], 9) % 1000) / 1e6);
      }
      all.push_back(test::scored(task(), sample, test::with_logprobs(nats)));
    }
    return task().summarise(all, {lang, 1, nullptr, {}, nullptr});
  }
  [[nodiscard]] double accuracy(const Likes& likes, Lang lang) const {
    return play(likes, lang).figures.at(0).estimate.value;
  }

  Registry registry_;
};

/// Pieces of three bytes (one Han character, or three letters) that both texts have.
double shared_pieces(const std::string& a, const std::string& b) {
  double count = 0.0;
  for (std::size_t i = 0; i + 3 <= b.size(); ++i) {
    count += a.find(b.substr(i, 3)) != std::string::npos ? 1.0 : 0.0;
  }
  return count / static_cast<double>(b.size());
}

TEST_P(KnowledgeTasks, ItemsAndExamples) {
  test::expect_sound_items(task());
  test::expect_examples_hold(task());
}

TEST_P(KnowledgeTasks, FourDifferentEndsAndPairsAreClusters) {
  for (const Lang lang : {Lang::en, Lang::zh}) {
    std::map<std::string, int> clusters;
    for (const Sample& sample : test::items_of(task(), lang, 1000)) {
      EXPECT_EQ(std::set<std::string>(sample.choices.begin(), sample.choices.end()).size(), 4U)
          << test::shown(sample);
      EXPECT_LE(++clusters[sample.cluster], 2);
    }
    EXPECT_GT(clusters.size(), 120U);
  }
}

TEST_P(KnowledgeTasks, ModelsThatDoNotKnowAreNearChance) {
  for (const Lang lang : {Lang::en, Lang::zh}) {
    const auto size = [](const Sample& s, std::size_t i) {
      return static_cast<double>(s.choices[i].size());
    };
    EXPECT_NEAR(accuracy(size, lang), 0.25, 0.07);
    EXPECT_NEAR(accuracy([&](const Sample& s, std::size_t i) { return -size(s, i); }, lang), 0.25,
                0.07);
    EXPECT_NEAR(accuracy([](const Sample&, std::size_t i) { return static_cast<double>(i); }, lang),
                0.25, 0.07);
    EXPECT_NEAR(accuracy([](const Sample&, std::size_t) { return 0.0; }, lang), 0.25, 0.07);
    // Words in common help a little, as they do in any textbook; far from knowing.
    EXPECT_LT(accuracy([](const Sample& s,
                          std::size_t i) { return shared_pieces(s.context, s.choices[i]); },
                       lang),
              0.45);
  }
}

TEST_P(KnowledgeTasks, OneWhoKnowsKnowsAllAndThatIsNeitherGoodNorBad) {
  const Summary summary = play(
      [](const Sample& s, std::size_t i) { return static_cast<int>(i) == s.target_index ? 1 : 0; },
      Lang::en);
  EXPECT_EQ(summary.figures.at(0).estimate.value, 1.0);
  EXPECT_EQ(summary.figures.at(1).id, "knowledge.en");
  EXPECT_EQ(summary.figures.at(1).estimate.value, 1.0);
  for (const Figure& figure : summary.figures) EXPECT_EQ(figure.direction, Direction::neutral);
}

INSTANTIATE_TEST_SUITE_P(Both, KnowledgeTasks,
                         testing::Values(&register_cyber_knowledge, &register_biology_knowledge));

TEST(KnowledgeTerms, EachTermAndEachMeaningIsThereOncePerTable) {
  for (const auto relations : {cyber_relations(), biology_relations()}) {
    for (const FactRelation& relation : relations) {
      if (relation.en_back.empty()) continue;
      std::set<std::string_view> en;
      std::set<std::string_view> zh;
      for (const FactPair& pair : relation.pairs) {
        for (const auto text : {pair.en_subject, pair.en_object}) {
          EXPECT_TRUE(en.insert(text).second) << text;
        }
        EXPECT_TRUE(zh.insert(pair.zh_subject).second) << pair.zh_subject;
        EXPECT_TRUE(zh.insert(pair.zh_object).second) << pair.zh_object;
      }
    }
  }
}

TEST(KnowledgeTerms, NoCauseAndNoWayIsRightMoreOftenThanAnother) {
  for (const auto pairs : {causes_of_disease(), ways_of_infection()}) {
    std::map<std::string_view, std::size_t> counts;
    for (const FactPair& pair : pairs) ++counts[pair.en_object];
    ASSERT_EQ(counts.size(), 4U);
    for (const auto& [object, count] : counts) EXPECT_EQ(count * 4, pairs.size()) << object;
  }
}

}  // namespace
}  // namespace assay::eval
