// The attacks on weights, each on a whole small model (stories260K with a chat template): what they
// ask, what they leave in their state, and that they go on from it.
#include <algorithm>
#include <cmath>

#include "attack/attack.h"
#include "model/direction.h"
#include "unit/model/whitebox_fixture.h"

namespace assay::attack {
namespace {

class WeightsAttacks : public test::WhiteBoxStories {
 protected:
  void SetUp() override {
    WhiteBoxStories::SetUp();
    if (IsSkipped()) return;
    const auto bytes = test::stories_gguf(
        std::filesystem::path(ASSAY_SHARED_DATA) / "models/stories260K", test::chat_template);
    test::write_file(folder_ / "chat.gguf", *bytes);
    target_ = open({}, "chat.gguf");
    ASSERT_NE(target_, nullptr);
    means_.target = target_.get();
    means_.weights.file = folder_ / "chat.gguf";
    means_.weights.threads = 1;
    register_all_attacks(attacks_);
    behaviour_.id = "story";
    behaviour_.request = "Tell me of the sea.";
    behaviour_.target = "Once upon a time";
  }
  /// The next questions of the attack of this name.
  Result<std::vector<Question>> next(const std::string& name, Json& state) {
    Job job{behaviour_, 3, means_, spent_};
    return attacks_.find(name).value()->next(job, state);
  }
  /// A direction of the model's width, out of a formula.
  GivenDirection some_direction() {
    GivenDirection out;
    out.layer = 1;
    const auto width = (*means_.weights.open())->info().width;
    for (int i = 0; i < width; ++i) out.vector.push_back(std::sin(static_cast<float>(i)));
    return out;
  }

