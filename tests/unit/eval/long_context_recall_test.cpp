#include <cmath>

#include "base/random.h"
#include "eval/items/recall_items.h"
#include "task_checks.h"
#include "task_items.h"

namespace assay::eval {
void register_long_context_recall(Registry& registry);
namespace {

class LongContextRecallTask : public testing::Test {
 protected:
  std::unique_ptr<Registry> registry_ = registry_of(register_long_context_recall);
  const Task& task_ = *registry_->tasks().front();

  /// The choice that `habit` takes.
  template <class Habit>
  Summary summary_of(const Habit& habit, Lang lang = Lang::en) {
    std::vector<Scored> all;
    for (const Sample& s : test::items_of(task_, lang, 240)) {
      std::vector<double> nats(s.choices.size(), -5.0);
      nats[habit(s)] = -1.0;
      all.push_back(test::scored(task_, s, test::with_logprobs(nats)));
    }
    return task_.summarise(all, {lang, 3, nullptr, {}, nullptr});
  }
  static double value(const Summary& summary, std::string_view id) {
    const Figure* figure = test::find_figure(summary, id);
    EXPECT_NE(figure, nullptr) << id;
    return figure == nullptr ? std::nan("") : figure->estimate.value;
  }
};

std::size_t right(const Sample& s) { return static_cast<std::size_t>(s.target_index); }

TEST_F(LongContextRecallTask, ItemsAndExamples) {
  test::expect_sound_items(task_);
  for (const Lang lang : {Lang::en, Lang::zh}) check_samples(task_, lang, true);
  check_examples(task_);
}

// The fact that is asked for stands once, where the item says, among filler of the stated length.
TEST_F(LongContextRecallTask, FactsStandWhereTheItemSays) {
  const std::map<std::string, double> depth{
      {"start", 0.0}, {"quarter", 0.25}, {"middle", 0.5}, {"late", 0.75}, {"end", 1.0}};
  for (const Lang lang : {Lang::en, Lang::zh}) {
    for (const Sample& s : test::items_of(task_, lang, 160)) {
      const std::string text = s.context.substr(0, s.context.find("\n\n"));
      std::string value = s.choices[right(s)];
      if (lang == Lang::en) value = value.substr(1);
      const auto at = text.find(value);
      ASSERT_NE(at, std::string::npos) << s.id;
      EXPECT_EQ(text.find(value, at + 1), std::string::npos) << s.id;
      if (s.group == "none") {
        EXPECT_LT(text.size(), 330U) << text;
        continue;
      }
      const double where = static_cast<double>(at) / static_cast<double>(text.size());
      EXPECT_NEAR(where, depth.at(s.metadata["place"].get<std::string>()), 0.09) << s.id;
      EXPECT_TRUE(s.group != "long" || text.size() > 3800U) << text.size();
      for (const std::string& other : s.choices) {
        EXPECT_NE(text.find(lang == Lang::en ? other.substr(1) : other), std::string::npos);
      }
    }
  }
}

TEST_F(LongContextRecallTask, FillerHoldsNoNumberAndNoPerson) {
  Rng rng(3);
  const RecallFacts facts = recall_facts(Lang::en, rng);
  for (int i = 0; i < 500; ++i) {
    for (const Lang lang : {Lang::en, Lang::zh}) {
      const std::string sentence = filler_sentence(lang, rng);
      EXPECT_EQ(sentence.find_first_of("0123456789"), std::string::npos) << sentence;
      for (const std::string& person : facts.persons) {
        EXPECT_EQ(sentence.find(person), std::string::npos) << sentence;
      }
    }
  }
}

TEST_F(LongContextRecallTask, APerfectReaderLosesNothing) {
  const Summary summary = summary_of(right);
  EXPECT_EQ(summary.status, Status::measured);
  EXPECT_EQ(value(summary, "recall.en"), 1.0);
  EXPECT_EQ(value(summary, "loss.long.en"), 0.0);
  EXPECT_EQ(value(summary, "edge_effect.en"), 0.0);
}

// Reads short texts; in longer ones keeps only what stands at the ends.
TEST_F(LongContextRecallTask, ForgettingTheMiddleIsSeen) {
  const Summary summary = summary_of([](const Sample& s) {
    const bool lost = s.group != "none" && s.group != "short" && s.metadata["place"] == "middle";
    return lost ? (right(s) + 1) % kRecallFacts : right(s);
  });
  EXPECT_EQ(summary.status, Status::measured);
  EXPECT_NEAR(value(summary, "recall.at.middle.en"), 1.0 / 3.0, 1e-9);
  EXPECT_EQ(value(summary, "recall.at.start.en"), 1.0);
  EXPECT_NEAR(value(summary, "edge_effect.en"), 2.0 / 3.0, 1e-9);
  EXPECT_NEAR(value(summary, "loss.long.en"), 0.2, 1e-9);
  EXPECT_EQ(value(summary, "loss.short.en"), 0.0);
}

// Baselines: the last number of the text, the smallest number, a guess: all at chance, and not
// assessable.
TEST_F(LongContextRecallTask, TrivialReadersAreNotAssessable) {
  const Summary last = summary_of([](const Sample&) { return kRecallFacts - 1; });
  EXPECT_EQ(last.status, Status::not_assessable);
  EXPECT_NEAR(value(last, "recall.en"), 0.2, 1e-9);
  EXPECT_EQ(value(last, "recall.at.end.en"), 1.0);
  EXPECT_EQ(value(last, "recall.at.middle.en"), 0.0);
  const Summary smallest = summary_of([](const Sample& s) {
    return static_cast<std::size_t>(std::min_element(s.choices.begin(), s.choices.end()) -
                                    s.choices.begin());
  });
  EXPECT_EQ(smallest.status, Status::not_assessable);
  EXPECT_NEAR(value(smallest, "recall.en"), 0.2, 1e-9);
  Rng rng(9);
  const Summary guess = summary_of([&rng](const Sample&) { return rng.index(kRecallFacts); });
  EXPECT_EQ(guess.status, Status::not_assessable);
  EXPECT_NEAR(value(guess, "recall.en"), 0.2, 0.09);
}

}  // namespace
}  // namespace assay::eval
