// Adapters, their training, and weights written as GGUF that llama.cpp loads.
#include "whitebox_fixture.h"

namespace assay::test {
namespace {

using model::Tensor;
using model::Tokens;
using model::TrainStep;

class WhiteBoxTrain : public WhiteBoxTest {
 protected:
  static Tensor logits(model::WhiteBox& box, const Tokens& tokens) {
    model::RunRequest run;
    run.sequences = {tokens};
    run.logits = model::LogitsAt::all;
    const auto result = box.run(run);
    EXPECT_TRUE(result);
    return result ? result->logits[0] : Tensor{};
  }
  /// An adapter of the tiny llama: attn_q and ffn_up of layer 1, values by the formula, of which
  /// one is changed.
  fs::path adapter(std::size_t changed, float by) {
    GgufWriter writer;
    writer.text("general.type", "adapter");
    writer.text("general.architecture", "llama");
    writer.text("adapter.type", "lora");
    writer.real("adapter.lora.alpha", 4.0F);
    for (const auto& [name, rows] : {std::pair("attn_q", 32), std::pair("ffn_up", 48)}) {
      const std::string stem = std::string("blk.1.") + name + ".weight.lora_";
      const std::vector<float> a = formula(stem + "a", 2 * 32, false);
      std::vector<float> b = formula(stem + "b", static_cast<std::uint64_t>(rows) * 2, false);
      if (std::string(name) == "ffn_up") b[changed] += by;
      writer.tensor(stem + "a", {32, 2}, a.data());
      writer.tensor(stem + "b", {2, static_cast<std::uint64_t>(rows)}, b.data());
    }
    write_file(folder_ / "adapter.gguf", writer.bytes());
    return folder_ / "adapter.gguf";
  }
  const TrainStep batch_{{{5, 17, 3, 88, 41}, {9, 8, 7}}, {3, 1}};
};

TEST_F(WhiteBoxTrain, GradientsAreDifferenceQuotients) {
  auto box = open("llama");
  ASSERT_NE(box, nullptr);
  TrainStep still = batch_;
  still.learning_rate = 0;
  for (const std::size_t at : {std::size_t{0}, std::size_t{37}}) {
    ASSERT_TRUE(box->load_lora(adapter(at, 0)));
    const auto slope = box->lora_gradient(batch_, "blk.1.ffn_up.lora_b");
    ASSERT_TRUE(slope) << slope.error().message();
    double loss[2];
    for (const int side : {0, 1}) {
      ASSERT_TRUE(box->load_lora(adapter(at, side == 0 ? -0.05F : 0.05F)));
      const auto value = box->train(still);
      ASSERT_TRUE(value);
      loss[side] = *value;
    }
    EXPECT_NEAR((loss[1] - loss[0]) / 0.1, static_cast<double>(slope->data[at]), 2e-4);
    EXPECT_GT(std::abs(slope->data[at]), 1e-4F);
  }
}

TEST_F(WhiteBoxTrain, LearnsAndCanBeSavedSwitchedOffAndMerged) {
  auto box = open("llama");
  ASSERT_NE(box, nullptr);
  const Tokens tokens{5, 17, 3, 88, 41};
  const Tensor before = logits(*box, tokens);
  model::LoraOptions options;
  options.rank = 4;
  ASSERT_TRUE(box->add_lora(options));
  EXPECT_EQ(relative(logits(*box, tokens), before), 0.0);
  TrainStep step = batch_;
  step.learning_rate = 0.02;
  double first = 0;
  double last = 0;
  for (int i = 0; i < 40; ++i) {
    const auto loss = box->train(step);
    ASSERT_TRUE(loss) << loss.error().message();
    (i == 0 ? first : last) = *loss;
  }
  EXPECT_LT(last, 0.2 * first);
  const Tensor trained = logits(*box, tokens);
  EXPECT_GT(relative(trained, before), 0.05);
  ASSERT_TRUE(box->use_lora(false));
  EXPECT_EQ(relative(logits(*box, tokens), before), 0.0);
  ASSERT_TRUE(box->use_lora(true));
  ASSERT_TRUE(box->save_lora(folder_ / "a.gguf"));
  auto other = open("llama");
  ASSERT_NE(other, nullptr);
  ASSERT_TRUE(other->load_lora(folder_ / "a.gguf"));
  EXPECT_LT(relative(logits(*other, tokens), trained), 1e-6);
  ASSERT_TRUE(other->merge_lora());
  EXPECT_LT(relative(logits(*other, tokens), trained), 1e-5);
  EXPECT_FALSE(other->save_lora(folder_ / "b.gguf"));
}

TEST_F(WhiteBoxTrain, RefusesWhatDoesNotFit) {
  auto box = open("gpt2");
  ASSERT_NE(box, nullptr);
  EXPECT_FALSE(box->train(batch_));
  EXPECT_FALSE(box->load_lora(adapter(0, 0)));  // another model's
  EXPECT_FALSE(box->load_lora(folder_ / "nowhere.gguf"));
  EXPECT_FALSE(box->add_lora({}));  // GPT-2 has no gate
  model::LoraOptions options;
  options.layers = {"attn_v", "ffn_up"};
  ASSERT_TRUE(box->add_lora(options));
  EXPECT_FALSE(box->train({{{1}}, {1}}));
  EXPECT_FALSE(box->write_gguf(folder_ / "x.gguf", "F32"));
}

class WhiteBoxGguf : public WhiteBoxStories {
 protected:
  /// Log-probabilities by llama.cpp.
  std::vector<double> by_llama(const std::string& file) {
    const auto model = open({}, file);
    if (model == nullptr) return {};
    const auto result = model->rolling(std::vector<model::RollingRequest>{{text_}});
    EXPECT_TRUE(result[0]);
    return result[0] ? result[0]->token_logprobs : std::vector<double>{};
  }
  static double apart(const std::vector<double>& a, const std::vector<double>& b) {
    if (a.size() != b.size() || a.empty()) return INFINITY;
    double most = 0;
    for (std::size_t i = 0; i < a.size(); ++i) most = std::max(most, std::abs(a[i] - b[i]));
    return most;
  }
  std::unique_ptr<model::WhiteBox> whitebox() {
    model::WhiteBoxOptions options;
    options.threads = 1;
    auto opened = model::open_whitebox(folder_ / "stories260K.gguf", options);
    EXPECT_TRUE(opened) << (opened ? "" : opened.error().message());
    return opened ? std::move(*opened) : nullptr;
  }
  const std::string text_ = "Once upon a time, there was a little girl who liked to play outside.";
};

/// The white box and llama.cpp agree on the same file; llama.cpp agrees with itself on what was
/// written.
TEST_F(WhiteBoxGguf, RoundTripsThroughLlamaCpp) {
  const auto original = by_llama("stories260K.gguf");
  auto box = whitebox();
  ASSERT_NE(box, nullptr);
  const auto llama = open();
  const auto tokens = llama->tokenize(text_);
  ASSERT_TRUE(tokens);
  model::RunRequest run;
  run.sequences = {{1}};
  run.sequences[0].insert(run.sequences[0].end(), tokens->begin(), tokens->end());
  run.logits = model::LogitsAt::all;
  const auto seen = box->run(run);
  ASSERT_TRUE(seen);
  std::vector<double> ours;
  for (std::size_t i = 0; i < tokens->size(); ++i) {
    const auto row = seen->logits[0].row(static_cast<std::int64_t>(i));
    double total = 0;
    for (const float value : row) total += std::exp(static_cast<double>(value));
    ours.push_back(static_cast<double>(row[static_cast<std::size_t>((*tokens)[i])]) -
                   std::log(total));
  }
  EXPECT_LT(apart(ours, original), 2e-3);
  ASSERT_TRUE(box->write_gguf(folder_ / "f32.gguf", "F32"));
  EXPECT_LT(apart(by_llama("f32.gguf"), original), 1e-5);
  const double bounds[] = {0.02, 0.2, 0.2};
  int i = 0;
  for (const char* dtype : {"F16", "BF16", "Q8_0"}) {
    const auto written = box->write_gguf(folder_ / "x.gguf", dtype);
    ASSERT_TRUE(written) << written.error().message();
    EXPECT_LT(apart(by_llama("x.gguf"), original), bounds[i++]) << dtype;
  }
  EXPECT_FALSE(box->write_gguf(folder_ / "x.gguf", "Q2"));
}

/// A trained and merged adapter is in what is written.
TEST_F(WhiteBoxGguf, WritesWhatWasTrained) {
  auto box = whitebox();
  ASSERT_NE(box, nullptr);
  const auto original = by_llama("stories260K.gguf");
  const auto llama = open();
  const auto tokens = llama->tokenize(text_);
  ASSERT_TRUE(tokens);
  TrainStep step;
  step.sequences = {{1}};
  step.sequences[0].insert(step.sequences[0].end(), tokens->begin(), tokens->end());
  step.loss_from = {1};
  step.learning_rate = 0.01;
  ASSERT_TRUE(box->add_lora({}));
  double loss = 0;
  for (int i = 0; i < 10; ++i) loss = *box->train(step);
  EXPECT_FALSE(box->write_gguf(folder_ / "trained.gguf", "F32"));
  ASSERT_TRUE(box->merge_lora());
  ASSERT_TRUE(box->write_gguf(folder_ / "trained.gguf", "F32"));
  const auto after = by_llama("trained.gguf");
  ASSERT_EQ(after.size(), original.size());
  double before_sum = 0;
  double after_sum = 0;
  for (std::size_t i = 0; i < after.size(); ++i) {
    before_sum -= original[i] / static_cast<double>(after.size());
    after_sum -= after[i] / static_cast<double>(after.size());
  }
  EXPECT_LT(after_sum, loss + 1e-3);
  EXPECT_LT(after_sum, 0.7 * before_sum);
}

}  // namespace
}  // namespace assay::test
