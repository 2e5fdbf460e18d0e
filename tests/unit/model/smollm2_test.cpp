// The engine on a real chat model with another tokenizer; skips where it has not been fetched.
#include "fixture.h"

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

}  // namespace
}  // namespace assay::test
