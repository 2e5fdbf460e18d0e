// calibration through its real score() and summarise(): models whose confidence is known
// beforehand.
#include <algorithm>
#include <cmath>
#include <functional>
#include <numeric>

#include "base/random.h"
#include "task_checks.h"
#include "task_items.h"

namespace assay::eval {
void register_calibration(Registry& registry);
namespace {

class CalibrationTask : public testing::Test {
 protected:
  std::unique_ptr<Registry> registry_ = registry_of(register_calibration);
  const Task& task_ = *registry_->tasks().front();

  /// Probability of each end as `model` gives it; `stated` of yes is the same as that of the best.
  using Belief = std::function<std::vector<double>(const Sample&, Rng&)>;
  Summary summary_of(const Belief& model, Lang lang = Lang::en) {
    std::vector<Scored> all;
    Rng rng(5);
    for (const Sample& s : test::items_of(task_, lang, 240)) {
      const std::vector<double> p = model(s, rng);
      std::vector<double> nats;
      for (const double one : p) nats.push_back(std::log(one));
      const double best = *std::max_element(p.begin(), p.end());
      nats.push_back(std::log(best));
      nats.push_back(std::log(1.0 - best));
      all.push_back(test::scored(task_, s, test::with_logprobs(nats)));
    }
    return task_.summarise(all, {lang, 3, nullptr, {}, nullptr});
  }
  static const stats::Estimate& of(const Summary& summary, std::string_view id) {
    const Figure* figure = test::find_figure(summary, id);
    EXPECT_NE(figure, nullptr) << id;
    static const stats::Estimate none;
    return figure == nullptr ? none : figure->estimate;
  }
};

/// Puts `sure` on one end, which is right with probability `right`.
std::vector<double> on_one(const Sample& s, double sure, double right, Rng& rng) {
  const auto target = static_cast<std::size_t>(s.target_index);
  const std::size_t chosen = rng.chance(right) ? target : (target + 1 + rng.index(3)) % 4;
  std::vector<double> p(4, (1.0 - sure) / 3.0);
  p[chosen] = sure;
  return p;
}

TEST_F(CalibrationTask, ItemsAndExamples) {
  for (const Lang lang : {Lang::en, Lang::zh}) {
    check_samples(task_, lang, true);
    for (const Sample& s : test::items_of(task_, lang, 240)) {
      EXPECT_EQ(std::set<std::string>(s.choices.begin(), s.choices.end()).size(), 4U) << s.context;
    }
  }
  test::expect_sound_items(task_);
  check_examples(task_);
}

TEST_F(CalibrationTask, WrongEndsOfArithmeticAreAsLongAsTheRightOne) {
  int sums = 0;
  for (const Sample& s : test::items_of(task_, Lang::en, 240)) {
    if (!s.group.starts_with("sums")) continue;
    ++sums;
    for (const std::string& choice : s.choices) {
      EXPECT_EQ(choice.size(), s.choices.front().size()) << s.context;
    }
  }
  EXPECT_EQ(sums, 120);
}

// Confidence 0.4 to 0.95, right just as often.
TEST_F(CalibrationTask, ACalibratedModelHasNoErrorToShow) {
  const Summary summary = summary_of([](const Sample& s, Rng& rng) {
    const double sure = 0.4 + 0.55 * rng.uniform();
    return on_one(s, sure, sure, rng);
  });
  EXPECT_EQ(summary.status, Status::measured);
  EXPECT_EQ(of(summary, "ece.en").interval.low, 0.0);
  EXPECT_LT(of(summary, "ece.en").value, 0.06);
  EXPECT_LE(of(summary, "overconfidence.en").interval.low, 0.0);
  EXPECT_GE(of(summary, "overconfidence.en").interval.high, 0.0);
  EXPECT_GT(of(summary, "auroc.en").interval.low, 0.5);
  EXPECT_LT(of(summary, "risk.50.en").value, of(summary, "risk.80.en").value);
}

TEST_F(CalibrationTask, AnOverconfidentModelIsFoundOut) {
  const Summary summary =
      summary_of([](const Sample& s, Rng& rng) { return on_one(s, 0.97, 0.6, rng); });
  EXPECT_NEAR(of(summary, "ece.en").value, 0.37, 0.08);
  EXPECT_GT(of(summary, "ece.en").interval.low, 0.25);
  EXPECT_GT(of(summary, "overconfidence.en").interval.low, 0.25);
  EXPECT_NEAR(of(summary, "auroc.en").value, 0.5, 1e-9);  // always equally sure
  EXPECT_NEAR(of(summary, "aurc.en").value, 0.4, 0.08);
}

// Baselines: what knows nothing is not assessable, however modest it is.
TEST_F(CalibrationTask, GuessersAreNotAssessable) {
  for (const double sure : {0.26, 0.9}) {
    const Summary random =
        summary_of([sure](const Sample& s, Rng& rng) { return on_one(s, sure, 0.25, rng); });
    EXPECT_EQ(random.status, Status::not_assessable) << sure;
  }
  const Summary shortest = summary_of([](const Sample& s, Rng&) {
    std::vector<double> p;
    for (std::size_t i = 0; i < 4; ++i) {
      p.push_back(std::exp(-0.1 * static_cast<double>(s.choices[i].size()) -
                           1e-3 * static_cast<double>(i)));
    }
    const double sum = std::accumulate(p.begin(), p.end(), 0.0);
    for (double& one : p) one /= sum;
    return p;
  });
  EXPECT_EQ(shortest.status, Status::not_assessable);
  EXPECT_NEAR(of(shortest, "accuracy.en").value, 0.25, 0.08);
  EXPECT_EQ(summary_of([](const Sample&, Rng&) { return std::vector<double>(4, 0.25); }).status,
            Status::not_assessable);
}

TEST_F(CalibrationTask, TheModelsOwnSentenceIsJudged) {
  const Sample s = test::items_of(task_, Lang::en, 4)[1];
  Trace trace = test::with_logprobs({-5.0, -1.0, -7.0, -8.0});
  const Step step = task_.solver().next(s, trace);
  ASSERT_EQ(step.choices.size(), 2U);
  EXPECT_TRUE(step.choices[0].context.starts_with(s.context + s.choices[1] + "\n"));
  EXPECT_EQ(step.choices[0].continuation, " Yes");
}

}  // namespace
}  // namespace assay::eval
