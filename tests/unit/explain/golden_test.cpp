// Against Hugging Face transformers on SmolLM2 (tests/parity/make_explain_golden.py).
#include <cmath>

#include "explain/attribution.h"
#include "explain/patching.h"
#include "explain_fixture.h"
#include "model/direction.h"

namespace assay::test {
namespace {

using explain::Answer;
using explain::Part;

class ExplainGolden : public testing::Test {
 protected:
  void SetUp() override {
    lab_ = smollm2_lab();
    if (lab_ == nullptr) {
      GTEST_SKIP() << "needs smollm2 (assay model fetch smollm2) and the white box";
    }
    const auto box = lab_->box();
    ASSERT_TRUE(box) << box.error().message();
    box_ = *box;
    const auto text = read_file(fs::path(ASSAY_SOURCE_DIR) / "tests/golden/explain/smollm2.json");
    golden_ = Json::parse(text);
  }
  std::shared_ptr<explain::Lab> lab_;
  model::WhiteBox* box_ = nullptr;
  Json golden_;
};

TEST_F(ExplainGolden, Lens) {
  for (const Json& each : golden_["lens"]) {
    const auto tokens = each["tokens"].get<model::Tokens>();
    const Answer answer{each["right"], each["wrong"]};
    const auto last = static_cast<std::int64_t>(tokens.size()) - 1;
    const auto lens = explain::logit_lens(*box_, tokens, &answer, last);
    ASSERT_TRUE(lens) << lens.error().message();
    ASSERT_EQ(each["logprob"].size(), static_cast<std::size_t>(lens->layers + 1));
    for (int layer = 0; layer <= lens->layers; ++layer) {
      const auto l = static_cast<std::size_t>(layer);
      const auto& cell = lens->at(layer, last);
      EXPECT_EQ(cell.top, each["top"][l].get<std::int32_t>()) << layer;
      EXPECT_NEAR(cell.final_logprob, each["logprob"][l].get<double>(), 2e-3) << layer;
      EXPECT_NEAR(cell.difference, each["difference"][l].get<double>(), 2e-3) << layer;
    }
  }
}

TEST_F(ExplainGolden, Attribution) {
  for (std::size_t i = 0; i < golden_["attribution"].size(); ++i) {
    const Json& each = golden_["attribution"][i];
    const Answer answer{golden_["lens"][i]["right"], golden_["lens"][i]["wrong"]};
    const auto found = explain::attribute(*box_, each["tokens"].get<model::Tokens>(), answer);
    ASSERT_TRUE(found) << found.error().message();
    EXPECT_TRUE(found->heads);
    EXPECT_LT(found->error(), 1e-3);
    EXPECT_NEAR(found->difference, each["difference"].get<double>(), 2e-3);
    std::size_t compared = 0;
    for (const Part& part : found->parts) {
      const auto layer = static_cast<std::size_t>(std::max(0, part.layer));
      double expected = 0.0;  // the family has no biases
      if (part.kind == Part::Kind::embedding) expected = each["embedding"];
      if (part.kind == Part::Kind::mlp) expected = each["mlp"][layer];
      if (part.kind == Part::Kind::head) {
        expected = each["heads"][layer][static_cast<std::size_t>(part.head)];
      }
      EXPECT_NEAR(part.value, expected, 2e-3) << explain::name_of(part);
      ++compared;
    }
    EXPECT_GE(compared, 301U);
  }
}

void compare(const Json& rows, const std::vector<double>& map, int layer, std::size_t width,
             const std::string& what) {
  ASSERT_EQ(rows.size(), width) << what;
  for (std::size_t i = 0; i < width; ++i) {
    EXPECT_NEAR(map[static_cast<std::size_t>(layer) * width + i], rows[i].get<double>(), 1e-3)
        << what << ", layer " << layer << ", " << i;
  }
}

TEST_F(ExplainGolden, BothKindsOfPatching) {
  for (const Json& each : golden_["patching"]) {
    explain::Pair pair;
    pair.clean = each["clean"].get<model::Tokens>();
    pair.corrupt = each["corrupt"].get<model::Tokens>();
    pair.answer = {each["right"], each["wrong"]};
    const auto runs = explain::run_pair(*box_, pair);
    ASSERT_TRUE(runs) << runs.error().message();
    EXPECT_NEAR(runs->clean, each["clean_difference"].get<double>(), 2e-3);
    EXPECT_NEAR(runs->corrupt, each["corrupt_difference"].get<double>(), 2e-3);
    EXPECT_EQ(runs->begin, each["begin"].get<std::int64_t>());
    const auto exact = explain::patch(*box_, pair, *runs);
    const auto near = explain::attribute_patches(*box_, pair, *runs);
    ASSERT_TRUE(exact && near);
    const auto positions = static_cast<std::size_t>(exact->positions);
    const auto heads = static_cast<std::size_t>(exact->heads);
    for (std::size_t i = 0; i < each["layers"].size(); ++i) {
      const int layer = each["layers"][i];
      const Json& slopes = each["by_gradient"];
      compare(each["residual"][i], exact->residual, layer, positions, "residual");
      compare(each["attention"][i], exact->attention, layer, positions, "attention");
      compare(each["mlp"][i], exact->mlp, layer, positions, "mlp");
      compare(each["head"][i], exact->head, layer, heads, "head");
      compare(slopes["residual"][i], near->residual, layer, positions, "residual by gradient");
      compare(slopes["attention"][i], near->attention, layer, positions, "attention by gradient");
      compare(slopes["mlp"][i], near->mlp, layer, positions, "mlp by gradient");
      compare(slopes["head"][i], near->head, layer, heads, "head by gradient");
    }
  }
}

TEST_F(ExplainGolden, AblationAndSteering) {
  const Json& each = golden_["direction"];
  const auto tokens = each["tokens"].get<model::Tokens>();
  const auto markers = each["markers"].get<std::vector<std::int32_t>>();
  const int layer = each["layer"];
  const std::string name = "blocks." + std::to_string(layer) + ".hook_resid_pre";
  model::RunRequest request;
  request.sequences = {tokens};
  request.cache = {name};
  request.cache_begin = -1;
  const auto plain = box_->run(request);
  ASSERT_TRUE(plain);
  const auto row = plain->cache[0].at(name).row(0);
  const std::vector<float> vector(row.begin(), row.end());
  request.cache.clear();
  request.sequences = {tokens, tokens};
  request.edits = model::ablation(vector, 0);
  for (auto& edit : model::steering(vector, layer, 1)) request.edits.push_back(edit);
  const auto changed = box_->run(request);
  ASSERT_TRUE(changed) << changed.error().message();
  const auto before = plain->logits[0].row(0);
  const auto ablated = changed->logits[0].row(0);
  EXPECT_NEAR(model::marker_score(before, markers), each["plain"].get<double>(), 2e-3);
  EXPECT_NEAR(model::marker_score(ablated, markers), each["ablated"].get<double>(), 5e-3);
  EXPECT_NEAR(model::marker_score(changed->logits[1].row(0), markers),
              each["steered"].get<double>(), 5e-3);
  EXPECT_NEAR(model::divergence(before, ablated), each["kl"].get<double>(), 5e-3);
}

}  // namespace
}  // namespace assay::test
