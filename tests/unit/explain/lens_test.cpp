#include "explain/lens.h"

#include <cmath>

#include "explain_fixture.h"

namespace assay::test {
namespace {

using explain::Answer;

using LensTest = SmallBox;

TEST_F(LensTest, LastLayerIsTheModelItself) {
  const auto lens = explain::logit_lens(*box_, tokens_, nullptr);
  ASSERT_TRUE(lens) << lens.error().message();
  EXPECT_EQ(lens->layers, box_->info().layers);
  EXPECT_EQ(lens->positions, 6);
  model::RunRequest request;
  request.sequences = {tokens_};
  request.logits = model::LogitsAt::all;
  const auto run = box_->run(request);
  ASSERT_TRUE(run);
  for (std::int64_t i = 0; i < 6; ++i) {
    const auto row = run->logits[0].row(i);
    const auto& end = lens->at(lens->layers, i);
    EXPECT_EQ(end.top, explain::largest(row));
    EXPECT_EQ(end.final_rank, 1);
    EXPECT_NEAR(end.top_logprob, explain::log_probability(row, end.top), 1e-6);
    EXPECT_DOUBLE_EQ(end.final_logprob, end.top_logprob);
    EXPECT_LE(lens->at(0, i).final_logprob, lens->at(0, i).top_logprob);
  }
}

TEST_F(LensTest, SettlesWhereTheFirstChoiceStaysTheSame) {
  explain::Lens lens;
  lens.layers = 4;
  lens.begin = 7;
  lens.positions = 1;
  for (const std::int32_t top : {5, 9, 5, 9, 9}) lens.cells.push_back({top});
  EXPECT_EQ(lens.settled(7), 3);  // layer 1 said it, layer 2 did not
  lens.cells[4].top = 3;
  EXPECT_EQ(lens.settled(7), 4);
}

TEST_F(LensTest, ReadsAPartOfTheTokens) {
  const auto all = explain::logit_lens(*box_, tokens_, nullptr);
  const auto end = explain::logit_lens(*box_, tokens_, nullptr, 4);
  ASSERT_TRUE(all && end);
  EXPECT_EQ(end->positions, 2);
  for (int layer = 0; layer <= all->layers; ++layer) {
    EXPECT_EQ(end->at(layer, 5).top, all->at(layer, 5).top);
    EXPECT_NEAR(end->at(layer, 5).final_logprob, all->at(layer, 5).final_logprob, 1e-4);
  }
}

/// The reading direction gives the lens's difference at every layer.
TEST_F(LensTest, DirectionReadsTheDifference) {
  const Answer answer{420, 261};
  const auto lens = explain::logit_lens(*box_, tokens_, &answer, 5);
  const auto u = explain::reading_direction(*box_, answer);
  ASSERT_TRUE(lens && u);
  model::RunRequest request;
  request.sequences = {tokens_};
  request.cache = {"blocks.*.hook_resid_pre"};
  request.cache_begin = -1;
  const auto run = box_->run(request);
  ASSERT_TRUE(run);
  for (int layer = 0; layer < lens->layers; ++layer) {
    const auto x = run->cache[0].at("blocks." + std::to_string(layer) + ".hook_resid_pre").row(0);
    const double rms = std::sqrt(explain::dot(x, x) / static_cast<double>(x.size()) + 1e-5);
    EXPECT_NEAR(lens->at(layer, 5).difference, explain::dot(x, *u) / rms,
                2e-3 * std::max(1.0, std::abs(lens->at(layer, 5).difference)))
        << layer;
  }
}

TEST_F(LensTest, RandomDirectionsHaveLengthOneAndDiffer) {
  const auto a = explain::random_direction(64, 1);
  const auto b = explain::random_direction(64, 2);
  EXPECT_NEAR(explain::dot(a, a), 1.0, 1e-6);
  EXPECT_LT(std::abs(explain::dot(a, b)), 0.6);
  EXPECT_EQ(a, explain::random_direction(64, 1));
}

TEST_F(LensTest, UnknownTokensAreAnError) {
  const auto lens = explain::logit_lens(*box_, {1, 1000000}, nullptr);
  ASSERT_FALSE(lens);
  EXPECT_EQ(lens.error().kind, ErrorKind::usage);
}

TEST(RandomLike, KeepsTheLength) {
  const std::vector<float> vector{3.0F, 4.0F, 0.0F};
  const auto random = explain::random_like(vector, 5);
  EXPECT_NEAR(explain::dot(random, random), 25.0, 1e-4);
}

}  // namespace
}  // namespace assay::test
