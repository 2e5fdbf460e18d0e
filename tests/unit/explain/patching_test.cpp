#include "explain/patching.h"

#include <cmath>

#include "explain_fixture.h"

namespace assay::test {
namespace {

class PatchingTest : public SmallBox {
 protected:
  explain::Pair pair() const {
    explain::Pair out;
    out.clean = tokens_;
    out.corrupt = others_;
    out.answer = {420, 261};
    return out;
  }
};

TEST_F(PatchingTest, ExactAtTheEnds) {
  const auto runs = explain::run_pair(*box_, pair());
  ASSERT_TRUE(runs) << runs.error().message();
  EXPECT_EQ(runs->begin, 3);
  const auto map = explain::patch(*box_, pair(), *runs);
  ASSERT_TRUE(map) << map.error().message();
  EXPECT_EQ(map->positions, 3);
  // The last token is the same, so its embedding says nothing.
  EXPECT_NEAR(map->residual[map->cell(0, 5)], 0.0, 1e-5);
  // What the two differing words hold at the first layer is all there is to know, but only
  // together.
  double before = 0.0;
  for (std::int64_t i = 3; i < 5; ++i) before += std::abs(map->residual[map->cell(0, i)]);
  EXPECT_GT(before, 0.0);
  // Nothing of earlier words is read after the last block's attention.
  const int last = map->layers - 1;
  EXPECT_NEAR(map->mlp[map->cell(last, 3)], 0.0, 1e-6);
  EXPECT_NE(map->mlp[map->cell(last, 5)], 0.0);
}

/// Where the path to the output is linear up to the norm, a small change is exact: the gradient is
/// that of the real function (a difference quotient of the patched runs).
TEST_F(PatchingTest, GradientIsTheSlope) {
  const auto both = pair();
  auto runs = explain::run_pair(*box_, both);
  ASSERT_TRUE(runs);
  const auto near = explain::attribute_patches(*box_, both, *runs);
  ASSERT_TRUE(near) << near.error().message();
  const std::string name = "blocks.1.hook_mlp_out";
  const double step = 0.01;
  model::RunRequest request;
  request.sequences = {both.corrupt};
  const auto clean = runs->clean_cache.at(name).row(4);
  const auto corrupt = runs->corrupt_cache.at(name).row(4);
  std::vector<float> change(clean.size());
  for (std::size_t i = 0; i < change.size(); ++i) change[i] = clean[i] - corrupt[i];
  model::Edit edit;
  edit.hook = name;
  edit.value = model::Tensor::of({static_cast<std::int64_t>(change.size())}, change);
  edit.scale = static_cast<float>(step);
  edit.begin = 4;
  edit.end = 5;
  request.edits = {edit};
  const auto moved = box_->run(request);
  ASSERT_TRUE(moved);
  const double slope =
      (explain::difference(moved->logits[0].row(0), both.answer) - runs->corrupt) / step;
  EXPECT_NEAR(near->mlp[near->cell(1, 4)], slope / (runs->clean - runs->corrupt), 0.02);
}

TEST_F(PatchingTest, ExchangingNoHeadChangesNothing) {
  const auto runs = explain::run_pair(*box_, pair());
  ASSERT_TRUE(runs);
  explain::PatchMap map;
  map.head = {0.1, 0.9, -0.5, 0.4};
  EXPECT_EQ(explain::strongest_heads(map, 2), (std::vector<std::size_t>{1, 3}));
  const auto falls = explain::exchange_heads(*box_, pair(), *runs, {{}, {0, 1, 2}});
  ASSERT_TRUE(falls) << falls.error().message();
  EXPECT_NEAR((*falls)[0], 0.0, 1e-6);
  EXPECT_NE((*falls)[1], 0.0);
}

TEST_F(PatchingTest, NeedsPromptsOfOneLengthThatDiffer) {
  auto bad = pair();
  bad.corrupt.push_back(5);
  EXPECT_EQ(explain::run_pair(*box_, bad).error().kind, ErrorKind::usage);
  bad.corrupt = bad.clean;
  EXPECT_EQ(explain::run_pair(*box_, bad).error().kind, ErrorKind::usage);
}

TEST_F(PatchingTest, StopsWhenAsked) {
  const auto runs = explain::run_pair(*box_, pair());
  ASSERT_TRUE(runs);
  CancelToken stop;
  stop.request();
  const auto map = explain::patch(*box_, pair(), *runs, &stop);
  ASSERT_FALSE(map);
  EXPECT_EQ(map.error().kind, ErrorKind::cancelled);
}

}  // namespace
}  // namespace assay::test
