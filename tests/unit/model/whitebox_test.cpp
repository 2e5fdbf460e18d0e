// The white box: every family against transformers (tests/golden/model/whitebox.json), and what
// must hold whatever the numbers are.
#include "model/whitebox.h"

#include <sys/resource.h>

#include "whitebox_fixture.h"

namespace assay::test {
namespace {

using model::Edit;
using model::RunRequest;
using model::Tensor;
using model::Tokens;

std::vector<float> floats(const Json& json) { return json.get<std::vector<float>>(); }

class Families : public WhiteBoxTest, public testing::WithParamInterface<const char*> {};

TEST_P(Families, ComputesWhatTransformersComputes) {
  const Json& golden = whitebox_golden();
  const Json& family = golden["families"][GetParam()];
  auto box = open(GetParam());
  ASSERT_NE(box, nullptr);
  const auto tokens = golden["tokens"].get<Tokens>();
  const auto target = golden["target"].get<Tokens>();
  RunRequest run;
  run.sequences = {{1, 2, 3}, tokens, {4}};  // packed with others of other lengths
  for (const auto& [name, values] : family["hooks"].items()) run.cache.push_back(name);
  const auto seen = box->run(run);
  ASSERT_TRUE(seen) << seen.error().message();
  EXPECT_LT(relative(seen->logits[1].data, floats(family["logits"])), 1e-5);
  for (const auto& [name, values] : family["hooks"].items()) {
    const Tensor& value = seen->cache[1].at(name);
    std::span<const float> got = value.row(value.shape[0] - 1).first(3);
    if (name.ends_with("pattern")) {  // head 1, last query
      got =
          value.row(1).subspan(static_cast<std::size_t>((value.shape[1] - 1) * value.shape[2]), 3);
    }
    const auto expected = floats(values);
    for (std::size_t i = 0; i < 3; ++i) EXPECT_NEAR(got[i], expected[i], 2e-5) << name;
  }
  model::GradientRequest ask;
  ask.tokens = tokens;
  ask.metric = model::cross_entropy(target, static_cast<std::int64_t>(tokens.size()) - 2);
  ask.one_hot_begin = 3;
  ask.one_hot_end = 4;
  const auto gradient = box->gradient(ask);
  ASSERT_TRUE(gradient) << gradient.error().message();
  EXPECT_NEAR(gradient->value, family["loss"].get<double>(), 1e-5);
  EXPECT_LT(relative(gradient->one_hot.data, floats(family["one_hot"])), 1e-4);
}

TEST_P(Families, PrefixAndCandidatesAgreeWithTheWholeSequence) {
  auto box = open(GetParam());
  ASSERT_NE(box, nullptr);
  const Tokens before{5, 17, 3};
  const Tokens now{8, 41, 2, 9};
  const Tokens tail{30, 31};
  const Tokens target{12, 60, 7};
  const std::vector<Tokens> candidates{
      now, {8, 41, 2, 50}, {8, 40, 2, 9}, {1, 41, 2, 9}, {8, 40, 2, 9}, {8, 41}, {8, 41, 2, 9, 9}};
  const auto prefix = box->encode(before);
  ASSERT_TRUE(prefix);
  model::CandidateRequest ask;
  ask.prefix = *prefix;
  ask.candidates = candidates;
  ask.reference = now;
  ask.tail = tail;
  ask.target = target;
  const auto losses = box->candidate_losses(ask);
  ASSERT_TRUE(losses) << losses.error().message();
  ask.fast = true;
  const auto fast = box->candidate_losses(ask);
  ASSERT_TRUE(fast);
  for (std::size_t i = 0; i < candidates.size(); ++i) {
    Tokens whole = before;
    for (const Tokens* part : {&candidates[i], &tail, &target}) {
      whole.insert(whole.end(), part->begin(), part->end());
    }
    model::GradientRequest plain;
    plain.tokens = whole;
    plain.hooks = {"hook_embed"};
    plain.metric = model::cross_entropy(target, static_cast<std::int64_t>(whole.size()) - 4);
    const auto expected = box->gradient(plain);
    ASSERT_TRUE(expected);
    const auto row = losses->row(static_cast<std::int64_t>(i));
    const double mean = (static_cast<double>(row[0]) + row[1] + row[2]) / 3;
    EXPECT_NEAR(mean, expected->value, 1e-5) << i;
    const auto approximate = fast->row(static_cast<std::int64_t>(i));
    EXPECT_NEAR((static_cast<double>(approximate[0]) + approximate[1] + approximate[2]) / 3,
                expected->value, 0.1);
  }
}

INSTANTIATE_TEST_SUITE_P(All, Families,
                         testing::Values("llama", "llama3", "mistral", "qwen2", "qwen3", "gemma2",
                                         "gemma3", "gpt2", "gpt_neox", "phi3"));

class WhiteBoxCalls : public WhiteBoxTest {
 protected:
  void SetUp() override {
    WhiteBoxTest::SetUp();
    if (!IsSkipped()) box_ = open("llama");
  }
  Tensor logits(std::vector<Edit> edits, const Tokens& tokens = {5, 17, 3, 88, 41}) {
    RunRequest run;
    run.sequences = {tokens};
    run.edits = std::move(edits);
    run.logits = model::LogitsAt::all;
    auto result = box_->run(run);
    EXPECT_TRUE(result) << (result ? "" : result.error().message());
    return result ? result->logits[0] : Tensor{};
  }
  Tensor activation(const std::string& hook, const Tokens& tokens = {5, 17, 3, 88, 41}) {
    RunRequest run;
    run.sequences = {tokens};
    run.cache = {hook};
    auto result = box_->run(run);
    return result ? result->cache[0].at(hook) : Tensor{};
  }
  std::unique_ptr<model::WhiteBox> box_;
};

/// Patching every position of a layer's input from another prompt gives that prompt's logits.
TEST_F(WhiteBoxCalls, SettingTheStreamCarriesTheOtherRunOver) {
  const Tokens other{9, 8, 7, 6, 5};
  Edit edit{"blocks.1.hook_resid_pre", Edit::Kind::set,
            activation("blocks.1.hook_resid_pre", other)};
  edit.begin = 0;
  edit.end = 5;
  EXPECT_LT(relative(logits({edit}), logits({}, other)), 1e-6);
  // Its own values change nothing; at one position they change what comes after only.
  edit.value = activation("blocks.1.hook_resid_pre");
  EXPECT_LT(relative(logits({edit}), logits({})), 1e-7);
  Edit late{"blocks.1.hook_resid_pre", Edit::Kind::scale};
  late.scale = 2.0F;
  late.begin = -2;
  late.end = 0;
  const Tensor before = logits({});
  const Tensor after = logits({late});
  EXPECT_LT(relative(after.row(2), before.row(2)), 1e-7);
  EXPECT_GT(relative(after.row(3), before.row(3)), 1e-3);
}

TEST_F(WhiteBoxCalls, ProjectionRemovesTheDirectionAndHeadsAreApart) {
  const auto width = static_cast<std::size_t>(box_->info().width);
  std::vector<float> direction(width);
  for (std::size_t i = 0; i < width; ++i) direction[i] = static_cast<float>(i % 5) - 1.5F;
  Edit out{"blocks.*.hook_resid_post", Edit::Kind::project_out,
           Tensor::of({static_cast<std::int64_t>(width)}, direction)};
  RunRequest run;
  run.sequences = {{5, 17, 3}};
  run.edits = {out};
  run.cache = {"blocks.*.hook_resid_post"};
  const auto seen = box_->run(run);
  ASSERT_TRUE(seen);
  for (const auto& [name, value] : seen->cache[0]) {
    for (std::int64_t i = 0; i < 3; ++i) {
      double along = 0;
      double norm = 0;
      for (std::size_t j = 0; j < width; ++j) {
        along += static_cast<double>(value.row(i)[j]) * static_cast<double>(direction[j]);
        norm += std::abs(static_cast<double>(value.row(i)[j]) * static_cast<double>(direction[j]));
      }
      EXPECT_LT(std::abs(along), 1e-5 * norm) << name;
    }
  }
  Edit head{"blocks.0.attn.hook_z", Edit::Kind::scale};
  head.scale = 0.0F;
  head.head = 2;
  run.edits = {head};
  run.cache = {"blocks.0.attn.hook_z"};
  const auto z = box_->run(run);
  ASSERT_TRUE(z);
  const Tensor& value = z->cache[0].begin()->second;
  const Tensor plain = activation("blocks.0.attn.hook_z", {5, 17, 3});
  const auto size = static_cast<std::size_t>(box_->info().head_size);
  for (std::size_t i = 0; i < value.data.size(); ++i) {
    const bool gone = i / size % static_cast<std::size_t>(box_->info().heads) == 2;
    EXPECT_EQ(value.data[i], gone ? 0.0F : plain.data[i]);
  }
}

/// The derivative in a direction is the difference quotient of the metric.
TEST_F(WhiteBoxCalls, GradientsAreDifferenceQuotients) {
  const Tokens tokens{5, 17, 3, 88, 41};
  for (const char* hook : {"hook_embed", "blocks.1.hook_resid_mid", "blocks.0.attn.hook_v",
                           "blocks.2.mlp.hook_post", "ln_final.hook_normalized"}) {
    model::GradientRequest ask;
    ask.tokens = tokens;
    ask.metric = model::logit_difference(12, 60);
    ask.hooks = {hook};
    ask.activations = true;
    const auto slope = box_->gradient(ask);
    ASSERT_TRUE(slope) << slope.error().message();
    const Tensor& gradient = slope->gradients.at(hook);
    const Tensor& value = slope->activations.at(hook);
    const std::int64_t size = value.size() / 5;
    double expected = 0;
    std::vector<float> up;
    for (std::int64_t i = 0; i < size; ++i) {
      up.push_back(static_cast<float>((i * 7 % 11) - 5) * 0.1F);
      expected += static_cast<double>(gradient.row(2)[static_cast<std::size_t>(i)]) *
                  static_cast<double>(up.back());
    }
    const auto metric = [&](float scale) {
      Edit edit{hook, Edit::Kind::add, Tensor::of({size}, up), scale};
      edit.begin = 2;
      edit.end = 3;
      const Tensor out = logits({edit}, tokens);
      return static_cast<double>(out.row(4)[12]) - static_cast<double>(out.row(4)[60]);
    };
    const double quotient = (metric(0.01F) - metric(-0.01F)) / 0.02;
    EXPECT_NEAR(quotient, expected, 2e-3 * std::max(1.0, std::abs(expected))) << hook;
  }
}

TEST_F(WhiteBoxCalls, GenerationFollowsTheLogitsAndItsEdits) {
  model::WhiteBoxGenerate ask;
  ask.prompts = {{5, 17, 3}, {9}, {1, 2, 3, 4}};
  ask.max_tokens = 6;
  std::vector<float> push(static_cast<std::size_t>(box_->info().width), 0.5F);
  Edit steer{"blocks.1.hook_resid_pre", Edit::Kind::add,
             Tensor::of({box_->info().width}, std::move(push))};
  for (const auto& edits : {std::vector<Edit>{}, std::vector<Edit>{steer}}) {
    ask.edits = edits;
    const auto made = box_->generate(ask);
    ASSERT_TRUE(made) << made.error().message();
    for (std::size_t i = 0; i < ask.prompts.size(); ++i) {
      Tokens tokens = ask.prompts[i];
      for (const std::int32_t token : (*made)[i]) {
        const Tensor out = logits(edits, tokens);
        const auto row = out.row(out.shape[0] - 1);
        EXPECT_EQ(std::max_element(row.begin(), row.end()) - row.begin(), token);
        tokens.push_back(token);
      }
      EXPECT_EQ(tokens.size(), ask.prompts[i].size() + 6);
    }
  }
  // Embeddings of real tokens as a soft prompt are those tokens.
  const auto rows = box_->embedding(Tokens{17, 3});
  ASSERT_TRUE(rows);
  ask.edits.clear();
  ask.prompts = {{5, 17, 3, 88}};
  const auto hard = box_->generate(ask);
  ask.prompts = {{5, 88}};
  ask.soft_prompt = model::SoftToken{1, *rows};
  const auto soft = box_->generate(ask);
  ASSERT_TRUE(hard && soft);
  EXPECT_EQ(*hard, *soft);
}

TEST_F(WhiteBoxCalls, UnembeddingReadsTheLogitsOut) {
  const Tensor residual = activation("blocks.2.hook_resid_post");
  const auto out = box_->unembed(residual);
  ASSERT_TRUE(out);
  EXPECT_LT(relative(*out, logits({})), 1e-6);
  const Tensor scale = activation("ln_final.hook_scale");
  const auto reader = box_->unembedding(Tokens{12});
  ASSERT_TRUE(reader);
  double sum = 0;
  for (std::size_t i = 0; i < reader->data.size(); ++i) {
    sum += static_cast<double>(residual.row(4)[i]) * static_cast<double>(reader->data[i]);
  }
  EXPECT_NEAR(sum / static_cast<double>(scale.data[4]), static_cast<double>(out->row(4)[12]), 1e-5);
}

TEST_F(WhiteBoxCalls, RefusesWhatMakesNoSense) {
  const auto kind = [&](const RunRequest& run) {
    const auto result = box_->run(run);
    return result ? std::string("none") : std::string(to_string(result.error().kind));
  };
  RunRequest run;
  run.sequences = {{5, 97}};
  EXPECT_EQ(kind(run), "usage");
  run.sequences = {{}};
  EXPECT_EQ(kind(run), "usage");
  run.sequences = {Tokens(129, 1)};
  EXPECT_EQ(kind(run), "limit");
  run.sequences = {{5}};
  run.cache = {"blocks.3.hook_resid_pre"};
  EXPECT_EQ(kind(run), "usage");
  run.cache = {"blocks.-1.hook_resid_pre"};
  EXPECT_EQ(kind(run), "usage");
  run.cache.clear();
  run.edits = {{"blocks.0.attn.hook_pattern", Edit::Kind::scale}};
  EXPECT_EQ(kind(run), "usage");
  run.edits = {{"hook_embed", Edit::Kind::add, Tensor::of({3}, {1, 2, 3})}};
  EXPECT_EQ(kind(run), "usage");
  model::GradientRequest gradient;
  gradient.tokens = {1, 2};
  gradient.hooks = {"hook_embed"};
  gradient.metric = model::logit_difference(1, 2, 2);
  EXPECT_FALSE(box_->gradient(gradient));
  CancelToken stop;
  stop.request();
  run.edits.clear();
  run.cancel = &stop;
  EXPECT_EQ(kind(run), "cancelled");
}

TEST_F(WhiteBoxTest, SaysWhatIsWrongWithFolders) {
  const auto error = [&](const fs::path& path) {
    const auto opened = model::open_whitebox(path);
    return opened ? std::string() : opened.error().message();
  };
  const fs::path folder = write("llama");
  Json config = whitebox_golden()["families"]["llama"]["config"];
  config["model_type"] = "mamba";
  write_file(folder / "config.json", config.dump());
  EXPECT_NE(error(folder).find("Known are: Llama"), std::string::npos) << error(folder);
  config["model_type"] = "llama";
  config["hidden_size"] = 36;
  write_file(folder / "config.json", config.dump());
  EXPECT_NE(error(folder).find("is expected"), std::string::npos) << error(folder);
  config["hidden_size"] = "wide";
  config["hidden_act"] = 3;
  write_file(folder / "config.json", config.dump());
  EXPECT_FALSE(error(folder).empty());
  fs::remove(folder / "model.safetensors");
  write_file(folder / "config.json", whitebox_golden()["families"]["llama"]["config"].dump());
  EXPECT_NE(error(folder).find("no model.safetensors"), std::string::npos) << error(folder);
  EXPECT_NE(error(folder_ / "nowhere").find("cannot open"), std::string::npos);
}

}  // namespace
}  // namespace assay::test
