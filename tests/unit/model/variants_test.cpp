#include "model/variants.h"

#include <gtest/gtest.h>

namespace assay::model {
namespace {

/// Answers every request with its own name.
class Named : public Model {
 public:
  explicit Named(std::string name, int vocabulary = 9) : name_(std::move(name)) {
    info_.name = name_;
    info_.vocabulary = vocabulary;
  }
  [[nodiscard]] const ModelInfo& info() const override { return info_; }
  [[nodiscard]] Capabilities can() const override { return {true, true, true, false, false}; }
  Result<std::vector<std::int32_t>> tokenize(std::string_view) override {
    return std::vector<std::int32_t>{};
  }
  std::vector<Result<LoglikelihoodResult>> loglikelihood(
      std::span<const LoglikelihoodRequest> requests, const LoglikelihoodSink& sink,
      const CallOptions&) override {
    std::vector<Result<LoglikelihoodResult>> out;
    for (const LoglikelihoodRequest& request : requests) {
      LoglikelihoodResult result;
      result.total = -static_cast<double>(name_.size() + request.context.size());
      out.emplace_back(result);
      if (sink) sink(out.size() - 1, out.back());
    }
    ledger_.requests += static_cast<std::int64_t>(requests.size());
    return out;
  }
  std::vector<Result<LoglikelihoodResult>> rolling(std::span<const RollingRequest>,
                                                   const CallOptions&) override {
    return {};
  }
  std::vector<Result<GenerateResult>> generate(std::span<const GenerateRequest> requests,
                                               const GenerateSink& sink,
                                               const CallOptions& options) override {
    std::vector<Result<GenerateResult>> out;
    for (const GenerateRequest& request : requests) {
      GenerateResult result;
      result.text = name_ + request.prompt;
      out.emplace_back(result);
      if (options.on_piece) options.on_piece(out.size() - 1, result.text);
      if (sink) sink(out.size() - 1, out.back());
    }
    ledger_.requests += static_cast<std::int64_t>(requests.size());
    return out;
  }
  [[nodiscard]] Ledger ledger() const override { return ledger_; }

 private:
  std::string name_;
  ModelInfo info_;
  Ledger ledger_;
};

std::unique_ptr<Model> two_forms() {
  std::vector<Variant> forms;
  forms.push_back({"a", std::make_unique<Named>("a")});
  forms.push_back({"bb", std::make_unique<Named>("bb")});
  auto model = Variants::open(std::move(forms));
  return model ? std::move(*model) : nullptr;
}

TEST(Variants, EachRequestIsAnsweredInItsPlaceByItsForm) {
  const auto model = two_forms();
  ASSERT_TRUE(model);
  std::vector<GenerateRequest> requests(5);
  for (std::size_t i = 0; i < requests.size(); ++i) {
    requests[i].prompt = std::to_string(i);
    requests[i].variant = static_cast<int>(i % 2);
  }
  requests[4].variant = 2;  // not there
  std::vector<int> sunk(5, 0);
  std::vector<std::string> pieces(5);
  CallOptions options;
  options.on_piece = [&](std::size_t i, std::string_view piece) { pieces[i] += piece; };
  const auto results = model->generate(
      requests, [&](std::size_t i, const Result<GenerateResult>&) { ++sunk[i]; }, options);
  ASSERT_EQ(results.size(), 5U);
  const std::vector<std::string> wanted{"a0", "bb1", "a2", "bb3"};
  for (std::size_t i = 0; i < 4; ++i) {
    ASSERT_TRUE(results[i]);
    EXPECT_EQ(results[i]->text, wanted[i]);
    EXPECT_EQ(pieces[i], wanted[i]);
  }
  ASSERT_FALSE(results[4]);
  EXPECT_EQ(results[4].error().kind, ErrorKind::usage);
  EXPECT_EQ(sunk, std::vector<int>(5, 1));
  EXPECT_EQ(model->ledger().requests, 4);
}

TEST(Variants, LoglikelihoodsGoTheSameWay) {
  const auto model = two_forms();
  ASSERT_TRUE(model);
  std::vector<LoglikelihoodRequest> requests(3);
  requests[1].variant = 1;
  requests[2].context = "xyz";
  const auto results = model->loglikelihood(requests, {}, {});
  ASSERT_EQ(results.size(), 3U);
  EXPECT_EQ(results[0]->total, -1.0);
  EXPECT_EQ(results[1]->total, -2.0);
  EXPECT_EQ(results[2]->total, -4.0);
}

TEST(Variants, FormsOfDifferentModelsAreRefused) {
  std::vector<Variant> forms;
  forms.push_back({"a", std::make_unique<Named>("a", 9)});
  forms.push_back({"b", std::make_unique<Named>("b", 10)});
  EXPECT_FALSE(Variants::open(std::move(forms)));
  EXPECT_FALSE(Variants::open({}));
}

TEST(Variants, TheInfoNamesTheForms) {
  const auto model = two_forms();
  ASSERT_TRUE(model);
  EXPECT_EQ(model->info().name, "a");
  ASSERT_EQ(model->info().arguments.size(), 1U);
  EXPECT_EQ(model->info().arguments.front(), "variants=a,bb");
}

}  // namespace
}  // namespace assay::model
