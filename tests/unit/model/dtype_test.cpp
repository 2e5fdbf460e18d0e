// Weight formats: conversion into the cache, what the model says about it, and failures of it.
#include "fixture.h"
#include "model/local/probe.h"

namespace assay::test {
namespace {

model::local::Options with(Dtype dtype) {
  model::local::Options options;
  options.dtype = dtype;
  options.threads = 1;
  return options;
}

TEST_F(Stories, ConvertedWeightsAreNamedAndCompared) {
  const auto stored = open(with(Dtype::as_stored));
  EXPECT_EQ(stored->info().scored_dtype, "F32");
  EXPECT_FALSE(stored->info().dtype_max_logprob_delta);
  const auto half = open(with(Dtype::bf16));
  ASSERT_NE(half, nullptr);
  EXPECT_EQ(half->info().weights_dtype, "F32");
  EXPECT_EQ(half->info().scored_dtype, "BF16");
  EXPECT_EQ(half->info().digest, stored->info().digest);
  ASSERT_TRUE(half->info().dtype_max_logprob_delta);
  EXPECT_GT(*half->info().dtype_max_logprob_delta, 0.0);
  EXPECT_LT(*half->info().dtype_max_logprob_delta, 0.5);
  EXPECT_EQ(half->ledger().computed_tokens, 0);

  const auto again = open(with(Dtype::bf16));
  EXPECT_EQ(again->info().dtype_max_logprob_delta, half->info().dtype_max_logprob_delta);
  const auto byte = open(with(Dtype::q8_0));
  ASSERT_NE(byte, nullptr);
  EXPECT_EQ(byte->info().scored_dtype, "Q8_0");
}

TEST_F(Stories, AutomaticChoiceIsRemembered) {
  auto options = with(Dtype::automatic);
  options.cache_dir = folder_ / "cache";
  const auto first = model::local::open(folder_ / "stories260K.gguf", options);
  ASSERT_TRUE(first) << first.error().message();
  const auto second = model::local::open(folder_ / "stories260K.gguf", options);
  ASSERT_TRUE(second);
  EXPECT_EQ((*first)->info().scored_dtype, (*second)->info().scored_dtype);
}

TEST_F(Stories, UnwritableCacheIsAnErrorOnlyWhereItIsNeeded) {
  auto options = with(Dtype::bf16);
  options.cache_dir = folder_ / "stories260K.gguf";  // a file, no folder can be made in it
  const auto wanted = model::local::open(folder_ / "stories260K.gguf", options);
  ASSERT_FALSE(wanted);
  EXPECT_EQ(wanted.error().kind, ErrorKind::io);
  EXPECT_NE(wanted.error().next.find("as-stored"), std::string::npos);
  options.dtype = Dtype::as_stored;
  EXPECT_TRUE(model::local::open(folder_ / "stories260K.gguf", options));
}

TEST(Dtype, NamesAreTheOptions) {
  EXPECT_EQ(*model::local::parse_dtype("as-stored"), Dtype::as_stored);
  EXPECT_EQ(*model::local::parse_dtype("BF16"), Dtype::bf16);
  EXPECT_EQ(*model::local::parse_dtype("auto"), Dtype::automatic);
  const auto wrong = model::local::parse_dtype("q4");
  ASSERT_FALSE(wrong);
  EXPECT_EQ(wrong.error().kind, ErrorKind::usage);
}

TEST(Dtype, FastestByAMarginAndTheMostExactOfEqualOnes) {
  const auto chosen = [](double stored, double f32, double bf16, double q8) {
    return model::local::fastest(
        {{{Dtype::as_stored, stored}, {Dtype::f32, f32}, {Dtype::bf16, bf16}, {Dtype::q8_0, q8}}});
  };
  EXPECT_EQ(chosen(100, 150, 95, 92), Dtype::as_stored);
  EXPECT_EQ(chosen(100, 80, 40, 60), Dtype::bf16);
  EXPECT_EQ(chosen(100, 80, 78, 60), Dtype::q8_0);
  EXPECT_EQ(chosen(100, 80, 78, 77), Dtype::f32);
  EXPECT_EQ(model::local::fastest({}), Dtype::as_stored);
}

}  // namespace
}  // namespace assay::test
