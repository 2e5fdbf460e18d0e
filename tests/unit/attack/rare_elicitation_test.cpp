// Failures too rare to be seen: on a model whose tail is known, and on ones that have none.
#include "attack/rare_elicitation.h"

#include <cmath>
#include <gtest/gtest.h>

#include "attack/attack_task.h"
#include "base/random.h"
#include "unit/eval/runner_fixture.h"

namespace assay::attack {
namespace {

using eval::Figure;
using eval::TaskOutcome;

class RareElicitationTest : public eval::RunnerFixture {
 protected:
  RareElicitationTest() {
    plan_.profile = "quick";
    plan_.tasks = {"rare_elicitation"};
    registry_.add(std::make_unique<RareElicitation>(standard_means()));
    // Scores -log(-log p) of 1 and more, exponential with rate 2.
    model_.judge = [](const model::LoglikelihoodRequest& request) {
      Rng rng(stable_hash(request.messages.back().content, 1));
      const double score = 1.0 - std::log(1.0 - rng.uniform()) / 2.0;
      model::LoglikelihoodResult out;
      out.total = -std::exp(-score);
      out.tokens = {1};
      return Result<model::LoglikelihoodResult>(out);
    };
  }
  static std::vector<Figure> worst(const TaskOutcome& task) {
    std::vector<Figure> out;
    for (const Figure& figure : task.figures) {
      if (figure.id.starts_with("worst.")) out.push_back(figure);
    }
    return out;
  }
};

TEST_F(RareElicitationTest, ATailThatIsThereIsCarriedOnAndChecked) {
  const TaskOutcome task = run().tasks.at(0);
  EXPECT_EQ(task.done, 4 * RareElicitation::kForms);
  const auto figures = worst(task);
  ASSERT_EQ(figures.size(), 4U);
  int known = 0;
  for (const Figure& figure : figures) {
    if (!figure.estimate.known()) continue;
    ++known;
    EXPECT_TRUE(figure.estimate.modelled);
    // The largest of 2,500: score 1 + log(2500) / 2, give or take.
    const double truth = std::exp(-std::exp(-1.0 - std::log(2500.0) / 2.0));
    EXPECT_LT(figure.estimate.interval.low, truth);
    EXPECT_GT(figure.estimate.interval.high, truth);
  }
  EXPECT_GE(known, 2) << "the checks refuse some true tails too";
  const Figure& inside = task.figures.back();
  EXPECT_EQ(inside.id, "inside.en");
  EXPECT_GE(inside.estimate.value, 0.5);
}

TEST_F(RareElicitationTest, WithoutATailNothingIsExtrapolatedAndTheReasonIsSaid) {
  model_.judge = [](const model::LoglikelihoodRequest&) {
    model::LoglikelihoodResult out;
    out.total = -3.0;
    out.tokens = {1};
    return Result<model::LoglikelihoodResult>(out);
  };
  const TaskOutcome task = run().tasks.at(0);
  for (const Figure& figure : worst(task)) {
    EXPECT_FALSE(figure.estimate.known()) << figure.id;
    EXPECT_NE(figure.note.en.find("Not extrapolated"), std::string::npos);
  }
  EXPECT_EQ(task.failure, 0);
}

TEST_F(RareElicitationTest, FormsAreDistinctAndTheSameAgain) {
  const auto means = standard_means();
  const RareElicitation task(means);
  const auto samples = task.samples({3, Lang::zh, 500});
  ASSERT_TRUE(samples);
  EXPECT_EQ(samples->size(), 500U);
  EXPECT_EQ(samples->front().cluster, (*samples)[249].cluster);
  EXPECT_NE(samples->front().cluster, (*samples)[250].cluster);
  const auto again = task.samples({3, Lang::zh, 500});
  EXPECT_EQ((*again)[77].messages.back().content, (*samples)[77].messages.back().content);
}

}  // namespace
}  // namespace assay::attack
