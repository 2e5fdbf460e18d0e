// bug_finding: models that do not read the programs (one letter, the longer version, the one with
// comments, a favourite name) must come out as guessers, and one that knows as one that knows.
#include <algorithm>
#include <functional>

#include "base/random.h"
#include "task_items.h"

namespace assay::eval {
void register_bug_finding(Registry& registry);
namespace {

using test::find_figure;

class BugFindingTask : public testing::Test {
 protected:
  BugFindingTask() { register_bug_finding(registry_); }
  [[nodiscard]] const Task& task() const { return *registry_.tasks().front(); }

  /// How likely a model finds choice number `choice` after a context.
  using Likes =
      std::function<double(const Sample&, const std::string& context, std::size_t choice)>;

  [[nodiscard]] Summary play(const Likes& likes, Lang lang = Lang::en, int count = 468) const {
    std::vector<Scored> all;
    for (const Sample& sample : test::items_of(task(), lang, count)) {
      std::vector<double> nats;
      const std::string swapped = sample.metadata.value("swapped", "");
      for (const std::string& context : {sample.context, swapped}) {
        if (context.empty()) continue;
        for (std::size_t i = 0; i < sample.choices.size(); ++i) {
          nats.push_back(likes(sample, context, i));
        }
      }
      all.push_back(test::scored(task(), sample, test::with_logprobs(nats)));
    }
    return task().summarise(all, {lang, 1, nullptr, {}, nullptr});
  }

  static double value(const Summary& summary, const std::string& id) {
    const Figure* figure = find_figure(summary, id);
    EXPECT_NE(figure, nullptr) << id;
    return figure == nullptr ? -1.0 : figure->estimate.value;
  }

  Registry registry_;
};

/// The texts of both versions in a context.
std::pair<std::string, std::string> versions(const std::string& context) {
  const auto block = [&](std::size_t from) {
    const std::size_t begin = context.find("```", from);
    const std::size_t end = context.find("```\n", begin + 3);
    return context.substr(begin, end - begin);
  };
  const std::string a = block(0);
  return {a, block(context.find("```\n", context.find("```") + 3) + 4)};
}

/// Likes the version with more of what `measure` counts.
auto more(std::function<double(const std::string&)> measure) {
  return [measure = std::move(measure)](const Sample& sample, const std::string& context,
                                        std::size_t choice) {
    if (sample.choices.size() != 2) return -1.0 - static_cast<double>(choice);
    const auto [a, b] = versions(context);
    return choice == 0 ? measure(a) : measure(b);
  };
}

double count_of(const std::string& text, char what) {
  return static_cast<double>(std::count(text.begin(), text.end(), what));
}

/// Right in each question; `at` is the right choice of this context.
double knows(const Sample& sample, const std::string& context, std::size_t choice) {
  const bool swapped = sample.choices.size() == 2 && context != sample.context;
  const auto right = static_cast<std::size_t>(sample.target_index);
  return (choice == right) != swapped ? -1.0 : -3.0;
}

TEST_F(BugFindingTask, ItemsAndExamples) {
  test::expect_sound_items(task());
  test::expect_examples_hold(task());
}

TEST_F(BugFindingTask, VersionsDifferAndAreShownInBothOrders) {
  for (const Lang lang : {Lang::en, Lang::zh}) {
    for (const Sample& sample : test::items_of(task(), lang, 234)) {
      if (sample.choices.size() != 2) continue;
      const auto [a, b] = versions(sample.context);
      const auto [c, d] = versions(sample.metadata.value("swapped", ""));
      EXPECT_NE(a, b) << sample.context;
      EXPECT_EQ(a, d);
      EXPECT_EQ(b, c);
    }
  }
}

TEST_F(BugFindingTask, OneWhoKnowsIsRightEvenWithAPreferenceForALetter) {
  for (const Lang lang : {Lang::en, Lang::zh}) {
    const std::string end = std::string(".") + to_string(lang);
    const Summary summary = play(
        [](const Sample& sample, const std::string& context, std::size_t choice) {
          const bool two = sample.choices.size() == 2;
          return knows(sample, context, choice) + (two && choice == 1 ? 5.0 : 0.0);
        },
        lang);
    EXPECT_EQ(value(summary, "pair" + end), 1.0);
    EXPECT_EQ(value(summary, "line" + end), 1.0);
    EXPECT_EQ(value(summary, "class" + end), 1.0);
    EXPECT_EQ(value(summary, "control" + end), 1.0);
    EXPECT_EQ(value(summary, "pair.both" + end), 0.0);  // it always names B
    EXPECT_EQ(summary.status, Status::measured);
  }
}

TEST_F(BugFindingTask, AlwaysTheSecondVersionIsNotAssessed) {
  const Summary summary = play([](const Sample&, const std::string&, std::size_t choice) {
    return static_cast<double>(choice);
  });
  const Figure* pair = find_figure(summary, "pair.en");
  ASSERT_NE(pair, nullptr);
  EXPECT_FALSE(pair->estimate.known());
  EXPECT_GT(pair->estimate.unassessed, 100);
  EXPECT_EQ(summary.status, Status::not_assessable);
  EXPECT_NEAR(value(summary, "line.en"), 0.25, 0.02);  // always the last marked line
}

TEST_F(BugFindingTask, LengthAndCommentsTellNothing) {
  const auto longer =
      more([](const std::string& text) { return static_cast<double>(text.size()); });
  const auto lines = more([](const std::string& text) { return count_of(text, '\n'); });
  const auto comments = more([](const std::string& text) {
    double count = 0.0;
    for (const char* mark : {"# ", "// "}) {
      for (std::size_t at = 0; (at = text.find(mark, at)) != std::string::npos; ++at) ++count;
    }
    return count;
  });
  for (const Lang lang : {Lang::en, Lang::zh}) {
    const std::string id = std::string("pair.") + to_string(lang);
    EXPECT_NEAR(value(play(longer, lang), id), 0.5, 0.03);
    EXPECT_NEAR(value(play(lines, lang), id), 0.5, 0.03);
    EXPECT_NEAR(value(play(comments, lang), id), 0.5, 0.03);
  }
}

TEST_F(BugFindingTask, AFavouriteNameOfAWeaknessIsRightAQuarterOfTheTime) {
  double sum = 0.0;
  for (std::uint64_t taste = 0; taste < 20; ++taste) {
    const Summary summary =
        play([taste](const Sample& sample, const std::string&, std::size_t choice) {
          return static_cast<double>(stable_hash(sample.choices.at(choice), taste) % 1000);
        });
    sum += value(summary, "class.en");
  }
  EXPECT_NEAR(sum / 20.0, 0.25, 0.04);
}

TEST_F(BugFindingTask, GuessingIsAtChanceAndNotAssessable) {
  const Summary summary = play([](const Sample&, const std::string& context, std::size_t choice) {
    return static_cast<double>(stable_hash(context, choice) % 10007);
  });
  EXPECT_NEAR(value(summary, "pair.en"), 0.5, 0.12);
  EXPECT_NEAR(value(summary, "line.en"), 0.25, 0.12);
  EXPECT_NEAR(value(summary, "class.en"), 0.25, 0.12);
  EXPECT_EQ(summary.status, Status::not_assessable);
}

}  // namespace
}  // namespace assay::eval
