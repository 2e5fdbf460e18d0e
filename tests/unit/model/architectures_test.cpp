// Other kinds of memory than a plain KV cache, on small models of random weights: a recurrent one
// (Mamba), where nothing can be shared, and one of sliding windows (Gemma 3), where a branch may
// need cells that are out of another one's window.
#include <utility>

#include "base/random.h"
#include "fixture.h"

namespace assay::test {
namespace {

using Shape = std::vector<std::uint64_t>;

class Architectures : public testing::Test {
 protected:
  void SetUp() override {
    tokenizer_ = read_file(fs::path(ASSAY_SHARED_DATA) / "models/stories260K/tok512.bin");
    if (tokenizer_.empty()) GTEST_SKIP() << "stories260K is not in " ASSAY_SHARED_DATA;
  }
  void begin(const std::string& architecture) {
    writer_.text("general.architecture", architecture);
    writer_.number(architecture + ".context_length", 256);
    writer_.number(architecture + ".embedding_length", 32);
    writer_.number(architecture + ".block_count", 2);
    writer_.real(architecture + ".attention.layer_norm_rms_epsilon", 1e-5F);
    add_llama2c_tokenizer(writer_, tokenizer_, 512);
    random("token_embd.weight", {32, 512}, 0.5);
    constant("output_norm.weight", {32}, 1.0F);
  }
  void random(const std::string& name, const Shape& shape, double scale) {
    std::vector<float> values(count(shape));
    for (auto& value : values) value = static_cast<float>(scale * rng_.normal());
    writer_.tensor(name, shape, values.data());
  }
  void constant(const std::string& name, const Shape& shape, float value) {
    const std::vector<float> values(count(shape), value);
    writer_.tensor(name, shape, values.data());
  }
  std::unique_ptr<model::Model> open(int context = 0) {
    write_file(folder_ / "random.gguf", writer_.bytes());
    model::local::Options options;
    options.dtype = Dtype::as_stored;
    options.threads = 1;
    options.context = context;
    options.cache_dir = folder_ / "cache";
    auto opened = model::local::open(folder_ / "random.gguf", options);
    if (!opened) ADD_FAILURE() << opened.error().message();
    return opened ? std::move(*opened) : nullptr;
  }
  static std::uint64_t count(const Shape& shape) {
    std::uint64_t count = 1;
    for (const auto extent : shape) count *= extent;
    return count;
  }
  /// Long shared beginnings, branches inside them, one request that goes on for long.
  static std::vector<model::LoglikelihoodRequest> requests() {
    std::string context;
    std::vector<model::LoglikelihoodRequest> all;
    for (int i = 0; i < 12; ++i) {
      context += " Lily saw a big, red ball number " + std::to_string(i) + ".";
      for (const char* end : {" She ran.", " She said no.", " The end"}) {
        all.push_back({context, end, {}, false});
      }
    }
    return all;
  }
  static void expect_plain_scores(model::Model& together, model::Model& alone) {
    const auto all = requests();
    const auto tree = together.loglikelihood(all);
    for (std::size_t i = 0; i < all.size(); ++i) {
      const auto plain = alone.loglikelihood(std::span(&all[i], 1));
      ASSERT_TRUE(tree[i]) << tree[i].error().message();
      ASSERT_TRUE(plain[0]);
      // Random weights magnify rounding more than trained ones do.
      EXPECT_NEAR(tree[i]->total, plain[0]->total, 2e-3) << i;
    }
  }
  static void expect_greedy_scores_of_generated_text(model::Model& engine) {
    std::vector<model::GenerateRequest> asked(3);
    asked[0].prompt = "Lily saw a big, red ball";
    asked[1].prompt = "Lily saw a big, red ball and she said that it was";
    asked[2].prompt = "Zoo";
    for (auto& request : asked) {
      request.max_tokens = 12;
      request.logprobs = true;
    }
    const auto together = engine.generate(asked);
    for (std::size_t i = 0; i < asked.size(); ++i) {
      const auto alone = engine.generate(std::span(&asked[i], 1));
      ASSERT_TRUE(together[i]) << together[i].error().message();
      EXPECT_EQ(together[i]->tokens, alone[0]->tokens);
      ASSERT_EQ(together[i]->token_logprobs.size(), together[i]->tokens.size());
    }
  }

