// Answers that are held to a form, on a real model.
#include "fixture.h"

namespace assay::test {
namespace {

std::unique_ptr<model::Model> smollm2() {
  const auto file = model_cache_dir() / "SmolLM2-135M-Instruct.Q4_1.gguf";
  if (!fs::exists(file)) return nullptr;
  model::local::Options options;
  options.dtype = Dtype::bf16;
  options.threads = 1;
  auto opened = model::local::open(file, options);
  return opened ? std::move(*opened) : nullptr;
}

model::GenerateRequest question(std::uint64_t seed, double temperature) {
  model::GenerateRequest ask;
  ask.messages = {{"user", "Is the sky blue? Explain."}};
  ask.max_tokens = 24;
  ask.sampling.temperature = temperature;
  ask.sampling.seed = seed;
  return ask;
}

TEST(Grammar, GreedyAndSampledAnswersFollowIt) {
  const auto engine = smollm2();
  if (engine == nullptr) GTEST_SKIP() << "run `assay model fetch smollm2` first";
  std::vector<model::GenerateRequest> asked;
  for (std::uint64_t seed = 0; seed < 4; ++seed) {
    asked.push_back(question(seed, seed % 2 == 0 ? 0.0 : 1.5));
    asked.back().logprobs = true;
    if (seed < 2) {
      asked.back().grammar = "root ::= \"yes\" | \"no\" | \"不知道\"";
    } else {
      asked.back().json_schema = {{"type", "object"},
                                  {"properties", {{"label", {{"enum", {"yes", "no"}}}}}},
                                  {"required", {"label"}},
                                  {"additionalProperties", false}};
    }
  }
  const auto answers = engine->generate(asked);
  for (std::size_t i = 0; i < answers.size(); ++i) {
    ASSERT_TRUE(answers[i]) << answers[i].error().message();
    const std::string& text = answers[i]->text;
    EXPECT_EQ(answers[i]->finish, model::FinishReason::stop) << text;
    EXPECT_EQ(answers[i]->token_logprobs.size(), answers[i]->tokens.size());
    if (i < 2) {
      EXPECT_TRUE(text == "yes" || text == "no" || text == "不知道") << text;
      continue;
    }
    const auto json = parse_json(text, "answer");
    ASSERT_TRUE(json) << text;
    EXPECT_TRUE((*json)["label"] == "yes" || (*json)["label"] == "no") << text;
  }
}

TEST(Grammar, AnAnswerThatFitsIsLeftAsItIs) {
  const auto engine = smollm2();
  if (engine == nullptr) GTEST_SKIP() << "run `assay model fetch smollm2` first";
  std::vector<model::GenerateRequest> asked{question(1, 0.0), question(1, 0.0)};
  asked[1].grammar = "root ::= [^\\x00]*";
  const auto answers = engine->generate(asked);
  ASSERT_TRUE(answers[0] && answers[1]);
  EXPECT_EQ(answers[0]->text, answers[1]->text);
}

TEST(Grammar, BadFormsCostOnlyTheirOwnRequest) {
  const auto engine = smollm2();
  if (engine == nullptr) GTEST_SKIP() << "run `assay model fetch smollm2` first";
  std::vector<model::GenerateRequest> asked(6, question(1, 0.0));
  asked[0].grammar = "root ::= (";
  asked[1].grammar = "start ::= \"a\"";
  asked[2].grammar = "root ::= root \"a\"";
  asked[3].json_schema = "text";
  asked[4].json_schema = Json::object();
  asked[4].grammar = "root ::= \"a\"";
  const auto answers = engine->generate(asked);
  for (std::size_t i = 0; i < 5; ++i) {
    ASSERT_FALSE(answers[i]) << i;
    EXPECT_EQ(answers[i].error().kind, ErrorKind::usage) << i;
    EXPECT_FALSE(answers[i].error().next.empty()) << i;
  }
  EXPECT_TRUE(answers[5]);
}

}  // namespace
}  // namespace assay::test
