#include "explain/attribution.h"

#include <cmath>

#include "explain_fixture.h"

namespace assay::test {
namespace {

using explain::Answer;
using explain::Part;

using AttributionTest = SmallBox;

TEST_F(AttributionTest, PartsSumToTheModelsDifference) {
  for (const Answer answer : {Answer{420, 261}, Answer{5, 400}, Answer{300, 299}}) {
    const auto found = explain::attribute(*box_, tokens_, answer);
    ASSERT_TRUE(found) << found.error().message();
    EXPECT_TRUE(found->heads);
    EXPECT_LT(std::abs(found->sum - found->difference),
              1e-3 * std::max(1e-3, std::abs(found->difference)));
    const auto& info = box_->info();
    EXPECT_GE(found->parts.size(), static_cast<std::size_t>(1 + info.layers * (info.heads + 1)));
  }
}

/// A head's value is what is missing from the residual stream, read with the same norm, without it.
TEST_F(AttributionTest, AHeadsValueIsWhatItWrites) {
  const Answer answer{420, 261};
  const auto found = explain::attribute(*box_, tokens_, answer);
  ASSERT_TRUE(found);
  const int last = box_->info().layers - 1;
  model::RunRequest request;
  request.sequences = {tokens_, tokens_};
  request.cache = {"blocks.*.hook_attn_out", "ln_final.hook_scale"};
  request.cache_begin = -1;
  request.logits = model::LogitsAt::none;
  model::Edit edit;
  edit.hook = "blocks." + std::to_string(last) + ".attn.hook_z";
  edit.kind = model::Edit::Kind::scale;
  edit.scale = 0.0F;
  edit.sequence = 1;
  edit.head = 2;
  request.edits = {edit};
  const auto run = box_->run(request);
  ASSERT_TRUE(run) << run.error().message();
  const std::string out = "blocks." + std::to_string(last) + ".hook_attn_out";
  const auto u = explain::reading_direction(*box_, answer);
  ASSERT_TRUE(u);
  const double with = explain::dot(run->cache[0].at(out).row(0), *u);
  const double without = explain::dot(run->cache[1].at(out).row(0), *u);
  const double scale = run->cache[0].at("ln_final.hook_scale").data[0];
  double value = NAN;
  for (const Part& part : found->parts) {
    if (part.kind == Part::Kind::head && part.layer == last && part.head == 2) value = part.value;
  }
  EXPECT_NEAR(value, (with - without) / scale, 1e-4);
}

TEST_F(AttributionTest, TellingPartsAreThoseThatDiffer) {
  explain::Attribution clean;
  explain::Attribution corrupt;
  clean.parts = {{Part::Kind::embedding, -1, -1, 9.0},
                 {Part::Kind::head, 0, 0, 3.0},
                 {Part::Kind::head, 0, 1, 1.0},
                 {Part::Kind::mlp, 0, -1, 2.0}};
  corrupt.parts = {{Part::Kind::embedding, -1, -1, 0.0},
                   {Part::Kind::head, 0, 0, 3.0},
                   {Part::Kind::head, 0, 1, -1.0},
                   {Part::Kind::mlp, 0, -1, 1.5}};
  const auto named = explain::most_telling(clean, corrupt, 2);
  ASSERT_EQ(named.size(), 2U);
  EXPECT_EQ(explain::name_of(named[0]), "head 0.1");
  EXPECT_DOUBLE_EQ(named[0].value, 2.0);
  EXPECT_EQ(explain::name_of(named[1]), "mlp 0");
  const auto random = explain::random_parts(clean, {named[0]}, 4);
  ASSERT_EQ(random.size(), 1U);  // a head, and not the named one
  EXPECT_EQ(explain::name_of(random[0]), "head 0.0");
}

/// All heads and MLPs of the last token given the counterpart's values: only what was written
/// before the last token and the token itself stay, which are equal here.
TEST_F(AttributionTest, ExchangingEverythingExchangesTheAnswer) {
  explain::Pair pair;
  pair.clean = tokens_;
  pair.corrupt = others_;
  pair.answer = {420, 261};
  const auto clean = explain::attribute(*box_, pair.clean, pair.answer);
  ASSERT_TRUE(clean);
  std::vector<Part> everything;
  for (const Part& part : clean->parts) {
    if (part.kind == Part::Kind::head || part.kind == Part::Kind::mlp) everything.push_back(part);
  }
  const auto falls = explain::exchange_parts(*box_, pair, {everything, {}});
  ASSERT_TRUE(falls) << falls.error().message();
  EXPECT_NEAR((*falls)[0], 1.0, 1e-3);
  EXPECT_NEAR((*falls)[1], 0.0, 1e-6);
}

}  // namespace
}  // namespace assay::test
