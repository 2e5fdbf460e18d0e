// Log-likelihoods: the tree against plain scoring, boundaries, windows, limits.
#include <cmath>
#include <rapidcheck.h>

#include "base/random.h"
#include "fixture.h"
#include "model/local/prefix_plan.h"
#include "model/local/rolling.h"

namespace assay::test {
namespace {

using model::LoglikelihoodRequest;
using model::LoglikelihoodResult;

using Results = std::vector<Result<LoglikelihoodResult>>;

/// Texts that branch off each other at all depths, with repeats and prefixes of one another.
std::vector<LoglikelihoodRequest> random_requests(Rng& rng, std::size_t count) {
  const std::vector<std::string> words = {"Lily", " was",  " a",   " big", " red", " ball", ".",
                                          " The", " girl", " ran", "\n",   " she", " said", "  "};
  std::vector<std::string> contexts = {"", "Once upon a time, there was"};
  std::vector<LoglikelihoodRequest> requests;
  for (std::size_t i = 0; i < count; ++i) {
    std::string context = rng.pick(contexts);
    for (auto n = rng.between(0, 6); n > 0; --n) context += rng.pick(words);
    if (contexts.size() < 40) contexts.push_back(context);
    std::string continuation;
    for (auto n = rng.between(1, 5); n > 0; --n) continuation += rng.pick(words);
    requests.push_back({context, continuation, {}, false});
  }
  return requests;
}

void expect_same(const Results& tree, model::Model& engine,
                 const std::vector<LoglikelihoodRequest>& requests) {
  for (std::size_t i = 0; i < requests.size(); ++i) {
    const auto plain = engine.loglikelihood(std::span(&requests[i], 1));
    ASSERT_EQ(tree[i].has_value(), plain[0].has_value());
    if (!tree[i]) continue;
    ASSERT_EQ(tree[i]->tokens, plain[0]->tokens);
    EXPECT_NEAR(tree[i]->total, plain[0]->total, 1e-4);
    for (std::size_t t = 0; t < tree[i]->tokens.size(); ++t) {
      EXPECT_NEAR(tree[i]->token_logprobs[t], plain[0]->token_logprobs[t], 1e-4);
    }
    EXPECT_EQ(tree[i]->greedy, plain[0]->greedy);
  }
}

TEST_F(Stories, TreeEqualsPlainScoring) {
  model::local::Options options;
  options.dtype = Dtype::f32;
  const auto tree = open(options);
  const auto plain = open(options);
  Rng rng(20240517);
  for (const std::size_t count : {1U, 2U, 9U, 60U}) {
    const auto requests = random_requests(rng, count);
    expect_same(tree->loglikelihood(requests), *plain, requests);
  }
  EXPECT_LT(tree->ledger().computed_tokens, plain->ledger().computed_tokens);
}

TEST_F(Stories, MoreRequestsThanSequencesInASmallMemory) {
  model::local::Options options;
  options.dtype = Dtype::f32;
  options.max_sequences = 3;
  options.context = 256;
  const auto tree = open(options);
  const auto plain = open(options);
  Rng rng(3);
  const auto requests = random_requests(rng, 80);
  expect_same(tree->loglikelihood(requests), *plain, requests);
}

TEST_F(Stories, SharedTokensAreComputedOnce) {
  const auto engine = open();
  const std::string context = "Once upon a time, there was a little girl named";
  std::vector<LoglikelihoodRequest> requests;
  for (int i = 0; i < 300; ++i) requests.push_back({context, " Lily", {}, false});
  const auto results = engine->loglikelihood(requests);
  const auto tokens = engine->tokenize(context + " Lily");
  ASSERT_TRUE(tokens);
  const auto fed =
      static_cast<std::int64_t>(tokens->size());  // with the first token, less the last
  EXPECT_EQ(engine->ledger().computed_tokens, fed);
  EXPECT_EQ(engine->ledger().prompt_tokens, 300 * fed);
  EXPECT_EQ(engine->ledger().requests, 300);
  EXPECT_GT(engine->ledger().joules, 0.0);
  for (const auto& result : results) EXPECT_EQ(result->total, results[0]->total);
}

TEST_F(Stories, GreedyFlagAgreesWithGeneration) {
  const auto engine = open();
  const std::vector<LoglikelihoodRequest> requests = {
      {"Zoo", " was a little girl named Lily. She loved to play", {}, false},
      {"Zoo", " was a little girl named Lily. She loved to eat", {}, false}};
  const auto results = engine->loglikelihood(requests);
  EXPECT_TRUE(results[0]->greedy);
  EXPECT_FALSE(results[1]->greedy);
}

TEST_F(Stories, SpacesBeforeTheBoundaryMoveToTheContinuation) {
  const auto engine = open();
  const std::vector<LoglikelihoodRequest> requests = {
      {"Lily saw a ", "ball", {}, false},
      {"Lily saw a", " ball", {}, false},
      {"Lily saw a \xE3\x80\x80\n", "ball", {}, false},
      {"Lily saw a", " \xE3\x80\x80\nball", {}, false},
      {"", "Zoo", {}, false},
      {"Zoo", "", {}, false}};
  const auto results = engine->loglikelihood(requests);
  EXPECT_EQ(results[0]->tokens, results[1]->tokens);
  EXPECT_EQ(results[0]->total, results[1]->total);
  EXPECT_EQ(results[2]->tokens, results[3]->tokens);
  EXPECT_GT(results[2]->tokens.size(), results[1]->tokens.size());
  ASSERT_TRUE(results[4]);  // after the first token of the model
  EXPECT_EQ(results[4]->tokens, *engine->tokenize("Zoo"));
  ASSERT_FALSE(results[5]);
  EXPECT_EQ(results[5].error().kind, ErrorKind::usage);
}

TEST_F(Stories, ContextTooLongIsAnErrorWithTheNumbers) {
  const auto engine = open();
  std::string lengthy;
  for (int i = 0; i < 600; ++i) lengthy += " ball";
  const std::vector<LoglikelihoodRequest> requests = {{lengthy, " red", {}, false},
                                                      {"Zoo", " was", {}, false}};
  std::size_t calls = 0;
  const auto results = engine->loglikelihood(
      requests, [&](std::size_t, const Result<LoglikelihoodResult>&) { ++calls; });
  ASSERT_FALSE(results[0]);
  EXPECT_EQ(results[0].error().kind, ErrorKind::limit);
  EXPECT_NE(results[0].error().what.find("512"), std::string::npos);
  EXPECT_TRUE(results[1]);
  EXPECT_EQ(calls, 2U);
}

TEST_F(Stories, CancelledScoringSaysSo) {
  const auto engine = open();
  CancelToken cancel;
  cancel.request();
  model::CallOptions call;
  call.cancel = &cancel;
  const std::vector<LoglikelihoodRequest> requests = {{"Zoo", " was", {}, false}};
  const auto results = engine->loglikelihood(requests, {}, call);
  ASSERT_FALSE(results[0]);
  EXPECT_EQ(results[0].error().kind, ErrorKind::cancelled);
}

TEST_F(Stories, RollingScoresEveryTokenOnce) {
  const auto engine = open();
  std::string document;
  for (int i = 0; i < 90; ++i) document += "Lily saw a big, red ball in the park. ";
  const std::vector<model::RollingRequest> requests = {{document}, {""}, {"Zoo"}};
  const auto results = engine->rolling(requests);
  const auto tokens = *engine->tokenize(document);
  ASSERT_GT(tokens.size(), 1024U);
  EXPECT_EQ(results[0]->tokens, tokens);
  double sum = 0.0;
  for (const double logprob : results[0]->token_logprobs) sum += logprob;
  EXPECT_NEAR(results[0]->total, sum, 1e-6);
  EXPECT_EQ(results[1]->total, 0.0);
  const std::vector<LoglikelihoodRequest> same = {{"", "Zoo", {}, false}};
  EXPECT_EQ(results[2]->total, engine->loglikelihood(same)[0]->total);
}

TEST(RollingWindows, AreThoseOfTheHarness) {
  // lm_eval.utils: list(map(make_disjoint_window, get_rolling_token_windows(
  //     list(range(1, 11)), 100, max_seq_len=4, context_len=1)))
  // = [([100], [1, 2, 3, 4]), ([4], [5, 6, 7, 8]), ([6, 7, 8], [9, 10])]
  const auto windows = model::local::rolling_windows({1, 2, 3, 4, 5, 6, 7, 8, 9, 10}, 100, 4);
  ASSERT_EQ(windows.size(), 3U);
  EXPECT_EQ(windows[0].tokens, (std::vector<std::int32_t>{100, 1, 2, 3}));
  EXPECT_EQ(windows[0].first_read, 0U);
  EXPECT_EQ(windows[1].tokens, (std::vector<std::int32_t>{4, 5, 6, 7}));
  EXPECT_EQ(windows[2].tokens, (std::vector<std::int32_t>{6, 7, 8, 9}));
  EXPECT_EQ(windows[2].first_read, 2U);
  EXPECT_EQ(windows[2].targets, (std::vector<std::int32_t>{9, 10}));
}

TEST(PrefixPlan, EveryReadHasAnOwnerThatHoldsItsPath) {
  rc::check("owner's tokens up to the position are the item's", [] {
    const auto sequences = *rc::gen::nonEmpty(rc::gen::container<std::vector<std::vector<int>>>(
        rc::gen::nonEmpty(rc::gen::container<std::vector<int>>(rc::gen::inRange(0, 3)))));
    std::vector<model::local::ScoreItem> items;
    std::size_t targets = 0;
    for (const auto& tokens : sequences) {
      model::local::ScoreItem item;
      item.tokens.assign(tokens.begin(), tokens.end());
      item.first_read = tokens.size() / 2;
      item.targets.assign(tokens.size() - item.first_read, 1);
      targets += item.targets.size();
      items.push_back(std::move(item));
    }
    const model::local::PrefixPlan plan(items, true);
    std::size_t reads = 0;
    for (std::size_t k = 0; k < items.size(); ++k) {
      const auto& owner = items[plan.order()[k]].tokens;
      for (const auto& read : plan.reads(k)) {
        ++reads;
        const auto& tokens = items[read.item].tokens;
        RC_ASSERT(read.position >= plan.shared(k));
        RC_ASSERT(read.position == items[read.item].first_read + read.target);
        RC_ASSERT(std::equal(owner.begin(),
                             owner.begin() + static_cast<std::ptrdiff_t>(read.position) + 1,
                             tokens.begin()));
      }
    }
    RC_ASSERT(reads == targets);
  });
}

}  // namespace
}  // namespace assay::test
