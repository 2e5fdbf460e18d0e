// The served model against llama-server, which runs the same llama.cpp: its texts and
// log-likelihoods are those of the local engine.
#include <array>
#include <gtest/gtest.h>

#include "fixture.h"
#include "model/remote/remote.h"
#include "support/llama_server.h"

namespace assay::model::remote {
namespace {

class ServedStories : public test::Stories {
 protected:
  void SetUp() override {
    test::Stories::SetUp();
    if (IsSkipped()) return;
    if (test::llama_server_program().empty()) {
      GTEST_SKIP() << "no llama-server; tools/build-llama.sh builds one, or name it in "
                      "ASSAY_LLAMA_SERVER";
    }
    server_ = std::make_unique<test::LlamaServer>(folder_ / "stories260K.gguf");
    ASSERT_TRUE(server_->ready());
    local_ = test::Stories::open();
    ASSERT_NE(local_, nullptr);
  }
  std::unique_ptr<Model> served(const std::vector<std::string>& arguments = {}) {
    auto model = remote::open("openai:stories@" + server_->root() + "/v1", arguments);
    if (!model) ADD_FAILURE() << model.error().message();
    return model ? std::move(*model) : nullptr;
  }

  std::unique_ptr<test::LlamaServer> server_;
  std::unique_ptr<Model> local_;
};

TEST_F(ServedStories, DescribesItselfAndTokenizes) {
  const auto model = served();
  ASSERT_NE(model, nullptr);
  EXPECT_EQ(model->info().parameters, local_->info().parameters);
  EXPECT_EQ(model->info().vocabulary, local_->info().vocabulary);
  EXPECT_TRUE(model->can().logprobs);
  EXPECT_TRUE(model->info().engine.starts_with("llama-server"));
  EXPECT_EQ(*model->tokenize("Once upon a time"), *local_->tokenize("Once upon a time"));
}

TEST_F(ServedStories, AnAnswerThatIsBegunGoesOnAsInTheLocalEngine) {
  const auto model = served();
  ASSERT_NE(model, nullptr);
  GenerateRequest request;
  request.prompt = "Once upon a time";
  request.prefill = ", there was a little";
  request.max_tokens = 16;
  const auto here = local_->generate(std::span(&request, 1));
  const auto there = model->generate(std::span(&request, 1));
  ASSERT_TRUE(here[0] && there[0]);
  EXPECT_EQ(there[0]->text, here[0]->text);
  EXPECT_EQ(model->prompt_tokens(request).error().kind, ErrorKind::unsupported);
}

TEST_F(ServedStories, LogLikelihoodsAreThoseOfTheLocalEngine) {
  const auto model = served();
  ASSERT_NE(model, nullptr);
  const std::vector<LoglikelihoodRequest> requests = {
      {"Once upon a time, there was a little", " girl named Lily.", {}, false},
      {"Once upon a time, there was a little", " boy", {}, false},
      {"Once upon a time, there was a little ", "dog", {}, false},
      {"The sun was", " shining and the birds were singing", {}, false},
      {"", "One day", {}, false},
      {"Tom said", "", {}, false}};
  const auto here = local_->loglikelihood(requests);
  const auto there = model->loglikelihood(requests);
  ASSERT_EQ(there.size(), requests.size());
  for (std::size_t i = 0; i + 1 < requests.size(); ++i) {
    ASSERT_TRUE(there[i].has_value()) << i << ": " << there[i].error().message();
    EXPECT_EQ(there[i]->tokens, here[i]->tokens) << i;
    // llama-server keeps keys and values in half precision.
    EXPECT_NEAR(there[i]->total, here[i]->total, 2e-3 * static_cast<double>(here[i]->tokens.size()))
        << i;
    EXPECT_EQ(there[i]->greedy, here[i]->greedy) << i;
  }
  EXPECT_EQ(there.back().error().kind, ErrorKind::usage);
  const RollingRequest text{"Once upon a time, there was a cat."};
  EXPECT_NEAR(model->rolling(std::span(&text, 1))[0]->total,
              local_->rolling(std::span(&text, 1))[0]->total, 5e-3);
}

TEST_F(ServedStories, TokensThatEndWithinACharacterAreScoredLikeTheOthers) {
  const auto model = served();
  ASSERT_NE(model, nullptr);
  // None of these characters is in the vocabulary: each is three or four tokens of one byte.
  const std::vector<LoglikelihoodRequest> requests = {
      {"Once upon a time", "，有一只小猫", {}, false},
      {"Once upon a time 猫", "猫 and", {}, false},
      {"The cat said", " \xF0\x9F\x98\x80!", {}, false},
      {"猫", " cat", {}, false}};
  const auto here = local_->loglikelihood(requests);
  const auto there = model->loglikelihood(requests);
  for (std::size_t i = 0; i < requests.size(); ++i) {
    ASSERT_TRUE(there[i].has_value()) << i << ": " << there[i].error().message();
    EXPECT_EQ(there[i]->tokens, here[i]->tokens) << i;
    EXPECT_EQ(there[i]->greedy, here[i]->greedy) << i;
    for (std::size_t k = 0; k < here[i]->token_logprobs.size(); ++k) {
      EXPECT_NEAR(there[i]->token_logprobs[k], here[i]->token_logprobs[k], 5e-3) << i << " " << k;
    }
  }
}

TEST_F(ServedStories, AnswersAreHeldToSchemasAndGrammars) {
  for (const char* stream : {"stream=0", "stream=1"}) {
    const auto model = served({stream, "api=completions"});
    ASSERT_NE(model, nullptr);
    std::vector<GenerateRequest> requests(3);
    for (auto& request : requests) request.prompt = "Once upon a time";
    requests[0].grammar = R"(root ::= "yes" | "no")";
    requests[1].json_schema = Json::parse(R"({"enum":["left","right"]})");
    requests[2].grammar = "root ::= (";
    const auto results = model->generate(requests);
    ASSERT_TRUE(results[0].has_value()) << results[0].error().message();
    EXPECT_TRUE(results[0]->text == "yes" || results[0]->text == "no") << results[0]->text;
    ASSERT_TRUE(results[1].has_value()) << results[1].error().message();
    EXPECT_TRUE(results[1]->text == "\"left\"" || results[1]->text == "\"right\"")
        << results[1]->text;
    EXPECT_FALSE(results[2].has_value()) << "the server refuses what it cannot read";
    EXPECT_FALSE(model->halted().has_value());
  }
}

TEST_F(ServedStories, GreedyTextsAreThoseOfTheLocalEngine) {
  for (const char* stream : {"stream=0", "stream=1"}) {
    const auto model = served({stream, "api=completions"});
    ASSERT_NE(model, nullptr);
    std::vector<GenerateRequest> requests(4);
    const std::array<const char*, 4> prompts = {"Once upon a time", "The cat", "Tom and Lily went",
                                                "One day, a big dog"};
    for (std::size_t i = 0; i < requests.size(); ++i) {
      requests[i].prompt = prompts[i];
      requests[i].max_tokens = 24;
    }
    requests[3].stop = {"."};
    const auto here = local_->generate(requests);
    const auto there = model->generate(requests);
    for (std::size_t i = 0; i < requests.size(); ++i) {
      ASSERT_TRUE(there[i].has_value()) << there[i].error().message();
      EXPECT_EQ(there[i]->text, here[i]->text) << stream;
      EXPECT_EQ(there[i]->finish, here[i]->finish) << stream;
      EXPECT_EQ(there[i]->prompt_tokens, here[i]->prompt_tokens) << stream;
    }
  }
}

TEST_F(ServedStories, ARequestThatIsTooLongIsItsOwnError) {
  const auto model = served({"api=completions"});
  ASSERT_NE(model, nullptr);
  std::vector<GenerateRequest> requests(2);
  requests[0].prompt = "Once";
  requests[0].max_tokens = 3;
  for (int i = 0; i < 3000; ++i) requests[1].prompt += "once upon a time ";
  const auto results = model->generate(requests);
  EXPECT_TRUE(results[0].has_value());
  EXPECT_FALSE(results[1].has_value());
  EXPECT_FALSE(model->halted().has_value());
}

}  // namespace
}  // namespace assay::model::remote
