// The engine on a real chat model with another tokenizer; skips where it has not been fetched.
#include "fixture.h"
#include "model/whitebox.h"

namespace assay::test {
namespace {

TEST(SmolLM2, AnswersInItsOwnTemplateAndScoresTheAnswer) {
  const auto file = model_cache_dir() / "SmolLM2-135M-Instruct.Q4_1.gguf";
  if (!fs::exists(file)) GTEST_SKIP() << "run `assay model fetch smollm2` first";
  model::local::Options options;  // the user's cache, so that the weights are converted once
  options.dtype = Dtype::bf16;
  options.threads = 1;
  const auto opened = model::local::open(file, options);
  ASSERT_TRUE(opened) << opened.error().message();
  model::Model& engine = **opened;
  EXPECT_TRUE(engine.can().chat);
  EXPECT_EQ(engine.info().weights_dtype, "Q4_1");
  EXPECT_EQ(engine.info().scored_dtype, "BF16");
  EXPECT_EQ(engine.info().context_length, 8192);

  model::GenerateRequest ask;
  ask.messages = {{"user", "What is the capital of France?"}};
  ask.max_tokens = 24;
  const auto answers = engine.generate(std::span(&ask, 1));
  ASSERT_TRUE(answers[0]) << answers[0].error().message();
  EXPECT_NE(answers[0]->text.find("Paris"), std::string::npos) << answers[0]->text;
  EXPECT_EQ(answers[0]->text.find("<|im_end|>"), std::string::npos);
  EXPECT_EQ(answers[0]->finish, model::FinishReason::stop);

  std::vector<model::LoglikelihoodRequest> choices;
  for (const char* city : {"Paris", "Berlin", "Madrid"}) {
    model::LoglikelihoodRequest choice;
    choice.as_chat = true;
    choice.messages = ask.messages;
    choice.context = "The capital of France is";
    choice.continuation = std::string(" ") + city;
    choices.push_back(choice);
  }
  const auto scores = engine.loglikelihood(choices);
  for (const auto& score : scores) ASSERT_TRUE(score) << score.error().message();
  EXPECT_GT(scores[0]->total, scores[1]->total);
  EXPECT_GT(scores[0]->total, scores[2]->total);
  EXPECT_TRUE(scores[0]->greedy);
}

/// llama.cpp configures the AMX tiles of a thread once; oneDNN, in the white box, configures them
/// otherwise and releases them. On processors without AMX nothing can happen here.
TEST(SmolLM2, TheWhiteBoxsHalfPrecisionLeftTilesThatLlamaCppDidNotExpect) {
  const auto file = model_cache_dir() / "SmolLM2-135M-Instruct.Q4_1.gguf";
  if (!fs::exists(file)) GTEST_SKIP() << "run `assay model fetch smollm2` first";
  if (const auto there = model::whitebox_available(); !there) {
    GTEST_SKIP() << there.error().message();
  }
  model::local::Options options;
  options.dtype = Dtype::q8_0;
  const auto engine = model::local::open(file, options);
  ASSERT_TRUE(engine) << engine.error().message();
  const auto box = model::open_whitebox(file);
  ASSERT_TRUE(box) << box.error().message();
  model::GenerateRequest ask;
  ask.messages = {{"user", "What is the capital of France? Answer in one sentence, please."}};
  ask.max_tokens = 8;
  const auto before = (*engine)->generate(std::span(&ask, 1));
  ASSERT_TRUE(before[0]) << before[0].error().message();
  const auto prompt = (*engine)->prompt_tokens(ask);
  ASSERT_TRUE(prompt);
  const auto prefix = (*box)->encode(*prompt);
  ASSERT_TRUE(prefix) << prefix.error().message();
  std::vector<model::Tokens> candidates;
  for (int i = 0; i < 64; ++i) candidates.emplace_back(20, 100 + i);
  model::CandidateRequest request;
  request.prefix = *prefix;
  request.candidates = candidates;
  request.target = {260, 261, 262};
  request.fast = true;
  ASSERT_TRUE((*box)->candidate_losses(request));
  const auto after = (*engine)->generate(std::span(&ask, 1));
  ASSERT_TRUE(after[0]) << after[0].error().message();
  EXPECT_EQ(after[0]->text, before[0]->text);
}

}  // namespace
}  // namespace assay::test
