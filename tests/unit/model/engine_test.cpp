// The local engine on stories260K: the known answer, and what generate() promises.
#include <map>

#include "base/text.h"
#include "fixture.h"

namespace assay::test {
namespace {

using model::FinishReason;
using model::GenerateRequest;
using model::GenerateResult;

GenerateRequest prompt(std::string text, int max_tokens = 32) {
  GenerateRequest request;
  request.prompt = std::move(text);
  request.max_tokens = max_tokens;
  return request;
}

std::vector<GenerateRequest> many_prompts() {
  std::vector<GenerateRequest> requests;
  const std::string shared = "Once upon a time, there was a little girl named Lily. She loved to ";
  for (const char* end : {"play", "eat", "run", "sing and dance", "see the big, red ball"}) {
    requests.push_back(prompt(shared + end, 12));
  }
  requests.push_back(prompt("Zoo", 40));
  requests.push_back(prompt("", 5));
  requests.push_back(prompt(shared, 3));
  requests.push_back(prompt(shared + shared + shared + "and", 20));
  return requests;
}

TEST_F(Stories, KnownAnswerAtTemperatureZero) {
  const auto engine = open();
  ASSERT_NE(engine, nullptr);
  const std::vector<GenerateRequest> requests = {prompt("Zoo", 64)};
  const auto results = engine->generate(requests);
  ASSERT_TRUE(results[0]) << results[0].error().message();
  const std::string known =
      "Zoo was a little girl named Lily. She loved to play outside in the park. One day, she saw a "
      "big, red ball.";
  EXPECT_EQ(("Zoo" + results[0]->text).substr(0, known.size()), known);
  EXPECT_EQ(results[0]->finish, FinishReason::length);
  EXPECT_EQ(results[0]->completion_tokens, 64);
  EXPECT_EQ(results[0]->tokens.size(), 64U);
}

TEST_F(Stories, AnAnswerThatIsBegunGoesOnAsTheModelWouldHave) {
  const auto engine = open();
  ASSERT_NE(engine, nullptr);
  GenerateRequest begun = prompt("Zoo", 24);
  begun.prefill = " was a little girl";
  const std::vector<GenerateRequest> requests = {begun, prompt("Zoo was a little girl", 24)};
  const auto results = engine->generate(requests);
  ASSERT_TRUE(results[0] && results[1]);
  EXPECT_EQ(results[0]->text, results[1]->text) << "only what follows the beginning";
  EXPECT_EQ(results[0]->prompt_tokens, results[1]->prompt_tokens);
}

TEST_F(Stories, PromptTokensAreThoseThatGenerateReads) {
  const auto engine = open();
  ASSERT_NE(engine, nullptr);
  GenerateRequest request = prompt("Once upon a time", 4);
  request.prefill = ", there was a dog";
  const auto tokens = engine->prompt_tokens(request);
  ASSERT_TRUE(tokens) << tokens.error().message();
  const auto result = engine->generate(std::span(&request, 1));
  ASSERT_TRUE(result[0]);
  EXPECT_EQ(static_cast<int>(tokens->size()), result[0]->prompt_tokens);
  const auto text = engine->text_of(*tokens);
  ASSERT_TRUE(text);
  EXPECT_EQ(*text, " Once upon a time, there was a dog") << "this tokenizer puts a space in front";
  const std::vector<std::int32_t> none = {engine->info().vocabulary};
  EXPECT_EQ(engine->text_of(none).error().kind, ErrorKind::usage);
}

TEST_F(Stories, ContinuousBatchingEqualsOneByOne) {
  const auto requests = many_prompts();
  model::local::Options two;
  two.max_sequences = 2;
  const auto all = open();
  const auto slots = open(two);
  const auto single = open();
  const auto together = all->generate(requests);
  const auto queued = slots->generate(requests);
  for (std::size_t i = 0; i < requests.size(); ++i) {
    const auto alone = single->generate(std::span(&requests[i], 1));
    ASSERT_TRUE(alone[0] && together[i] && queued[i]);
    EXPECT_EQ(together[i]->text, alone[0]->text) << requests[i].prompt;
    EXPECT_EQ(queued[i]->text, alone[0]->text) << requests[i].prompt;
    EXPECT_EQ(together[i]->prompt_tokens, alone[0]->prompt_tokens);
  }
  EXPECT_LT(all->ledger().computed_tokens, single->ledger().computed_tokens)
      << "shared beginnings were computed again";
  EXPECT_EQ(all->ledger().completion_tokens, single->ledger().completion_tokens);
}

TEST_F(Stories, SinkAndPiecesGiveTheResults) {
  const auto engine = open();
  const auto requests = many_prompts();
  std::map<std::size_t, std::string> pieces;
  std::map<std::size_t, std::string> ended;
  model::CallOptions options;
  options.on_piece = [&](std::size_t i, std::string_view piece) {
    EXPECT_TRUE(is_utf8(piece));
    EXPECT_FALSE(ended.contains(i));
    pieces[i] += piece;
  };
  const auto results = engine->generate(
      requests,
      [&](std::size_t i, const Result<GenerateResult>& result) { ended[i] = result->text; },
      options);
  EXPECT_EQ(ended.size(), requests.size());
  for (std::size_t i = 0; i < requests.size(); ++i) {
    EXPECT_EQ(pieces[i], results[i]->text);
    EXPECT_EQ(ended[i], results[i]->text);
  }
}

TEST_F(Stories, StopStringEndsTheTextBeforeIt) {
  const auto engine = open();
  auto request = prompt("Zoo", 64);
  request.stop = {"never there", "in the park"};
  std::string streamed;
  model::CallOptions options;
  options.on_piece = [&](std::size_t, std::string_view piece) { streamed += piece; };
  const auto results = engine->generate(std::span(&request, 1), {}, options);
  EXPECT_EQ(results[0]->text, " was a little girl named Lily. She loved to play outside ");
  EXPECT_EQ(results[0]->finish, FinishReason::stop);
  EXPECT_EQ(streamed, results[0]->text);
}

TEST_F(Stories, SeedDecidesTheTextWhateverElseIsInTheBatch) {
  const auto engine = open();
  auto request = prompt("One day", 24);
  request.sampling.temperature = 1.0;
  request.sampling.top_p = 0.95;
  request.sampling.top_k = 100;
  request.sampling.min_p = 0.01;
  request.sampling.seed = 7;
  auto other = request;
  other.sampling.seed = 8;
  const std::vector<GenerateRequest> batch = {other, request, prompt("Zoo"), request};
  const auto together = engine->generate(batch);
  const auto alone = engine->generate(std::span(&request, 1));
  EXPECT_EQ(together[1]->text, alone[0]->text);
  EXPECT_EQ(together[3]->text, alone[0]->text);
  EXPECT_NE(together[0]->text, alone[0]->text);
}

TEST_F(Stories, TokenLogprobsAreThoseOfTheRawDistribution) {
  const auto engine = open();
  auto request = prompt("Zoo", 20);
  request.logprobs = true;
  auto warm = request;
  warm.sampling.temperature = 2.0;
  const std::vector<GenerateRequest> requests = {request, warm};
  const auto results = engine->generate(requests);
  for (const auto& result : results) {
    ASSERT_EQ(result->token_logprobs.size(), result->tokens.size());
    const model::LoglikelihoodRequest scored{"Zoo", result->text, {}, false};
    const auto check = engine->loglikelihood(std::span(&scored, 1));
    ASSERT_TRUE(check[0]);
    if (check[0]->tokens != result->tokens) continue;  // sampled text may tokenize otherwise
    for (std::size_t t = 0; t < result->tokens.size(); ++t) {
      EXPECT_NEAR(check[0]->token_logprobs[t], result->token_logprobs[t], 2e-3);
    }
  }
}

/// Moments are there where they are asked for, also for a request that shares its tokens with one
/// that does not, and change nothing else.
TEST_F(Stories, MomentsOverTheVocabularyAreGivenWhereAskedFor) {
  const auto engine = open();
  model::LoglikelihoodRequest asked;
  asked.context = "Once";
  asked.continuation = " upon a time there was";
  const model::LoglikelihoodRequest plain = asked;
  asked.moments = true;
  const std::vector<model::LoglikelihoodRequest> requests = {plain, asked, plain};
  const auto results = engine->loglikelihood(requests);
  for (const auto& result : results) ASSERT_TRUE(result);
  EXPECT_TRUE(results[0]->token_means.empty());
  EXPECT_TRUE(results[2]->token_sds.empty());
  EXPECT_EQ(results[0]->token_logprobs, results[1]->token_logprobs);
  ASSERT_EQ(results[1]->token_means.size(), results[1]->tokens.size());
  ASSERT_EQ(results[1]->token_sds.size(), results[1]->tokens.size());
  for (std::size_t t = 0; t < results[1]->tokens.size(); ++t) {
    EXPECT_LT(results[1]->token_means[t], 0.0);
    EXPECT_GT(results[1]->token_means[t], -std::log(512.0) - 1e-6);  // entropy of 512 tokens
    EXPECT_GT(results[1]->token_sds[t], 0.0);
  }
}

TEST_F(Stories, FullContextEndsWithLength) {
  const auto engine = open();
  const std::vector<GenerateRequest> requests = {prompt("Zoo", 100000)};
  const auto results = engine->generate(requests);
  ASSERT_TRUE(results[0]);
  EXPECT_EQ(results[0]->finish, FinishReason::length);
  EXPECT_EQ(results[0]->prompt_tokens + results[0]->completion_tokens, 512);
}

TEST_F(Stories, RefusesWhatCannotBeDoneInItsOwnSlot) {
  const auto engine = open();
  std::string lengthy;
  for (int i = 0; i < 600; ++i) lengthy += "ball ";
  GenerateRequest chat;
  chat.messages = {{"user", "Hello"}};
  auto warm = prompt("Zoo");
  warm.sampling.top_p = 0.0;
  const std::vector<GenerateRequest> requests = {
      prompt(lengthy), chat, warm, prompt("\xFF\xFE"), prompt("Zoo", 0), prompt("Zoo", 2)};
  const auto results = engine->generate(requests);
  ASSERT_FALSE(results[0]);
  EXPECT_EQ(results[0].error().kind, ErrorKind::limit);
  EXPECT_NE(results[0].error().what.find("512"), std::string::npos);
  ASSERT_FALSE(results[1]);
  EXPECT_EQ(results[1].error().kind, ErrorKind::unsupported);
  EXPECT_EQ(results[2].error().kind, ErrorKind::usage);
  EXPECT_EQ(results[3].error().kind, ErrorKind::usage);
  EXPECT_EQ(results[4].error().kind, ErrorKind::usage);
  EXPECT_TRUE(results[5]);
  EXPECT_FALSE(engine->can().chat);
}

TEST_F(Stories, CancellationKeepsWhatIsThere) {
  model::local::Options options;
  options.max_sequences = 1;
  const auto engine = open(options);
  CancelToken cancel;
  model::CallOptions call;
  call.cancel = &cancel;
  call.on_piece = [&](std::size_t, std::string_view) { cancel.request(); };
  const std::vector<GenerateRequest> requests = {prompt("Zoo", 200), prompt("Zoo", 200)};
  const auto results = engine->generate(requests, {}, call);
  std::size_t texts = 0;
  for (const auto& result : results) {
    ASSERT_TRUE(result);
    EXPECT_EQ(result->finish, FinishReason::cancelled);
    texts += result->text.empty() ? 0 : 1;
  }
  EXPECT_EQ(texts, 1U);
}

TEST_F(Stories, ChatTemplateIsTheModelsOwn) {
  write_file(folder_ / "chat.gguf",
             *stories_gguf(fs::path(ASSAY_SHARED_DATA) / "models/stories260K", chat_template));
  const auto engine = open({}, "chat.gguf");
  ASSERT_TRUE(engine->can().chat);
  GenerateRequest chat;
  chat.messages = {{"system", "Tell a story."}, {"user", "Zoo"}};
  chat.max_tokens = 16;
  const std::vector<GenerateRequest> requests = {
      chat, prompt("system: Tell a story.\nuser: Zoo\nassistant: ", 16)};
  const auto results = engine->generate(requests);
  ASSERT_TRUE(results[0]) << results[0].error().message();
  EXPECT_EQ(results[0]->text, results[1]->text);
  EXPECT_EQ(results[0]->prompt_tokens, results[1]->prompt_tokens);

  model::LoglikelihoodRequest scored;
  scored.as_chat = true;
  scored.messages = chat.messages;
  scored.continuation = "One day";
  const auto scores = engine->loglikelihood(std::span(&scored, 1));
  ASSERT_TRUE(scores[0]) << scores[0].error().message();
  EXPECT_LT(scores[0]->total, 0.0);
}

}  // namespace
}  // namespace assay::test