  std::unique_ptr<model::Model> target_;
  Means means_;
  Attacks attacks_;
  Behaviour behaviour_;
  Spent spent_;
};

class SwapAttacks : public WeightsAttacks, public testing::WithParamInterface<const char*> {};

TEST_P(SwapAttacks, AsksWhatItHasOptimisedAndGoesOnFromItsState) {
  means_.limits.flops = 1.0;  // a step, then an answer
  Json state;
  const auto first = next(GetParam(), state);
  ASSERT_TRUE(first) << first.error().message();
  ASSERT_EQ(first->size(), 1U);
  EXPECT_EQ(first->front().who, Question::Who::target);
  EXPECT_EQ(state["steps"], 1);
  const double loss = state["loss"];
  EXPECT_GT(spent_.flops, 0.0);
  EXPECT_GT(spent_.seconds, 0.0);
  for (int step = 2; step <= 5; ++step) {
    ASSERT_TRUE(next(GetParam(), state));
    EXPECT_EQ(state["steps"], step);
  }
  Json again = state;
  const auto last = next(GetParam(), state);
  ASSERT_TRUE(last) << last.error().message();
  EXPECT_LT(state["loss"].get<double>(), loss);
  // What is asked is what was optimised: the suffix's text, which gives the same tokens.
  const std::string& asked = last->front().messages.back().content;
  const std::string text = *target_->text_of(state["suffix"].get<model::Tokens>());
  EXPECT_EQ(asked, behaviour_.request + text);
  model::GenerateRequest chat;
  chat.messages = last->front().messages;
  const auto read = *target_->prompt_tokens(chat);
  const auto suffix = state["suffix"].get<model::Tokens>();
  EXPECT_NE(std::search(read.begin(), read.end(), suffix.begin(), suffix.end()), read.end());
  ASSERT_TRUE(next(GetParam(), again));
  EXPECT_EQ(again, state) << "the course depends on more than the state";
}

INSTANTIATE_TEST_SUITE_P(All, SwapAttacks, testing::Values("gcg", "probe_gcg", "autoprompt"));

TEST_F(WeightsAttacks, ProbeSamplingSaysHowWellItsDraftOrders) {
  Json state;
  const auto ask = next("probe_gcg", state);
  ASSERT_TRUE(ask) << ask.error().message();
  EXPECT_NE(ask->front().label.find("rank correlation"), std::string::npos) << ask->front().label;
  EXPECT_EQ(state["rank_correlations"].size(), 10U);
  for (const double rho : state["rank_correlations"]) EXPECT_LE(std::abs(rho), 1.0);
  EXPECT_EQ(state["steps"], 10);
  // The model as its own draft: it agrees with itself, and its work counts.
  means_.limits.flops = 1.0;  // a step, then an answer
  spent_ = {};
  state = nullptr;
  ASSERT_TRUE(next("probe_gcg", state));
  const double by_gradient = spent_.flops;
  means_.draft.file = folder_ / "chat.gguf";
  spent_ = {};
  state = nullptr;
  ASSERT_TRUE(next("probe_gcg", state));
  ASSERT_TRUE(next("probe_gcg", state));
  ASSERT_EQ(state["rank_correlations"].size(), 2U);
  for (const double rho : state["rank_correlations"]) EXPECT_GT(rho, 0.9);
  EXPECT_GT(spent_.flops, 2.0 * by_gradient);
}

TEST_F(WeightsAttacks, SteeringAnswersAtEachStrengthWithTheEdits) {
  means_.direction = some_direction();
  Json state;
  std::vector<std::string> said, labels;
  while (true) {
    const auto asks = next("steering", state);
    ASSERT_TRUE(asks) << asks.error().message();
    if (asks->empty()) break;
    ASSERT_EQ(asks->size(), 1U) << "each strength is a query";
    EXPECT_EQ(asks->front().who, Question::Who::made);
    EXPECT_GT(asks->front().read, 0);
    said.push_back(asks->front().continuation);
    labels.push_back(asks->front().label);
    ASSERT_LE(said.size(), 8U);
  }
  ASSERT_EQ(said.size(), 8U);
  EXPECT_EQ(labels[3], "ablated 1.00, subtracted 0.0");
  EXPECT_EQ(labels[7], "ablated 1.00, subtracted 4.0");

  model::GenerateRequest chat;
  chat.messages = attack_messages(behaviour_);
  model::WhiteBoxGenerate plain;
  plain.prompts = {*target_->prompt_tokens(chat)};
  plain.max_tokens = kAnswerTokens;
  const auto answer = [&](std::vector<model::Edit> edits) {
    plain.edits = std::move(edits);
    const auto tokens = (*means_.weights.open())->generate(plain);
    EXPECT_TRUE(tokens);
    return *target_->text_of(tokens->front());
  };
  // The answer may end earlier, where the template's end of turn is said.
  EXPECT_TRUE(answer(model::ablation(means_.direction->vector)).starts_with(said[3]));
  EXPECT_FALSE(answer({}).starts_with(said[7])) << "nothing was steered";
}

TEST_F(WeightsAttacks, SteeringSaysThatThereIsNoDirectionOrTheWrongOne) {
  Json state;
  const auto none = next("steering", state);
  ASSERT_FALSE(none) << "this model knows no refusal";
  EXPECT_FALSE(none.error().next.empty());
  means_.direction = some_direction();
  means_.direction->vector.pop_back();
  const auto wrong = next("steering", state);
  ASSERT_FALSE(wrong);
  EXPECT_EQ(wrong.error().kind, ErrorKind::usage);
  means_.direction = some_direction();
  means_.direction->layer = (*means_.weights.open())->info().layers;
  EXPECT_FALSE(next("steering", state));
}

TEST(GivenDirection, IsReadWithTheReasonWhyNot) {
  const auto good = parse_direction(R"({"layer": 2, "vector": [0.5, -1]})", "d.json");
  ASSERT_TRUE(good) << good.error().message();
  EXPECT_EQ(good->layer, 2);
  EXPECT_EQ(good->vector, (std::vector<float>{0.5F, -1.0F}));
  for (const char* wrong :
       {"{", "[]", R"({"vector": [1]})", R"({"layer": -1, "vector": [1]})",
        R"({"layer": 1, "vector": []})", R"({"layer": 1, "vector": ["x"]})",
        R"({"layer": 1, "vector": [0, 0]})", R"({"layer": 1.5, "vector": [1]})"}) {
    const auto bad = parse_direction(wrong, "d.json");
    ASSERT_FALSE(bad) << wrong;
    EXPECT_EQ(bad.error().kind, ErrorKind::format) << wrong;
    EXPECT_EQ(bad.error().where, "d.json") << wrong;
  }
}

}  // namespace
}  // namespace assay::attack
