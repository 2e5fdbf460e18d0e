#include "model/direction.h"

#include <cmath>
#include <numeric>

#include "whitebox_fixture.h"

namespace assay::test {
namespace {

double dot(std::span<const float> a, std::span<const float> b) {
  return std::inner_product(a.begin(), a.end(), b.begin(), 0.0);
}

TEST(Scores, LogOddsAndDivergence) {
  const std::vector<float> logits{0.0F, 1.0F, 2.0F};
  const double all = 1.0 + std::exp(1.0) + std::exp(2.0);
  const double p = (std::exp(1.0) + 1.0) / all;
  const std::vector<std::int32_t> markers{0, 1};
  EXPECT_NEAR(model::marker_score(logits, markers), std::log(p / (1.0 - p)), 1e-6);
  EXPECT_NEAR(model::divergence(logits, logits), 0.0, 1e-12);
  const std::vector<float> shifted{5.0F, 6.0F, 7.0F};
  EXPECT_NEAR(model::divergence(logits, shifted), 0.0, 1e-6);
  const std::vector<float> other{2.0F, 1.0F, 0.0F};
  const double a = std::exp(2.0) / all;
  const double b = 1.0 / all;
  EXPECT_NEAR(model::divergence(logits, other), (a - b) * 2.0, 1e-6);
}

TEST(SharedEnd, LongestCommonSuffix) {
  const std::vector<model::Tokens> a{{1, 2, 8, 9}, {3, 8, 9}};
  const std::vector<model::Tokens> b{{4, 8, 9}};
  const std::vector<model::Tokens> c{{8, 7, 9}};
  EXPECT_EQ(model::shared_end({&a, &b}), 2);
  EXPECT_EQ(model::shared_end({&a, &b, &c}), 1);
  EXPECT_EQ(model::shared_end({&a, &b}, 1), 1);
}

using DirectionTest = SmallBox;

/// Prompts "with" hold token 403 or 407, those "without" 312 or 290; the markers are what the model
/// says after the former and not after the latter.
model::DirectionData data() {
  model::DirectionData out;
  for (const std::int32_t name : {300, 310, 320, 330, 340, 350}) {
    out.with.push_back({1, 403, 407, name, 420});
    out.without.push_back({1, 312, 290, name, 420});
  }
  for (const std::int32_t name : {305, 315, 325}) {
    out.check_with.push_back({1, 403, 407, name, 420});
    out.check_without.push_back({1, 312, 290, name, 420});
  }
  return out;
}

TEST_F(DirectionTest, EveryRuleHolds) {
  model::DirectionData in = data();
  model::RunRequest request;
  request.sequences = {in.check_with[0], in.check_without[0]};
  const auto run = box_->run(request);
  ASSERT_TRUE(run);
  // Tokens whose logits rise most from one kind to the other.
  std::vector<std::pair<float, std::int32_t>> rise;
  for (std::int32_t t = 0; t < box_->info().vocabulary; ++t) {
    const auto i = static_cast<std::size_t>(t);
    rise.emplace_back(run->logits[0].row(0)[i] - run->logits[1].row(0)[i], t);
  }
  std::sort(rise.rbegin(), rise.rend());
  for (std::size_t i = 0; i < 40; ++i) in.markers.push_back(rise[i].second);

  const auto found = model::find_direction(*box_, in);
  if (!found) {  // also a result: then really none may pass
    EXPECT_EQ(found.error().kind, ErrorKind::not_found);
    return;
  }
  EXPECT_LT(found->layer, box_->info().layers * 0.8);
  EXPECT_GT(found->tokens, 5 * (12 + 6 * (1 + box_->info().layers * 4 / 5)) - 1);
  EXPECT_EQ(found->position, -1);  // only the last token is common to all
  EXPECT_LE(found->chosen.kl, model::kLargestKl);
  EXPECT_GE(found->chosen.steered, 0.0);
  for (const auto& candidate : found->candidates) {
    if (candidate.kl <= model::kLargestKl && candidate.steered >= 0.0) {
      EXPECT_GE(candidate.ablated, found->chosen.ablated);
    }
  }
  // The difference of means, recounted for the chosen place.
  const std::string name = "blocks." + std::to_string(found->layer) + ".hook_resid_pre";
  model::RunRequest again;
  again.sequences = in.with;
  again.sequences.insert(again.sequences.end(), in.without.begin(), in.without.end());
  again.cache = {name};
  again.cache_begin = -1;
  const auto rows = box_->run(again);
  ASSERT_TRUE(rows);
  for (const std::size_t k : {std::size_t{0}, std::size_t{7}, std::size_t{63}}) {
    double sum = 0.0;
    for (std::size_t i = 0; i < again.sequences.size(); ++i) {
      sum += (i < in.with.size() ? 1.0 : -1.0) * rows->cache[i].at(name).row(0)[k];
    }
    EXPECT_NEAR(found->vector[k], sum / 6.0, 1e-4);
  }
}

/// After ablation nothing of the direction is left in any residual stream.
TEST_F(DirectionTest, AblationLeavesNothing) {
  std::vector<float> vector(static_cast<std::size_t>(box_->info().width), 0.0F);
  for (std::size_t i = 0; i < vector.size(); ++i) vector[i] = std::sin(static_cast<float>(i));
  model::RunRequest request;
  request.sequences = {tokens_, tokens_};
  request.edits = model::ablation(vector, 1);
  request.cache = {"blocks.*.hook_resid_post"};
  const auto run = box_->run(request);
  ASSERT_TRUE(run) << run.error().message();
  for (int layer = 0; layer < box_->info().layers; ++layer) {
    const std::string name = "blocks." + std::to_string(layer) + ".hook_resid_post";
    for (std::int64_t i = 0; i < 6; ++i) {
      EXPECT_NEAR(dot(run->cache[1].at(name).row(i), vector), 0.0, 1e-3);
    }
    EXPECT_GT(std::abs(dot(run->cache[0].at(name).row(5), vector)), 1e-3) << layer;
  }
}

TEST_F(DirectionTest, NeedsPromptsAndMarkers) {
  const auto none = model::find_direction(*box_, data());
  ASSERT_FALSE(none);
  EXPECT_EQ(none.error().kind, ErrorKind::usage);
}

}  // namespace
}  // namespace assay::test