  ScratchFolder folder_;
  GgufWriter writer_;
  std::string tokenizer_;
  Rng rng_{5};
};

TEST_F(Architectures, RecurrentModelsAreScoredOneByOne) {
  begin("mamba");
  for (const auto& [key, value] : {std::pair{"conv_kernel", 4U}, std::pair{"inner_size", 64U},
                                   std::pair{"state_size", 16U}, std::pair{"time_step_rank", 2U}}) {
    writer_.number(std::string("mamba.ssm.") + key, value);
  }
  writer_.number("mamba.feed_forward_length", 0);
  writer_.number("mamba.attention.head_count", 0);
  for (int layer = 0; layer < 2; ++layer) {
    const std::string block = "blk." + std::to_string(layer) + ".";
    constant(block + "attn_norm.weight", {32}, 1.0F);
    random(block + "ssm_in.weight", {32, 128}, 0.2);
    random(block + "ssm_conv1d.weight", {4, 64}, 0.3);
    random(block + "ssm_conv1d.bias", {64}, 0.1);
    random(block + "ssm_x.weight", {64, 34}, 0.2);
    random(block + "ssm_dt.weight", {2, 64}, 0.3);
    random(block + "ssm_dt.bias", {64}, 0.1);
    constant(block + "ssm_a", {16, 64}, -1.0F);
    constant(block + "ssm_d", {64}, 1.0F);
    random(block + "ssm_out.weight", {64, 32}, 0.2);
  }
  const auto together = open();
  const auto alone = open();
  ASSERT_NE(together, nullptr);
  expect_plain_scores(*together, *alone);
  EXPECT_EQ(together->ledger().computed_tokens, together->ledger().prompt_tokens);
  expect_greedy_scores_of_generated_text(*together);
}

TEST_F(Architectures, SlidingWindowsDoNotLoseCellsOfOtherBranches) {
  begin("gemma3");
  writer_.number("gemma3.feed_forward_length", 64);
  writer_.number("gemma3.attention.head_count", 2);
  writer_.number("gemma3.attention.head_count_kv", 1);
  writer_.number("gemma3.attention.key_length", 16);
  writer_.number("gemma3.attention.value_length", 16);
  writer_.number("gemma3.attention.sliding_window", 16);
  for (int layer = 0; layer < 2; ++layer) {
    const std::string block = "blk." + std::to_string(layer) + ".";
    for (const char* norm : {"attn_norm", "post_attention_norm", "ffn_norm", "post_ffw_norm"}) {
      constant(block + norm + ".weight", {32}, 1.0F);
    }
    constant(block + "attn_q_norm.weight", {16}, 1.0F);
    constant(block + "attn_k_norm.weight", {16}, 1.0F);
    random(block + "attn_q.weight", {32, 32}, 0.2);
    random(block + "attn_k.weight", {32, 16}, 0.2);
    random(block + "attn_v.weight", {32, 16}, 0.2);
    random(block + "attn_output.weight", {32, 32}, 0.2);
    random(block + "ffn_gate.weight", {32, 64}, 0.2);
    random(block + "ffn_up.weight", {32, 64}, 0.2);
    random(block + "ffn_down.weight", {64, 32}, 0.2);
  }
  const auto alone = open();
  const auto together = open();
  ASSERT_NE(together, nullptr);
  expect_plain_scores(*together, *alone);
  const auto tight = open(256);  // the whole context, no room to spare
  expect_plain_scores(*tight, *alone);
  expect_greedy_scores_of_generated_text(*together);
}

}  // namespace
}  // namespace assay::test
